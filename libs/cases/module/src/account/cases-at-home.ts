import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { HomePanel, HomePanelContent } from '@guildhall/portal-contract';
import { ListsCases } from '../finding/lists-cases';
import { shownCase, waitingFirst } from './cases-in-account';

const SHOWN = 3;

/** A resident's open cases on the home page: the newest few, what waits for them first. */
@Injectable()
export class CasesAtHome implements HomePanel {
  readonly id = 'cases.open-cases';
  readonly order = 100;
  constructor(@Inject(ListsCases) private readonly lists: ListsCases) {}

  async load(ctx: RequestContext): Promise<HomePanelContent | undefined> {
    if (ctx.actor.kind !== 'resident') return undefined;
    const { items, next } = await this.lists.list(ctx, { status: 'unfinished', sort: 'moved', limit: 10 });
    if (items.length === 0) return undefined;
    return { titleKey: 'cases.home.title', template: 'cases/home-panel.njk', isYours: true, data: { cases: waitingFirst(items).slice(0, SHOWN).map((item) => shownCase(ctx, item)), hasMore: next !== undefined || items.length > SHOWN } };
  }
}
