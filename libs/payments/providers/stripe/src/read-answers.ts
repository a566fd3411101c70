import type { ProviderPayment, ProviderRefund } from '@guildhall/payments-contract';
import { refundStateFrom, stateFrom } from './map-status';
import { OUR_KEY, OUR_REFERENCE, OUR_REFUND } from './session-request';
import { notTheApi } from './stripe.client';

/** An object from outside, of which nothing is known yet, whatever the types of the client promise: it is another version's, or a proxy's. Properties that we do not know are ignored. */
type Json = Readonly<Record<string, unknown>>;

/** A session as it was read, with what only this package needs. */
export interface ReadSession {
  readonly payment: ProviderPayment;
  /** Our key of the payment, where it stands. */
  readonly key?: string;
  /** Absent before the payer has tried to pay. */
  readonly intentId?: string;
  /** Whether anything of it was paid back, so that the list of refunds has to be asked what is left. */
  readonly hasRefunds: boolean;
  /** The payer's bank has asked the money back: Stripe refunds nothing then. */
  readonly isDisputed: boolean;
}

/**
 * A Checkout Session of the API, with its payment intent and charge, as the port's payment.
 * @param pageOrigins where the page to pay on may be: nobody is sent anywhere else
 * @throws Unavailable when what makes a payment is missing, or it is in another currency
 */
export function sessionFrom(value: unknown, pageOrigins: readonly string[], now: Date): ReadSession {
  const session = record(value);
  const { id, amount_total: asked, currency, client_reference_id: short, url } = session;
  const intent = isRecord(session.payment_intent) ? session.payment_intent : undefined;
  const intentId = typeof session.payment_intent === 'string' ? session.payment_intent : text(intent?.id);
  const { [OUR_REFERENCE]: long, [OUR_KEY]: key } = record(session.metadata);
  const reference = typeof long === 'string' ? long : short;
  if (typeof id !== 'string' || !isPence(asked) || currency !== 'gbp' || typeof reference !== 'string') throw notTheApi();
  const failure = record(intent?.last_payment_error);
  const charge = record(intent?.latest_charge);
  const state = stateFrom({
    status: session.status, paymentStatus: session.payment_status, intentStatus: intent?.status ?? intentId, errorType: failure.type, errorCode: failure.code, expiresAt: session.expires_at,
  }, now);
  const isOpen = state === 'created' || state === 'started';
  if (isOpen && typeof url === 'string' && !leadsTo(url, pageOrigins)) throw notTheApi();
  const isPaid = state === 'succeeded';
  const received = intent?.amount_received;
  const amountInPence = isPaid && isPence(received) && received > 0 ? received : asked;
  const card = record(record(charge.payment_method_details).card);
  const fee = record(charge.balance_transaction).fee;
  const paidBack = isPence(charge.amount_refunded) ? charge.amount_refunded : 0;
  const failureCode = text(failure.decline_code) ?? text(failure.code);
  return {
    payment: {
      providerPaymentId: id, state, amountInPence, reference, ...(isOpen && typeof url === 'string' ? { nextUrl: url } : {}), canBeCancelled: isOpen,
      refundableInPence: isPaid && charge.disputed !== true ? Math.max(0, amountInPence - paidBack) : 0,
      ...((state === 'failed' || state === 'error') && failureCode && /^[a-z_]{1,60}$/.test(failureCode) ? { failureCode } : {}),
      ...(isPaid && isRecord(charge.payment_method_details) ? { method: { brand: (text(card.brand) ?? text(record(charge.payment_method_details).type) ?? '').slice(0, 50), lastDigits: (text(card.last4) ?? '').replace(/\D/g, '').slice(-4) } } : {}),
      ...(isPaid && Number.isSafeInteger(charge.created) ? { paidAt: new Date(Number(charge.created) * 1000) } : {}), ...(isPence(fee) ? { feeInPence: fee } : {}),
    },
    hasRefunds: paidBack > 0 || charge.refunded === true, isDisputed: charge.disputed === true, ...(typeof key === 'string' ? { key } : {}), ...(intentId ? { intentId } : {}),
  };
}

/** A refund of the API. One without our id was made by somebody in the dashboard. @throws Unavailable when what makes a refund is missing */
export function refundFrom(value: unknown): ProviderRefund {
  const { id, amount, status, metadata } = record(value);
  if (typeof id !== 'string' || !isPence(amount)) throw notTheApi();
  const { [OUR_REFUND]: key } = record(metadata);
  return { providerRefundId: id, amountInPence: amount, state: refundStateFrom(status), key: typeof key === 'string' ? key : `made-at-stripe-${id}` };
}

/** What of a payment has gone back or is on its way, in pence. */
export function paidBackIn(refunds: readonly ProviderRefund[]): number { return refunds.reduce((sum, { state, amountInPence }) => (state === 'error' ? sum : sum + amountInPence), 0); }

/** The object, or an empty one. */
export function record(value: unknown): Json { return isRecord(value) ? value : {}; }
/** @internal */
export function isRecord(value: unknown): value is Json { return typeof value === 'object' && value !== null && !Array.isArray(value); }
/** The id of what may be given whole or by its id alone. */
export function idOf(value: unknown): string | undefined { return typeof value === 'string' ? value : text(record(value).id); }
function text(value: unknown): string | undefined { return typeof value === 'string' && value !== '' ? value : undefined; }
/** @internal */
export function isPence(value: unknown): value is number { return Number.isSafeInteger(value) && Number(value) >= 0; }
function leadsTo(url: string, origins: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  // A far end on this machine may have its pages on another port of it.
  return origins.includes(new URL(url).origin) || (isOnThisMachine(url) && origins.some(isOnThisMachine));
}
function isOnThisMachine(url: string): boolean {
  const { hostname, protocol } = new URL(url);
  return (protocol === 'http:' || protocol === 'https:') && (hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]');
}
