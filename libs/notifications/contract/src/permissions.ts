import { definePermission, demand, may, type PersonId, type RequestContext } from '@guildhall/kernel-contract';

/** Send messages through the API: for other systems. Modules of the same app need none: they answer for whom they write to. @public */
export const SEND_MESSAGES = definePermission('notifications.send', 'Send messages in the council\'s name');
/** @public */
export const READ_MESSAGES = definePermission('notifications.read', 'Read messages that were sent', ['adviser', 'case-officer', 'team-manager']);
/** @public */
export const RETRY_MESSAGES = definePermission('notifications.retry', 'Send failed messages again', ['case-officer', 'team-manager']);

/** @public */
export const CHANGE_MESSAGE_PREFERENCES = definePermission('notifications.change-preferences', 'Change how somebody hears from the council', ['adviser', 'case-officer', 'team-manager']);

/** Whether the actor may read a message: a resident what was sent to them, others with {@link READ_MESSAGES}. @public */
export function mayReadMessage(ctx: RequestContext, message: { readonly personId?: PersonId }): boolean {
  return may(ctx, READ_MESSAGES) || (ctx.actor.kind === 'resident' && message.personId === ctx.actor.personId);
}

/** Refuses unless the actor may read how this person wishes to hear from the council: a resident their own, others with {@link READ_MESSAGES}. @public @throws NotAuthenticated, NotAllowed */
export function demandPreferencesOf(ctx: RequestContext, personId: PersonId): void {
  if (!mayReadMessage(ctx, { personId })) demand(ctx, READ_MESSAGES);
}

/** Refuses unless the actor may change it: a resident their own, others with {@link CHANGE_MESSAGE_PREFERENCES}. @public @throws NotAuthenticated, NotAllowed */
export function demandChangeOfPreferences(ctx: RequestContext, personId: PersonId): void {
  if (ctx.actor.kind !== 'resident' || ctx.actor.personId !== personId) demand(ctx, CHANGE_MESSAGE_PREFERENCES);
}
