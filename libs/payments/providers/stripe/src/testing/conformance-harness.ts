import type { HarnessSource } from '@guildhall/kernel-contract';
import { Secret } from '@guildhall/kernel-contract';
import { RecordedLog, SeededIds, plainOutbound, testContext } from '@guildhall/kernel-contract/testing';
import type { FarEndFault, PaymentFarEnd, PaymentProviderHarness } from '@guildhall/payments-contract/testing';
import { PAYMENT_PROVIDER_KIT, letsIn } from '@guildhall/payments-contract/testing';
import { stateFrom } from '../map-status';
import type { RunningSimulator } from '../simulator';
import { startStripeSimulator } from '../simulator';
import { StripeClient } from '../stripe.client';
import { StripeProvider } from '../stripe.provider';

interface Harness extends PaymentProviderHarness { readonly running: RunningSimulator }

const API_KEY = 'sk_test_testham';
const SECRETS = ['whsec_invented', 'whsec_invented_and_newer'];
const CLOCK = { now: () => new Date() };

/** What is sent again by itself meets the same fault again: three tries, as the client makes them. */
function timesOf(fault: FarEndFault): number { return fault === 'unavailable' || fault === 'lose-answer' || fault === 'lose-request' ? 3 : 1; }

function farEndOf({ controls }: RunningSimulator): PaymentFarEnd {
  const account = (id: string): string => controls.find(id).account;
  return {
    payerDoes: (id, does) => { controls.payerDoes(id, does); },
    visit: letsIn,
    failNext: (operation, fault, times = 1) => { controls.faults.plan(operation, fault, times * timesOf(fault)); },
    payments: (reference) => controls.sessions(reference).map(({ id, status, intent, order, expiresAt, refunds }) => ({
      providerPaymentId: id, amountInPence: order.amount, refundedInPence: refunds.reduce((sum, refund) => (refund.status === 'failed' ? sum : sum + refund.amount), 0),
      state: stateFrom({ status, paymentStatus: intent?.status === 'succeeded' ? 'paid' : 'unpaid', intentStatus: intent?.status, errorType: intent?.error?.type, errorCode: intent?.error?.code, expiresAt }, CLOCK.now()),
      metadata: Object.fromEntries(Object.entries(order.intentMetadata).filter(([name]) => !name.startsWith('guildhall_'))),
    })),
    finishRefunds: (state) => { controls.finishRefunds(state === 'succeeded' ? 'succeeded' : 'failed'); },
    refundOutside: (id, amount) => { controls.refundOutside(id, amount); },
    settle: (id, on) => { controls.settle(id, on); },
    dispute: (id, on) => { controls.dispute(id); controls.decideDispute(id, 'lost'); controls.settle(id, on); },
    webhook: (id, options) => {
      const { body } = controls.webhooks.event('checkout.session.completed', { kind: 'session', session: controls.find(id) }, options?.claims === 'succeeded' ? 'paid' : undefined);
      return { rawBody: Buffer.from(body), headers: { 'stripe-signature': controls.webhooks.signed(account(id), body, options?.secondsAgo) } };
    },
    signed: (rawBody) => ({ rawBody, headers: { 'stripe-signature': controls.webhooks.signed(controls.sessions()[0]?.account ?? '', rawBody) } }),
  };
}

export const source: HarnessSource<Harness> = {
  abilities: ['idempotent-create', 'cancel', 'refunds', 'partial-refunds', 'idempotent-refunds', 'metadata', 'search', 'settlements', 'webhooks', 'webhook-timestamps', 'refunds-can-fail', 'disputes'],
  async open() {
    const running = await startStripeSimulator({ accounts: [{ apiKey: API_KEY }], hasRateLimits: false, times: { refundsTakeInSeconds: 3600 }, webhookRetriesInSeconds: [] });
    const log = new RecordedLog();
    const client = new StripeClient({ outbound: plainOutbound, clock: CLOCK, ids: new SeededIds(), log, origin: running.origin, apiKey: new Secret(API_KEY), wait: () => Promise.resolve() });
    const provider = new StripeProvider(client, { pageOrigins: [running.origin], webhookSecrets: [new Secret('whsec_an_earlier_one'), new Secret('whsec_invented_and_newer')], paymentMethods: ['card'], clock: CLOCK, log, councilOrigin: 'http://localhost:4000', isTestKey: true });
    const ctx = testContext();
    // An account can sign from its first session on; nobody listens where its webhook leads.
    await provider.create(ctx, { key: 'first-1', amountInPence: 100, description: 'First', reference: 'TE-FIRST', returnUrl: 'http://localhost:4000/', language: 'en' });
    running.controls.setWebhook(API_KEY, 'http://localhost:9/payments/webhooks/stripe', ...SECRETS);
    return { running, ctx, ids: new SeededIds(7), provider, farEnd: farEndOf(running), logged: () => JSON.stringify(log.lines) };
  },
  close: ({ running }) => running.stop(),
};

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: PAYMENT_PROVIDER_KIT.id, source }];
