import type { Clock, Ids, Log, TransactionContext } from '@guildhall/kernel-contract';
import { CLOCK, IDS } from '@guildhall/kernel-contract';
import { LOG, audit, publish, sql, write } from '@guildhall/kernel';
import type { ProviderRefund, RefundState } from '@guildhall/payments-contract';
import { PaymentRefunded, REFUND_STATES, recogniseRefunds, refundId, refundStateFrom } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { bookRefund } from '../booking/ledger';
import { nextCheckOfRefund, retryOfSurplus } from '../keeping/check-times';
import type { StoredPayment, StoredRefund } from '../keeping/stored-payment';

/** What is known of a refund now. */
export interface RefundNews { readonly state: RefundState; readonly providerRefundId?: string; readonly failure?: string }

/** Writes down what a provider said about refunds, with everything that follows: one transaction, in which the payment is held. */
@Injectable()
export class HearRefunds {
  constructor(@Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids, @Inject(LOG) private readonly log: Log) {}

  /** The provider's list for one attempt: ours are recognised, and what somebody paid back at the provider itself counts too. */
  async hearAll(tx: TransactionContext, payment: StoredPayment, attempt: number, theirs: readonly ProviderRefund[]): Promise<StoredPayment> {
    const { learned, outside } = recogniseRefunds(payment.refunds.filter((refund) => refund.attempt === attempt), theirs);
    let now = payment;
    for (const { refundId: id, providerRefundId, state } of learned) now = await this.hear(tx, now, id, { providerRefundId, state });
    for (const their of outside) now = await this.#takeIn(tx, now, attempt, their);
    return now;
  }

  async hear(tx: TransactionContext, payment: StoredPayment, id: string, news: RefundNews): Promise<StoredPayment> {
    const before = payment.refunds.find((refund) => refund.refundId === id);
    if (!before) throw new RangeError(`The payment ${payment.paymentId} has no refund ${id}.`);
    const moves = REFUND_STATES[before.state].next.includes(news.state);
    const now = this.clock.now();
    const state = moves ? news.state : before.state;
    const providerRefundId = before.providerRefundId ?? news.providerRefundId;
    const after: StoredRefund = {
      ...before, state, ...(providerRefundId ? { providerRefundId } : {}), ...(moves && news.failure ? { failure: news.failure } : {}),
      ...(moves && !REFUND_STATES[state].isOpen ? { finishedAt: now } : {}),
    };
    await sql(tx, 'update payments.refund set state = $3, provider_refund_id = $4, failure = $5, finished_at = $6, next_check_at = $7 where council_id = $1 and refund_id = $2',
      [tx.council.id, id, state, providerRefundId ?? null, after.failure ?? null, after.finishedAt ?? null, nextCheckOfRefund(after, now)]);
    const changed = { ...payment, refunds: payment.refunds.map((refund) => (refund.refundId === id ? after : refund)) };
    if (moves) await this.#follow(tx, changed, after, now);
    return changed;
  }

  async #takeIn(tx: TransactionContext, payment: StoredPayment, attempt: number, their: ProviderRefund): Promise<StoredPayment> {
    const isOfSurplus = payment.attempts.find(({ number }) => number === attempt)?.money === 'surplus';
    const now = this.clock.now();
    const made: StoredRefund = { refundId: refundId(this.ids.uuid()), attempt, amountInPence: their.amountInPence, reason: 'Made at the payment provider', isOfSurplus, state: 'submitted', providerRefundId: their.providerRefundId, requestedAt: now };
    await sql(tx, `insert into payments.refund (council_id, refund_id, payment_id, attempt, amount_in_pence, reason, is_of_surplus, state, provider_refund_id, requested_at, next_check_at) values ($1, $2, $3, $4, $5, $6, $7, 'submitted', $8, $9, $9)`,
      [tx.council.id, made.refundId, payment.paymentId, attempt, made.amountInPence, made.reason, isOfSurplus, their.providerRefundId, now]);
    const taken = { ...payment, refunds: [...payment.refunds, made] };
    const state = refundStateFrom(their);
    return state === undefined || state === 'submitted' ? taken : this.hear(tx, taken, made.refundId, { state });
  }

  async #follow(tx: TransactionContext, payment: StoredPayment, refund: StoredRefund, now: Date): Promise<void> {
    const attempt = payment.attempts.find(({ number }) => number === refund.attempt);
    if (!attempt) throw new RangeError(`The payment ${payment.paymentId} has no attempt ${refund.attempt}.`);
    this.log.info('payments.refund', { council: tx.council.slug, payment: payment.paymentId, refund: refund.refundId, state: refund.state });
    if (REFUND_STATES[refund.state].isOpen) return;
    audit(tx, { action: `payments.refund-${refund.state}`, subject: { type: 'payment', id: payment.paymentId }, ...(payment.personId ? { personId: payment.personId } : {}), detail: { refund: refund.refundId, amountInPence: refund.amountInPence } });
    if (refund.state === 'succeeded') {
      await bookRefund(tx, this.ids.uuid(), payment, attempt, refund, now);
      if (!refund.isOfSurplus) publish(tx, PaymentRefunded, { paymentId: payment.paymentId, refundId: refund.refundId, subject: payment.subject, amountInPence: refund.amountInPence });
    } else if (refund.isOfSurplus) {
      write(tx, 'update payments.attempt set next_check_at = $4 where council_id = $1 and payment_id = $2 and number = $3', [tx.council.id, payment.paymentId, refund.attempt, retryOfSurplus(now)]);
    }
  }
}
