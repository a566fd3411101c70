import { randomBytes, randomUUID } from 'node:crypto';
import { AgreementBook } from './agreement-book';
import type { DisputeReason, DisputeStatus } from './kept-dispute';
import { DISPUTE_LEADS_TO } from './kept-dispute';
import type { KeptPayment, KeptRefund, PayCode, PayOrder, PayStatus, UsedCard } from './kept-payment';
import { isFinished, isOpen } from './kept-payment';
import { newId } from './new-id';

/** How long things take. @public */
export interface SimulatedTimes {
  /** 90 minutes at GOV.UK Pay. */
  readonly expiresAfterInSeconds: number;
  /** Up to 30 minutes at GOV.UK Pay. */
  readonly refundsTakeInSeconds: number;
  readonly slowBankInSeconds: number;
  /** How long a payment by agreement stays created: it is taken while nobody waits. */
  readonly recurringTakesInSeconds: number;
  /** How far searches and a payment's list of refunds are behind the payment itself: they are eventually consistent. */
  readonly listsLagInSeconds: number;
  /** How long an Idempotency-Key is remembered: 24 hours. */
  readonly keysLastInSeconds: number;
}

/** What is told to webhooks. */
export type PayEventType = 'card_payment_succeeded' | 'card_payment_captured' | 'card_payment_settled' | 'card_payment_refunded' | 'card_payment_failed' | 'card_payment_expired';

interface KeptKey { readonly paymentId: string; readonly request: string; readonly at: Date }

/** Every payment of every account, in memory: a simulator begins anew. Time moves payments on when somebody looks. */
export class PaymentBook {
  onEvent: (payment: KeptPayment, type: PayEventType) => void = () => undefined;
  readonly agreements: AgreementBook;
  readonly #payments = new Map<string, KeptPayment>();
  readonly #keys = new Map<string, KeptKey>();
  readonly #moto = new Map<string, { readonly paymentId: string; isUsed: boolean }>();

  constructor(readonly times: SimulatedTimes, readonly now: () => Date) { this.agreements = new AgreementBook(now); }

  /** The payment that an account's key made within the last day. */
  madeBy(account: string, key: string, request: string): { readonly payment: KeptPayment; readonly isSame: boolean } | undefined {
    const known = this.#keys.get(`${account} ${key}`);
    const payment = known && this.find(known.paymentId);
    if (!known || !payment || this.now().getTime() - known.at.getTime() >= this.times.keysLastInSeconds * 1000) return undefined;
    return { payment, isSame: known.request === request };
  }

  create(account: string, order: PayOrder, key?: { readonly key: string; readonly request: string }): KeptPayment {
    const now = this.now();
    const payment: KeptPayment = { id: newId(), account, order, createdAt: now, status: 'created', events: [{ status: 'created', at: now }], refunds: [], tokens: new Map(), browserSeal: randomBytes(20).toString('hex') };
    if (order.mode === 'agreement') payment.decidesAt = new Date(now.getTime() + this.times.recurringTakesInSeconds * 1000);
    this.#payments.set(payment.id, payment);
    if (key) this.#keys.set(`${account} ${key.key}`, { paymentId: payment.id, request: key.request, at: now });
    return payment;
  }

  find(id: string): KeptPayment | undefined {
    const payment = this.#payments.get(id);
    return payment && this.#current(payment);
  }

  /** The oldest first. */
  all(): readonly KeptPayment[] { return [...this.#payments.values()].map((payment) => this.#current(payment)); }

  move(payment: KeptPayment, status: PayStatus, more: { readonly code?: PayCode; readonly card?: UsedCard; readonly isSlow?: boolean; readonly isForGood?: boolean } = {}): void {
    const now = this.now();
    const wasAuthorised = payment.status === 'capturable';
    payment.status = status;
    payment.code = more.code;
    payment.card = more.card ?? payment.card;
    payment.canRetry = payment.order.mode === 'agreement' && more.code === 'P0010' ? !more.isForGood : undefined;
    payment.decidesAt = more.isSlow ? new Date(now.getTime() + this.times.slowBankInSeconds * 1000) : undefined;
    payment.events.push({ status, ...(more.code ? { code: more.code } : {}), at: now });
    // Authorised is told once: at a delayed capture before the money is taken.
    if (!wasAuthorised && (status === 'capturable' || status === 'success')) {
      if (payment.order.setUpAgreement && payment.card) this.agreements.setUp(payment.order.setUpAgreement, payment.card);
      this.onEvent(payment, 'card_payment_succeeded');
    }
    if (status === 'success') {
      payment.capturedAt = now;
      this.onEvent(payment, 'card_payment_captured');
    } else if (status === 'failed' || status === 'cancelled' || status === 'error') this.onEvent(payment, more.code === 'P0020' ? 'card_payment_expired' : 'card_payment_failed');
  }

  /** The card is in: paid, or only authorised where the service captures it later. */
  authorise(payment: KeptPayment, card: UsedCard): void { this.move(payment, payment.order.isDelayedCapture ? 'capturable' : 'success', { card }); }

  refund(payment: KeptPayment, amount: number, status: KeptRefund['status'] = 'submitted'): KeptRefund {
    const now = this.now();
    const refund: KeptRefund = { id: newId(), amount, status, createdAt: now, finishesAt: new Date(now.getTime() + this.times.refundsTakeInSeconds * 1000) };
    payment.refunds.push(refund);
    if (status === 'success') this.onEvent(payment, 'card_payment_refunded');
    return refund;
  }

  moveRefund(payment: KeptPayment, refund: KeptRefund, status: KeptRefund['status']): void {
    refund.status = status;
    if (status === 'success') this.onEvent(payment, 'card_payment_refunded');
  }

  /** The payment, less what went back until now, reaches the bank. */
  settle(payment: KeptPayment, on: string): void {
    if (payment.status !== 'success') throw new RangeError(`The payment ${payment.id} is ${payment.status}: there is nothing to settle.`);
    const isNew = payment.settledDate === undefined;
    payment.settledDate ??= on;
    for (const refund of payment.refunds) if (refund.status === 'success') refund.settledDate ??= on;
    if (isNew) this.onEvent(payment, 'card_payment_settled');
  }

  /** The payer challenges the payment at their bank. The council has a week to send evidence in. */
  dispute(payment: KeptPayment, reason: DisputeReason): void {
    if (payment.status !== 'success' || payment.dispute) throw new RangeError(`The payment ${payment.id} is ${payment.dispute ? 'disputed already' : payment.status}: there is nothing to dispute.`);
    const now = this.now();
    payment.dispute = { id: newId(), reason, status: 'needs_response', createdAt: now, evidenceDueAt: new Date(now.getTime() + 7 * 24 * 60 * 60 * 1000) };
  }

  /** @param on the day on which a lost one is settled */
  moveDispute({ id, dispute }: KeptPayment, status: DisputeStatus, on: string): void {
    if (!dispute || !DISPUTE_LEADS_TO[dispute.status].includes(status)) throw new RangeError(`The dispute of the payment ${id} cannot become ${status}.`);
    dispute.status = status;
    if (status === 'lost') dispute.settledDate = on;
  }

  /** Whether a list may show it yet. */
  isListed({ createdAt }: { readonly createdAt: Date }): boolean { return this.now().getTime() - createdAt.getTime() >= this.times.listsLagInSeconds * 1000; }

  /** A token that lets one browser in, once. */
  newToken(payment: KeptPayment): string {
    const token = randomUUID();
    payment.tokens.set(token, { isUsed: false });
    return token;
  }

  /** The payment of a token, and whether it is used for the first time. */
  useToken(token: string): { readonly payment: KeptPayment; readonly isFirst: boolean } | undefined {
    for (const payment of this.all()) {
      const known = payment.tokens.get(token);
      if (!known) continue;
      const isFirst = !known.isUsed;
      known.isUsed = true;
      return { payment, isFirst };
    }
    return undefined;
  }

  /** The token with which card details are sent to the API, the same for as long as the payment waits for them. */
  motoToken(payment: KeptPayment): string {
    for (const [token, known] of this.#moto) if (known.paymentId === payment.id) return token;
    const token = randomBytes(13).toString('hex');
    this.#moto.set(token, { paymentId: payment.id, isUsed: false });
    return token;
  }
  useMotoToken(token: string): KeptPayment | 'used' | undefined {
    const known = this.#moto.get(token);
    if (!known || known.isUsed) return known && 'used';
    known.isUsed = true;
    return this.find(known.paymentId);
  }

  /** Brings a payment up to now: what time does by itself. */
  #current(payment: KeptPayment): KeptPayment {
    const now = this.now().getTime();
    if (payment.status === 'created' && payment.order.mode === 'agreement' && payment.decidesAt && now >= payment.decidesAt.getTime()) this.#takeByAgreement(payment);
    if (isOpen(payment) && now >= payment.createdAt.getTime() + this.times.expiresAfterInSeconds * 1000) this.move(payment, 'failed', { code: 'P0020' });
    if (payment.status === 'submitted' && payment.decidesAt && now >= payment.decidesAt.getTime()) this.move(payment, payment.order.isDelayedCapture ? 'capturable' : 'success');
    if (isFinished(payment.status)) for (const refund of payment.refunds) if (refund.status === 'submitted' && now >= refund.finishesAt.getTime()) this.moveRefund(payment, refund, 'success');
    return payment;
  }

  #takeByAgreement(payment: KeptPayment): void {
    const agreement = this.agreements.find(payment.order.agreementId);
    const card = agreement?.instrument?.card;
    if (!agreement || !card) return this.move(payment, 'error', { code: 'P0050' });
    if (agreement.bankSays === 'yes') return this.authorise(payment, card);
    if (agreement.bankSays === 'error') return this.move(payment, 'error', { code: 'P0050', card });
    const isForGood = agreement.bankSays === 'never';
    if (isForGood) agreement.status = 'inactive';
    this.move(payment, 'failed', { code: 'P0010', card, isForGood });
  }
}
