import { createHmac, hash as hashed, timingSafeEqual } from 'node:crypto';
import type { RequestContext } from '@guildhall/kernel-contract';
import { secretOf } from '@guildhall/kernel';

/**
 * The key in the address of a case's status page: 128 bits that nobody can work out without the council's secret. It can be made again for every
 * message, and the database holds only its hash.
 */
export function statusKeyOf(ctx: RequestContext, caseId: string): string {
  return createHmac('sha256', secretOf(ctx, 'cases.status-key')).update(caseId).digest().subarray(0, 16).toString('base64url');
}

/** What is kept of a key. */
export function hashOfKey(key: string): string {
  return hashed('sha256', key, 'base64url');
}

/** Whether a key is the one whose hash is kept, in the same time for every answer. */
export function isKey(given: string | undefined, keptHash: string): boolean {
  if (!given) return false;
  const hash = Buffer.from(hashOfKey(given));
  const kept = Buffer.from(keptHash);
  return hash.byteLength === kept.byteLength && timingSafeEqual(hash, kept);
}

/** The address of the status page, on the council's site. */
export function statusPathOf(ctx: RequestContext, record: { readonly id: string; readonly reference: string }, key = statusKeyOf(ctx, record.id)): string {
  return `/status/${record.reference}?key=${key}`;
}
