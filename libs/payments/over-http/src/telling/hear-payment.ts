import type { Clock, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { CLOCK, assertNever } from '@guildhall/kernel-contract';
import { Database, publish, sql } from '@guildhall/kernel';
import type { Payment, PaymentState } from '@guildhall/payments-contract';
import { PAYMENT_STATES, PaymentFailed, PaymentRefunded, PaymentSucceeded } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { nextCheckOf } from '../asking/next-check';
import type { News } from './news-of';
import { newsOf } from './news-of';

/**
 * Takes in what the other side says of a payment: publishes what is new, in the transaction that writes down that it is told, and sets when to ask again. It may be done twice at once, and with an
 * answer that is older than another.
 */
@Injectable()
export class HearPayment {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** For whoever only looks: nobody sees here that something has happened before it is published. It costs one statement when nothing is new. */
  async hearIfNew(ctx: RequestContext, payment: Payment): Promise<void> {
    const [kept] = await this.database.query<{ state: PaymentState; told: string[] }>(ctx, `select p.state, array(select t.what from payments_over_http.told t where t.council_id = p.council_id and t.payment_id = p.payment_id) as told
      from payments_over_http.payment p where p.council_id = $1 and p.payment_id = $2`, [ctx.council.id, payment.paymentId]);
    const isKnown = kept ? kept.state === payment.state : payment.state === 'requested';
    if (!isKnown || newsOf(payment, new Set(kept?.told)).length > 0) await this.hear(ctx, payment);
  }

  async hear(ctx: RequestContext, payment: Payment): Promise<void> {
    await this.database.run(ctx, async (tx) => {
      await sql(tx, 'insert into payments_over_http.payment (council_id, payment_id, state) values ($1, $2, $3) on conflict do nothing', [tx.council.id, payment.paymentId, payment.state]);
      const [kept] = await sql<{ state: PaymentState }>(tx, 'select state from payments_over_http.payment where council_id = $1 and payment_id = $2 for update', [tx.council.id, payment.paymentId]);
      // Nothing follows these states: what says otherwise is an older answer.
      if (kept && kept.state !== payment.state && PAYMENT_STATES[kept.state].next.length === 0) return;
      // Read after the lock is held: what another has told meanwhile is then seen.
      const told = await sql<{ what: string }>(tx, 'select what from payments_over_http.told where council_id = $1 and payment_id = $2', [tx.council.id, payment.paymentId]);
      const now = this.clock.now();
      for (const news of newsOf(payment, new Set(told.map(({ what }) => what)))) {
        await sql(tx, 'insert into payments_over_http.told (council_id, payment_id, what, told_at) values ($1, $2, $3, $4)', [tx.council.id, payment.paymentId, news.what, now]);
        tell(tx, payment, news);
      }
      await sql(tx, 'update payments_over_http.payment set state = $3, next_check_at = $4 where council_id = $1 and payment_id = $2', [tx.council.id, payment.paymentId, payment.state, nextCheckOf(payment, now)]);
    });
  }
}

function tell(tx: TransactionContext, { paymentId, subject, amountInPence }: Payment, news: News): void {
  switch (news.kind) {
    case 'succeeded': return publish(tx, PaymentSucceeded, { paymentId, subject, amountInPence });
    case 'failed': return publish(tx, PaymentFailed, { paymentId, subject, amountInPence, state: news.state });
    case 'refunded': return publish(tx, PaymentRefunded, { paymentId, refundId: news.refundId, subject, amountInPence: news.amountInPence });
    default: assertNever(news);
  }
}
