import { defineEvent } from '@guildhall/kernel-contract';
import type { PaymentId, PaymentSubject, RefundId } from './payment';

/** The money is there. Comes once per payment, even when it comes late. @public */
export const PaymentSucceeded = defineEvent<{ readonly paymentId: PaymentId; readonly subject: PaymentSubject; readonly amountInPence: number }>('payments.payment-succeeded');
/** An attempt ended without money. The payer may try again, so that it can come several times, and a success may still follow. @public */
export const PaymentFailed = defineEvent<{ readonly paymentId: PaymentId; readonly subject: PaymentSubject; readonly amountInPence: number; readonly state: 'failed' | 'cancelled' | 'expired' | 'error' }>('payments.payment-failed');
/** Money of a payment went back to the payer. @public */
export const PaymentRefunded = defineEvent<{ readonly paymentId: PaymentId; readonly refundId: RefundId; readonly subject: PaymentSubject; readonly amountInPence: number }>('payments.payment-refunded');
