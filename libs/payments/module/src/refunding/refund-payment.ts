import type { Clock, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, Conflict, done, isGuildhallError, refused } from '@guildhall/kernel-contract';
import { Database, requestHash, sql } from '@guildhall/kernel';
import type { RefundOrder, RefundRefusal } from '@guildhall/payments-contract';
import { checkRefundOrder, decideRefund, demandRefunding, demandSight } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { meansOf } from '../counter/means';
import { providerNamed } from '../keeping/council-providers';
import { PaymentBook, takeForChange } from '../keeping/payment-book';
import type { StoredPayment } from '../keeping/stored-payment';
import { keyOf } from '../neighbours';
import { CarryOnRefund } from './carry-on-refund';
import { writeRefund } from './write-refund';

/** Longer than the provider may take to answer: then whoever asked has died, and the job takes over. */
const TAKE_OVER_AFTER = 60_000;

/** Pays money back: written down first, then sent, and carried on with by a job when nobody answers. */
@Injectable()
export class RefundPayment {
  constructor(
    @Inject(Database) private readonly database: Database, @Inject(PaymentBook) private readonly book: PaymentBook,
    @Inject(CarryOnRefund) private readonly carrying: CarryOnRefund, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async refund(ctx: RequestContext, order: RefundOrder): Promise<Outcome<StoredPayment, RefundRefusal>> {
    demandRefunding(ctx);
    checkRefundOrder(order);
    demandSight(ctx, order.paymentId, await this.book.find(ctx, order.paymentId));
    const refusal = await this.#intend(ctx, order);
    if (refusal) return { ok: false, refusal };
    await this.carrying.carryOn(ctx, order).catch((error: unknown) => { if (!isGuildhallError(error) || error.code !== 'unavailable') throw error; });
    const payment = await this.book.find(ctx, order.paymentId);
    if (!payment) throw new Error(`The payment ${order.paymentId} is gone.`);
    return done(payment);
  }

  async #intend(ctx: RequestContext, order: RefundOrder): Promise<RefundRefusal | undefined> {
    const hash = requestHash(order);
    const key = keyOf(ctx, order.idempotencyKey);
    return this.database.run(ctx, async (tx) => {
      const payment = await takeForChange(tx, order.paymentId);
      const [same] = await sql<{ request_hash: string }>(tx, 'select request_hash from payments.refund where council_id = $1 and request_key = $2', [tx.council.id, key]);
      if (same && same.request_hash !== hash) throw new Conflict(`The key ${order.idempotencyKey} was used before for another refund.`);
      if (same) return undefined;
      const decision = decideRefund(payment, payment.refunds, order);
      const attempt = payment.attempts.find(({ number }) => decision.ok && number === decision.value.attempt);
      if (attempt && meansOf(attempt.provider)) return refused('provider-refused', 'This was paid at the counter: pay it back from its page on the desk.').refusal;
      if (attempt && !providerNamed(tx, attempt.provider).abilities.includes('refunds')) return refused('provider-refused', 'This payment provider cannot pay back: do it in the provider\'s own back office.').refusal;
      const [taken] = await sql<{ taken: boolean }>(tx, 'select true as taken from payments.refund where council_id = $1 and refund_id = $2', [tx.council.id, order.refundId]);
      if (taken) throw new Conflict(`There is already a refund ${order.refundId}.`);
      if (!decision.ok) return decision.refusal;
      const now = this.clock.now();
      await writeRefund(tx, payment, {
        refundId: order.refundId, attempt: decision.value.attempt, amountInPence: order.amountInPence, reason: order.reason.trim(), requestedBy: nameOf(ctx), key, hash, now,
        sendAt: new Date(now.getTime() + TAKE_OVER_AFTER),
      });
      return undefined;
    });
  }
}

/** Who wants it: an officer, another system, or a job. */
function nameOf({ actor }: RequestContext): string {
  return actor.kind === 'officer' ? actor.name : actor.kind === 'machine' ? actor.clientId : actor.kind;
}
