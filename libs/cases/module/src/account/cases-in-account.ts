import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext, Text } from '@guildhall/kernel-contract';
import { PageRenderer } from '@guildhall/kernel';
import type { AccountPanel, AccountSection } from '@guildhall/portal-contract';
import { wordsIn } from '@guildhall/cases-contract';
import type { CaseListItem } from '@guildhall/cases-contract';
import { captionOf } from '../status/shows-status';
import { ListsCases } from '../finding/lists-cases';

const SHOWN = 10;

/** A case as the account shows it. */
export function shownCase({ language }: RequestContext, item: CaseListItem): object {
  return { reference: item.reference, href: `/status/${item.reference}`, title: captionOf(item.typeTitle[language], wordsIn(item.summary, language)), stateTitle: item.stateTitle[language], stateColour: item.stateColour, movedAt: item.movedAt };
}

/** What waits for the resident, then the rest in its order. */
export function waitingFirst(items: readonly CaseListItem[]): readonly CaseListItem[] {
  return [...items.filter(isWaiting), ...items.filter((item) => !isWaiting(item))];
}
function isWaiting({ stateKind }: CaseListItem): boolean {
  return stateKind === 'waiting';
}

/** The resident's cases in their account: what waits for them first, then what is open, then what is finished. */
@Injectable()
export class CasesInAccount implements AccountSection {
  readonly id = 'cases.cases';
  readonly order = 100;
  constructor(@Inject(ListsCases) private readonly lists: ListsCases, @Inject(PageRenderer) private readonly renderer: PageRenderer) {}

  async load(ctx: RequestContext): Promise<AccountPanel | undefined> {
    if (ctx.actor.kind !== 'resident') return undefined;
    const [open, closed] = await Promise.all([this.lists.list(ctx, { status: 'unfinished', sort: 'moved', limit: SHOWN }), this.lists.list(ctx, { status: 'closed', sort: 'moved', limit: SHOWN })]);
    if (!open.items.length && !closed.items.length) return undefined;
    const waiting = open.items.filter(isWaiting);
    return {
      titleKey: 'cases.account.title', template: 'cases/account-section.njk', ...(open.next ? {} : { count: open.items.length }),
      data: { open: waitingFirst(open.items).map((item) => shownCase(ctx, item)), closed: closed.items.slice(0, SHOWN - Math.min(open.items.length, SHOWN - 3)).map((item) => shownCase(ctx, item)), allHref: open.next || closed.items.length ? '/account/cases' : undefined },
      waiting: waiting.map((item) => ({ text: this.inBoth(ctx, 'cases.account.waiting', item), href: `/status/${item.reference}` })),
    };
  }

  private inBoth(ctx: RequestContext, key: string, item: CaseListItem): Text {
    const say = (language: 'en' | 'cy'): string => this.renderer.messages.t({ ...ctx, language }, key, { type: item.typeTitle[language], reference: item.reference });
    return { en: say('en'), cy: say('cy') };
  }
}
