import type { CaseRefundDueData } from '@guildhall/cases-contract';
import type { Clock, Event, EventHandler, TransactionContext } from '@guildhall/kernel-contract';
import { CLOCK } from '@guildhall/kernel-contract';
import { enqueue, sql } from '@guildhall/kernel';
import { paymentId, refundId } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { SendCaseRefundJob } from '../asking/jobs';

/** Writes down that a step of a case promises money back: once for each case and step, however often it is told. A job orders it from the other side. */
@Injectable()
export class RefundForCase implements EventHandler<CaseRefundDueData> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async handle(tx: TransactionContext, event: Event<CaseRefundDueData>): Promise<void> {
    const { caseId, transition, transitionTitle, paymentId: id } = event.data;
    const now = this.clock.now();
    // The event's own id: a UUID that is the same whenever this is run again.
    const made = await sql(tx, `insert into payments_over_http.case_refund (council_id, refund_id, payment_id, request_key, reason, state, wanted_at, next_try_at) values ($1, $2, $3, $4, $5, 'wanted', $6, $6) on conflict do nothing returning 1 as made`,
      [tx.council.id, event.id, paymentId(id), `case:${caseId}:${transition}`, `The case: “${transitionTitle}”`.slice(0, 500), now]);
    if (made.length > 0) enqueue(tx, SendCaseRefundJob, { refundId: refundId(event.id) }, { key: event.id });
  }
}
