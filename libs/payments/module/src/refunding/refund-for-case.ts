import type { CaseRefundDueData } from '@guildhall/cases-contract';
import type { Clock, Event, EventHandler, Log, TransactionContext } from '@guildhall/kernel-contract';
import { CLOCK, isGuildhallError } from '@guildhall/kernel-contract';
import { LOG, requestHash, sql } from '@guildhall/kernel';
import { decideRefund, paymentId, refundId, refundedOf } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { meansOf } from '../counter/means';
import { providerNamed } from '../keeping/council-providers';
import { takeForChange } from '../keeping/payment-book';
import type { StoredPayment } from '../keeping/stored-payment';
import { writeRefund } from './write-refund';

/**
 * Pays back what was paid for a case whose step promises it: once for each case and step, however often it is told. What is not paid is not paid back; what cannot be sent back
 * is written down as a failed refund, for the resident has been promised the money and somebody must see it.
 */
@Injectable()
export class RefundForCase implements EventHandler<CaseRefundDueData> {
  constructor(@Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly log: Log) {}

  async handle(tx: TransactionContext, event: Event<CaseRefundDueData>): Promise<void> {
    const { caseId, transition, transitionTitle } = event.data;
    const key = `case:${caseId}:${transition}`;
    const payment = await this.#payment(tx, event.data);
    const booked = payment?.attempts.find((attempt) => attempt.money === 'booked');
    const amountInPence = payment && booked ? payment.amountInPence - refundedOf(booked.number, payment.refunds) : 0;
    const [before] = await sql(tx, 'select 1 as one from payments.refund where council_id = $1 and request_key = $2', [tx.council.id, key]);
    if (!payment || !booked || amountInPence === 0 || before) return;
    const decision = decideRefund(payment, payment.refunds, { amountInPence });
    const failure = !decision.ok ? decision.refusal.reason : meansOf(booked.provider) ? 'paid-at-counter' : providerNamed(tx, booked.provider).abilities.includes('refunds') ? undefined : 'provider-refused';
    // The event's own id: a UUID that is the same whenever this is run again.
    await writeRefund(tx, payment, { refundId: refundId(event.id), attempt: booked.number, amountInPence, reason: `The case: “${transitionTitle}”`.slice(0, 500), requestedBy: 'system', key, hash: requestHash({ caseId, transition }), now: this.clock.now(), ...(failure && { failure }) });
  }

  /** A case may name a payment that another system took: then it is for that system to pay back, and the log says so. */
  async #payment(tx: TransactionContext, { caseId, paymentId: id }: CaseRefundDueData): Promise<StoredPayment | undefined> {
    try { return await takeForChange(tx, paymentId(id)); } catch (error) {
      if (!isGuildhallError(error) || error.code !== 'not-found') throw error;
      this.log.warn('payments.refund-of-unknown-payment', { council: tx.council.slug, case: caseId, payment: id });
      return undefined;
    }
  }
}
