import { NotAuthenticated, NotFound, demand, isUuid, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { ACT_ON_SHARING } from '@guildhall/sharing-contract';

/** Whose account it is. @throws NotAuthenticated when it is nobody's */
export function residentOf(ctx: RequestContext): PersonId {
  if (ctx.actor.kind !== 'resident') throw new NotAuthenticated();
  return ctx.actor.personId;
}

/** Refuses unless it is the actor's own information, or they may act for others. @throws NotAuthenticated, NotAllowed; NotFound when it is nobody's */
export function demandInformationOf(ctx: RequestContext, personId: string): void {
  if (ctx.actor.kind !== 'resident' || ctx.actor.personId !== personId) demand(ctx, ACT_ON_SHARING);
  if (!isUuid(personId)) throw new NotFound('There is no such person here.');
}

/** Where an officer looks at what other bodies hold of somebody. */
export function lookingAt(personId: string): string { return `/desk/looking/people/${personId}`; }

/** Where somebody's information is, and what stands around it, on the desk. */
export function onDesk(personId: string, name: string | undefined): { readonly isDesk: true; readonly base: string; readonly name: string | undefined } { return { isDesk: true, base: `/desk/information/people/${personId}`, name }; }
