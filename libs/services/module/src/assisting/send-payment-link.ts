import { Inject, Injectable } from '@nestjs/common';
import { Database, LOG } from '@guildhall/kernel';
import type { Log, RequestContext } from '@guildhall/kernel-contract';
import { NOTIFICATIONS, messageOf, type NotificationsApi } from '@guildhall/notifications-contract';
import { totalOf } from '@guildhall/payments-contract';
import { moneyText } from '@guildhall/services-contract';
import { DRAFT_COLUMNS, draftOf, type DraftRow } from '../drafts/draft-row';
import { paymentLink } from '../messages/payment-link';
import { InstalledServices } from '../offering/installed-services';
import { PayForDraft } from '../paying/pay-for-draft';
import { messageIdOf } from './send-claim-code.job';

/** Sends a caller the address at which they pay: an adviser never hears a card's number. */
@Injectable()
export class SendPaymentLinkHandler {
  constructor(
    @Inject(Database) private readonly db: Database, @Inject(PayForDraft) private readonly paying: PayForDraft, @Inject(NOTIFICATIONS.token) private readonly notifications: NotificationsApi,
    @Inject(InstalledServices) private readonly services: InstalledServices, @Inject(LOG) private readonly log: Log,
  ) {}

  async run(ctx: RequestContext, { draftId }: { readonly draftId: string }): Promise<void> {
    const [row] = await this.db.query<DraftRow>(ctx, `select ${DRAFT_COLUMNS} from services.draft where council_id = $1 and draft_id = $2 and state = 'paying'`, [ctx.council.id, draftId]);
    const draft = row && draftOf(row);
    if (!draft?.submission || !draft.paymentId) return;
    const installed = this.services.get(ctx, draft.service);
    const requested = await this.paying.request(ctx, installed, draft);
    if (!requested.ok) throw new Error(`The payment of the draft ${draftId} was refused: ${requested.refusal.reason}.`);
    const { contact, fee, language } = draft.submission;
    const sent = await this.notifications.send(ctx, messageOf(paymentLink, {
      messageId: messageIdOf('payment-link', draft.paymentId), idempotencyKey: `services.payment-link:${draft.paymentId}`, channels: ['sms', 'email', 'letter'], language,
      to: { ...(contact.name && { name: contact.name }), ...(contact.email && { email: contact.email }), ...(contact.phone && { phone: contact.phone }), ...(contact.postalLines && { postalLines: contact.postalLines }) },
      about: { type: 'payment', id: draft.paymentId },
      values: { service: installed.service.title, amount: moneyText(totalOf(fee)), reference: requested.value.reference, link: requested.value.payPath, council: ctx.council.name },
    }));
    if (!sent.ok) this.log.warn('services.payment-link-unreachable', { draftId, council: ctx.council.slug });
  }
}
