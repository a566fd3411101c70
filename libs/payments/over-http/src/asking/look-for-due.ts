import type { Clock, JobHandler, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK } from '@guildhall/kernel-contract';
import { Database, enqueue, sql } from '@guildhall/kernel';
import type { PaymentId, RefundId } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { AskAboutPaymentJob, SendCaseRefundJob } from './jobs';

const MOST = 200;
/** When it is looked at again, should its job come to nothing. */
const AGAIN_AFTER = 10 * 60_000;

/** Finds what is due and gives each to a job of its own: one that fails holds up no other, and nothing is ever looked at only once. */
@Injectable()
export class LookForDue implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext): Promise<void> {
    const now = this.clock.now();
    const again = new Date(now.getTime() + AGAIN_AFTER);
    await this.database.run(ctx, async (tx) => {
      const payments = await sql<{ payment_id: PaymentId }>(tx, `update payments_over_http.payment p set next_check_at = $3 from (
          select payment_id from payments_over_http.payment where council_id = $1 and next_check_at <= $2 order by next_check_at limit ${MOST} for update skip locked) due
        where p.council_id = $1 and p.payment_id = due.payment_id returning p.payment_id`, [tx.council.id, now, again]);
      const refunds = await sql<{ refund_id: RefundId }>(tx, `update payments_over_http.case_refund r set next_try_at = $3 from (
          select refund_id from payments_over_http.case_refund where council_id = $1 and next_try_at <= $2 order by next_try_at limit ${MOST} for update skip locked) due
        where r.council_id = $1 and r.refund_id = due.refund_id returning r.refund_id`, [tx.council.id, now, again]);
      for (const { payment_id: paymentId } of payments) enqueue(tx, AskAboutPaymentJob, { paymentId }, { key: paymentId });
      for (const { refund_id: refundId } of refunds) enqueue(tx, SendCaseRefundJob, { refundId }, { key: refundId });
    });
  }
}
