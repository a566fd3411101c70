import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { AccountPanel, AccountSection } from '@guildhall/portal-contract';
import { totalOf } from '@guildhall/payments-contract';
import { moneyText } from '@guildhall/services-contract';
import { FindDrafts } from '../drafts/find-drafts';
import { InstalledServices } from '../offering/installed-services';

/** What a resident has begun and not finished. */
@Injectable()
export class DraftsInAccount implements AccountSection {
  readonly id = 'services.drafts';
  readonly order = 50;
  constructor(@Inject(FindDrafts) private readonly drafts: FindDrafts, @Inject(InstalledServices) private readonly services: InstalledServices) {}

  async load(ctx: RequestContext): Promise<AccountPanel | undefined> {
    if (ctx.actor.kind !== 'resident') return undefined;
    const offered = this.services.all(ctx);
    const found = (await this.drafts.unfinished(ctx)).flatMap((draft) => {
      const installed = offered.get(draft.service);
      return installed ? [{ draft, title: installed.service.title, href: `/services/${draft.service}/carry-on?draft=${draft.draftId}` }] : [];
    });
    if (found.length === 0) return undefined;
    const waiting = found.filter(({ draft }) => draft.state === 'paying').map(({ draft, title, href }) => {
      const amount = moneyText(totalOf(draft.submission?.fee ?? []));
      return { text: { en: `Pay ${amount}: ${title.en}`, cy: `Talwch ${amount}: ${title.cy}` }, href, dueBy: draft.expiresAt };
    });
    return {
      titleKey: 'services.account.title', template: 'services/drafts-in-account.njk', count: found.length,
      data: { drafts: found.map(({ draft, title, href }) => ({ title, href, savedAt: draft.updatedAt, keptUntil: draft.expiresAt, isConfirmed: draft.state === 'paying' })) }, ...(waiting.length && { waiting }),
    };
  }
}
