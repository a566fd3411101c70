import type { PersonId } from '@guildhall/kernel-contract';
import type { AttemptMoney, AttemptState, Payment, PaymentMethod, PaymentOrder, PaymentState, RefundId, RefundState } from '../index';
import { refundedOf, surplusOf } from '../index';

/** An attempt as it is kept. */
export interface Attempt { readonly number: number; state: AttemptState; money: AttemptMoney; amountInPence: number; providerPaymentId?: string; method?: PaymentMethod; readonly begunAt: Date; finishedAt?: Date }
/** A refund as it is kept. */
export interface Given { readonly refundId: RefundId; readonly attempt: number; readonly amountInPence: number; readonly reason: string; readonly isOfSurplus: boolean; state: RefundState; providerRefundId?: string; readonly requestedAt: Date; finishedAt?: Date; readonly requestedBy?: string }
/** A payment as it is kept in memory. */
export interface Kept {
  readonly councilId: string; readonly order: PaymentOrder; readonly amountInPence: number; readonly personId?: PersonId; readonly requestedAt: Date;
  state: PaymentState; isWithdrawn: boolean; paidAt?: Date; readonly attempts: Attempt[]; readonly refunds: Given[]; readonly refundKeys: Map<string, string>;
}

/** As others see it. */
export function viewOf(kept: Kept): Payment {
  const { order, state, amountInPence, personId, requestedAt, paidAt } = kept;
  const booked = kept.attempts.find((attempt) => attempt.money === 'booked');
  const refundedInPence = booked ? refundedOf(booked.number, kept.refunds) : 0;
  return {
    paymentId: order.paymentId, reference: order.reference, description: order.description, state, amountInPence, currency: 'GBP', lines: order.lines, subject: order.subject,
    ...(personId ? { personId } : {}), language: order.language, returnPath: order.returnPath, payPath: `/payments/${order.paymentId}`,
    ...(booked ? { receiptPath: `/payments/${order.paymentId}/receipt` } : {}), requestedAt, ...(paidAt ? { paidAt } : {}), attempts: kept.attempts.length,
    tries: kept.attempts.map(({ number, state: tryState, money, begunAt, finishedAt }) => ({ number, state: tryState, provider: 'payments.in-memory', begunAt, isSurplus: money === 'surplus', ...(finishedAt ? { finishedAt } : {}) })),
    ...(booked?.method ? { method: booked.method } : {}),
    refunds: kept.refunds.map(({ refundId: id, amountInPence: amount, reason, state: refundState, isOfSurplus, requestedAt: at, finishedAt, requestedBy }) => ({ refundId: id, amountInPence: amount, reason, state: refundState, isOfSurplus, requestedAt: at, ...(finishedAt ? { finishedAt } : {}), ...(requestedBy ? { requestedBy } : {}) })),
    refundedInPence, refundableInPence: booked ? amountInPence - refundedInPence : 0, surplusInPence: surplusOf(kept.attempts.map(({ number, money, amountInPence: takenInPence }) => ({ number, money, takenInPence })), kept.refunds),
  };
}
