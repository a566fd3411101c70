import type { Accounts } from './accounts';
import { newId } from './accounts';
import type { StripeFaults } from './faults';
import type { KeptSession } from './kept-session';
import { isPaid, leftToRefund } from './kept-session';
import type { PayerDoes } from './payer-does';
import type { SessionBook } from './session-book';
import type { Webhooks } from './webhooks';

const CARD = { brand: 'visa', last4: '4242' };

/** What a test or a person can do here without a browser. The same things are served under `/simulator/`. @public */
export class SimulatorControls {
  constructor(private readonly book: SessionBook, readonly faults: StripeFaults, readonly webhooks: Webhooks, private readonly accounts: Accounts, private readonly now: () => Date) {}

  /** What the payer, their bank, the clock or somebody in the dashboard does. What is over stays over: Stripe lets nobody pay an ended session. */
  payerDoes(id: string, does: PayerDoes): void {
    const session = this.find(id);
    const isOpen = session.status === 'open';
    const isUnderWay = session.status === 'complete' && session.intent?.status === 'processing';
    switch (does) {
      case 'open': return;
      case 'submit': if (isOpen) this.book.submit(session, false); return;
      case 'succeed': if (isOpen || isUnderWay) this.book.pay(session, CARD); return;
      case 'card-declined': if (isOpen) this.book.decline(session, { type: 'card_error', code: 'card_declined', declineCode: 'insufficient_funds' }); return;
      case 'decline': if (isOpen || isUnderWay) this.book.fail(session, { type: 'card_error', code: 'payment_intent_payment_attempt_failed' }); return;
      case 'error': if (isOpen || isUnderWay) this.book.fail(session, { type: 'api_error', code: 'processing_error' }); return;
      case 'cancel': if (isOpen) this.book.expire(session); return;
      case 'expire':
        if (!isOpen) return;
        session.expiresAt = Math.floor(this.now().getTime() / 1000);
        this.book.expire(session);
    }
  }

  /** Every session, or those with a reference, the oldest first. */
  sessions(reference?: string): readonly KeptSession[] { return this.book.all().filter((session) => reference === undefined || session.order.reference === reference); }

  /** @throws RangeError when there is none */
  find(id: string): KeptSession {
    const session = this.book.find(id);
    if (!session) throw new RangeError(`There is no session ${id}.`);
    return session;
  }

  /** Refunds that were on their way arrive, or come back. */
  finishRefunds(status: 'succeeded' | 'failed'): void {
    for (const session of this.book.all()) for (const refund of session.refunds) if (refund.status === 'pending') this.book.finishRefund(session, refund, status);
  }

  /** Somebody pays back in the dashboard. */
  refundOutside(id: string, amountInPence: number): void {
    const session = this.find(id);
    if (!Number.isSafeInteger(amountInPence) || amountInPence < 1 || amountInPence > leftToRefund(session)) throw new RangeError('There is not so much left.');
    this.book.refund(session, amountInPence, {}, true);
  }

  /** The money, with what of it went back until now, is paid out on this day. */
  settle(id: string, on: string): void {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(on) || Number.isNaN(Date.parse(on))) throw new RangeError('A day is written 2026-11-27.');
    this.book.settle(this.find(id), on);
  }

  /** The payer's bank takes the money back: it goes with what is paid out next. */
  dispute(id: string): void { this.book.dispute(this.find(id)); }
  /** The bank decides about it for good. */
  decideDispute(id: string, status: 'won' | 'lost'): void { this.book.decideDispute(this.find(id), status); }
  /** Stripe takes something for the account itself, with what is paid out next. */
  chargeAccount(apiKey: string, amountInPence: number): void {
    const account = this.accounts.openedBy(`Bearer ${apiKey}`);
    if (!account || !Number.isSafeInteger(amountInPence) || amountInPence < 1) throw new RangeError('A charge needs an API key of an account, and pence.');
    this.book.chargeAccount(account.id, amountInPence);
  }

  /** Says where an account's events go, for the account that an API key opens. */
  setWebhook(apiKey: string, url: string, ...secrets: readonly string[]): void {
    const account = this.accounts.openedBy(`Bearer ${apiKey}`);
    if (!account || !URL.canParse(url) || secrets.length === 0 || secrets.includes('')) throw new RangeError('A webhook needs an API key of an account, an address and a signing secret.');
    account.webhooks = [{ id: newId('we'), url, secrets }];
  }

  /** A session for people and programs to look at. */
  view(session: KeptSession): object {
    const { id, order, status, intent } = session;
    return { id, reference: order.reference ?? null, status, payment_status: isPaid(session) ? 'paid' : 'unpaid', payment_intent_status: intent?.status ?? null, amount: order.amount, refunded: isPaid(session) ? order.amount - leftToRefund(session) : 0 };
  }
}
