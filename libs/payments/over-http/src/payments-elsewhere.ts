import type { Clock, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, isGuildhallError, unlessUnavailable } from '@guildhall/kernel-contract';
import { Database, SilentFarEnds, audit, sql } from '@guildhall/kernel';
import type { Payment, PaymentId, PaymentOrder, PaymentStart, PaymentSubject, PaymentsApi, PaymentsPage, RefundOrder, RefundRefusal, RequestRefusal, StartRefusal, WithdrawRefusal } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { farSide } from './far-side-of';
import { RefusedRefunds } from './refunding/refused-refunds';
import { HearPayment } from './telling/hear-payment';

/** A payer is on the way: looked after even when the answer to the start was lost. */
const LOOKED_AFTER = 60_000;
/** With what a payment is refused that the other side then has not, and what it says of one that it has not, or not for whoever asks. */
const NEVER_ASKED_FOR: ReadonlySet<string> = new Set<RequestRefusal['reason']>(['nothing-to-pay', 'too-much', 'reference-taken']);
const NOTHING_THERE: ReadonlySet<string> = new Set(['not-found', 'not-allowed', 'invalid-input', 'conflict']);

/** What other modules call: the payments of this council, kept at another one's. */
@Injectable()
export class PaymentsElsewhere implements PaymentsApi {
  /** What is asked for payments to begin: that side may be unable to take any, and still tell what it has taken, and pay it back. */
  readonly #beginnings = new WeakMap<PaymentsApi, object>();

  constructor(
    @Inject(Database) private readonly database: Database, @Inject(HearPayment) private readonly hearing: HearPayment, @Inject(RefusedRefunds) private readonly refused: RefusedRefunds, @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SilentFarEnds) private readonly silent: SilentFarEnds,
  ) {}

  async request(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<Payment, RequestRefusal>> {
    const requested = await this.#ask(ctx, (there) => there.request(ctx, order));
    if (requested.ok) await this.#record(ctx, 'request', requested.value.paymentId);
    return requested;
  }

  async start(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<PaymentStart, StartRefusal>> {
    return this.#begin(ctx, 'start', paymentId, () => this.#askToBegin(ctx, (there) => there.start(ctx, paymentId)));
  }

  async take(ctx: RequestContext, order: PaymentOrder): Promise<Outcome<PaymentStart, RequestRefusal | StartRefusal>> {
    return this.#begin(ctx, 'take', order.paymentId, () => this.#askToBegin(ctx, (there) => there.take(ctx, order)));
  }

  async refresh(ctx: RequestContext, paymentId: PaymentId): Promise<Payment> {
    return this.#heard(ctx, await this.#ask(ctx, (there) => there.refresh(ctx, paymentId)));
  }

  async find(ctx: RequestContext, paymentId: PaymentId): Promise<Payment> {
    const payment = await this.#ask(ctx, (there) => there.find(ctx, paymentId));
    await this.hearing.hearIfNew(ctx, payment);
    return this.refused.withTheirs(ctx, payment);
  }

  async forSubject(ctx: RequestContext, subject: PaymentSubject): Promise<readonly Payment[]> {
    return this.refused.withAllTheirs(ctx, await this.#ask(ctx, (there) => there.forSubject(ctx, subject)));
  }

  async ofResident(ctx: RequestContext, page: PaymentsPage): Promise<readonly Payment[]> {
    return this.refused.withAllTheirs(ctx, await this.#ask(ctx, (there) => there.ofResident(ctx, page)));
  }

  async withdraw(ctx: RequestContext, paymentId: PaymentId): Promise<Outcome<Payment, WithdrawRefusal>> {
    const withdrawn = await this.#ask(ctx, (there) => there.withdraw(ctx, paymentId));
    if (withdrawn.ok) {
      await this.#record(ctx, 'withdraw', paymentId);
      return { ok: true, value: await this.#heard(ctx, withdrawn.value) };
    }
    await unlessUnavailable(this.find(ctx, paymentId));
    return withdrawn;
  }

  async refund(ctx: RequestContext, order: RefundOrder): Promise<Outcome<Payment, RefundRefusal>> {
    const refunded = await this.#ask(ctx, (there) => there.refund(ctx, order));
    if (!refunded.ok) return refunded;
    await this.#record(ctx, 'refund', order.paymentId, { refund: order.refundId, amountInPence: order.amountInPence });
    return { ok: true, value: await this.#heard(ctx, refunded.value) };
  }

  /** Nobody waits for a neighbour that did not answer several times in a row. */
  #ask<Answer>(ctx: RequestContext, question: (there: PaymentsApi) => Promise<Answer>): Promise<Answer> {
    const there = farSide(ctx);
    return this.silent.ask(there, () => question(there));
  }

  #askToBegin<Answer>(ctx: RequestContext, question: (there: PaymentsApi) => Promise<Answer>): Promise<Answer> {
    const there = farSide(ctx);
    const known = this.#beginnings.get(there) ?? {};
    this.#beginnings.set(there, known);
    return this.silent.ask(known, () => question(there));
  }

  /** That somebody may soon pay is written down before anybody can: whatever is lost on the way, it is looked after. */
  async #begin<R extends RequestRefusal | StartRefusal>(ctx: RequestContext, what: 'start' | 'take', paymentId: PaymentId, asking: () => Promise<Outcome<PaymentStart, R>>): Promise<Outcome<PaymentStart, R>> {
    const lookAt = new Date(this.clock.now().getTime() + LOOKED_AFTER);
    const isNew = await this.database.run(ctx, async (tx) => {
      const made = await sql(tx, `insert into payments_over_http.payment (council_id, payment_id, state, next_check_at) values ($1, $2, 'requested', $3) on conflict do nothing returning 1 as made`, [tx.council.id, paymentId, lookAt]);
      if (made.length === 0) await sql(tx, 'update payments_over_http.payment set next_check_at = least(next_check_at, $3) where council_id = $1 and payment_id = $2', [tx.council.id, paymentId, lookAt]);
      return made.length > 0;
    });
    const forget = async (): Promise<void> => { if (isNew) await this.database.query(ctx, `delete from payments_over_http.payment where council_id = $1 and payment_id = $2 and state = 'requested'`, [ctx.council.id, paymentId]); };
    try {
      const started = await asking();
      if (started.ok) await this.#record(ctx, what, paymentId);
      else if (NEVER_ASKED_FOR.has(started.refusal.reason)) {
        await forget();
        return started;
      }
      // The other side may have found out that it was paid, or that the try before had ended.
      if (!isNew || !started.ok) await unlessUnavailable(this.find(ctx, paymentId));
      return started;
    } catch (error) {
      if (isGuildhallError(error) && NOTHING_THERE.has(error.code)) await forget();
      throw error;
    }
  }

  async #heard(ctx: RequestContext, payment: Payment): Promise<Payment> {
    await this.hearing.hear(ctx, payment);
    return this.refused.withTheirs(ctx, payment);
  }

  /** Who did it is on record here; the other side knows only that it was this council. */
  async #record(ctx: RequestContext, what: string, paymentId: PaymentId, detail?: object): Promise<void> {
    const { actor } = ctx;
    await this.database.run(ctx, async (tx) => { audit(tx, { action: `payments.${what}`, subject: { type: 'payment', id: paymentId }, ...(actor.kind === 'resident' ? { personId: actor.personId } : {}), ...(detail ? { detail } : {}) }); });
  }
}
