import { createHmac } from 'node:crypto';
import { secretOf } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';

/** What is hashed, each with a key of its own, so that hashes of one use say nothing in another. */
type Use = 'subject' | 'throttle' | 'claim-code' | 'logout-notice';

/** A hash that only this council can make: a table of telephone numbers is hashed in a minute, where there is no key. */
export function keyedHash(ctx: Pick<RequestContext, 'council'>, use: Use, ...parts: readonly string[]): string {
  return createHmac('sha256', secretOf(ctx, `identity.${use}`)).update(JSON.stringify(parts)).digest('base64url');
}
