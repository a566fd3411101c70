import { createHash, timingSafeEqual } from 'node:crypto';
import { InvalidInput, NotAuthenticated, type Log } from '@guildhall/kernel-contract';
import type { DeliveryReport, ProviderCallback } from '@guildhall/notifications-contract';
import { reportOf } from './map-status';
import { readNotification } from './read-notification';

/** A receipt has a few hundred bytes. */
const MOST_BYTES = 65_536;

/** Whether the callback bears one of our tokens: digests are compared, so that neither length nor content shows in the time that it takes. */
export function bearsToken(callback: ProviderCallback, tokens: readonly string[]): boolean {
  const [, given] = /^Bearer (.+)$/i.exec(callback.headers['authorization'] ?? '') ?? [];
  const digest = createHash('sha256').update(given ?? '').digest();
  // Every token is compared, whichever fits.
  const fits = tokens.map((token) => timingSafeEqual(digest, createHash('sha256').update(token).digest()));
  return given !== undefined && fits.includes(true);
}

/**
 * Reads what Notify sends: receipts of e-mails and texts, returned letters, complaints. Notify signs nothing: the bearer token is the proof.
 * It gives up for good on any 4xx but 429, so only what will never be readable may be refused as such.
 * @throws NotAuthenticated, InvalidInput
 */
export function readCallback(callback: ProviderCallback, tokens: readonly string[], log: Log): readonly DeliveryReport[] {
  if (!bearsToken(callback, tokens)) throw new NotAuthenticated('The callback does not bear the token that was given to GOV.UK Notify.');
  if (callback.bytes.byteLength > MOST_BYTES) throw new InvalidInput('The callback is too large to be one of GOV.UK Notify\'s.');
  const json = readJson(callback.bytes);
  const { notification_id: notificationId, reference } = json as { notification_id?: unknown; reference?: unknown };
  if (typeof notificationId === 'string') {
    // Somebody said "spam". It has arrived; that they minded is for the council to see at Notify.
    if ('complaint_id' in json) { log.info('notify.complaint', { notification: idOnly(notificationId) }); return []; }
    if ('date_sent' in json) return [{ providerReference: notificationId, reference: typeof reference === 'string' ? reference : undefined, state: 'failed', failure: 'permanent', code: 'notify-returned-letter' }];
  }
  // Taken and dropped it would be lost. Refused, it stays at Notify, which tells the council that nobody takes it.
  if ('source_number' in json) throw new InvalidInput('Texts that residents send are not taken here. At Notify, give this address for delivery receipts and returned letters only.');
  const notification = readNotification(json);
  if (!notification) throw new InvalidInput('The callback says nothing of a message.');
  const report = reportOf(notification);
  // A status that is new to us: its meaning is asked for later, by status().
  if (!report) log.warn('notify.unknown-status', { notification: idOnly(notification.id) });
  return report ? [report] : [];
}

function readJson(bytes: Uint8Array): object {
  let json: unknown;
  try { json = JSON.parse(Buffer.from(bytes).toString('utf8')); } catch { throw new InvalidInput('The callback is not JSON.'); }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new InvalidInput('The callback is not a JSON object.');
  return json;
}

/** What stands where an id should could be anything. */
function idOnly(id: string): string {
  return /^[0-9a-f-]{36}$/i.test(id) ? id : 'malformed';
}
