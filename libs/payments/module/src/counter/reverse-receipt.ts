import type { Clock, Ids, Outcome, Refusal, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, IDS, demand, done, refused } from '@guildhall/kernel-contract';
import { Database, audit, sql } from '@guildhall/kernel';
import type { PaymentId } from '@guildhall/payments-contract';
import { REFUND_PAYMENTS, refundId } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { dayInLondon } from '../exporting/days';
import { takeForChange } from '../keeping/payment-book';
import type { StoredRefund } from '../keeping/stored-payment';
import { HearRefunds } from '../refunding/hear-refunds';
import type { CounterReceipt } from './counter-receipts';
import { receiptIn } from './counter-receipts';

/** `not-today`: the till of that day is closed. */
export type ReversalRefusal = Refusal<'not-at-counter' | 'not-today'>;

/** Whether a receipt can still be reversed: on the day on which the money was taken, while it is in the till. */
export function isReversible(receipt: CounterReceipt | undefined, now: Date): boolean {
  return receipt !== undefined && receipt.reversedAt === undefined && dayInLondon(receipt.takenAt) === dayInLondon(now);
}

/**
 * Gives money back that was taken over the counter on the same day: all of it, out of the till. In the books it is a refund, so that whoever has acted upon the payment hears of it;
 * what was booked stays booked. Doing it twice is doing it once.
 */
@Injectable()
export class ReverseReceipt {
  constructor(@Inject(Database) private readonly database: Database, @Inject(HearRefunds) private readonly hearRefunds: HearRefunds, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /** @param reason 1 to 500 characters @throws NotAllowed, NotFound */
  async reverse(ctx: RequestContext, { paymentId, reason }: { readonly paymentId: PaymentId; readonly reason: string }): Promise<Outcome<undefined, ReversalRefusal>> {
    demand(ctx, REFUND_PAYMENTS);
    return this.database.run(ctx, async (tx) => {
      const payment = await takeForChange(tx, paymentId);
      const receipt = await receiptIn(tx, { paymentId });
      if (!receipt) return refused('not-at-counter', 'This was not paid at the counter.');
      if (receipt.reversedAt) return done(undefined);
      const now = this.clock.now();
      if (!isReversible(receipt, now)) return refused('not-today', 'This was paid on an earlier day.');
      const by = tx.actor.kind === 'officer' ? tx.actor.name : tx.actor.kind;
      const refund: StoredRefund = { refundId: refundId(this.ids.uuid()), attempt: receipt.attempt, amountInPence: receipt.amountInPence, reason, isOfSurplus: false, state: 'submitted', requestedAt: now, requestedBy: by };
      await sql(tx, `insert into payments.refund (council_id, refund_id, payment_id, attempt, amount_in_pence, reason, is_of_surplus, state, requested_at, requested_by, request_key, request_hash) values ($1, $2, $3, $4, $5, $6, false, 'submitted', $7, $8, $9, $9)`,
        [tx.council.id, refund.refundId, paymentId, receipt.attempt, receipt.amountInPence, reason, now, by, `counter:${receipt.receiptId}`]);
      await sql(tx, 'update payments.counter_receipt set reversed_at = $3, reversed_by = $4, reversal_reason = $5, refund_id = $6 where council_id = $1 and receipt_id = $2', [tx.council.id, receipt.receiptId, now, by, reason, refund.refundId]);
      audit(tx, { action: 'payments.reverse-receipt', subject: { type: 'payment', id: paymentId }, ...(payment.personId ? { personId: payment.personId } : {}), detail: { receipt: receipt.number } });
      await this.hearRefunds.hear(tx, { ...payment, refunds: [...payment.refunds, refund] }, refund.refundId, { state: 'succeeded' });
      return done(undefined);
    });
  }
}
