import type { PayerDoes } from './payer-does';
import { PAYER_DOES } from './payer-does';
import type { Accounts } from './accounts';
import type { PayFaults } from './faults';
import type { BankSays, KeptAgreement } from './kept-agreement';
import type { DisputeReason, DisputeStatus } from './kept-dispute';
import type { KeptPayment } from './kept-payment';
import { isOpen, leftToRefund } from './kept-payment';
import type { PaymentBook } from './payment-book';
import type { Webhooks } from './webhooks';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const CARD = { brand: 'Visa', number: '4444333322221111', holder: 'Alex Example', expiry: '12/29' };

/** What a test or a person can do here without a browser. The same things are served under `/simulator/`. @public */
export class SimulatorControls {
  constructor(private readonly book: PaymentBook, readonly faults: PayFaults, readonly webhooks: Webhooks, private readonly accounts: Accounts) {}

  /** What the payer, their bank or the clock does. A success goes through whatever went before: that is what a late one is. */
  payerDoes(id: string, does: PayerDoes): void {
    const payment = this.#known(id);
    const target = PAYER_DOES[does];
    const isOver = !isOpen(payment) && payment.status !== 'submitted';
    if (payment.status === 'success' || (isOver && does !== 'succeed') || (does === 'open' && payment.status !== 'created')) return;
    const card = this.book.agreements.find(payment.order.agreementId)?.instrument?.card ?? CARD;
    if (does === 'succeed') this.book.authorise(payment, card);
    else this.book.move(payment, target.status, { ...(target.code ? { code: target.code } : {}), ...(does === 'decline' || does === 'submit' ? { card } : {}) });
  }

  /** Every payment, or those with a reference, the oldest first. */
  payments(reference?: string): readonly KeptPayment[] { return this.book.all().filter((payment) => reference === undefined || payment.order.reference === reference); }
  find(id: string): KeptPayment { return this.#known(id); }

  /** Refunds that were on their way arrive, or come back. */
  finishRefunds(state: 'success' | 'error'): void {
    for (const payment of this.book.all()) for (const refund of payment.refunds) if (refund.status === 'submitted') this.book.moveRefund(payment, refund, state);
  }

  /** Somebody pays back in the admin tool. */
  refundOutside(id: string, amountInPence: number): void {
    const payment = this.#known(id);
    if (!Number.isSafeInteger(amountInPence) || amountInPence < 1 || amountInPence > leftToRefund(payment)) throw new RangeError('There is not so much left.');
    this.book.refund(payment, amountInPence, 'success');
  }

  /** The money, less what went back until now, reaches the bank on this day. */
  settle(id: string, on: string): void {
    if (!DAY.test(on)) throw new RangeError('A day is written 2026-11-27.');
    this.book.settle(this.#known(id), on);
  }

  /** The payer challenges a payment at their bank. */
  dispute(id: string, reason: DisputeReason = 'fraudulent'): void { this.book.dispute(this.#known(id), reason); }

  /** Evidence of the council comes in, or the bank decides; a lost dispute is settled on this day. */
  moveDispute(id: string, status: DisputeStatus, on: string): void {
    if (!DAY.test(on)) throw new RangeError('A day is written 2026-11-27.');
    this.book.moveDispute(this.#known(id), status, on);
  }

  /** Every agreement, the oldest first. */
  agreements(): readonly KeptAgreement[] { return this.book.agreements.all(); }

  /** What the bank says to this agreement's next payments. */
  bankSays(id: string, says: BankSays): void { this.#knownAgreement(id).bankSays = says; }

  /** Somebody cancels an agreement in the admin tool. */
  cancelAgreement(id: string): void {
    if (!this.book.agreements.cancel(this.#knownAgreement(id))) throw new RangeError('Only an active agreement can be cancelled.');
  }

  /** Says where an account's webhooks go, for the account that an API key opens. */
  setWebhook(apiKey: string, url: string, secret: string): void {
    const account = this.accounts.openedBy(`Bearer ${apiKey}`);
    if (!account || !URL.canParse(url) || secret === '') throw new RangeError('A webhook needs an API key of an account, an address and a signing secret.');
    account.webhooks = [{ url, secret }];
  }

  #known(id: string): KeptPayment {
    const payment = this.book.find(id);
    if (!payment) throw new RangeError(`There is no payment ${id}.`);
    return payment;
  }
  #knownAgreement(id: string): KeptAgreement {
    const agreement = this.book.agreements.find(id);
    if (!agreement) throw new RangeError(`There is no agreement ${id}.`);
    return agreement;
  }
}
