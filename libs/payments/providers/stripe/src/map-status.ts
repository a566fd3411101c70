import type { ProviderPaymentState, ProviderRefundState } from '@guildhall/payments-contract';

/** What the API says about a session and its payment intent, in its own fields. */
export interface SessionFields {
  readonly status: unknown;
  readonly paymentStatus: unknown;
  /** Nothing before the payer has tried to pay. */
  readonly intentStatus: unknown;
  /** Of the intent's last error. */
  readonly errorType: unknown;
  readonly errorCode: unknown;
  /** When the session ends by itself, in seconds. */
  readonly expiresAt: unknown;
}

/**
 * The port's word for a Checkout Session (API reference, "The Checkout Session object" and "The PaymentIntent object"). A complete session is not a paid one: only `payment_status` says so.
 * A card that is declined leaves the session open, and the payer may use another. A session that ended before its time was ended by somebody. What is not in the documentation is `unknown`: it changes nothing.
 */
export function stateFrom({ status, paymentStatus, intentStatus, errorType, errorCode, expiresAt }: SessionFields, now: Date): ProviderPaymentState {
  switch (status) {
    case 'open': return intentStatus === undefined ? 'created' : 'started';
    case 'complete': return paymentStatus === 'paid' ? 'succeeded' : paymentStatus === 'unpaid' ? stateOfIntent(intentStatus, errorType, errorCode) : 'unknown';
    case 'expired':
      // It may have been paid in the very moment in which it ended.
      if (paymentStatus === 'paid' || intentStatus === 'succeeded') return 'succeeded';
      if (intentStatus === 'processing') return 'submitted';
      return typeof expiresAt === 'number' && now.getTime() < expiresAt * 1000 ? 'cancelled' : 'expired';
    default: return 'unknown';
  }
}

/** Of a session that is complete and not paid: a bank has not decided yet, or has refused. */
function stateOfIntent(status: unknown, errorType: unknown, errorCode: unknown): ProviderPaymentState {
  switch (status) {
    case 'processing': case 'requires_action': case 'requires_confirmation': case 'requires_capture': return 'submitted';
    case 'requires_payment_method': return errorType === 'api_error' || errorCode === 'processing_error' ? 'error' : 'failed';
    case 'canceled': return 'cancelled';
    default: return 'unknown';
  }
}

/** The port's word for a refund's status (API reference, "The Refund object"). */
export function refundStateFrom(status: unknown): ProviderRefundState {
  switch (status) {
    case 'pending': case 'requires_action': return 'submitted';
    case 'succeeded': return 'succeeded';
    case 'failed': case 'canceled': return 'error';
    default: return 'unknown';
  }
}
