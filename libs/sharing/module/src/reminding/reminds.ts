import { IDENTITY, type IdentityApi } from '@guildhall/identity-contract';
import { Database, LOG, hasContract } from '@guildhall/kernel';
import { CLOCK, done, isGuildhallError, isUuid, type Clock, type JobHandler, type Log, type Outcome, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { NOTIFICATIONS, messageOf, type NotificationsApi, type SendMessage, type SendRefusal } from '@guildhall/notifications-contract';
import { choiceThatCounts, ukDay } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { stateOn } from '../desk/agreement-state';
import { Choices } from '../choosing/choices';
import { Agreements } from '../knowing/agreements';
import { yearlyReminder } from './yearly-reminder';

/** Reminds somebody of what they let be shared, in their language and by the way they like: what they have stopped meanwhile is not said, and nobody is written to for nothing. */
@Injectable()
export class Reminds implements JobHandler<{ readonly reminderId: string }> {
  constructor(
    private readonly db: Database, private readonly agreements: Agreements, private readonly choices: Choices, @Inject(IDENTITY.token) private readonly identity: IdentityApi, @Inject(NOTIFICATIONS.token) private readonly notifications: NotificationsApi,
    @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly log: Log,
  ) {}

  async run(ctx: RequestContext, { reminderId }: { readonly reminderId: string }): Promise<void> {
    if (!hasContract(ctx, IDENTITY) || !hasContract(ctx, NOTIFICATIONS)) return;
    const [row] = await this.db.query<{ local_id: string }>(ctx, `
      select r.local_id from sharing.reminder r where r.council_id = $1 and r.reminder_id = $2 and exists (select from sharing.subject_key k where k.council_id = r.council_id and k.local_id = r.local_id)`, [ctx.council.id, reminderId]);
    if (!row || !isUuid(row.local_id)) return;
    const personId = row.local_id as PersonId;
    const [contact, shared] = [await this.identity.contactOf(ctx, personId), await this.#lasting(ctx, personId)];
    if (!contact || shared.length === 0) return;
    const { name, email, phone, address, language } = contact;
    const sent = await this.#sent(ctx, messageOf(yearlyReminder, {
      // The same message, however often it is asked for.
      messageId: reminderId, idempotencyKey: `sharing.yearly-reminder:${reminderId}`, language, about: { type: 'sharing.reminder', id: reminderId },
      to: { personId, ...(name && { name }), ...(email && { email }), ...(phone && { phone }), ...(address && { postalLines: name ? [name, ...address] : address }) },
      values: { list: shared.map((sentence) => sentence[language]), link: '/account/information#shared', telephone: ctx.council.contact.telephone, council: ctx.council.name[language] },
    }));
    if (!sent.ok) return this.log.warn('sharing.not-reminded', { reminderId, reason: sent.refusal.reason, council: ctx.council.slug });
    await this.db.query(ctx, 'update sharing.reminder set told_at = $3 where council_id = $1 and reminder_id = $2', [ctx.council.id, reminderId, this.clock.now()]);
  }

  /** Killed after it was sent, it comes again, and by then another address or another agreement may stand in it: the one that was sent is the one of this year. */
  async #sent(ctx: RequestContext, message: SendMessage): Promise<Outcome<unknown, SendRefusal>> {
    try {
      return await this.notifications.send(ctx, message);
    } catch (error) {
      if (!isGuildhallError(error) || error.code !== 'conflict') throw error;
      return done(undefined);
    }
  }

  /** The sentence of each agreement in force to which their yes still counts. */
  async #lasting(ctx: RequestContext, personId: PersonId): Promise<readonly Text[]> {
    const rows = await this.db.query<{ agreement_id: string }>(ctx, 'select distinct agreement_id from sharing.choice where council_id = $1 and local_id = $2 order by agreement_id limit 100', [ctx.council.id, personId]);
    const today = ukDay(this.clock.now());
    const found: Text[] = [];
    for (const { agreement_id: id } of rows) {
      const [kept, choice] = [await this.agreements.find(ctx, id), await this.choices.find(ctx, personId, id)];
      if (!kept || !choice || !['in-force', 'review-due'].includes(stateOn(today, kept.document, kept.endedOn))) continue;
      if (choiceThatCounts(kept.document, choice)?.state === 'given') found.push(kept.document.sentence);
    }
    return found;
  }
}
