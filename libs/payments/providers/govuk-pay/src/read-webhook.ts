import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Outcome, Secret } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import type { WebhookDelivery, WebhookNotice, WebhookRefusal } from '@guildhall/payments-contract';

/** GOV.UK Pay tries for a little more than three days (60 s, 5 min, 1 h, 1 d, 2 d). What is older than this is sent by somebody who kept it. */
const OLDEST_IN_DAYS = 14;
/** Clocks differ by so much. What is from further in the future could be replayed for longer than its id is remembered. */
const FUTURE_IN_MINUTES = 5;
const MOST_BYTES = 256 * 1024;

/**
 * Checks `Pay-Signature`, the lower-case hexadecimal HMAC-SHA256 of the bytes with the webhook's signing secret (GOV.UK Pay documentation, "Webhooks"), in constant time, then reads
 * which payment it is about. Several secrets stand for several webhooks, or for one that is being replaced. The signature has no time in it: the message's own date bounds a replay, and the
 * module remembers the ids of messages for longer than that.
 */
export function readWebhook(delivery: WebhookDelivery, secrets: readonly Secret[], now: Date): Outcome<WebhookNotice, WebhookRefusal> {
  const signature = delivery.headers['pay-signature'] ?? '';
  const given = /^[0-9a-f]{64}$/.test(signature) ? Buffer.from(signature, 'hex') : Buffer.alloc(32);
  let isSigned = false;
  // Every secret is tried, whether or not one has fitted: the time taken tells nothing.
  for (const secret of secrets) {
    const key = secret.reveal().trim();
    const expected = createHmac('sha256', key).update(delivery.rawBody).digest();
    if (timingSafeEqual(given, expected) && key !== '' && signature !== '') isSigned = true;
  }
  if (!isSigned) return refused('forged', 'The signature is not GOV.UK Pay\'s.');
  const message = delivery.rawBody.byteLength > MOST_BYTES ? undefined : parsed(delivery.rawBody);
  // The documentation's table calls it id, its example and the sender webhook_message_id.
  const eventId = message?.webhook_message_id ?? message?.id;
  if (!message || typeof eventId !== 'string' || eventId === '' || eventId.length > 200) return refused('malformed', 'It is signed, but it is no message of a webhook.');
  const sentAt = typeof message.created_date === 'string' ? Date.parse(message.created_date) : Number.NaN;
  if (Number.isNaN(sentAt)) return refused('malformed', 'It is signed, but it does not say when: it could be replayed for ever.');
  const age = now.getTime() - sentAt;
  if (age > OLDEST_IN_DAYS * 24 * 60 * 60_000 || age < -FUTURE_IN_MINUTES * 60_000) return refused('too-old', 'It is about something so long ago, or in the future, that it may be replayed.');
  const providerPaymentId = paymentOf(message);
  return done({ eventId, ...(providerPaymentId === undefined ? {} : { providerPaymentId }) });
}

/** A message about a refund may name the payment inside. */
function paymentOf({ resource_type: type, resource_id: id, resource }: Readonly<Record<string, unknown>>): string | undefined {
  const inside = isRecord(resource) ? resource.payment_id : undefined;
  const found = typeof type === 'string' && type.toLowerCase() === 'payment' && typeof id === 'string' ? id : inside;
  return typeof found === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(found) ? found : undefined;
}

function parsed(rawBody: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(rawBody).toString('utf8'));
    return isRecord(value) ? value : undefined;
  } catch { return undefined; }
}
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> { return typeof value === 'object' && value !== null && !Array.isArray(value); }
