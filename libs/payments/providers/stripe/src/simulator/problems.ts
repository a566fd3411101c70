import type { Answer } from '@guildhall/payments-contract/far-end';
import { json } from '@guildhall/payments-contract/far-end';

/** An error as the API words it (API reference, "Errors"): a type, and where there is one a code, the parameter that is wrong, and whether to try again. */
export function stripeProblem(status: number, type: 'invalid_request_error' | 'idempotency_error' | 'api_error' | 'card_error', message: string, more: { readonly code?: string; readonly param?: string; readonly shouldRetry?: boolean } = {}): Answer {
  const { shouldRetry, code, param } = more;
  return json(status, { error: { type, message, ...(code ? { code, doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` } : {}), ...(param ? { param } : {}) } }, shouldRetry === undefined ? {} : { 'stripe-should-retry': String(shouldRetry) });
}
/** @internal */
export function noSuch(what: string, id: string, param?: string): Answer { return stripeProblem(404, 'invalid_request_error', `No such ${what}: '${id.slice(0, 100)}'`, { code: 'resource_missing', ...(param ? { param } : {}) }); }
/** @internal */
export function missing(param: string): Answer { return stripeProblem(400, 'invalid_request_error', `Missing required param: ${param}.`, { code: 'parameter_missing', param }); }
/** @internal */
export function invalid(param: string, message: string, code?: string): Answer { return stripeProblem(400, 'invalid_request_error', message, { param, ...(code ? { code } : {}) }); }
/** Whether it is an answer already. */
export function isAnswer(value: object): value is Answer { return 'status' in value && 'body' in value && 'headers' in value; }
