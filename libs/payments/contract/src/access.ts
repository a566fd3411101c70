import type { Machine, PersonId, RequestContext } from '@guildhall/kernel-contract';
import { NotAllowed, NotAuthenticated, NotFound, demand, may } from '@guildhall/kernel-contract';
import { REFUND_PAYMENTS, TAKE_PAYMENTS, VIEW_ALL_PAYMENTS, VIEW_PAYMENTS } from './permissions';
import type { Payment, PaymentId } from './payment';

/** The other system that asks, for itself or for somebody. @public */
export function systemAsking({ actor }: Pick<RequestContext, 'actor'>): Machine | undefined {
  switch (actor.kind) {
    case 'machine': return actor;
    case 'nobody': case 'resident': return actor.via;
    case 'officer': case 'system': return undefined;
  }
}

/**
 * Whether somebody may know of a payment: their own, nobody's, or with `payments.view` every one. Another system, for whomever it asks, knows those that it asked for itself, and more only with
 * `payments.view-all`. What another council's app asked for is that council's: no person of this council's is its payer, whatever id it names.
 * @public
 */
export function maySeePayment(ctx: RequestContext, { personId, askedBy }: Pick<Payment, 'personId' | 'askedBy'>): boolean {
  const { actor } = ctx;
  const system = systemAsking(ctx);
  const isItsOwn = askedBy?.clientId === system?.clientId;
  if (system && !isItsOwn && !system.permissions.has(VIEW_ALL_PAYMENTS.id)) return false;
  switch (actor.kind) {
    case 'nobody': return personId === undefined && (isItsOwn || !askedBy?.isElsewhere);
    case 'resident': return (personId === undefined || personId === actor.personId) && (isItsOwn || !askedBy?.isElsewhere);
    case 'officer': case 'machine': case 'system': return may(ctx, VIEW_PAYMENTS);
  }
}

/** @public @throws NotFound when they may not know of it: not even that it exists */
export function demandSight(ctx: RequestContext, paymentId: PaymentId, payment: Pick<Payment, 'personId' | 'askedBy'> | undefined): void {
  if (!payment || !maySeePayment(ctx, payment)) throw new NotFound(`There is no payment ${paymentId} that this ${ctx.actor.kind} may see.`);
}

/** Whether somebody may begin or withdraw payments at all: members of staff, systems and jobs need `payments.take`. @public @throws NotAllowed */
export function demandTaking(ctx: RequestContext): void {
  if (ctx.actor.kind !== 'nobody' && ctx.actor.kind !== 'resident') demand(ctx, TAKE_PAYMENTS);
}

/** @public @throws NotAllowed, NotAuthenticated */
export function demandRefunding(ctx: RequestContext): void {
  demand(ctx, REFUND_PAYMENTS);
}

/** Whose a new payment is. @public @throws NotAllowed when a resident, or somebody who has not signed in, names another person */
export function payerOf(ctx: RequestContext, named: PersonId | undefined): PersonId | undefined {
  const { actor } = ctx;
  const own = actor.kind === 'resident' ? actor.personId : undefined;
  if (named && named !== own && (actor.kind === 'resident' || actor.kind === 'nobody')) throw new NotAllowed('Only the council can ask for a payment on somebody else\'s behalf.');
  return named ?? own;
}

/** The resident who asks for what is theirs. @public @throws NotAuthenticated, NotAllowed */
export function demandResident({ actor }: Pick<RequestContext, 'actor'>): PersonId {
  if (actor.kind === 'nobody') throw new NotAuthenticated();
  if (actor.kind !== 'resident') throw new NotAllowed('Only residents have payments of their own.');
  return actor.personId;
}
