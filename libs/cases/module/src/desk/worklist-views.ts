import type { RequestContext } from '@guildhall/kernel-contract';
import { addDays, findCaseType } from '@guildhall/cases-contract';
import type { CaseSort, CaseType, ListCases, PlainDate } from '@guildhall/cases-contract';

/** The tabs of the worklist. */
export const WORKLIST_VIEWS = ['mine', 'team', 'unassigned', 'overdue', 'attention', 'all'] as const;
export type WorklistView = (typeof WORKLIST_VIEWS)[number];

/** What somebody chose on the worklist: everything in the address, so that it can be kept and sent to a colleague. */
export interface WorklistChoice {
  readonly view: WorklistView;
  readonly type?: string;
  readonly state?: string;
  readonly ward?: string;
  readonly zone?: string;
  readonly due?: 'today' | 'week';
  readonly status: 'unfinished' | 'closed' | 'any';
  readonly sort: CaseSort;
  readonly after?: string;
  /** How many cases come before this page. */
  readonly skipped?: string;
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;
const SORTS: readonly CaseSort[] = ['due', 'oldest', 'newest', 'moved'];

/** Reads the address. What it does not know it leaves out: an old bookmark still opens. */
export function choiceFrom(query: Query, types: readonly CaseType[]): WorklistChoice {
  const text = (name: string): string | undefined => { const value = query[name]; return typeof value === 'string' && value ? value.slice(0, 500) : undefined; };
  const oneOf = <Value extends string>(name: string, known: readonly Value[]): Value | undefined => known.find((value) => value === text(name));
  const type = text('type') && findCaseType(types, text('type') ?? '');
  const state = text('state');
  const status = oneOf('status', ['unfinished', 'closed', 'any']) ?? 'unfinished';
  return {
    // Closed cases have one order.
    view: oneOf('view', WORKLIST_VIEWS) ?? 'mine', status, sort: status === 'unfinished' ? (oneOf('sort', SORTS) ?? 'due') : 'moved',
    ...(type && { type: type.id }), ...(type && state && Object.hasOwn(type.states, state) && { state }), ...(text('ward') && { ward: text('ward')?.slice(0, 20) }), ...(text('zone') && { zone: text('zone')?.slice(0, 120) }),
    ...(oneOf('due', ['today', 'week']) && { due: oneOf('due', ['today', 'week']) }), ...(text('after') && { after: text('after') }), ...(text('after') && { skipped: String(skippedFrom(text('skipped'))) }),
  };
}

/** How many cases stand before a page, as an address or a form says it. */
export function skippedFrom(text: string | undefined): number {
  return /^\d{1,6}$/.test(text ?? '') ? Number(text) : 0;
}

/** The conditions of a tab, without what was chosen besides. */
export function conditionsOf(ctx: RequestContext, view: WorklistView): ListCases {
  const teams = ctx.actor.kind === 'officer' && ctx.actor.teams.length ? { teams: [...ctx.actor.teams] } : {};
  switch (view) {
    case 'mine': return { assignee: 'me' };
    case 'team': return teams;
    case 'unassigned': return { assignee: 'nobody', ...teams };
    case 'overdue': return { overdue: true, ...teams };
    case 'attention': return { needsAttention: true, ...teams };
    case 'all': return {};
  }
}

/** What the list is asked for. */
export function requestOf(ctx: RequestContext, choice: WorklistChoice, today: PlainDate, limit: number): ListCases {
  return {
    ...conditionsOf(ctx, choice.view), status: choice.status, sort: choice.sort, limit,
    ...(choice.type && { caseType: choice.type }), ...(choice.state && { state: choice.state }), ...(choice.ward && { ward: choice.ward }), ...(choice.zone && { zone: choice.zone }),
    ...(choice.due && { dueBy: choice.due === 'today' ? today : addDays(today, 7) }), ...(choice.after && { after: choice.after }),
  };
}

/** Whether anything narrows the tab. */
export function isFiltered(choice: WorklistChoice): boolean {
  return Boolean(choice.type ?? choice.ward ?? choice.zone ?? choice.due) || choice.status !== 'unfinished';
}

/** The address of a choice, with some of it changed. */
export function addressOf(choice: WorklistChoice, changes: Partial<Record<keyof WorklistChoice, string | undefined>> = {}): string {
  const all: Partial<Record<keyof WorklistChoice, string | undefined>> = { ...choice, after: undefined, skipped: undefined, ...changes };
  const parameters = new URLSearchParams();
  for (const name of ['view', 'type', 'state', 'ward', 'zone', 'due', 'status', 'sort', 'after', 'skipped'] as const) {
    const value = all[name];
    if (!value || (name === 'status' && value === 'unfinished') || (name === 'sort' && value === 'due') || (name === 'state' && !all.type)) continue;
    parameters.set(name, value);
  }
  return `/desk?${parameters.toString()}`;
}
