import type { Clock, JobHandler, Log, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK } from '@guildhall/kernel-contract';
import { Database, LOG, enqueue, sql } from '@guildhall/kernel';
import type { PaymentId, RefundId } from '@guildhall/payments-contract';
import { PAYMENT_STATES } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { nextCheckOfAttempt, nextCheckOfRefund } from '../keeping/check-times';
import { takeForChange } from '../keeping/payment-book';
import { HearAttempt } from './hear-attempt';
import { AskAboutAttemptJob, CancelAttemptJob, CarryOnRefundJob } from './jobs';

const MOST = 200;

/**
 * Closes the gaps that crashes, lost answers and webhooks that never came leave behind: finds what is due and gives each to a job of its own, so that one that
 * fails holds up no other. Its time to be looked at again is set at once: nothing is ever looked at only once.
 */
@Injectable()
export class ReconcilePayments implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly database: Database, @Inject(HearAttempt) private readonly hearAttempt: HearAttempt, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly log: Log) {}

  async run(ctx: RequestContext): Promise<void> {
    const attempts = await this.#attempts(ctx);
    const refunds = await this.#refunds(ctx);
    if (attempts + refunds > 0) this.log.info('payments.reconcile', { council: ctx.council.slug, attempts, refunds });
  }

  async #attempts(ctx: RequestContext): Promise<number> {
    const now = this.clock.now();
    const due = await this.database.query<{ payment_id: PaymentId; number: number; is_unsent: boolean }>(ctx, `
      select payment_id, number, (state = 'intended') as is_unsent from payments.attempt where council_id = $1 and next_check_at <= $2 order by next_check_at limit ${MOST}`, [ctx.council.id, now]);
    for (const { payment_id: paymentId, number, is_unsent: isUnsent } of due) {
      await this.database.run(ctx, async (tx) => {
        const payment = await takeForChange(tx, paymentId);
        const attempt = payment.attempts.find((one) => one.number === number);
        if (!attempt) return;
        if (isUnsent && attempt.state === 'intended') {
          // Nobody was ever sent to it. It is over; whoever comes back begins a new one.
          await this.hearAttempt.hear(tx, payment, number, { state: 'expired', amountInPence: 0 });
          return;
        }
        await sql(tx, 'update payments.attempt set next_check_at = $4 where council_id = $1 and payment_id = $2 and number = $3', [tx.council.id, paymentId, number, nextCheckOfAttempt(attempt, now)]);
        const mustStop = payment.isWithdrawn || PAYMENT_STATES[payment.state].isPaid;
        const isOpen = attempt.state === 'created' || attempt.state === 'started';
        enqueue(tx, mustStop && isOpen ? CancelAttemptJob : AskAboutAttemptJob, { paymentId, attempt: number }, { key: `${paymentId}-${number}` });
      });
    }
    return due.length;
  }

  async #refunds(ctx: RequestContext): Promise<number> {
    const now = this.clock.now();
    const due = await this.database.query<{ payment_id: PaymentId; refund_id: RefundId }>(ctx, `
      select payment_id, refund_id from payments.refund where council_id = $1 and next_check_at <= $2 order by next_check_at limit ${MOST}`, [ctx.council.id, now]);
    for (const { payment_id: paymentId, refund_id: refundId } of due) {
      await this.database.run(ctx, async (tx) => {
        const refund = (await takeForChange(tx, paymentId)).refunds.find((one) => one.refundId === refundId);
        if (!refund) return;
        await sql(tx, 'update payments.refund set next_check_at = $3 where council_id = $1 and refund_id = $2', [tx.council.id, refundId, nextCheckOfRefund(refund, now)]);
        enqueue(tx, CarryOnRefundJob, { paymentId, refundId }, { key: refundId });
      });
    }
    return due.length;
  }
}
