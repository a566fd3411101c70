import { providersOf } from '@guildhall/kernel';
import { RESIDENT_SIGN_IN } from '@guildhall/identity-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { EVIDENCE_SOURCE, type WayToLink } from '@guildhall/sharing-contract';

/** How people can be linked with this body: those who sign in here, and those for whom its records can be looked through. */
export function waysHere(ctx: RequestContext): readonly WayToLink[] {
  return [...(providersOf(ctx, RESIDENT_SIGN_IN).length > 0 ? ['sign-in' as const] : []), ...(providersOf(ctx, EVIDENCE_SOURCE).some(({ find }) => find !== undefined) ? ['match' as const] : [])];
}
