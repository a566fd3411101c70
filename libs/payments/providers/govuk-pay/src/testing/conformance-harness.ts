import type { HarnessSource } from '@guildhall/kernel-contract';
import { Secret } from '@guildhall/kernel-contract';
import { RecordedLog, SeededIds, plainOutbound, testContext } from '@guildhall/kernel-contract/testing';
import { govUkPayState } from '@guildhall/payments-contract/far-end';
import type { FarEndFault, FarEndOperation, PaymentFarEnd, PaymentProviderHarness } from '@guildhall/payments-contract/testing';
import { PAYMENT_PROVIDER_KIT, letsIn } from '@guildhall/payments-contract/testing';
import { GovUkPayClient } from '../govuk-pay.client';
import { GovUkPayProvider } from '../govuk-pay.provider';
import type { RunningSimulator, SimulatorOptions } from '../simulator';
import { paySignature, startGovUkPaySimulator } from '../simulator';

interface Harness extends PaymentProviderHarness { readonly running: RunningSimulator }

const API_KEY = 'api_test_testham';
const SECRET = 'invented-signing-secret';
const CLOCK = { now: () => new Date() };

/** What is sent again by itself meets the same fault again: three tries, as the client makes them. */
function timesOf(operation: FarEndOperation, fault: FarEndFault): number {
  const isRepeated = fault === 'unavailable' || fault === 'lose-answer' || fault === 'lose-request';
  return isRepeated && operation !== 'cancel' && operation !== 'refund' ? 3 : 1;
}

function farEndOf({ controls }: RunningSimulator): PaymentFarEnd {
  return {
    payerDoes: (id, does) => { controls.payerDoes(id, does); },
    visit: letsIn,
    failNext: (operation, fault, times = 1) => { controls.faults.plan(operation, fault, times * timesOf(operation, fault)); },
    payments: (reference) => controls.payments(reference).map(({ id, status, code, order, refunds }) => ({
      providerPaymentId: id, state: govUkPayState(status, code), amountInPence: order.amount, refundedInPence: refunds.reduce((sum, refund) => (refund.status === 'error' ? sum : sum + refund.amount), 0),
      isByTelephone: order.isMoto, ...(order.metadata ? { metadata: Object.fromEntries(Object.entries(order.metadata).map(([name, value]) => [name, String(value)])) } : {}),
      ...(order.holder || order.address ? { payer: {
        ...(order.holder ? { name: order.holder } : {}),
        ...(order.address ? { address: { line1: order.address.line1 ?? '', town: order.address.city ?? '', postcode: order.address.postcode ?? '', country: order.address.country ?? '' } } : {}),
      } } : {}),
    })),
    finishRefunds: (state) => { controls.finishRefunds(state === 'succeeded' ? 'success' : 'error'); },
    refundOutside: (id, amount) => { controls.refundOutside(id, amount); },
    settle: (id, on) => { controls.settle(id, on); },
    dispute: (id, on) => { controls.dispute(id); controls.moveDispute(id, 'lost', on); },
    webhook: (id, options) => {
      const { body } = controls.webhooks.message(controls.find(id), 'card_payment_succeeded', options?.claims === 'succeeded' ? 'success' : undefined);
      return { rawBody: Buffer.from(body), headers: { 'pay-signature': paySignature(body, SECRET) } };
    },
    signed: (rawBody) => ({ rawBody, headers: { 'pay-signature': paySignature(rawBody, SECRET) } }),
  };
}

export function sourceWith(options: SimulatorOptions, more: readonly string[] = []): HarnessSource<Harness> {
  return {
    abilities: ['cancel', 'refunds', 'partial-refunds', 'single-use-next-url', 'metadata', 'prefilled-payer', 'search', 'settlements', 'telephone', 'webhooks', 'late-success', 'refunds-can-fail', 'disputes', ...more],
    async open() {
      const running = await startGovUkPaySimulator({ times: { refundsTakeInSeconds: 3600 }, ...options });
      const log = new RecordedLog();
      const ids = new SeededIds();
      const client = new GovUkPayClient({ outbound: plainOutbound, clock: CLOCK, ids, log, origin: running.origin, apiKey: new Secret(API_KEY), wait: () => Promise.resolve() });
      const provider = new GovUkPayProvider(client, { pageOrigins: [running.origin], webhookSecrets: [new Secret('an earlier secret'), new Secret(SECRET)], takesTelephonePayments: true, clock: CLOCK, log, councilOrigin: 'http://localhost:4000', isTestKey: true });
      return { running, ctx: testContext(), ids: new SeededIds(7), provider, farEnd: farEndOf(running), logged: () => JSON.stringify(log.lines) };
    },
    close: ({ running }) => running.stop(),
  };
}

/** As GOV.UK Pay does with payments that are not recurring: the key is no promise. This is what conformance.json reports. */
export const asInProduction = sourceWith({ keysFor: 'recurring-only' });

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: PAYMENT_PROVIDER_KIT.id, source: asInProduction }];
