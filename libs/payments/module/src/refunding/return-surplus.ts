import type { Clock, Ids, Log, TransactionContext } from '@guildhall/kernel-contract';
import { CLOCK, IDS } from '@guildhall/kernel-contract';
import { LOG, enqueue, sql, write } from '@guildhall/kernel';
import { REFUND_STATES, refundId, refundedOf } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { providerNamed } from '../keeping/council-providers';
import { retryOfSurplus } from '../keeping/check-times';
import type { StoredAttempt, StoredPayment, StoredRefund } from '../keeping/stored-payment';
import { CarryOnRefundJob } from '../reconciling/jobs';

const TRY_AGAIN_AFTER_FAILURES = 3;

/** Sends back money that came on top, too late or in another amount than was asked for. It is the payer's, whatever anybody decides. */
@Injectable()
export class ReturnSurplus {
  constructor(@Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids, @Inject(LOG) private readonly log: Log) {}

  /** @param payment taken for change in this transaction */
  async send(tx: TransactionContext, payment: StoredPayment, attempt: StoredAttempt): Promise<StoredPayment> {
    const own = payment.refunds.filter((refund) => refund.attempt === attempt.number);
    const left = attempt.takenInPence - refundedOf(attempt.number, own);
    if (attempt.money !== 'surplus' || left <= 0 || own.some((refund) => REFUND_STATES[refund.state].isOpen)) return payment;
    const now = this.clock.now();
    const failures = own.filter((refund) => refund.state === 'failed').length;
    if (!providerNamed(tx, attempt.provider).abilities.includes('refunds') || failures > TRY_AGAIN_AFTER_FAILURES) {
      // It stays owed to the payer in the ledger, and on the officer's page, until somebody pays it back by hand.
      this.log.error('payments.surplus-stuck', { council: tx.council.slug, payment: payment.paymentId, attempt: attempt.number, failures });
      return payment;
    }
    const last = own.at(-1);
    if (last?.state === 'failed' && last.finishedAt && retryOfSurplus(last.finishedAt) > now) {
      write(tx, 'update payments.attempt set next_check_at = $4 where council_id = $1 and payment_id = $2 and number = $3', [tx.council.id, payment.paymentId, attempt.number, retryOfSurplus(last.finishedAt)]);
      return payment;
    }
    const refund: StoredRefund = { refundId: refundId(this.ids.uuid()), attempt: attempt.number, amountInPence: left, reason: 'Paid on top, too late or in another amount than was asked for', isOfSurplus: true, state: 'requested', requestedAt: now };
    await sql(tx, `insert into payments.refund (council_id, refund_id, payment_id, attempt, amount_in_pence, reason, is_of_surplus, state, requested_at, next_check_at) values ($1, $2, $3, $4, $5, $6, true, 'requested', $7, $7)`,
      [tx.council.id, refund.refundId, payment.paymentId, attempt.number, left, refund.reason, now]);
    enqueue(tx, CarryOnRefundJob, { paymentId: payment.paymentId, refundId: refund.refundId }, { key: refund.refundId });
    return { ...payment, refunds: [...payment.refunds, refund] };
  }
}
