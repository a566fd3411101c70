import { defineJob } from '@guildhall/kernel-contract';
import type { PaymentId, RefundId } from '@guildhall/payments-contract';

/** Ask the other side how one payment stands. */
export const AskAboutPaymentJob = defineJob<{ readonly paymentId: PaymentId }>('payments-over-http.ask-about-payment');
/** Order money back that a step of a case promises. */
export const SendCaseRefundJob = defineJob<{ readonly refundId: RefundId }>('payments-over-http.send-case-refund');
/** Look for whatever is due: every minute. */
export const LookForDueJob = defineJob<Record<never, never>>('payments-over-http.look-for-due');
