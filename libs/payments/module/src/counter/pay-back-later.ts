import type { Clock, Outcome, Refusal, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, Conflict, InvalidInput, demand, done, refused } from '@guildhall/kernel-contract';
import { Database, audit, requestHash, sql } from '@guildhall/kernel';
import type { PaymentId, RefundId, RefundRefusal } from '@guildhall/payments-contract';
import { REFUND_PAYMENTS, decideRefund } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { takeForChange } from '../keeping/payment-book';
import type { StoredRefund } from '../keeping/stored-payment';
import { HearRefunds } from '../refunding/hear-refunds';
import { payBackMeansFor } from './counter-form';
import { receiptIn } from './counter-receipts';
import type { PayBackMeans } from './means';
import { isReversible } from './reverse-receipt';

/** What has gone back, or goes back with the finance team's next payments. */
export interface PayBack {
  readonly paymentId: PaymentId;
  /** Made with the form: pressed twice, it is written down once. */
  readonly refundId: RefundId;
  readonly amountInPence: number;
  /** What the officer saw as left. */
  readonly availableInPence: number;
  readonly means: PayBackMeans;
  /** Of the payment run, on the cheque or on the terminal's slip; 1 to 30 characters. */
  readonly number?: string;
  /** 1 to 500 characters. */
  readonly reason: string;
}

/** `same-day`: it is still in the till, and all of it is given back there. */
export type PayBackRefusal = Refusal<'not-at-counter' | 'same-day'> | RefundRefusal;

/**
 * Writes down that money from the counter goes back after its day, all or part of it, by the finance system or at the terminal. In the books it is a refund like any other, of the day on which it
 * is written down: that day's file has it out of the account from which the finance system pays.
 */
@Injectable()
export class PayBackLater {
  constructor(@Inject(Database) private readonly database: Database, @Inject(HearRefunds) private readonly hearRefunds: HearRefunds, @Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws NotAllowed, NotFound, InvalidInput; Conflict when the form's id belongs to something else */
  async payBack(ctx: RequestContext, given: PayBack): Promise<Outcome<undefined, PayBackRefusal>> {
    demand(ctx, REFUND_PAYMENTS);
    const { paymentId, refundId, amountInPence, means, number, reason } = given;
    const hash = requestHash(given);
    return this.database.run(ctx, async (tx) => {
      const payment = await takeForChange(tx, paymentId);
      const receipt = await receiptIn(tx, { paymentId });
      if (!receipt) return refused('not-at-counter', 'This was not paid at the counter.');
      const [known] = await sql<{ request_hash: string | null }>(tx, 'select request_hash from payments.refund where council_id = $1 and refund_id = $2', [tx.council.id, refundId]);
      if (known && known.request_hash !== hash) throw new Conflict(`There is already a refund ${refundId}.`);
      if (known) return done(undefined);
      const now = this.clock.now();
      if (isReversible(receipt, now)) return refused('same-day', 'This was paid today: give it back at the counter.');
      if (!payBackMeansFor(receipt.means).includes(means)) throw new InvalidInput('This money cannot go back so.', [{ field: 'means', message: 'must be a way by which this money can go back' }]);
      const decision = decideRefund(payment, payment.refunds, given);
      if (!decision.ok) return decision;
      if (decision.value.attempt !== receipt.attempt) return refused('not-at-counter', 'This was not paid at the counter.');
      const by = tx.actor.kind === 'officer' ? tx.actor.name : tx.actor.kind;
      const refund: StoredRefund = { refundId, attempt: receipt.attempt, amountInPence, reason, isOfSurplus: false, state: 'submitted', paidBackBy: means, requestedAt: now, requestedBy: by };
      await sql(tx, `insert into payments.refund (council_id, refund_id, payment_id, attempt, amount_in_pence, reason, is_of_surplus, state, requested_at, requested_by, request_key, request_hash, paid_back_by, paid_back_number) values ($1, $2, $3, $4, $5, $6, false, 'submitted', $7, $8, $9, $10, $11, $12)`,
        [tx.council.id, refundId, paymentId, receipt.attempt, amountInPence, reason, now, by, `counter-later:${refundId}`, hash, means, number ?? null]);
      audit(tx, { action: 'payments.pay-back-later', subject: { type: 'payment', id: paymentId }, ...(payment.personId ? { personId: payment.personId } : {}), detail: { receipt: receipt.number, refund: refundId, amountInPence, means } });
      await this.hearRefunds.hear(tx, { ...payment, refunds: [...payment.refunds, refund] }, refundId, { state: 'succeeded' });
      return done(undefined);
    });
  }
}
