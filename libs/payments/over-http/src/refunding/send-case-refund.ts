import type { JobHandler, Log, RequestContext } from '@guildhall/kernel-contract';
import { isGuildhallError } from '@guildhall/kernel-contract';
import { Database, LOG } from '@guildhall/kernel';
import type { PaymentId, RefundId } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { farSide } from '../far-side-of';
import { HearPayment } from '../telling/hear-payment';

interface WantedRow { readonly payment_id: PaymentId; readonly request_key: string; readonly reason: string }
/** What became of it: `nothing` when there was nothing left to pay back. */
type End = { readonly state: 'sent' | 'nothing'; readonly amountInPence?: number } | { readonly state: 'refused'; readonly amountInPence: number; readonly failure: string };

/** The job: orders from the other side what a step of a case promises back. May be run again: the other side's list of refunds knows what came of an order whose answer was lost. */
@Injectable()
export class SendCaseRefund implements JobHandler<{ readonly refundId: RefundId }> {
  constructor(@Inject(Database) private readonly database: Database, @Inject(HearPayment) private readonly hearing: HearPayment, @Inject(LOG) private readonly log: Log) {}

  async run(ctx: RequestContext, { refundId }: { readonly refundId: RefundId }): Promise<void> {
    const [wanted] = await this.database.query<WantedRow>(ctx, `select payment_id, request_key, reason from payments_over_http.case_refund where council_id = $1 and refund_id = $2 and state = 'wanted'`, [ctx.council.id, refundId]);
    if (!wanted) return;
    try {
      const end = await this.#order(ctx, refundId, wanted);
      await this.database.query(ctx, `update payments_over_http.case_refund set state = $3, amount_in_pence = $4, failure = $5, next_try_at = null where council_id = $1 and refund_id = $2 and state = 'wanted'`,
        [ctx.council.id, refundId, end.state, end.amountInPence ?? null, end.state === 'refused' ? end.failure : null]);
    } catch (error) {
      // It comes round again, until somebody answers.
      if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
      this.log.warn('payments-over-http.refund-unanswered', { council: ctx.council.slug, payment: wanted.payment_id });
    }
  }

  async #order(ctx: RequestContext, refundId: RefundId, { payment_id: paymentId, request_key: key, reason }: WantedRow): Promise<End> {
    const payment = await farSide(ctx).find(ctx, paymentId).catch((error: unknown) => {
      if (isGuildhallError(error) && error.code === 'not-found') return undefined;
      throw error;
    });
    // A case may name a payment that another system took: then it is for that system to pay back, and the log says so.
    if (!payment) {
      this.log.warn('payments-over-http.refund-of-unknown-payment', { council: ctx.council.slug, payment: paymentId });
      return { state: 'nothing' };
    }
    const sent = payment.refunds.find((refund) => refund.refundId === refundId);
    if (sent) {
      await this.hearing.hear(ctx, payment);
      return { state: 'sent', amountInPence: sent.amountInPence };
    }
    // All that is promised, also where it cannot go back the way it came: that is then refused, and an officer sees it.
    const amountInPence = payment.state === 'succeeded' ? payment.amountInPence - payment.refundedInPence : 0;
    if (amountInPence === 0) return { state: 'nothing' };
    // Another amount is another order: what was left may have changed since one that never arrived.
    const outcome = await farSide(ctx).refund(ctx, { paymentId, refundId, idempotencyKey: `${key}:${amountInPence}`, amountInPence, reason });
    if (!outcome.ok) return { state: 'refused', amountInPence, failure: outcome.refusal.reason };
    await this.hearing.hear(ctx, outcome.value);
    return { state: 'sent', amountInPence };
  }
}
