import type { ProviderPaymentState, ProviderRefundState } from '@guildhall/payments-contract';

/** The port's word for a status and code of the API (GOV.UK Pay API reference, "Payment status lifecycle"). What is not in the documentation is `unknown`: it changes nothing. */
export function stateFrom(status: unknown, code: unknown): ProviderPaymentState {
  switch (status) {
    case 'created': case 'started': case 'submitted': case 'cancelled': case 'error': return status;
    // Authorised, and captured later by the service: nothing is paid yet.
    case 'capturable': return 'submitted';
    case 'success': return 'succeeded';
    case 'failed': return code === 'P0020' ? 'expired' : code === 'P0030' ? 'cancelled' : 'failed';
    default: return 'unknown';
  }
}

/** The port's word for a refund's status. */
export function refundStateFrom(status: unknown): ProviderRefundState {
  switch (status) {
    case 'submitted': case 'error': return status;
    case 'success': return 'succeeded';
    default: return 'unknown';
  }
}
