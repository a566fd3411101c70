import type { Clock, Ids, Log, TransactionContext } from '@guildhall/kernel-contract';
import { CLOCK, IDS } from '@guildhall/kernel-contract';
import { LOG, audit, enqueue, publish, write } from '@guildhall/kernel';
import type { AttemptState, PaymentState, ProviderPayment } from '@guildhall/payments-contract';
import { ATTEMPT_STATES, PAYMENT_STATES, PaymentFailed, PaymentSucceeded, learn } from '@guildhall/payments-contract';
import { Inject, Injectable } from '@nestjs/common';
import { bookAttempt } from '../booking/ledger';
import { nextCheckOfAttempt } from '../keeping/check-times';
import type { StoredAttempt, StoredPayment } from '../keeping/stored-payment';
import { ReturnSurplus } from '../refunding/return-surplus';
import { CancelAttemptJob } from './jobs';

/** What a provider said about an attempt; or that it would not take it at all, or that nobody was ever sent to it and it is given up; or that its money came over the counter. */
export type Heard = Pick<ProviderPayment, 'providerPaymentId' | 'state' | 'amountInPence' | 'failureCode' | 'method'> | { readonly state: 'refused' | 'expired'; readonly amountInPence: 0; readonly failureCode?: string } | { readonly state: 'succeeded'; readonly amountInPence: number };

/** Writes down what a provider said about an attempt, with everything that follows from it: one transaction, in which the payment is held. */
@Injectable()
export class HearAttempt {
  constructor(@Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids, @Inject(LOG) private readonly log: Log, @Inject(ReturnSurplus) private readonly surplus: ReturnSurplus) {}

  /** @param payment taken for change in this transaction @returns the payment as it is then */
  async hear(tx: TransactionContext, payment: StoredPayment, number: number, heard: Heard): Promise<StoredPayment> {
    const before = payment.attempts.find((attempt) => attempt.number === number);
    if (!before) throw new RangeError(`The payment ${payment.paymentId} has no attempt ${number}.`);
    const providerPaymentId = before.providerPaymentId ?? ('providerPaymentId' in heard ? heard.providerPaymentId : undefined);
    // Two requests were answered with two payments: the first that was written down is ours, and nobody was sent to the other.
    if ('providerPaymentId' in heard && heard.providerPaymentId !== providerPaymentId) return payment;
    const now = this.clock.now();
    if (heard.state === 'unknown') this.log.warn('payments.unknown-state', { council: tx.council.slug, payment: payment.paymentId, attempt: number, provider: before.provider });
    const lesson = learn(payment, number, heard);
    const method = 'method' in heard ? heard.method : undefined;
    const failureCode = 'failureCode' in heard ? heard.failureCode : undefined;
    const { isNews } = lesson;
    const isOver = !ATTEMPT_STATES[lesson.attempt.state].isOpen;
    const after: StoredAttempt = {
      ...before, state: lesson.attempt.state, money: lesson.attempt.money, ...(providerPaymentId ? { providerPaymentId } : {}),
      ...(isNews && lesson.attempt.money !== 'none' ? { takenInPence: heard.amountInPence } : {}),
      ...(isNews && method ? { cardBrand: method.brand.slice(0, 40), cardLastDigits: method.lastDigits.replace(/\D/g, '').slice(-4) } : {}),
      ...(isNews && failureCode ? { failureCode: failureCode.slice(0, 100) } : {}), ...(isNews && isOver ? { finishedAt: now } : {}),
    };
    write(tx, `update payments.attempt set state = $4, money = $5, provider_payment_id = $6, taken_in_pence = $7, card_brand = $8, card_last_digits = $9, failure_code = $10, finished_at = $11, next_check_at = $12
      where council_id = $1 and payment_id = $2 and number = $3`, [
      tx.council.id, payment.paymentId, number, after.state, after.money, after.providerPaymentId ?? null, after.takenInPence, after.cardBrand ?? null, after.cardLastDigits ?? null, after.failureCode ?? null, after.finishedAt ?? null, nextCheckOfAttempt(after, now),
    ]);
    const heardOf = { ...payment, attempts: payment.attempts.map((attempt) => (attempt.number === number ? after : attempt)) };
    if (!isNews) return heardOf;
    return this.#follow(tx, heardOf, after, lesson.state, now);
  }

  /** Changes the payment's state, as its table allows, and tells it. */
  move(tx: TransactionContext, payment: StoredPayment, state: PaymentState): StoredPayment {
    if (state === payment.state) return payment;
    if (!PAYMENT_STATES[payment.state].next.includes(state)) throw new Error(`The payment ${payment.paymentId} cannot go from ${payment.state} to ${state}.`);
    const paidAt = state === 'succeeded' ? this.clock.now() : payment.paidAt;
    const isOver = state === 'succeeded' || state === 'withdrawn';
    write(tx, 'update payments.payment set state = $3, is_withdrawn = $4, paid_at = $5, payer_email = case when $6 then null else payer_email end, payer_details = case when $6 then null else payer_details end where council_id = $1 and payment_id = $2',
      [tx.council.id, payment.paymentId, state, payment.isWithdrawn, paidAt ?? null, isOver]);
    const { paymentId, subject, amountInPence } = payment;
    if (state === 'succeeded') publish(tx, PaymentSucceeded, { paymentId, subject, amountInPence });
    else if (state === 'failed' || state === 'cancelled' || state === 'expired' || state === 'error') publish(tx, PaymentFailed, { paymentId, subject, amountInPence, state });
    return { ...payment, state, ...(paidAt ? { paidAt } : {}) };
  }

  async #follow(tx: TransactionContext, payment: StoredPayment, attempt: StoredAttempt, state: PaymentState, now: Date): Promise<StoredPayment> {
    const moved = this.move(tx, payment, state);
    audit(tx, { action: `payments.attempt-${auditWord(attempt.state)}`, subject: { type: 'payment', id: payment.paymentId }, ...(payment.personId ? { personId: payment.personId } : {}), detail: { attempt: attempt.number, money: attempt.money } });
    this.log.info('payments.attempt', { council: tx.council.slug, payment: payment.paymentId, attempt: attempt.number, state: attempt.state, money: attempt.money });
    if (attempt.money === 'none') return moved;
    await bookAttempt(tx, this.ids.uuid(), moved, attempt, now);
    if (attempt.money === 'surplus') return this.surplus.send(tx, moved, attempt);
    // Paid: what is still open at a provider must not be paid as well.
    for (const other of moved.attempts) if (other.providerPaymentId && ATTEMPT_STATES[other.state].isOpen) enqueue(tx, CancelAttemptJob, { paymentId: moved.paymentId, attempt: other.number }, { key: `${moved.paymentId}-${other.number}` });
    return moved;
  }
}

function auditWord(state: AttemptState): string { return state === 'error' ? 'ended-in-error' : state; }
