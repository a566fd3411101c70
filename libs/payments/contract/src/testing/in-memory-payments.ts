import type { Clock, EventType, Ids, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { Conflict, Unavailable, done, isGuildhallError, refused } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import type { Payment, PaymentId, PaymentOrder, PaymentStart, PaymentSubject, PaymentsApi, PaymentsPage, ProviderPayment, ProviderPaymentState, RefundOrder, RefundRefusal, RefundState, RequestRefusal, StartRefusal, WebhookDelivery, WithdrawRefusal } from '../index';
import {
  ATTEMPT_STATES, PAYMENT_STATES, PaymentFailed, PaymentRefunded, PaymentSucceeded, REFUND_STATES, checkOrder, checkRefundOrder, decideRefund, decideStart, decideWithdrawal, demandRefunding, demandResident, demandSight,
  demandTaking, learn, maySeePayment, payerDetailsOf, payerOf, recogniseRefunds, refundId, refundStateFrom, refundedOf, stateOf, withoutPayerDetails,
} from '../index';
import { InMemoryProvider } from './in-memory-provider';
import type { PayerDoes } from './far-end';
import type { Attempt, Given, Kept } from './kept-payment';
import { viewOf } from './kept-payment';

/** An event as it was published. @public */
export interface Published { readonly type: string; readonly data: { readonly paymentId: PaymentId; readonly amountInPence: number } }

/**
 * Payments in memory, for tests of whoever asks for payments. Keeps the same rules as the module and passes the same kit.
 * @public
 * @example const payments = inMemoryPayments(); … await payments.pay(ctx, paymentId); expect(payments.published).toHaveLength(1);
 */
export class InMemoryPayments implements PaymentsApi {
  readonly published: Published[] = [];
  readonly #kept = new Map<string, Kept>();
  readonly #seenEvents = new Set<string>();

  constructor(readonly provider: InMemoryProvider, private readonly clock: Clock, private readonly ids: Ids) {}

  async request(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<Payment, RequestRefusal>> {
    demandTaking(ctx);
    const checked = checkOrder(order);
    if (!checked.ok) return checked;
    const personId = payerOf(ctx, order.payer?.personId);
    for (const kept of this.#kept.values()) {
      if (kept.councilId !== ctx.council.id) continue;
      if (kept.order.idempotencyKey === order.idempotencyKey) {
        if (JSON.stringify(withoutPayerDetails(kept.order)) !== JSON.stringify(withoutPayerDetails(order))) throw new Conflict(`The key ${order.idempotencyKey} was used before for another payment.`);
        return done(viewOf(kept));
      }
      if (kept.order.paymentId === order.paymentId) throw new Conflict(`There is already a payment ${order.paymentId}.`);
      if (kept.order.reference === order.reference && kept.state !== 'withdrawn') return refused('reference-taken', `There is already a payment with the reference ${order.reference}.`);
    }
    const kept: Kept = { councilId: ctx.council.id, order, amountInPence: checked.value.amountInPence, personId, requestedAt: this.clock.now(), state: 'requested', isWithdrawn: false, attempts: [], refunds: [], refundKeys: new Map() };
    this.#kept.set(order.paymentId, kept);
    return done(viewOf(kept));
  }

  async start(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<PaymentStart, StartRefusal>> {
    demandTaking(ctx);
    const kept = this.#sight(ctx, paymentId);
    for (let round = 0; round < 4; round++) {
      const decision = decideStart(kept);
      if (!decision.ok) return decision;
      if (decision.value.kind === 'begin') this.#begin(kept, decision.value.number);
      const attempt = kept.attempts.find(({ number }) => number === (decision.value.kind === 'begin' ? decision.value.number : decision.value.attempt.number));
      if (!attempt) throw new Error('An attempt that was decided on is missing.');
      const heard = attempt.providerPaymentId ? await this.provider.fetch(ctx, attempt.providerPaymentId) : await this.#create(ctx, kept, attempt);
      if (!heard) return refused('provider-refused', 'The payment provider does not take this payment.');
      this.#record(kept, attempt, heard);
      if (attempt.providerPaymentId === heard.providerPaymentId && ATTEMPT_STATES[attempt.state].isOpen && !kept.isWithdrawn && heard.nextUrl && kept.state === 'started') return done({ nextUrl: heard.nextUrl });
    }
    throw new Unavailable('The payment provider has no page to pay on at the moment. Try again.');
  }

  async take(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<PaymentStart, RequestRefusal | StartRefusal>> {
    const requested = await this.request(ctx, order);
    return requested.ok ? this.start(ctx, order.paymentId) : requested;
  }

  async refresh(ctx: RequestContext, paymentId: PaymentId): Promise<Payment> {
    const kept = this.#sight(ctx, paymentId);
    await this.#ask(ctx, kept);
    return viewOf(kept);
  }

  async find(ctx: RequestContext, paymentId: PaymentId): Promise<Payment> {
    return viewOf(this.#sight(ctx, paymentId));
  }

  async forSubject(ctx: RequestContext, subject: PaymentSubject): Promise<readonly Payment[]> {
    return [...this.#kept.values()].reverse()
      .filter((kept) => kept.councilId === ctx.council.id && kept.order.subject.type === subject.type && kept.order.subject.id === subject.id && maySeePayment(ctx, kept))
      .slice(0, 100).map((kept) => viewOf(kept));
  }

  async ofResident(ctx: RequestContext, { limit, before }: PaymentsPage): Promise<readonly Payment[]> {
    const personId = demandResident(ctx);
    return [...this.#kept.values()].filter((kept) => kept.councilId === ctx.council.id && kept.personId === personId && (before === undefined || kept.order.paymentId < before) && maySeePayment(ctx, kept))
      .sort((one, other) => (one.order.paymentId < other.order.paymentId ? 1 : -1)).slice(0, limit).map((kept) => viewOf(kept));
  }

  async withdraw(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<Payment, WithdrawRefusal>> {
    demandTaking(ctx);
    const kept = this.#sight(ctx, paymentId);
    await this.#ask(ctx, kept).catch(ignoreUnavailable);
    const decision = decideWithdrawal(kept);
    if (!decision.ok) return decision;
    if (decision.value.isNews) {
      kept.isWithdrawn = true;
      for (const attempt of kept.attempts) if (attempt.state === 'intended') attempt.state = 'cancelled';
      this.#move(kept);
      await this.#cancelOpen(ctx, kept).catch(ignoreUnavailable);
    }
    return done(viewOf(kept));
  }

  async refund(ctx: RequestContext, order: RefundOrder): Promise<Outcome<Payment, RefundRefusal>> {
    demandRefunding(ctx);
    checkRefundOrder(order);
    const kept = this.#sight(ctx, order.paymentId);
    const body = JSON.stringify(order);
    const before = kept.refundKeys.get(order.idempotencyKey);
    if (before !== undefined && before !== body) throw new Conflict(`The key ${order.idempotencyKey} was used before for another refund.`);
    if (before === undefined) {
      if (kept.refunds.some((given) => given.refundId === order.refundId)) throw new Conflict(`There is already a refund ${order.refundId}.`);
      if (!this.provider.abilities.includes('refunds')) return refused('provider-refused', 'The payment provider cannot pay back.');
      const decision = decideRefund(kept, kept.refunds, order);
      if (!decision.ok) return decision;
      kept.refundKeys.set(order.idempotencyKey, body);
      kept.refunds.push({ refundId: order.refundId, attempt: decision.value.attempt, amountInPence: order.amountInPence, reason: order.reason, isOfSurplus: false, state: 'requested', requestedAt: this.clock.now(), requestedBy: ctx.actor.kind === 'officer' ? ctx.actor.name : ctx.actor.kind });
    }
    const given = kept.refunds.find((one) => one.refundId === order.refundId);
    if (given?.state === 'requested') await this.#send(ctx, kept, given).catch(ignoreUnavailable);
    return done(viewOf(kept));
  }

  /** What the reconciling job does: asks about everything, cancels what should not be paid, carries on with refunds. */
  async reconcile(ctx: RequestContext): Promise<void> {
    for (const kept of this.#kept.values()) {
      if (kept.councilId !== ctx.council.id) continue;
      await this.#ask(ctx, kept).catch(ignoreUnavailable);
      if (kept.isWithdrawn || PAYMENT_STATES[kept.state].isPaid) await this.#cancelOpen(ctx, kept).catch(ignoreUnavailable);
      this.#returnSurplus(kept);
      for (const given of kept.refunds) if (REFUND_STATES[given.state].isOpen) await this.#send(ctx, kept, given).catch(ignoreUnavailable);
    }
  }

  /** What the webhook route does: checks, remembers the event, asks. */
  async webhook(ctx: RequestContext, delivery: WebhookDelivery): Promise<'taken' | 'seen' | 'refused'> {
    const notice = await this.provider.readWebhook?.(ctx, delivery);
    if (!notice?.ok) return 'refused';
    if (this.#seenEvents.has(notice.value.eventId)) return 'seen';
    for (const kept of this.#kept.values()) {
      const attempt = kept.attempts.find((one) => one.providerPaymentId !== undefined && one.providerPaymentId === notice.value.providerPaymentId);
      if (attempt?.providerPaymentId) await this.#askAbout(ctx, kept, attempt, attempt.providerPaymentId);
    }
    this.#seenEvents.add(notice.value.eventId);
    return 'taken';
  }

  /** The payer goes to the provider and does this; then we ask. */
  async pay(ctx: RequestContext, paymentId: PaymentId, does: PayerDoes = 'succeed'): Promise<Payment> {
    const started = await this.start(ctx, paymentId);
    if (!started.ok) throw new Error(`The payment ${paymentId} could not be started: ${started.refusal.reason}.`);
    const kept = this.#sight(ctx, paymentId);
    this.provider.visit(started.value.nextUrl);
    this.provider.payerDoes(this.provider.newest(kept.order.reference), does);
    return this.refresh(ctx, paymentId);
  }

  /** Money by our own books, in pence, and how many attempts are known to the provider and not over. */
  books(): { readonly booked: number; readonly surplus: number; readonly paidBack: number; readonly waiting: number } {
    const sum = { booked: 0, surplus: 0, paidBack: 0, waiting: 0 };
    for (const { attempts, refunds } of this.#kept.values()) {
      for (const { money, amountInPence, state, providerPaymentId } of attempts) {
        if (money !== 'none') sum[money] += amountInPence;
        if (providerPaymentId && ATTEMPT_STATES[state].isOpen) sum.waiting += 1;
      }
      for (const { state, amountInPence } of refunds) if (state === 'succeeded') sum.paidBack += amountInPence;
    }
    return sum;
  }

  #sight(ctx: RequestContext, paymentId: PaymentId): Kept {
    const found = this.#kept.get(paymentId);
    const kept = found?.councilId === ctx.council.id ? found : undefined;
    demandSight(ctx, paymentId, kept);
    return kept as Kept;
  }

  #begin(kept: Kept, number: number): void {
    kept.attempts.push({ number, state: 'intended', money: 'none', amountInPence: 0, begunAt: this.clock.now() });
    this.#move(kept);
  }

  async #create(ctx: RequestContext, kept: Kept, attempt: Attempt): Promise<ProviderPayment | undefined> {
    const { order } = kept;
    const payer = payerDetailsOf(order.payer);
    const outcome = await this.provider.create(ctx, {
      key: `${order.paymentId}-${attempt.number}`, amountInPence: kept.amountInPence, description: order.description[order.language], reference: order.reference,
      returnUrl: `${ctx.council.origin}/payments/${order.paymentId}/return`, language: order.language, ...(order.payer?.email ? { email: order.payer.email } : {}), ...(payer ? { payer } : {}),
    });
    if (outcome.ok) return outcome.value;
    this.#learn(kept, attempt, 'refused', 0);
    return undefined;
  }

  async #ask(ctx: RequestContext, kept: Kept): Promise<void> {
    for (const attempt of kept.attempts) if (attempt.providerPaymentId) await this.#askAbout(ctx, kept, attempt, attempt.providerPaymentId);
  }

  async #askAbout(ctx: RequestContext, kept: Kept, attempt: Attempt, providerPaymentId: string): Promise<void> {
    const heard = await this.provider.fetch(ctx, providerPaymentId);
    this.#record(kept, attempt, heard);
    if (attempt.money === 'none' || !this.provider.abilities.includes('refunds')) return;
    const isOpen = kept.refunds.some((given) => given.attempt === attempt.number && REFUND_STATES[given.state].isOpen);
    if (isOpen || heard.refundableInPence !== attempt.amountInPence - refundedOf(attempt.number, kept.refunds)) await this.#listRefunds(ctx, kept, attempt, providerPaymentId);
  }

  #record(kept: Kept, attempt: Attempt, heard: ProviderPayment): void {
    attempt.providerPaymentId ??= heard.providerPaymentId;
    if (attempt.providerPaymentId !== heard.providerPaymentId) return;
    if (heard.method) attempt.method = heard.method;
    this.#learn(kept, attempt, heard.state, heard.amountInPence);
  }

  #learn(kept: Kept, attempt: Attempt, state: ProviderPaymentState | 'refused', amountInPence: number): void {
    const lesson = learn(kept, attempt.number, { state, amountInPence });
    if (!lesson.isNews) return;
    attempt.state = lesson.attempt.state;
    attempt.money = lesson.attempt.money;
    if (attempt.money !== 'none') attempt.amountInPence = amountInPence;
    if (!ATTEMPT_STATES[attempt.state].isOpen) attempt.finishedAt = this.clock.now();
    this.#move(kept);
    this.#returnSurplus(kept);
  }

  #move(kept: Kept): void {
    const state = stateOf(kept);
    if (state === kept.state) return;
    if (!PAYMENT_STATES[kept.state].next.includes(state)) throw new Error(`A payment cannot go from ${kept.state} to ${state}.`);
    kept.state = state;
    const { paymentId, subject } = kept.order;
    if (state === 'succeeded') {
      kept.paidAt = this.clock.now();
      this.#publish(PaymentSucceeded, { paymentId, subject, amountInPence: kept.amountInPence });
    } else if (state === 'failed' || state === 'cancelled' || state === 'expired' || state === 'error') this.#publish(PaymentFailed, { paymentId, subject, amountInPence: kept.amountInPence, state });
  }

  #returnSurplus(kept: Kept): void {
    for (const attempt of kept.attempts) {
      if (attempt.money !== 'surplus' || !this.provider.abilities.includes('refunds')) continue;
      const left = attempt.amountInPence - refundedOf(attempt.number, kept.refunds);
      if (left > 0) kept.refunds.push({ refundId: refundId(this.ids.uuid()), attempt: attempt.number, amountInPence: left, reason: 'Paid on top or too late', isOfSurplus: true, state: 'requested', requestedAt: this.clock.now() });
    }
  }

  async #cancelOpen(ctx: RequestContext, kept: Kept): Promise<void> {
    for (const attempt of kept.attempts) {
      if (!attempt.providerPaymentId || !ATTEMPT_STATES[attempt.state].isOpen || !this.provider.abilities.includes('cancel')) continue;
      const outcome = await this.provider.cancel(ctx, attempt.providerPaymentId);
      if (outcome.ok) this.#record(kept, attempt, outcome.value);
      else await this.#askAbout(ctx, kept, attempt, attempt.providerPaymentId);
    }
  }

  async #send(ctx: RequestContext, kept: Kept, given: Given): Promise<void> {
    const attempt = kept.attempts.find(({ number }) => number === given.attempt);
    if (!attempt?.providerPaymentId) throw new Error('A refund is of an attempt that was paid.');
    if (given.state !== 'requested' || !this.provider.abilities.includes('idempotent-refunds')) await this.#listRefunds(ctx, kept, attempt, attempt.providerPaymentId);
    for (let tries = 0; given.state === 'requested' && tries < 2; tries++) {
      const others = refundedOf(given.attempt, kept.refunds.filter((one) => one !== given));
      const outcome = await this.provider.refund(ctx, { providerPaymentId: attempt.providerPaymentId, key: given.refundId, amountInPence: given.amountInPence, availableInPence: attempt.amountInPence - others });
      if (outcome.ok) this.#settle(kept, given, outcome.value.providerRefundId, refundStateFrom(outcome.value) ?? 'submitted');
      else {
        await this.#listRefunds(ctx, kept, attempt, attempt.providerPaymentId);
        const left = attempt.amountInPence - refundedOf(given.attempt, kept.refunds.filter((one) => one !== given));
        if (given.state === 'requested' && (outcome.refusal.reason !== 'amount-changed' || given.amountInPence > left || tries === 1)) this.#settle(kept, given, undefined, 'failed');
      }
    }
  }

  async #listRefunds(ctx: RequestContext, kept: Kept, attempt: Attempt, providerPaymentId: string): Promise<void> {
    const theirs = await this.provider.refunds(ctx, providerPaymentId);
    const { learned, outside } = recogniseRefunds(kept.refunds.filter((given) => given.attempt === attempt.number), theirs);
    for (const lesson of learned) {
      const given = kept.refunds.find((one) => one.refundId === lesson.refundId);
      if (given) this.#settle(kept, given, lesson.providerRefundId, lesson.state);
    }
    for (const their of outside) {
      const given: Given = { refundId: refundId(this.ids.uuid()), attempt: attempt.number, amountInPence: their.amountInPence, reason: 'Made at the payment provider', isOfSurplus: attempt.money === 'surplus', state: 'requested', providerRefundId: their.providerRefundId, requestedAt: this.clock.now() };
      kept.refunds.push(given);
      this.#settle(kept, given, their.providerRefundId, refundStateFrom(their) ?? 'submitted');
    }
  }

  #settle(kept: Kept, given: Given, providerRefundId: string | undefined, state: RefundState): void {
    given.providerRefundId ??= providerRefundId;
    if (!REFUND_STATES[given.state].next.includes(state)) return;
    given.state = state;
    if (REFUND_STATES[state].isOpen) return;
    given.finishedAt = this.clock.now();
    if (state === 'succeeded' && !given.isOfSurplus) this.#publish(PaymentRefunded, { paymentId: kept.order.paymentId, refundId: given.refundId, subject: kept.order.subject, amountInPence: given.amountInPence });
  }

  #publish<Data extends Published['data']>(event: EventType<Data>, data: Data): void {
    this.published.push({ type: event.type, data });
  }
}

function ignoreUnavailable(error: unknown): void {
  if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
}

/** Payments in memory. @public */
export function inMemoryPayments(options: { readonly provider?: InMemoryProvider; readonly clock?: Clock; readonly ids?: Ids } = {}): InMemoryPayments {
  return new InMemoryPayments(options.provider ?? new InMemoryProvider(), options.clock ?? new FixedClock(), options.ids ?? new SeededIds(7));
}
