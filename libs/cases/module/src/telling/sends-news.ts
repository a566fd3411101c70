import { Inject, Injectable } from '@nestjs/common';
import type { Event, Log, RequestContext } from '@guildhall/kernel-contract';
import { Database, LOG, hasContract, type EventReaction } from '@guildhall/kernel';
import { IDENTITY, type IdentityApi } from '@guildhall/identity-contract';
import { NOTIFICATIONS, type NotificationsApi, type SendMessage } from '@guildhall/notifications-contract';
import { transitionOf } from '@guildhall/cases-contract';
import type { CaseRecord } from '@guildhall/cases-contract';
import { recordOf } from '../keeping/case-row';
import { typeOfCase } from '../keeping/case-types';
import { readCase, readEntry } from '../keeping/keeps-cases';
import { messageAbout, type Telling } from './composes-messages';

interface News { readonly caseId: string; readonly entryId: string; readonly isToldElsewhere?: boolean }

/** Tells residents what happened to their case, outside any transaction: at least once, and the message's key makes it once. */
@Injectable()
export class SendsNews implements EventReaction<News> {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(NOTIFICATIONS.token) private readonly notifications: NotificationsApi,
    @Inject(IDENTITY.token) private readonly identity: IdentityApi,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async run(ctx: RequestContext, event: Event<News>): Promise<void> {
    if (!hasContract(ctx, NOTIFICATIONS) || event.data.isToldElsewhere) return;
    const telling = await this.telling(ctx, event.data.caseId, event.data.entryId);
    // Whoever did it knows it.
    if (!telling || (telling.entry.by.kind === 'resident' && telling.entry.kind !== 'opened')) return;
    if (telling.record.contact?.isToldElsewhere) return;
    const to = await this.recipient(ctx, telling.record);
    const message = to && messageAbout(ctx, telling, event.id, to);
    if (!message) return;
    const outcome = await this.notifications.send(ctx, message);
    if (!outcome.ok) this.log.info('cases.not-told', { case: telling.record.id, reason: outcome.refusal.reason, correlationId: ctx.correlationId });
  }

  private async telling(ctx: RequestContext, caseId: string, entryId: string): Promise<Telling | undefined> {
    return this.database.run(ctx, async (tx) => {
      const row = await readCase(tx, { caseId });
      if (!row) return undefined;
      const record = recordOf(row);
      const type = typeOfCase(ctx, record);
      const entry = await readEntry(tx, caseId, entryId);
      return entry && { record, type, entry, ...(entry.transition && { transition: transitionOf(type, entry.transition) }) };
    });
  }

  /** What they gave for this case, else what is known of the person; nobody when neither says how. */
  private async recipient(ctx: RequestContext, { contact, personId }: CaseRecord): Promise<SendMessage['to'] | undefined> {
    const given = { ...(personId && { personId }), name: contact?.name, email: contact?.email, phone: contact?.phone, postalLines: contact?.postalLines };
    if (contact?.email ?? contact?.phone ?? contact?.postalLines?.length) return given;
    if (!personId || !hasContract(ctx, IDENTITY)) return undefined;
    const known = await this.identity.contactOf(ctx, personId);
    return known && { ...given, name: given.name ?? known.name, email: known.email, phone: known.phone, postalLines: known.address };
  }
}
