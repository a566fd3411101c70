import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HarnessSource } from '@guildhall/kernel-contract';
import { RecordedLog, SeededIds, testContext, testCouncil, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { PaymentFarEnd, PaymentProviderHarness } from '@guildhall/payments-contract/testing';
import { PAYMENT_PROVIDER_KIT, letsIn } from '@guildhall/payments-contract/testing';
import type { RunningFarEnd } from '../far-end/far-end';
import { startFarEnd } from '../far-end/far-end';
import { sandboxSession } from '../sandbox-session';

interface Harness extends PaymentProviderHarness { readonly folder: string; readonly running: RunningFarEnd }
const STATES = { open: 'created', processing: 'submitted', paid: 'succeeded', declined: 'failed', cancelled: 'cancelled', expired: 'expired', broken: 'error' } as const;

function farEndOf({ controls }: RunningFarEnd): PaymentFarEnd {
  return {
    payerDoes: (id, does) => { controls.payerDoes(id, does); },
    visit: letsIn,
    failNext: (operation, fault, times) => { controls.failNext(operation, fault, times); },
    payments: (reference) => controls.sessions(reference).map((session) => ({ providerPaymentId: session.id, state: STATES[session.state], amountInPence: session.order.amount, refundedInPence: session.refunds.reduce((sum, refund) => sum + refund.amount, 0) })),
    finishRefunds: () => undefined,
    refundOutside: (id, amount) => { controls.refundOutside(id, amount); },
    webhook: (id, options) => {
      const event = controls.event(id, options?.claims);
      return { rawBody: Buffer.from(event.body), headers: controls.signed(event.account, event.body, options?.secondsAgo) };
    },
    signed: (rawBody) => ({ rawBody, headers: controls.signed('testham', rawBody) }),
  };
}

export const source: HarnessSource<Harness> = {
  abilities: ['idempotent-create', 'cancel', 'refunds', 'partial-refunds', 'idempotent-refunds', 'webhooks', 'webhook-timestamps', 'late-success'],
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'guildhall-sandbox-session-'));
    const log = new RecordedLog();
    // Nobody listens for webhooks here: the kit reads them itself.
    const nobody = { fetch: () => Promise.reject(new Error('nobody listens')) };
    const running = await startFarEnd({ port: 0, dataFolder: folder, councils: [testCouncil()], outbound: nobody, log });
    const provider = sandboxSession().create(testProviderDependencies({ companionOrigin: running.origin, log, clock: { now: () => new Date() } }));
    const farEnd = farEndOf(running);
    // An account is known, with the secret that signs for it, from its first session on.
    const ctx = testContext();
    await provider.create(ctx, { key: 'first-1', amountInPence: 1, description: 'First', reference: 'TE-FIRST', returnUrl: 'http://localhost:4000/', language: 'en' });
    return { folder, running, ctx, ids: new SeededIds(), provider, farEnd, logged: () => JSON.stringify(log.lines) };
  },
  async close({ folder, running }) {
    await running.stop();
    await rm(folder, { recursive: true });
  },
};

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: PAYMENT_PROVIDER_KIT.id, source }];
