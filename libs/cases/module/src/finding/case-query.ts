import { InvalidInput, isUuid } from '@guildhall/kernel-contract';
import type { CaseSort, ListCases, PlainDate, SearchWord } from '@guildhall/cases-contract';

/** Whose cases, for whom, on which day. */
export interface QuerySetting { readonly councilId: string; readonly personId?: string; readonly officerId?: string; readonly today: PlainDate }

const SORTS: Readonly<Record<CaseSort, { readonly column: string; readonly type: string; readonly isBackwards: boolean }>> = {
  due: { column: 'due_on', type: 'date', isBackwards: false },
  oldest: { column: 'opened_at', type: 'timestamptz', isBackwards: false },
  newest: { column: 'opened_at', type: 'timestamptz', isBackwards: true },
  moved: { column: 'moved_at', type: 'timestamptz', isBackwards: true },
};
/** The sign after every other in bytewise order. */
const LAST_SIGN = '\u{10FFFF}';

/** Conditions of a statement with their values, added one by one. */
export class CaseQuery {
  readonly values: unknown[];
  readonly conditions = ['council_id = $1'];

  constructor(request: ListCases, setting: QuerySetting) {
    this.values = [setting.councilId];
    const { assignee, teams, status } = request;
    if (setting.personId) this.where('person_id =', setting.personId, 'uuid');
    if (request.personId) this.where('person_id =', request.personId, 'uuid');
    if (assignee === 'nobody') this.conditions.push('assignee_id is null');
    else if (assignee === 'me') this.where('assignee_id =', setting.officerId ?? null, 'uuid');
    else if (assignee) this.where('assignee_id =', assignee, 'uuid');
    // One team is asked for by equality: only then does the index give the rows in order.
    if (teams?.length === 1) this.where('team =', teams[0], 'text');
    else if (teams) this.conditions.push(`team = any(${this.value(teams, 'text[]')})`);
    if (request.caseType) this.where('case_type =', request.caseType, 'text');
    if (request.state) this.where('state =', request.state, 'text');
    if (request.ward) this.where('ward =', request.ward, 'text');
    if (request.dueBy) this.where('due_on <=', request.dueBy, 'date');
    if (request.overdue) this.where('due_on <', setting.today, 'date');
    if ((status ?? 'unfinished') === 'unfinished') this.conditions.push('not is_closed');
    else if (status === 'closed') this.conditions.push('is_closed');
  }

  /** Only these cases, of which every one must have a word like each of those. */
  among(hits: string, words: readonly SearchWord[]): void {
    this.conditions.push(`case_id = any(array(${hits}))`);
    for (const word of words) this.conditions.push(`exists (select 1 from unnest(words) as had where ${this.isLike('had collate "C"', word)})`);
  }

  /** A comparison that row-level security lets use an index: no LIKE. */
  isLike(column: string, { word, isWhole }: SearchWord): string {
    return isWhole ? `${column} = ${this.value(word, 'text')}` : `${column} >= ${this.value(word, 'text')} and ${column} < ${this.value(word + LAST_SIGN, 'text')}`;
  }

  /** The order of a page, and where it goes on. */
  page(sort: CaseSort, after: string | undefined, limit: number): string {
    const { column, type, isBackwards } = SORTS[sort];
    if (after) {
      const [place, caseId] = placeOf(after, sort);
      this.conditions.push(`(${column}, case_id) ${isBackwards ? '<' : '>'} (${this.value(place, type)}, ${this.value(caseId, 'uuid')})`);
    }
    const direction = isBackwards ? 'desc' : 'asc';
    return `where ${this.conditions.join(' and ')} order by ${column} ${direction}, case_id ${direction} limit ${this.value(limit, 'int')}`;
  }

  value(value: unknown, type: string): string {
    return `$${this.values.push(value)}::${type}`;
  }
  private where(comparison: string, value: unknown, type: string): void {
    this.conditions.push(`${comparison} ${this.value(value, type)}`);
  }
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
