import type { Outcome, Secret } from '@guildhall/kernel-contract';
import { done, refused } from '@guildhall/kernel-contract';
import type { WebhookDelivery, WebhookNotice, WebhookRefusal } from '@guildhall/payments-contract';
import Stripe = require('stripe');
import { record } from './read-answers';
import { OUR_KEY } from './session-request';

/** Stripe's own recommendation (docs.stripe.com/webhooks, "Preventing replay attacks"). Every try of a delivery is signed anew with its own time. */
const TOLERANCE_IN_SECONDS = 300;
const MOST_BYTES = 256 * 1024;

/**
 * Checks `Stripe-Signature` (`t=…,v1=…`, any of several v1) by Stripe's own client: HMAC-SHA256 of the time, a dot and the body, compared in constant time. Then reads which payment the event is about.
 * Several secrets stand for several endpoints, or for one that is being replaced. What the client leaves open is closed here: an event of the future, and bytes that are no text, which it would read as others.
 */
export function readWebhook(delivery: WebhookDelivery, secrets: readonly Secret[], now: Date): Outcome<WebhookNotice, WebhookRefusal> {
  const { rawBody, headers: { 'stripe-signature': signature = '' } } = delivery;
  if (rawBody.byteLength === 0) return refused('malformed', 'There is nothing in it.');
  const body = Buffer.from(rawBody).toString('utf8');
  // Two different bodies may become the same text; only one of them was signed.
  const isText = Buffer.from(body).equals(rawBody) && !body.startsWith('\uFEFF');
  const read = isText ? secrets.map((secret) => opened(body, signature, secret)) : [];
  const event = read.find((one) => one !== 'forged');
  if (event === undefined) return refused('forged', 'The signature is not Stripe\'s.');
  const age = now.getTime() / 1000 - signedAt(signature);
  if (!(Math.abs(age) <= TOLERANCE_IN_SECONDS)) return refused('too-old', 'It was signed too long ago, or in the future.');
  const { id, data } = record(rawBody.byteLength > MOST_BYTES ? undefined : event);
  if (typeof id !== 'string' || id === '' || id.length > 200) return refused('malformed', 'It is signed, but it is no event.');
  return done({ eventId: id, ...paymentOf(record(record(data).object)) });
}

/** The event, whatever it is; that it is forged; or, when it is signed and cannot be read, nothing that is an event. */
function opened(body: string, signature: string, secret: Secret): unknown {
  try {
    // The time is looked at afterwards, by our clock and in both directions.
    return Stripe.webhooks.constructEvent(body, signature, secret.reveal().trim(), 0);
  } catch (error) { return error instanceof Stripe.errors.StripeSignatureVerificationError ? 'forged' : null; }
}

/** The time that was signed: of several, the last, as the client takes it. */
function signedAt(signature: string): number {
  const times = signature.split(',').map((part) => part.split('=')).filter(([name]) => name === 't');
  return Number.parseInt(times.at(-1)?.[1] ?? '', 10);
}

/** Only events about sessions name the session; those about charges and refunds have our own key of the payment with them. */
function paymentOf({ object, id, metadata }: Readonly<Record<string, unknown>>): Omit<WebhookNotice, 'eventId'> {
  if (object === 'checkout.session') return typeof id === 'string' && /^cs_[A-Za-z0-9_]{1,250}$/.test(id) ? { providerPaymentId: id } : {};
  const { [OUR_KEY]: key } = record(metadata);
  return typeof key === 'string' && /^[A-Za-z0-9-]{1,255}$/.test(key) ? { key } : {};
}
