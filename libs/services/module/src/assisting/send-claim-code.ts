import { Inject, Injectable } from '@nestjs/common';
import { Database, LOG } from '@guildhall/kernel';
import { IDENTITY, type IdentityApi } from '@guildhall/identity-contract';
import type { Log, RequestContext } from '@guildhall/kernel-contract';
import { NOTIFICATIONS, messageOf, type NotificationsApi } from '@guildhall/notifications-contract';
import { DRAFT_COLUMNS, draftOf, type DraftRow } from '../drafts/draft-row';
import { claimCode } from '../messages/claim-code';
import { InstalledServices } from '../offering/installed-services';
import { messageIdOf } from './send-claim-code.job';

/**
 * Gives the caller a code by text message, letter or email. A code cannot be read again: a second try makes another one, which takes the first one's place,
 * and is another message.
 */
@Injectable()
export class SendClaimCodeHandler {
  constructor(
    @Inject(Database) private readonly db: Database, @Inject(IDENTITY.token) private readonly identity: IdentityApi, @Inject(NOTIFICATIONS.token) private readonly notifications: NotificationsApi,
    @Inject(InstalledServices) private readonly services: InstalledServices, @Inject(LOG) private readonly log: Log,
  ) {}

  async run(ctx: RequestContext, { draftId }: { readonly draftId: string }): Promise<void> {
    const [row] = await this.db.query<DraftRow>(ctx, `update services.draft set tries = tries + 1 where council_id = $1 and draft_id = $2 and state = 'submitted' and assisted is not null returning ${DRAFT_COLUMNS}`, [ctx.council.id, draftId]);
    const draft = row && draftOf(row);
    const personId = draft?.assisted?.personId;
    if (!draft?.caseId || !draft.assisted || !personId) return;
    const contact = await this.identity.contactOf(ctx, personId);
    if (!contact) return;
    const { claimId } = draft.assisted;
    const issued = await this.identity.issueClaimCode(ctx, { claimId, personId, subject: { type: 'case', id: draft.caseId } });
    const { name, email, phone, address, language } = contact;
    const sent = await this.notifications.send(ctx, messageOf(claimCode, {
      messageId: messageIdOf(claimId, String(draft.tries)), idempotencyKey: `services.claim-code:${claimId}:${draft.tries}`, channels: ['sms', 'letter', 'email'], language,
      to: { personId, ...(name && { name }), ...(email && { email }), ...(phone && { phone }), ...(address && { postalLines: name ? [name, ...address] : address }) },
      about: { type: 'case', id: draft.caseId },
      values: { service: this.services.get(ctx, draft.service).service.title, reference: draft.reference ?? '', code: issued.code, status: draft.statusPath ?? '/', link: '/claim', council: ctx.council.name },
    }));
    if (!sent.ok) this.log.warn('services.claim-code-unreachable', { draftId, council: ctx.council.slug });
  }
}
