import type { RequestContext } from '@guildhall/kernel-contract';

/** The little that is asked of a session: which one it replaced. */
export interface SessionTrail { readonly previousId?: string }

/** Days for which the answers of somebody who has not signed in are kept: as long as their session can last. */
export const DAYS_WITHOUT_SIGN_IN = 7;

/** Whose a new draft is. Undefined for somebody without a session. */
export function ownerKeyOf({ actor }: RequestContext): string | undefined {
  if (actor.kind === 'resident') return `p:${actor.personId}`;
  return 'sessionId' in actor && actor.sessionId ? keyOfSession(actor.sessionId) : undefined;
}

/** The key of somebody who has not signed in. */
export function keyOfSession(sessionId: string): string {
  return `s:${sessionId}`;
}

/** Every key under which drafts are this actor's: a resident's own, and what they began before they signed in. */
export function ownerKeysOf(ctx: RequestContext, session: SessionTrail | undefined): readonly string[] {
  const own = ownerKeyOf(ctx);
  if (!own) return [];
  return ctx.actor.kind === 'resident' && session?.previousId ? [own, keyOfSession(session.previousId)] : [own];
}

/** Until when a draft is kept after a change. */
export function expiryOf(ownerKey: string, now: Date, keepsDraftsForDays = 30): Date {
  return new Date(now.getTime() + (ownerKey.startsWith('s:') ? DAYS_WITHOUT_SIGN_IN : keepsDraftsForDays) * 86_400_000);
}
