import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { HomePanel, HomePanelContent } from '@guildhall/portal-contract';
import { DraftsInAccount } from './drafts-in-account';

const SHOWN = 3;

/** What a resident has begun and not finished, on the home page. */
@Injectable()
export class DraftsAtHome implements HomePanel {
  readonly id = 'services.drafts';
  readonly order = 50;
  constructor(@Inject(DraftsInAccount) private readonly drafts: DraftsInAccount) {}

  async load(ctx: RequestContext): Promise<HomePanelContent | undefined> {
    const begun = await this.drafts.begun(ctx);
    if (begun.length === 0) return undefined;
    return { titleKey: 'services.account.title', template: 'services/drafts-at-home.njk', isYours: true, data: { drafts: begun.slice(0, SHOWN), hasMore: begun.length > SHOWN } };
  }
}
