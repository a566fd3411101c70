import { NotAllowed, NotAuthenticated, demand, may } from '@guildhall/kernel-contract';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import type { TimelineActor } from './case';
import type { Audience } from './case-record';
import { ASSIGN_CASES, OPEN_CASES, SEE_CASES, WORK_ON_CASES } from './permissions';
import type { AssignCase, OpenCase } from './requests';

/** Whether somebody acts as staff: officers, machines and the council's own jobs. @public */
export function isStaff(ctx: RequestContext): boolean {
  return ctx.actor.kind !== 'nobody' && ctx.actor.kind !== 'resident';
}

/**
 * As whom the actor sees a case; undefined when to them it is not there.
 * @param holdsKey whether they have shown the key of its status page
 * @throws NotAllowed when staff may not see cases
 * @public
 */
export function audienceOf(ctx: RequestContext, record: { readonly personId?: PersonId }, holdsKey: boolean): Audience | undefined {
  const { actor } = ctx;
  if (isStaff(ctx)) {
    if (!may(ctx, SEE_CASES) && holdsKey) return 'follower';
    demand(ctx, SEE_CASES);
    return 'staff';
  }
  if (actor.kind === 'resident' && record.personId === actor.personId) return 'owner';
  return holdsKey ? 'follower' : undefined;
}

/**
 * Whose a new case is: the resident's own, or whom staff name.
 * @throws NotAllowed when staff may not open cases, or when a resident or visitor names somebody else
 * @public
 */
export function ownerOf(ctx: RequestContext, request: OpenCase): string | undefined {
  const named = request.openedFor?.personId;
  if (isStaff(ctx)) {
    demand(ctx, OPEN_CASES);
    return named;
  }
  const own = ctx.actor.kind === 'resident' ? ctx.actor.personId : undefined;
  if (named && named !== own) throw new NotAllowed('A case is opened for oneself; only the council opens one for somebody else.');
  return own;
}

/**
 * Asks whether the actor may give a case so: taking one that is nobody's, or giving one's own back, is part of the work; anything else is not.
 * @throws NotAuthenticated, NotAllowed
 * @public
 */
export function demandAssigning(ctx: RequestContext, request: AssignCase, current: { readonly assignee?: { readonly officerId: string }; readonly team?: string }): void {
  const me = ctx.actor.kind === 'officer' ? ctx.actor.officerId : undefined;
  const isMine = (officerId: string | undefined) => officerId === undefined || officerId === me;
  const staysInTeam = request.team === undefined || request.team === current.team;
  if (me && staysInTeam && isMine(request.assignee?.officerId) && isMine(current.assignee?.officerId)) demand(ctx, WORK_ON_CASES);
  else demand(ctx, ASSIGN_CASES);
}

/** Asks for a permission of staff; whoever is not staff is told to sign in, or that this is not theirs. @public @throws NotAuthenticated, NotAllowed */
export function demandStaff(ctx: RequestContext): void {
  if (ctx.actor.kind === 'nobody') throw new NotAuthenticated();
  if (ctx.actor.kind === 'resident') throw new NotAllowed('This is for the council’s staff.');
}

/** The actor as a timeline names them. @public */
export function timelineActorOf(ctx: RequestContext): TimelineActor {
  const { actor } = ctx;
  switch (actor.kind) {
    case 'officer': return { kind: 'officer', id: actor.officerId, name: actor.name };
    case 'machine': return { kind: 'machine', id: actor.clientId };
    case 'system': return { kind: 'system', id: actor.job };
    case 'resident': return { kind: 'resident', id: actor.personId };
    case 'nobody': return { kind: 'resident' };
  }
}
