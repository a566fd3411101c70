import { defineJob } from '@guildhall/kernel-contract';
import type { PaymentId, RefundId } from '@guildhall/payments-contract';

/** Ask the provider about one attempt. */
export const AskAboutAttemptJob = defineJob<{ readonly paymentId: PaymentId; readonly attempt: number }>('payments.ask-about-attempt');
/** Stop an attempt at the provider that must not be paid any more. */
export const CancelAttemptJob = defineJob<{ readonly paymentId: PaymentId; readonly attempt: number }>('payments.cancel-attempt');
/** Send a refund to the provider, or find out what became of it. */
export const CarryOnRefundJob = defineJob<{ readonly paymentId: PaymentId; readonly refundId: RefundId }>('payments.carry-on-refund');
/** Look for whatever is due: every minute. */
export const ReconcileJob = defineJob<Record<never, never>>('payments.reconcile');
/** Forget which events providers have told, once they cannot be told again: every day. */
export const ForgetEventsJob = defineJob<Record<never, never>>('payments.forget-events');
