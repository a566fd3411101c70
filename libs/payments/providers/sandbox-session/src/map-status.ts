import type { ProviderPaymentState } from '@guildhall/payments-contract';

/** What the API says about a session, in its own three fields. */
export interface SessionFields { readonly status: unknown; readonly paymentStatus: unknown; readonly intentStatus: unknown; readonly errorType: unknown; readonly cancellationReason: unknown }

/** The port's word for a session. A completed session is not a paid one: only `payment_status` says so. */
export function stateFrom({ status, paymentStatus, intentStatus, errorType, cancellationReason }: SessionFields): ProviderPaymentState {
  switch (status) {
    case 'open': return 'created';
    case 'expired': return cancellationReason === 'abandoned' ? 'expired' : 'cancelled';
    case 'complete':
      if (paymentStatus === 'paid') return 'succeeded';
      if (intentStatus === 'processing') return 'submitted';
      return errorType === 'card_error' ? 'failed' : errorType === 'api_error' ? 'error' : 'unknown';
    default: return 'unknown';
  }
}
