import type { Payment, PaymentState, PaymentTry, RefundId } from '@guildhall/payments-contract';
import { ATTEMPT_STATES } from '@guildhall/payments-contract';

/** Something of a payment that other modules are to hear, under a name by which it is told once. */
export type News = { readonly what: string } & (
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'failed'; readonly state: 'failed' | 'cancelled' | 'expired' | 'error' }
  | { readonly kind: 'refunded'; readonly refundId: RefundId; readonly amountInPence: number }
);

/**
 * What is new in a payment, in the order in which it happened. It is found in what is true for good, tries that ended and refunds that arrived, and not in how two looks differ: nothing is missed
 * that happened between them, and an answer that is late or comes twice tells nothing twice.
 */
export function newsOf(payment: Payment, told: ReadonlySet<string>): readonly News[] {
  const all = [...failuresIn(payment, told), ...(payment.state === 'succeeded' ? [{ kind: 'succeeded', what: 'succeeded' } as const] : []), ...refundsIn(payment)];
  return all.filter(({ what }) => !told.has(what));
}

/** A try that ended without money is news while the payment may still be paid. What is stopped because it is paid, or not wanted any more, is none. */
function failuresIn({ state, tries, paidAt }: Payment, told: ReadonlySet<string>): readonly News[] {
  if (state === 'withdrawn' || told.has('succeeded')) return [];
  const paid = tries.find((one) => one.state === 'succeeded' && !one.isSurplus);
  const isBeforePaid = ({ number, finishedAt }: PaymentTry): boolean => !paid || number < paid.number || (finishedAt !== undefined && paidAt !== undefined && finishedAt < paidAt);
  return tries.filter(isBeforePaid).flatMap((one) => {
    // A try that brought money, and not what was asked for, ends in an error; what it brought goes back.
    const ended = one.state !== 'succeeded' ? failureOf(ATTEMPT_STATES[one.state].paymentIs) : one.isSurplus && state === 'error' ? 'error' : undefined;
    return ended ? [{ kind: 'failed' as const, what: `failed:${one.number}`, state: ended }] : [];
  });
}

function failureOf(state: PaymentState): 'failed' | 'cancelled' | 'expired' | 'error' | undefined {
  return state === 'failed' || state === 'cancelled' || state === 'expired' || state === 'error' ? state : undefined;
}

/** What went back by itself was never this council's: nobody is told. */
function refundsIn({ refunds }: Payment): readonly News[] {
  return refunds.filter((refund) => refund.state === 'succeeded' && !refund.isOfSurplus).map(({ refundId, amountInPence }) => ({ kind: 'refunded', what: `refunded:${refundId}`, refundId, amountInPence }));
}
