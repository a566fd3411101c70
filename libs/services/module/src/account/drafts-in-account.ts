import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext, Text } from '@guildhall/kernel-contract';
import type { AccountPanel, AccountSection } from '@guildhall/portal-contract';
import { totalOf } from '@guildhall/payments-contract';
import { moneyText } from '@guildhall/services-contract';
import { FindDrafts } from '../drafts/find-drafts';
import { InstalledServices } from '../offering/installed-services';
import { FinishSubmission } from '../submitting/finish-submission';

/** A draft as the account and the home page show it. */
export interface BegunDraft {
  readonly title: Text;
  readonly href: string;
  readonly savedAt: Date;
  readonly keptUntil: Date;
  /** Sent, and still to be paid. */
  readonly isConfirmed: boolean;
  /** Paid, but not yet heard of: whoever paid is not asked to pay again. */
  readonly isBeingPaid: boolean;
  readonly feeInPence: number;
}

/** What a resident has begun and not finished. */
@Injectable()
export class DraftsInAccount implements AccountSection {
  readonly id = 'services.drafts';
  readonly order = 50;
  constructor(@Inject(FindDrafts) private readonly drafts: FindDrafts, @Inject(InstalledServices) private readonly services: InstalledServices, @Inject(FinishSubmission) private readonly submissions: FinishSubmission) {}

  async load(ctx: RequestContext): Promise<AccountPanel | undefined> {
    const drafts = await this.begun(ctx);
    if (drafts.length === 0) return undefined;
    const waiting = drafts.filter(({ isConfirmed, isBeingPaid }) => isConfirmed && !isBeingPaid).map(({ feeInPence, title, href, keptUntil }) => {
      const amount = moneyText(feeInPence);
      return { text: { en: `Pay ${amount}: ${title.en}`, cy: `Talwch ${amount}: ${title.cy}` }, href, dueBy: keptUntil };
    });
    return { titleKey: 'services.account.title', template: 'services/drafts-in-account.njk', count: drafts.length, data: { drafts }, ...(waiting.length && { waiting }) };
  }

  /** The drafts of services that are still offered, as pages show them; nothing for anybody but a signed-in resident. */
  async begun(ctx: RequestContext): Promise<readonly BegunDraft[]> {
    if (ctx.actor.kind !== 'resident') return [];
    const offered = this.services.all(ctx);
    const begun = (await this.drafts.unfinished(ctx)).flatMap((draft) => {
      const installed = offered.get(draft.service);
      return installed ? [{ draft, installed }] : [];
    });
    return Promise.all(begun.map(async ({ draft, installed }) => ({
      title: installed.service.title, href: `/services/${draft.service}/carry-on?draft=${draft.draftId}`, savedAt: draft.updatedAt, keptUntil: draft.expiresAt,
      isConfirmed: draft.state === 'paying', isBeingPaid: await this.submissions.isBeingPaid(ctx, draft), feeInPence: totalOf(draft.submission?.fee ?? []),
    })));
  }
}
