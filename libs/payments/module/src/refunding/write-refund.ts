import type { TransactionContext } from '@guildhall/kernel-contract';
import { audit, enqueue, sql } from '@guildhall/kernel';
import type { RefundId } from '@guildhall/payments-contract';
import type { StoredPayment } from '../keeping/stored-payment';
import { CarryOnRefundJob } from '../reconciling/jobs';

/** A refund that somebody, or a step of a case, wants. */
export interface RefundWanted {
  readonly refundId: RefundId;
  readonly attempt: number;
  readonly amountInPence: number;
  readonly reason: string;
  readonly requestedBy: string;
  readonly key: string;
  readonly hash: string;
  readonly now: Date;
  /** When a job sends it, unless it has gone by then. */
  readonly sendAt?: Date;
  /** Why it cannot be sent at all: it is written down as failed, so that somebody sees it. */
  readonly failure?: string;
}

/** Writes a refund down, with the job that sends it. @param payment taken for change in this transaction */
export async function writeRefund(tx: TransactionContext, payment: StoredPayment, { refundId, attempt, amountInPence, reason, requestedBy, key, hash, now, sendAt = now, failure }: RefundWanted): Promise<void> {
  const personId = payment.personId ? { personId: payment.personId } : {};
  await sql(tx, `insert into payments.refund (council_id, refund_id, payment_id, attempt, amount_in_pence, reason, is_of_surplus, state, requested_at, requested_by, next_check_at, request_key, request_hash, failure, finished_at)
    values ($1, $2, $3, $4, $5, $6, false, $7, $8, $9, $10, $11, $12, $13, $14)`, [
    tx.council.id, refundId, payment.paymentId, attempt, amountInPence, reason, failure ? 'failed' : 'requested', now, requestedBy, failure ? null : sendAt, key, hash, failure ?? null, failure ? now : null,
  ]);
  audit(tx, { action: failure ? 'payments.refund-failed' : 'payments.refund', subject: { type: 'payment', id: payment.paymentId }, ...personId, detail: { refund: refundId, amountInPence } });
  if (!failure) enqueue(tx, CarryOnRefundJob, { paymentId: payment.paymentId, refundId }, { key: refundId, runAt: sendAt });
}
