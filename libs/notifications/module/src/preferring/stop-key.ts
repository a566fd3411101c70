import { createHmac, timingSafeEqual } from 'node:crypto';
import { secretOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { Address } from '@guildhall/notifications-contract';

/** The key in the link of an e-mail by which its reader stops news: nobody can work it out without the council's secret, and it opens nothing else. */
export function stopKeyOf(ctx: Pick<RequestContext, 'council'>, messageId: string): string {
  return createHmac('sha256', secretOf(ctx, 'notifications.stop-key')).update(messageId).digest().subarray(0, 16).toString('base64url');
}

/** Whether a key is this message's, in the same time for every answer. */
export function isStopKey(ctx: Pick<RequestContext, 'council'>, messageId: string, given: string | undefined): boolean {
  const key = Buffer.from(stopKeyOf(ctx, messageId));
  const other = Buffer.from(given ?? '');
  return key.byteLength === other.byteLength && timingSafeEqual(key, other);
}

/** What is kept of an address whose news was stopped: enough to know it again, and nothing that can be read. */
export function hashOfAddress(ctx: Pick<RequestContext, 'council'>, address: Address): string {
  const way = address.channel === 'email' ? address.email.toLowerCase() : address.channel === 'sms' ? address.phone : address.lines.join('\n').toLowerCase();
  return createHmac('sha256', secretOf(ctx, 'notifications.stopped-address')).update(JSON.stringify([address.channel, way])).digest('base64url');
}

/** Where somebody stops news: the page with its button, and the address for a mail program's own button (RFC 8058). */
export function stopAddresses(ctx: Pick<RequestContext, 'council'>, messageId: string): { readonly page: string; readonly oneClick: string } {
  const rest = `${messageId}?key=${stopKeyOf(ctx, messageId)}`;
  return { page: `${ctx.council.origin}/messages/stop/${rest}`, oneClick: `${ctx.council.origin}/api/notifications/v1/stops/${rest}` };
}
