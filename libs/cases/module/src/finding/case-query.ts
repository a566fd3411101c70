import { InvalidInput, isUuid } from '@guildhall/kernel-contract';
import type { CaseSort, ListCases, PlainDate, SearchWord } from '@guildhall/cases-contract';

/** Whose cases, for whom, on which day. */
export interface QuerySetting { readonly councilId: string; readonly personId?: string; readonly officerId?: string; readonly today: PlainDate }

type Order = 'due_on' | 'opened_at' | 'moved_at';
const SORTS: Readonly<Record<CaseSort, { readonly column: Order; readonly type: string; readonly isBackwards: boolean }>> = {
  due: { column: 'due_on', type: 'date', isBackwards: false },
  oldest: { column: 'opened_at', type: 'timestamptz', isBackwards: false },
  newest: { column: 'opened_at', type: 'timestamptz', isBackwards: true },
  moved: { column: 'moved_at', type: 'timestamptz', isBackwards: true },
};
/** So many cases a statement looks at, whatever it is asked for. */
export const MOST_LOOKED_AT = 1000;
/** Several teams come in one order, each page of all of them, while so many of each are looked at. */
const LONGEST_PAGE = 100;
/** The sign after every other in bytewise order. */
const LAST_SIGN = '\u{10FFFF}';

/**
 * The statements of a list. An index leads to the cases of a person, an officer, a team, or to all in an order; what else is asked of them is looked for
 * among the first thousand of those. So no combination of conditions needs an index of its own, and none reads more.
 */
export class CaseQuery {
  readonly #led: string[] = ['council_id = $1'];
  /** Each adds its value when it is written: a statement takes no value that it does not use. */
  readonly #rest: (() => string)[] = [];
  readonly #sort: CaseSort;
  /** The order in which the index leads to the cases; none for those that a search has found. */
  readonly #order: Order | undefined;
  readonly #teams: string | undefined;
  readonly #found: string | undefined;
  /** How many of a kind are looked at: of each team as many, where several are asked for. */
  readonly most: number;

  /** @param values of the statement, to which those of this list are added: `$1` is the council */
  constructor(request: ListCases, sort: CaseSort, setting: QuerySetting, readonly values: unknown[], found?: readonly string[]) {
    const { assignee, status = 'unfinished' } = request;
    const teams = request.teams && [...new Set(request.teams)];
    const isOpen = status === 'unfinished' || Boolean(request.dueBy ?? request.overdue);
    const person = setting.personId ?? request.personId;
    const officer = assignee === 'nobody' ? undefined : assignee === 'me' ? (setting.officerId ?? null) : assignee;
    this.#sort = sort;
    if (values.length === 0) values.push(setting.councilId);
    // An index of open cases leads only to them.
    const isLedToOpen = isOpen && !found && !person && (officer !== undefined || teams !== undefined || sort !== 'moved');
    if (isLedToOpen) this.#led.push('not is_closed');
    else if (isOpen) this.#rest.push(() => 'not is_closed');
    if (status === 'closed') this.#rest.push(() => 'is_closed');
    const leadsTo = { found: found !== undefined, person: !found && person !== undefined, officer: isLedToOpen && officer !== undefined, teams: isLedToOpen && officer === undefined && teams !== undefined };
    this.#order = leadsTo.found ? undefined : leadsTo.person || !isLedToOpen ? 'moved_at' : leadsTo.officer || leadsTo.teams ? 'due_on' : SORTS[sort].column;
    if (found) this.#found = this.value(found, 'uuid[]');
    if (person) this.where(leadsTo.person, 'person_id =', person, 'uuid');
    if (request.personId && request.personId !== person) this.where(false, 'person_id =', request.personId, 'uuid');
    if (assignee === 'nobody') this.#rest.push(() => 'assignee_id is null');
    if (officer !== undefined) this.where(leadsTo.officer, 'assignee_id =', officer, 'uuid');
    if (teams?.length === 1) this.where(leadsTo.teams, 'team =', teams[0], 'text');
    else if (teams && leadsTo.teams) this.#teams = this.value(teams, 'text[]');
    else if (teams) this.#rest.push(() => `team = any(${this.value(teams, 'text[]')})`);
    this.most = this.#teams ? Math.floor(MOST_LOOKED_AT / Math.max(teams?.length ?? 1, 1)) : MOST_LOOKED_AT;
    // There are few of them, and an index leads to those that are open.
    if (request.needsAttention && isLedToOpen) this.#led.push('needs_attention');
    else if (request.needsAttention) this.#rest.push(() => 'needs_attention');
    if (request.caseType) this.where(false, 'case_type =', request.caseType, 'text');
    if (request.state) this.where(false, 'state =', request.state, 'text');
    if (request.ward) this.where(false, 'ward =', request.ward, 'text');
    if (request.zone) this.#rest.push(() => `${this.value(request.zone, 'text')} = any(zones)`);
    if (request.dueBy) this.where(this.#order === 'due_on', 'due_on <=', request.dueBy, 'date');
    if (request.overdue) this.where(this.#order === 'due_on', 'due_on <', setting.today, 'date');
  }

  /** Whether page after page comes out of an index in the order that was asked for, however many there are. */
  get isInOrder(): boolean { return this.#order === SORTS[this.#sort].column && (this.#teams === undefined || (this.#rest.length === 0 && this.most > LONGEST_PAGE)); }
  /** Whether something is asked for among those that are looked at. */
  get looksThrough(): boolean { return !this.isInOrder || this.#rest.length > 0; }

  /** Only those of which every one has a word like each of these. */
  haveWords(words: readonly SearchWord[]): void {
    for (const word of words) this.#rest.push(() => `exists (select 1 from unnest(words) as had where ${isLike('had collate "C"', word, (value) => this.value(value, 'text'))})`);
  }

  /** Where the page before ended. @throws InvalidInput when that is no place in this order */
  goOnAfter(after: string): void {
    const { column, type, isBackwards } = SORTS[this.#sort];
    const [place, caseId] = placeOf(after, this.#sort);
    const isBehind = (): string => `(${column}, case_id) ${isBackwards ? '<' : '>'} (${this.value(place, type)}, ${this.value(caseId, 'uuid')})`;
    if (this.isInOrder) this.#led.push(isBehind());
    else this.#rest.push(isBehind);
  }

  /** A page. The order names the table: a column of the answer may have the same name and be text. */
  page(columns: string, limit: number): string {
    const { column, isBackwards } = SORTS[this.#sort];
    const end = `order by listed.${column} ${isBackwards ? 'desc' : 'asc'}, listed.case_id ${isBackwards ? 'desc' : 'asc'} limit ${this.value(limit, 'int')}`;
    if (!this.looksThrough) return this.#teams ? `select ${columns} from (${this.looked(limit)}) as listed ${end}` : `select ${columns} from cases."case" as listed where ${this.#led.join(' and ')} ${end}`;
    return `select ${columns} from (${this.looked(this.most)}) as listed ${this.condition()} ${end}`;
  }

  /** The last case that a page looked at, and how many those were (of the team of which there were most). */
  lastLookedAt(): string {
    const direction = SORTS[this.#sort].isBackwards ? 'asc' : 'desc';
    return `select case_id, due_on::text, opened_at, moved_at, (count(*) over (${this.#teams ? 'partition by team' : ''}))::int as looked from (${this.looked(this.most)}) as listed
      order by looked desc, listed.${SORTS[this.#sort].column} ${direction}, listed.case_id ${direction} limit 1`;
  }

  /** How many meet the conditions among how many that were looked at (of the team of which there were most). */
  count(most: number): string {
    const limit = this.#rest.length || this.#teams ? this.most : most;
    return `select coalesce(sum(fits), 0)::int as count, coalesce(max(looked), 0)::int >= ${limit} as "isAtLeast" from (
      select count(*) ${this.#rest.length ? `filter (${this.condition()})` : ''} as fits, count(*) as looked from (${this.looked(limit)}) as listed group by ${this.#teams ? 'team' : '()'}) as kinds`;
  }

  private looked(most: number): string {
    const direction = this.isInOrder && SORTS[this.#sort].isBackwards ? 'desc' : this.#order === 'moved_at' ? 'desc' : 'asc';
    // One by one: a planner that is given a thousand ids at once may rather read every case.
    if (this.#order === undefined) return `select of_hit.* from unnest(${this.#found ?? ''}) as hit(id) cross join lateral (select * from cases."case" where ${this.#led.join(' and ')} and case_id = hit.id limit 1) as of_hit limit ${most}`;
    const order = `order by ${this.#order} ${direction}, case_id ${direction}`;
    if (!this.#teams) return `select * from cases."case" where ${this.#led.join(' and ')} ${order} limit ${most}`;
    return `select of_team.* from unnest(${this.#teams}) as mine(code) cross join lateral (select * from cases."case" where ${this.#led.join(' and ')} and team = mine.code ${order} limit ${most}) as of_team`;
  }
  private condition(): string {
    return this.#rest.length ? `where ${this.#rest.map((write) => write()).join(' and ')}` : '';
  }
  private where(isLed: boolean, comparison: string, value: unknown, type: string): void {
    if (isLed) this.#led.push(`${comparison} ${this.value(value, type)}`);
    else this.#rest.push(() => `${comparison} ${this.value(value, type)}`);
  }
  private value(value: unknown, type: string): string {
    return `$${this.values.push(value)}::${type}`;
  }
}

/** A comparison that row-level security lets use an index: no LIKE. */
export function isLike(column: string, { word, isWhole }: SearchWord, value: (text: string) => string): string {
  return isWhole ? `${column} = ${value(word)}` : `${column} >= ${value(word)} and ${column} < ${value(word + LAST_SIGN)}`;
}

/** Whether PostgreSQL knows the day too: the calendar has it, and it is not in the year nought. */
function isPlainDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isInstant(`${text}T00:00:00.000Z`);
}
function isInstant(text: string): boolean {
  const at = new Date(text);
  return text > '0001' && !Number.isNaN(at.getTime()) && at.toISOString() === text;
}

/** Where a page ended, as a caller hands it back. */
export function cursorAfter(sort: CaseSort, row: { readonly case_id: string; readonly due_on: string; readonly opened_at: Date; readonly moved_at: Date }): string {
  const place = sort === 'due' ? row.due_on : (sort === 'moved' ? row.moved_at : row.opened_at).toISOString();
  return Buffer.from(JSON.stringify([sort, place, row.case_id])).toString('base64url');
}

function placeOf(after: string, sort: CaseSort): readonly [string, string] {
  try {
    const [of, place, caseId] = JSON.parse(Buffer.from(after, 'base64url').toString('utf8')) as unknown[];
    if (of === sort && typeof place === 'string' && (sort === 'due' ? place === 'infinity' || isPlainDate(place) : isInstant(place)) && typeof caseId === 'string' && isUuid(caseId)) return [place, caseId];
  } catch {
    // Said below, with every other way of being wrong.
  }
  throw new InvalidInput('after must be the "next" of the page before, in the same order.', [{ field: 'after', message: 'is not the "next" of a page in this order' }]);
}
