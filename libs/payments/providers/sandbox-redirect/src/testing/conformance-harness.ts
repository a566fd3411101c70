import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HarnessSource } from '@guildhall/kernel-contract';
import { RecordedLog, SeededIds, testContext, testCouncil, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { govUkPayState } from '@guildhall/payments-contract/far-end';
import type { PaymentProviderHarness, PaymentFarEnd } from '@guildhall/payments-contract/testing';
import { PAYMENT_PROVIDER_KIT, letsIn } from '@guildhall/payments-contract/testing';
import type { RunningFarEnd } from '../far-end/far-end';
import { startFarEnd } from '../far-end/far-end';
import { sandboxRedirect } from '../sandbox-redirect';

interface Harness extends PaymentProviderHarness { readonly folder: string; readonly running: RunningFarEnd }

function farEndOf({ controls }: RunningFarEnd): PaymentFarEnd {
  return {
    payerDoes: (id, does) => { controls.payerDoes(id, does); },
    visit: letsIn,
    failNext: (operation, fault, times) => { controls.failNext(operation, fault, times); },
    payments: (reference) => controls.payments(reference).map((payment) => ({
      providerPaymentId: payment.id, state: govUkPayState(payment.status, payment.code), amountInPence: payment.order.amount,
      refundedInPence: payment.refunds.reduce((sum, refund) => (refund.status === 'error' ? sum : sum + refund.amount), 0),
    })),
    finishRefunds: (state) => { controls.finishRefunds(state); },
    refundOutside: (id, amount) => { controls.refundOutside(id, amount); },
  };
}

export const source: HarnessSource<Harness> = {
  abilities: ['idempotent-create', 'cancel', 'refunds', 'partial-refunds', 'single-use-next-url', 'late-success', 'refunds-can-fail'],
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'guildhall-sandbox-redirect-'));
    const log = new RecordedLog();
    const running = await startFarEnd({ port: 0, dataFolder: folder, councils: [testCouncil()], log, times: { refundsTakeInSeconds: 3600 } });
    const provider = sandboxRedirect().create(testProviderDependencies({ companionOrigin: running.origin, log }));
    return { folder, running, ctx: testContext(), ids: new SeededIds(), provider, farEnd: farEndOf(running), logged: () => JSON.stringify(log.lines) };
  },
  async close({ folder, running }) {
    await running.stop();
    await rm(folder, { recursive: true });
  },
};

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: PAYMENT_PROVIDER_KIT.id, source }];
