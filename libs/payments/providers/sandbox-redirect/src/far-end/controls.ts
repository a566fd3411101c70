import type { FarCode, FarPayment, FarStatus, PaymentBook } from './payment-book';
import type { FarFaults } from './faults';

const DOES: Readonly<Record<string, { readonly status: FarStatus; readonly code?: FarCode }>> = {
  open: { status: 'started' }, submit: { status: 'submitted' }, succeed: { status: 'success' }, decline: { status: 'failed', code: 'P0010' },
  cancel: { status: 'failed', code: 'P0030' }, expire: { status: 'failed', code: 'P0020' }, error: { status: 'error', code: 'P0050' },
};
const CARD = { brand: 'visa', lastDigits: '1111', holder: 'Alex Example' };

/** What a test can do here without a browser. The same things are served under `/sandbox/`. */
export class FarEndControls {
  constructor(private readonly book: PaymentBook, private readonly faults: FarFaults) {}

  /** What the payer, their bank or the clock does. A success goes through whatever went before: that is what a late one is. */
  payerDoes(providerPaymentId: string, does: string): void {
    const payment = this.#known(providerPaymentId);
    const target = DOES[does];
    if (!target) throw new RangeError(`Nobody does "${does}" here. Known: ${Object.keys(DOES).join(', ')}.`);
    const isOver = !this.book.isOpen(payment) && payment.status !== 'submitted';
    if (payment.status === 'success' || (isOver && does !== 'succeed') || (does === 'open' && payment.status !== 'created')) return;
    this.book.move(payment, target.status, { ...(target.code ? { code: target.code } : {}), ...(does === 'succeed' || does === 'decline' ? { card: CARD } : {}) });
  }

  failNext(operation: string, fault: string, times = 1, delayInSeconds = 1): void {
    this.faults.plan(operation, fault, times, delayInSeconds);
  }

  clearFaults(): void { this.faults.clear(); }

  /** Every payment with this reference, the oldest first. */
  payments(reference: string): readonly FarPayment[] { return this.book.all().filter((payment) => payment.order.reference === reference); }

  finishRefunds(state: 'succeeded' | 'error'): void {
    for (const payment of this.book.all()) for (const refund of payment.refunds) if (refund.status === 'submitted') this.book.moveRefund(payment, refund, state === 'succeeded' ? 'success' : 'error');
  }

  refundOutside(providerPaymentId: string, amountInPence: number): void {
    const payment = this.#known(providerPaymentId);
    if (amountInPence > this.book.left(payment)) throw new RangeError('There is not so much left.');
    this.book.refund(payment, amountInPence, 'success');
  }

  #known(id: string): FarPayment {
    const payment = this.book.find(id);
    if (!payment) throw new RangeError(`There is no payment ${id}.`);
    return payment;
  }
}
