import type { OutboundResponse } from '@guildhall/kernel-contract';
import type { ProviderPayment, ProviderRefund } from '@guildhall/payments-contract';
import { govUkPayRefundState, govUkPayState } from '@guildhall/payments-contract/far-end';
import { notTheApi } from './govuk-pay.client';

/** A JSON object from outside, of which nothing is known yet. Properties that we do not know are ignored (API reference, "API versioning"). */
export type Json = Readonly<Record<string, unknown>>;

/** @throws Unavailable when it is no JSON object */
export function body(response: OutboundResponse): Json {
  let value: unknown;
  try { value = response.json(); } catch { throw notTheApi(); }
  if (!isRecord(value)) throw notTheApi();
  return value;
}

/** The API's own code of a refusal, such as P0102; nothing when the answer has none. */
export function codeOf(response: OutboundResponse): string | undefined {
  try {
    const { code } = body(response);
    return typeof code === 'string' && /^P\d{4}$/.test(code) ? code : undefined;
  } catch { return undefined; }
}

/**
 * A payment of the API as the port's.
 * @param pageOrigins where `next_url` may lead: nobody is sent anywhere else
 * @throws Unavailable when what makes a payment is missing
 */
export function paymentFrom(value: unknown, pageOrigins: readonly string[]): ProviderPayment {
  if (!isRecord(value) || typeof value.payment_id !== 'string' || !isPence(value.amount) || typeof value.reference !== 'string' || !isRecord(value.state)) throw notTheApi();
  const links = record(value._links);
  const card = record(value.card_details);
  const settlement = record(value.settlement_summary);
  const { amount_available: left } = record(value.refund_summary);
  const state = govUkPayState(value.state.status, value.state.code);
  const isOpen = state === 'created' || state === 'started';
  const nextUrl = record(links.next_url).href;
  if (isOpen && typeof nextUrl === 'string' && !leadsTo(nextUrl, pageOrigins)) throw notTheApi();
  const paidAt = typeof settlement.capture_submit_time === 'string' ? new Date(settlement.capture_submit_time) : undefined;
  return {
    providerPaymentId: value.payment_id, state, amountInPence: value.amount, reference: value.reference, ...(isOpen && typeof nextUrl === 'string' ? { nextUrl } : {}),
    canBeCancelled: isOpen && isRecord(links.cancel), refundableInPence: state === 'succeeded' && isPence(left) ? left : 0,
    ...(typeof value.state.code === 'string' && /^P\d{4}$/.test(value.state.code) ? { failureCode: value.state.code } : {}),
    ...(state === 'succeeded' && isRecord(value.card_details) ? { method: { brand: text(card.card_brand), lastDigits: text(card.last_digits_card_number).replace(/\D/g, '').slice(-4) } } : {}),
    ...(paidAt && !Number.isNaN(paidAt.getTime()) ? { paidAt } : {}), ...(isPence(value.fee) ? { feeInPence: value.fee } : {}), ...settledOn(settlement),
  };
}

/** What of a payment has been asked back, as the strongly consistent answer about it says; nothing when it does not say. */
export function submittedForRefund(payment: Json): number | undefined {
  const { amount_submitted: submitted } = record(payment.refund_summary);
  return isPence(submitted) ? submitted : undefined;
}

/** @throws Unavailable when what makes a refund is missing */
export function refundFrom(value: unknown): ProviderRefund {
  if (!isRecord(value) || typeof value.refund_id !== 'string' || !isPence(value.amount)) throw notTheApi();
  return { providerRefundId: value.refund_id, amountInPence: value.amount, state: govUkPayRefundState(value.status) };
}

/** The results of a search and whether more follow. The links of a page are not needed to turn it. @throws Unavailable */
export function pageFrom(response: OutboundResponse, page: number, toAPage: number): { readonly results: readonly unknown[]; readonly hasMore: boolean } {
  const { results, total } = body(response);
  if (!Array.isArray(results)) throw notTheApi();
  return { results, hasMore: results.length > 0 && typeof total === 'number' && page * toAPage < total };
}

/** `2026-11-27`, where it stands. */
export function settledOn(settlement: Json): { readonly settledOn?: string } {
  const { settled_date: day } = settlement;
  return typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? { settledOn: day } : {};
}

/** The object, or an empty one. */
export function record(value: unknown): Json { return isRecord(value) ? value : {}; }
/** @internal */
export function isRecord(value: unknown): value is Json { return typeof value === 'object' && value !== null && !Array.isArray(value); }
/** @internal */
export function isPence(value: unknown): value is number { return Number.isSafeInteger(value) && Number(value) >= 0; }
function text(value: unknown): string { return typeof value === 'string' ? value.slice(0, 50) : typeof value === 'number' ? String(value) : ''; }
function leadsTo(url: string, origins: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  // A far end on this machine may have its pages on another port of it.
  return origins.includes(new URL(url).origin) || (isOnThisMachine(url) && origins.some(isOnThisMachine));
}
function isOnThisMachine(url: string): boolean {
  const { hostname, protocol } = new URL(url);
  return (protocol === 'http:' || protocol === 'https:') && (hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]');
}
