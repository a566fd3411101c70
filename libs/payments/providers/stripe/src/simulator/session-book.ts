import { randomBytes } from 'node:crypto';
import type { KnownAccount } from './accounts';
import { isLive, newId } from './accounts';
import type { KeptCharge, KeptIntent, KeptPayout, KeptRefund, KeptSession, KeptTransaction, PaymentError, SessionOrder } from './kept-session';
import { isPaid } from './kept-session';

/** How long things take. @public */
export interface SimulatedTimes {
  /** Refunds of cards are there at once at Stripe; others take days. */
  readonly refundsTakeInSeconds: number;
  readonly slowBankInSeconds: number;
  readonly keysLastInSeconds: number;
}

/** What an event is about. */
export type EventSubject = { readonly kind: 'session' | 'charge'; readonly session: KeptSession } | { readonly kind: 'refund'; readonly session: KeptSession; readonly refund: KeptRefund };

/** Every session, what was paid for it, what went back and what reached the bank; in memory. */
export class SessionBook {
  /** Called for everything of which Stripe would tell. */
  onEvent: (type: string, subject: EventSubject) => void = () => undefined;
  readonly #sessions = new Map<string, KeptSession>();
  readonly #payouts: KeptPayout[] = [];
  readonly #charges: { readonly account: string; readonly transaction: KeptTransaction }[] = [];

  constructor(private readonly times: SimulatedTimes, private readonly now: () => Date) {}

  create(account: KnownAccount, order: SessionOrder, expiresAt: number): KeptSession {
    const live = isLive(account);
    const session: KeptSession = { id: `cs_${live ? 'live' : 'test'}_a1${randomBytes(28).toString('hex')}`, account: account.id, isLive: live, order, createdAt: this.now(), expiresAt, status: 'open', refunds: [] };
    this.#sessions.set(session.id, session);
    return session;
  }

  find(id: string): KeptSession | undefined {
    const session = this.#sessions.get(id);
    return session && this.#current(session);
  }
  /** The oldest first. */
  all(): readonly KeptSession[] { return [...this.#sessions.values()].map((session) => this.#current(session)); }

  /** The card is accepted at once, or the bank of a payment that is under way pays. */
  pay(session: KeptSession, card: { readonly brand: string; readonly last4: string }): void {
    const wasUnderWay = session.status === 'complete';
    const intent = this.#intent(session);
    const createdAt = this.now();
    const id = newId('ch');
    const transaction: KeptTransaction = { id: newId('txn'), type: 'charge', amount: session.order.amount, fee: feeOf(session.order.amount), createdAt, source: id };
    const charge: KeptCharge = { id, createdAt, ...card, transaction };
    intent.charge = charge;
    intent.status = 'succeeded';
    intent.error = undefined;
    session.status = 'complete';
    session.decidesAt = undefined;
    this.onEvent('charge.succeeded', { kind: 'charge', session });
    this.onEvent(wasUnderWay ? 'checkout.session.async_payment_succeeded' : 'checkout.session.completed', { kind: 'session', session });
  }

  /** The card is declined: the payer may use another, and the session stays open. */
  decline(session: KeptSession, error: PaymentError): void {
    const intent = this.#intent(session);
    intent.status = 'requires_payment_method';
    intent.error = error;
  }

  /** The bank has it and decides later. */
  submit(session: KeptSession, decidesByItself: boolean): void {
    this.#intent(session).status = 'processing';
    session.status = 'complete';
    if (decidesByItself) session.decidesAt = new Date(this.now().getTime() + this.times.slowBankInSeconds * 1000);
    this.onEvent('checkout.session.completed', { kind: 'session', session });
  }

  /** The bank of a payment that is under way does not pay. */
  fail(session: KeptSession, error: PaymentError): void {
    if (session.status === 'open') this.submit(session, false);
    this.decline(session, error);
    session.decidesAt = undefined;
    this.onEvent('checkout.session.async_payment_failed', { kind: 'session', session });
  }

  /** Ends an open session, by somebody's hand or because its time is over. */
  expire(session: KeptSession): void {
    session.status = 'expired';
    if (session.intent) session.intent.status = 'canceled';
    this.onEvent('checkout.session.expired', { kind: 'session', session });
  }

  refund(session: KeptSession, amount: number, metadata: Readonly<Record<string, string>>, isAtOnce = false): KeptRefund {
    const createdAt = this.now();
    const id = newId('re');
    const takes = isAtOnce ? 0 : this.times.refundsTakeInSeconds;
    const refund: KeptRefund = {
      id, amount, status: takes === 0 ? 'succeeded' : 'pending', createdAt, finishesAt: new Date(createdAt.getTime() + takes * 1000), metadata,
      transaction: { id: newId('txn'), type: 'refund', amount: -amount, fee: 0, createdAt, source: id },
    };
    session.refunds.push(refund);
    this.onEvent('charge.refunded', { kind: 'charge', session });
    this.onEvent('refund.created', { kind: 'refund', session, refund });
    return refund;
  }

  finishRefund(session: KeptSession, refund: KeptRefund, status: 'succeeded' | 'failed'): void {
    refund.status = status;
    this.onEvent('refund.updated', { kind: 'refund', session, refund });
    if (status === 'failed') this.onEvent('refund.failed', { kind: 'refund', session, refund });
  }

  /** What a session brought, and what of it has gone back, arrives at or leaves the bank on a day. */
  settle(session: KeptSession, on: string): void {
    const charge = session.intent?.charge;
    if (!charge || !isPaid(session)) throw new RangeError('Nothing was paid that could reach the bank.');
    const due = [charge.transaction, ...session.refunds.filter(({ status }) => status === 'succeeded').map(({ transaction }) => transaction), ...(session.dispute?.transactions ?? []), ...this.charges(session.account)].filter(({ payout }) => payout === undefined);
    if (due.length === 0) return;
    const [id, createdAt, amount] = [newId('po'), this.now(), due.reduce((sum, { amount: moved, fee }) => sum + moved - fee, 0)];
    const payout: KeptPayout = { id, account: session.account, amount, arrivesOn: on, createdAt, transaction: { id: newId('txn'), type: 'payout', amount: -amount, fee: 0, createdAt, source: id, payout: id } };
    this.#payouts.push(payout);
    for (const transaction of due) transaction.payout = payout.id;
  }

  /** The payer's bank takes the money back, and Stripe its fee for that. */
  dispute(session: KeptSession): void {
    if (!isPaid(session) || session.dispute) throw new RangeError('Nothing was paid that could be disputed, or it is disputed already.');
    const id = newId('dp');
    session.dispute = { id, status: 'needs_response', transactions: [{ id: newId('txn'), type: 'adjustment', category: 'dispute', amount: -session.order.amount, fee: DISPUTE_FEE, createdAt: this.now(), source: id }] };
  }

  /** The bank decides: what the council wins comes back, without the fee. */
  decideDispute({ dispute, order }: KeptSession, status: 'won' | 'lost'): void {
    if (dispute?.status !== 'needs_response') throw new RangeError('Nothing is disputed.');
    dispute.status = status;
    if (status === 'won') dispute.transactions.push({ id: newId('txn'), type: 'adjustment', category: 'dispute_reversal', amount: order.amount, fee: 0, createdAt: this.now(), source: dispute.id });
  }

  /** What Stripe takes for the account itself goes with the next payout. */
  chargeAccount(account: string, amount: number): void { this.#charges.push({ account, transaction: { id: newId('txn'), type: 'stripe_fee', category: 'fee', amount: -amount, fee: 0, createdAt: this.now(), source: newId('fee') } }); }
  charges(account: string): readonly KeptTransaction[] { return this.#charges.filter((one) => one.account === account).map(({ transaction }) => transaction); }

  /** The oldest first. */
  payouts(account: string): readonly KeptPayout[] { return this.#payouts.filter((payout) => payout.account === account); }

  /** The session's try to pay, which is made with the first. */
  #intent(session: KeptSession): KeptIntent {
    session.intent ??= { id: newId('pi'), createdAt: this.now(), status: 'requires_payment_method' };
    return session.intent;
  }

  /** Time moves on by itself. */
  #current(session: KeptSession): KeptSession {
    const now = this.now().getTime();
    if (session.status === 'open' && now >= session.expiresAt * 1000) this.expire(session);
    if (session.intent?.status === 'processing' && session.decidesAt && now >= session.decidesAt.getTime()) this.pay(session, { brand: 'visa', last4: '3220' });
    for (const refund of session.refunds) if (refund.status === 'pending' && now >= refund.finishesAt.getTime()) this.finishRefund(session, refund, 'succeeded');
    return session;
  }
}

/** What Stripe may keep of a card payment: 1.5 per cent and 20 pence, as its price list has it for cards of the United Kingdom. */
function feeOf(amount: number): number { return Math.round(amount * 0.015) + 20; }
/** What Stripe takes for a dispute, in pence. */
const DISPUTE_FEE = 2000;
