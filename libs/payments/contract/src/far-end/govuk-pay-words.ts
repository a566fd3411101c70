import type { ProviderPaymentState, ProviderRefundState } from '../payment-provider';
import type { Answer } from './answers';
import { json } from './answers';

/**
 * The port's word for a status and code of GOV.UK Pay's API (API reference, "Payment status lifecycle"), which several far ends speak. What is not in the documentation is `unknown`: it changes nothing.
 * @beta
 */
export function govUkPayState(status: unknown, code: unknown): ProviderPaymentState {
  switch (status) {
    case 'created': case 'started': case 'submitted': case 'cancelled': case 'error': return status;
    // Authorised, and captured later by the service: nothing is paid yet.
    case 'capturable': return 'submitted';
    case 'success': return 'succeeded';
    case 'failed': return code === 'P0020' ? 'expired' : code === 'P0030' ? 'cancelled' : 'failed';
    default: return 'unknown';
  }
}

/** The port's word for a refund's status in GOV.UK Pay's API. @beta */
export function govUkPayRefundState(status: unknown): ProviderRefundState {
  switch (status) {
    case 'submitted': case 'error': return status;
    case 'success': return 'succeeded';
    default: return 'unknown';
  }
}

/** An error as GOV.UK Pay's API words it: a code such as P0102, a sentence, and the field or header that is wrong. @beta */
export function govUkPayProblem(status: number, code: string, description: string, where: { readonly field?: string; readonly header?: string } = {}): Answer {
  return json(status, { ...where, code, description });
}
