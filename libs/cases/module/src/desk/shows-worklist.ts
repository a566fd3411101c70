import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, IDS, may } from '@guildhall/kernel-contract';
import type { Clock, Ids, Language, RequestContext } from '@guildhall/kernel-contract';
import { ASSIGN_CASES, WORK_ON_CASES, dayOf, findCaseType, wordsIn } from '@guildhall/cases-contract';
import type { CaseCount, CaseListItem, CaseType } from '@guildhall/cases-contract';
import { ListsCases } from '../finding/lists-cases';
import { caseTypesOf } from '../keeping/case-types';
import { Calendars } from '../working-days/calendars';
import { Colleagues } from './colleagues';
import { shownDeadline, type ShownDeadline } from './deadline-words';
import { Wards } from './wards';
import { Zones, type ZoneWithCases } from './zones';
import { WORKLIST_VIEWS, addressOf, conditionsOf, isFiltered, requestOf, skippedFrom, type WorklistChoice } from './worklist-views';

/** A line as the table shows it. Words of cases are resolved here and not in templates: what people typed is no message pattern. */
export type ShownLine = Omit<CaseListItem, 'summary' | 'typeTitle' | 'stateTitle'> & { readonly summary: string; readonly typeTitle: string; readonly stateTitle: string; readonly href: string; readonly deadline: ShownDeadline };

const A_PAGE = 25;
const MOST_COUNTED = 1000;
const NO_COUNT: CaseCount = { count: 0, isAtLeast: false };

/** Makes the worklist, and the table that search shares with it. */
@Injectable()
export class ShowsWorklist {
  constructor(
    @Inject(ListsCases) private readonly lists: ListsCases, @Inject(Calendars) private readonly calendars: Calendars, @Inject(Colleagues) private readonly colleagues: Colleagues,
    @Inject(Wards) private readonly wards: Wards, @Inject(Zones) private readonly zones: Zones, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** Everything that the page shows. */
  async show(ctx: RequestContext, choice: WorklistChoice): Promise<object> {
    const today = dayOf(this.clock.now());
    const request = requestOf(ctx, choice, today, A_PAGE);
    const { limit: _limit, after: _after, sort: _sort, ...counted } = request;
    const hasFilter = isFiltered(choice);
    const [page, counts, wards, zones, officers] = await Promise.all([
      this.lists.list(ctx, request), this.lists.counts(ctx, [...WORKLIST_VIEWS.map((view) => conditionsOf(ctx, view)), ...(hasFilter ? [counted] : [])], MOST_COUNTED), this.wards.of(ctx), this.zones.of(ctx), may(ctx, ASSIGN_CASES) ? this.colleagues.officers(ctx) : [],
    ]);
    const { count, isAtLeast } = counts[hasFilter ? WORKLIST_VIEWS.length : WORKLIST_VIEWS.indexOf(choice.view)] ?? NO_COUNT;
    const types = caseTypesOf(ctx);
    const shown = shownOf(skippedFrom(choice.skipped), page.items.length, count);
    return {
      choice, hasFilter, shown, isAtLeast, isCut: page.isCut, batchKey: this.ids.uuid(), here: addressOf(choice, { after: choice.after, skipped: choice.skipped }), clearHref: addressOf({ view: choice.view, status: 'unfinished', sort: choice.sort }),
      views: WORKLIST_VIEWS.map((view, index) => ({ view, href: addressOf({ view, status: 'unfinished', sort: 'due' }), isCurrent: view === choice.view, ...(counts[index] ?? NO_COUNT) })),
      lines: this.linesOf(ctx, page.items), nextHref: page.next && addressOf(choice, { after: page.next, skipped: String(shown.to) }), firstHref: choice.after && addressOf(choice),
      sorts: choice.status === 'unfinished' && { due: addressOf(choice, { sort: 'due' }), oldest: addressOf(choice, { sort: 'oldest' }), newest: addressOf(choice, { sort: 'newest' }), moved: addressOf(choice, { sort: 'moved' }) },
      filters: {
        types: newestTypes(types).map(({ id, title }) => ({ value: id, text: title[ctx.language], selected: id === choice.type })), states: statesOf(types, choice, ctx.language),
        wards: wards.map(({ code, name }) => ({ value: code, text: name, selected: code === choice.ward })), zones: zones.map(({ zone, name }) => ({ value: zone, text: name, selected: zone === choice.zone })),
      },
      tags: tagsOf(choice, types, wards, zones), mayAssign: may(ctx, ASSIGN_CASES), mayTake: may(ctx, WORK_ON_CASES), officers,
    };
  }

  /** The lines of a table of cases. */
  linesOf(ctx: RequestContext, items: readonly CaseListItem[]): readonly ShownLine[] {
    const today = dayOf(this.clock.now());
    const calendar = this.calendars.of(ctx);
    return items.map((item) => ({ ...item, summary: wordsIn(item.summary, ctx.language), typeTitle: item.typeTitle[ctx.language], stateTitle: item.stateTitle[ctx.language], href: `/desk/cases/${item.reference}`, deadline: shownDeadline(item.stateKind, item.dueOn, today, calendar) }));
  }
}

/** Which lines of how many a page shows. While somebody turns pages cases come and go: the count is never less than what they have seen. */
export function shownOf(skipped: number, lines: number, count: number): { readonly from: number; readonly to: number; readonly count: number } {
  const to = skipped + lines;
  return { from: Math.min(skipped + 1, to), to, count: Math.max(count, to) };
}

function newestTypes(types: readonly CaseType[]): readonly CaseType[] {
  return types.filter((type) => findCaseType(types, type.id) === type).sort((a, b) => a.title.en.localeCompare(b.title.en));
}

function statesOf(types: readonly CaseType[], { type: id, state }: WorklistChoice, language: Language): readonly { readonly value: string; readonly text: string; readonly selected: boolean }[] {
  const type = id === undefined ? undefined : findCaseType(types, id);
  return Object.entries(type?.states ?? {}).map(([value, { title, deskTitle }]) => ({ value, text: (deskTitle ?? title)[language], selected: value === state }));
}

/** What narrows the list, each with the address without it. */
function tagsOf(choice: WorklistChoice, types: readonly CaseType[], wards: readonly { readonly code: string; readonly name: string }[], zones: readonly ZoneWithCases[]): readonly object[] {
  const type = choice.type === undefined ? undefined : findCaseType(types, choice.type);
  return [
    ...(type ? [{ title: type.title, href: addressOf(choice, { type: undefined, state: undefined }) }] : []),
    ...(type && choice.state ? [{ title: type.states[choice.state]?.deskTitle ?? type.states[choice.state]?.title ?? choice.state, href: addressOf(choice, { state: undefined }) }] : []),
    ...(choice.ward ? [{ title: wards.find(({ code }) => code === choice.ward)?.name ?? choice.ward, href: addressOf(choice, { ward: undefined }) }] : []),
    ...(choice.zone ? [{ title: zones.find(({ zone }) => zone === choice.zone)?.name ?? choice.zone, href: addressOf(choice, { zone: undefined }) }] : []),
    ...(choice.due ? [{ key: choice.due, href: addressOf(choice, { due: undefined }) }] : []),
    ...(choice.status === 'unfinished' ? [] : [{ key: choice.status, href: addressOf(choice, { status: undefined }) }]),
  ];
}
