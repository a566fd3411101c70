import { Unavailable, type OutboundResponse } from '@guildhall/kernel-contract';
import type { ProviderPayment, ProviderPaymentState, ProviderRefund, ProviderRefundState } from '@guildhall/payments-contract';

type Json = Readonly<Record<string, unknown>>;

/** The port's word for each of the API's. What the API's documentation does not have is unknown, and changes nothing. */
const STATES: Readonly<Record<string, ProviderPaymentState>> = { 'choosing-bank': 'created', 'with-bank': 'submitted', received: 'succeeded', rejected: 'failed', abandoned: 'cancelled', lapsed: 'expired', faulty: 'error' };
const REFUND_STATES: Readonly<Record<string, ProviderRefundState>> = { sent: 'submitted', arrived: 'succeeded', returned: 'error' };

/** A transfer, as the API tells of it. @throws Unavailable when it is none */
export function paymentIn(answer: OutboundResponse): ProviderPayment {
  const { id, state, pence, reference, page, refundable, receivedAt, because, account } = bodyOf(answer);
  if (typeof id !== 'string' || typeof reference !== 'string' || !Number.isSafeInteger(pence)) throw notTheApi();
  const known = knownIn(STATES, state);
  return {
    providerPaymentId: id, state: known, amountInPence: Number(pence), reference, canBeCancelled: known === 'created',
    refundableInPence: known === 'succeeded' && Number.isSafeInteger(refundable) ? Number(refundable) : 0,
    ...(known === 'created' && typeof page === 'string' ? { nextUrl: page } : {}),
    ...(typeof because === 'string' ? { failureCode: because } : {}),
    ...(isRecord(account) ? { method: { brand: String(account.bank), lastDigits: String(account.lastDigits) } } : {}),
    ...(typeof receivedAt === 'string' ? { paidAt: new Date(receivedAt) } : {}),
  };
}

/** A transfer back. @throws Unavailable when it is none */
export function refundIn(answer: OutboundResponse): ProviderRefund { return refundFrom(bodyOf(answer)); }
/** All that was sent back of a payment, the oldest first. @throws Unavailable when it is no such list */
export function refundsIn(answer: OutboundResponse): readonly ProviderRefund[] {
  const { refunds } = bodyOf(answer);
  if (!Array.isArray(refunds)) throw notTheApi();
  return refunds.map(refundFrom);
}
/** The API's own word for what is wrong: never a person's. */
export function codeIn(answer: OutboundResponse): string {
  const { code } = bodyOf(answer);
  return typeof code === 'string' && /^[a-z-]{1,40}$/.test(code) ? code : String(answer.status);
}

function refundFrom(value: unknown): ProviderRefund {
  if (!isRecord(value) || typeof value.id !== 'string' || typeof value.key !== 'string' || !Number.isSafeInteger(value.pence)) throw notTheApi();
  return { providerRefundId: value.id, key: value.key, amountInPence: Number(value.pence), state: knownIn(REFUND_STATES, value.state) };
}
function knownIn<Word extends string>(words: Readonly<Record<string, Word>>, word: unknown): Word | 'unknown' { return typeof word === 'string' && Object.hasOwn(words, word) ? words[word] ?? 'unknown' : 'unknown'; }
function bodyOf(answer: OutboundResponse): Json {
  let value: unknown;
  try { value = answer.json(); } catch { throw notTheApi(); }
  if (!isRecord(value)) throw notTheApi();
  return value;
}
function isRecord(value: unknown): value is Json { return typeof value === 'object' && value !== null && !Array.isArray(value); }
function notTheApi(): Unavailable { return new Unavailable('Pay by bank answered with something that is not its API. Is a proxy in between?'); }
