import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signatures of Standard Webhooks (standardwebhooks.com, symmetric scheme): HMAC-SHA256 over `<id>.<timestamp>.<body>`.
 * By Node's own cryptography: it is four lines of it, and a contract takes no library with it.
 */
const PREFIX = 'whsec_';
/** From 24 to 64 bytes, says the standard. */
const LEAST_BYTES = 24;
const MOST_BYTES = 64;

/** How far a webhook's time may be from the receiver's own, in either direction, in seconds. @public */
export const WEBHOOK_TOLERANCE_IN_SECONDS = 300;

/** The three headers of a signed webhook. @public */
export interface WebhookHeaders {
  /** Names the event: the same at each try. */
  readonly 'webhook-id': string;
  /** When this try was made: whole seconds since 1970. */
  readonly 'webhook-timestamp': string;
  /** `v1,<base64>`, one for each secret that is in force, with a space between. */
  readonly 'webhook-signature': string;
}

/** A secret as it is handed to a receiver: `whsec_` and base64. @public @param bytes 24 to 64 of them, random */
export function webhookSecret(bytes: Uint8Array): string {
  if (bytes.byteLength < LEAST_BYTES || bytes.byteLength > MOST_BYTES) throw new Error(`A secret of webhooks has ${LEAST_BYTES} to ${MOST_BYTES} bytes.`);
  return PREFIX + Buffer.from(bytes).toString('base64');
}

/**
 * Signs one try.
 * @public
 * @param secrets in force, the newest first: two while one takes the place of another
 * @param at of this try
 */
export function signWebhook(secrets: readonly string[], { id, at, body }: { readonly id: string; readonly at: Date; readonly body: string | Uint8Array }): WebhookHeaders {
  // The id and the time are told apart from the body by full stops.
  if (!/^[\w-]+$/.test(id)) throw new Error('The id of a webhook has letters, digits, hyphens and underscores only.');
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': secrets.map((secret) => `v1,${signatureOf(secret, id, timestamp, body).toString('base64')}`).join(' ') };
}

/** Why a webhook is not believed. @public */
export type WebhookFault = 'headers-missing' | 'too-old' | 'too-new' | 'wrong-signature';

/**
 * Whether a webhook comes from the council: what a receiver asks before it reads the body. Answer 401 when it does not.
 * @public
 * @param secrets that the receiver knows: two while one takes the place of another
 * @param received headers by lower-case name, and the bytes as they came, before anything has parsed them
 * @returns undefined when it is genuine
 * @example const fault = webhookFault([secret], { headers: request.headers, body: rawBody, now: new Date() });
 */
export function webhookFault(secrets: readonly string[], { headers, body, now }: { readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>; readonly body: string | Uint8Array; readonly now: Date }): WebhookFault | undefined {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => headers[name]);
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string' || !id || !signatures || !/^\d{1,12}$/.test(timestamp)) return 'headers-missing';
  const age = Math.floor(now.getTime() / 1000) - Number(timestamp);
  if (age > WEBHOOK_TOLERANCE_IN_SECONDS) return 'too-old';
  if (age < -WEBHOOK_TOLERANCE_IN_SECONDS) return 'too-new';
  const given = signatures.split(' ').filter((one) => one.startsWith('v1,')).map((one) => Buffer.from(one.slice(3), 'base64'));
  const isGenuine = secrets.some((secret) => {
    const expected = signatureOf(secret, id, timestamp, body);
    return given.some((one) => one.byteLength === expected.byteLength && timingSafeEqual(one, expected));
  });
  return isGenuine ? undefined : 'wrong-signature';
}

function signatureOf(secret: string, id: string, timestamp: string, body: string | Uint8Array): Buffer {
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');
  if (key.byteLength === 0) throw new Error('The secret of a webhook is empty. It begins with whsec_ and goes on in base64.');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}
