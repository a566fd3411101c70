import { defineEvent } from '@guildhall/kernel-contract';
import type { PaymentId, PaymentSubject, RefundId } from './payment';

/** The money is there. Comes once per payment, even when it comes late. @public */
export const PaymentSucceeded = defineEvent<{ readonly paymentId: PaymentId; readonly subject: PaymentSubject; readonly amountInPence: number }>('payments.payment-succeeded', 1, { describes: 'The money of a payment is there.', subject: 'paymentId', fields: ['paymentId', 'subject', 'amountInPence'] });
/** An attempt ended without money. The payer may try again, so that it can come several times, and a success may still follow. @public */
export const PaymentFailed = defineEvent<{ readonly paymentId: PaymentId; readonly subject: PaymentSubject; readonly amountInPence: number; readonly state: 'failed' | 'cancelled' | 'expired' | 'error' }>('payments.payment-failed', 1, { describes: 'An attempt to pay has ended without money. A success may still follow.', subject: 'paymentId', fields: ['paymentId', 'subject', 'amountInPence', 'state'] });
/** Money of a payment went back to the payer. @public */
export const PaymentRefunded = defineEvent<{ readonly paymentId: PaymentId; readonly refundId: RefundId; readonly subject: PaymentSubject; readonly amountInPence: number }>('payments.payment-refunded', 1, { describes: 'Money of a payment has gone back to the payer.', subject: 'paymentId', fields: ['paymentId', 'refundId', 'subject', 'amountInPence'] });
