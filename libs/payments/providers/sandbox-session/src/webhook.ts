import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Outcome } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import type { WebhookDelivery, WebhookNotice, WebhookRefusal } from '@guildhall/payments-contract';

/** Older, or further in the future, than this and it may be a replay. */
const TOLERANCE_IN_SECONDS = 300;

/**
 * Checks a delivery's signature (`t=…,v1=…`, HMAC-SHA256 of the time, a dot and the bytes) in constant time, then reads which session it is about.
 */
export function readWebhook(delivery: WebhookDelivery, secret: string, now: Date): Outcome<WebhookNotice, WebhookRefusal> {
  const parts = (delivery.headers['sandbox-signature'] ?? '').split(',').map((part) => part.split('='));
  const time = parts.find(([name]) => name === 't')?.[1] ?? '';
  const expected = createHmac('sha256', secret).update(`${time}.`).update(delivery.rawBody).digest();
  const isSigned = parts.some(([name, value = '']) => {
    const given = /^[0-9a-f]{64}$/.test(value) ? Buffer.from(value, 'hex') : Buffer.alloc(0);
    return name === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isSigned) return refused('forged', 'The signature is not the provider\'s.');
  if (!/^\d+$/.test(time) || Math.abs(now.getTime() / 1000 - Number(time)) > TOLERANCE_IN_SECONDS) return refused('too-old', 'It was signed too long ago, or in the future.');
  const event = parsed(delivery.rawBody);
  if (typeof event?.id !== 'string') return refused('malformed', 'It is signed, but it is no event.');
  const object = isRecord(event.data) && isRecord(event.data.object) ? event.data.object : {};
  return done({ eventId: event.id, ...(object.object === 'checkout.session' && typeof object.id === 'string' ? { providerPaymentId: object.id } : {}) });
}

function parsed(rawBody: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(rawBody).toString('utf8'));
    return isRecord(value) ? value : undefined;
  } catch { return undefined; }
}
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> { return typeof value === 'object' && value !== null && !Array.isArray(value); }
