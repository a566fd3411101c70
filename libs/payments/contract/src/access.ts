import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { NotAllowed, NotFound, demand, may } from '@guildhall/kernel-contract';
import { REFUND_PAYMENTS, TAKE_PAYMENTS, VIEW_PAYMENTS } from './permissions';
import type { PaymentId } from './payment';

/** Whether somebody may know of a payment: their own, nobody's, or every one with `payments.view`. @public */
export function maySeePayment(ctx: RequestContext, payment: { readonly personId?: PersonId }): boolean {
  const { actor } = ctx;
  switch (actor.kind) {
    case 'nobody': return payment.personId === undefined;
    case 'resident': return payment.personId === undefined || payment.personId === actor.personId;
    case 'officer': case 'machine': case 'system': return may(ctx, VIEW_PAYMENTS);
  }
}

/** @public @throws NotFound when they may not know of it: not even that it exists */
export function demandSight(ctx: RequestContext, paymentId: PaymentId, payment: { readonly personId?: PersonId } | undefined): void {
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
