import { Secret, type HarnessSource } from '@guildhall/kernel-contract';
import { SeededIds, plainOutbound, testContext } from '@guildhall/kernel-contract/testing';
import { PAYMENT_PROVIDER_KIT, type PaymentFarEnd, type PaymentProviderHarness } from '@guildhall/payments-contract/testing';
import { PayByBankProvider } from '../pay-by-bank.provider';
import { startPayByBankSimulator, type RunningPayByBankSimulator } from '../simulator';

const STATES = { 'choosing-bank': 'created', 'with-bank': 'submitted', received: 'succeeded', rejected: 'failed', abandoned: 'cancelled', lapsed: 'expired', faulty: 'error' } as const;
const DOES = { open: 'choosing-bank', submit: 'with-bank', succeed: 'received', decline: 'rejected', cancel: 'abandoned', expire: 'lapsed', error: 'faulty' } as const;

/** What the kit does at the far end, done at the simulator. */
function farEndOf({ book, faults }: RunningPayByBankSimulator): PaymentFarEnd {
  return {
    payerDoes: (id, does) => { book.move(book.find(id), DOES[does]); },
    visit: async (nextUrl) => (await plainOutbound.fetch(nextUrl)).status === 200,
    failNext: (operation, fault, times) => { faults.plan(operation, fault, times); },
    payments: (reference) => book.all().filter((payment) => payment.order.reference === reference).map((payment) => ({ providerPaymentId: payment.id, state: STATES[payment.state], amountInPence: payment.order.pence, refundedInPence: book.sentBack(payment) })),
    finishRefunds: (state) => { book.finishRefunds(state === 'succeeded' ? 'arrived' : 'returned'); },
    refundOutside: (id, pence) => { book.refund(book.find(id), { key: 'made at the desk', pence }); },
  };
}

export const source: HarnessSource<PaymentProviderHarness & { readonly simulator: RunningPayByBankSimulator }> = {
  abilities: ['idempotent-create', 'cancel', 'refunds', 'partial-refunds', 'idempotent-refunds', 'late-success', 'refunds-can-fail'],
  async open() {
    const simulator = await startPayByBankSimulator({ port: 0, apiKeys: ['key of a test'] });
    const provider = new PayByBankProvider({ outbound: plainOutbound, origin: simulator.origin, apiKey: new Secret('key of a test') });
    return { simulator, provider, ctx: testContext(), ids: new SeededIds(), farEnd: farEndOf(simulator) };
  },
  close: ({ simulator }) => simulator.stop(),
};

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: PAYMENT_PROVIDER_KIT.id, source }];
