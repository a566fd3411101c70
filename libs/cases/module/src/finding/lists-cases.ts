import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, demand } from '@guildhall/kernel-contract';
import type { Clock, RequestContext } from '@guildhall/kernel-contract';
import { Database } from '@guildhall/kernel';
import { SEE_CASES, caseSortOf, dayOf, isStaff, listItemFor, searchWordsIn } from '@guildhall/cases-contract';
import type { Audience, CaseCount, CasePage, CaseSort, ListCases } from '@guildhall/cases-contract';
import { typeOfCase } from '../keeping/case-types';
import { LIST_COLUMNS, listRecordOf, type ListRow } from '../keeping/case-row';
import { CaseQuery, MOST_LOOKED_AT, cursorAfter, type QuerySetting } from './case-query';
import { casesWith, rarestOf } from './search-hits';

const NOBODYS: CasePage = { items: [] };
const NONE: CaseCount = { count: 0, isAtLeast: false };
type Looked = Pick<ListRow, 'case_id' | 'due_on' | 'opened_at' | 'moved_at'> & { readonly looked: number };

/** Lists and counts cases: worklists, searches, the cases of a person. */
@Injectable()
export class ListsCases {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async list(ctx: RequestContext, request: ListCases): Promise<CasePage> {
    const audience = audienceOfLists(ctx);
    if (!audience) return NOBODYS;
    const sort = caseSortOf(request, audience);
    const limit = request.limit ?? 25;
    const made = await this.queryOf(ctx, request, sort);
    if (!made) return NOBODYS;
    const { query, isCut } = made;
    if (request.after) query.goOnAfter(request.after);
    const { length } = query.values;
    const rows = await this.database.query<ListRow>(ctx, query.page(LIST_COLUMNS, limit + 1), query.values);
    const items = rows.slice(0, limit).map((row) => {
      const record = listRecordOf(row);
      return listItemFor(audience, typeOfCase(ctx, record), record);
    });
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    // Where the index has more than was looked through, it goes on from there; what it cannot go on with is cut, and says so.
    const end = request.text === undefined && query.looksThrough && (!last || !query.isInOrder) ? await this.endOf(ctx, query, length) : undefined;
    const goesOn = last ?? (query.isInOrder ? end : undefined);
    return { items, ...(goesOn && { next: cursorAfter(sort, goesOn) }), ...((isCut || (end && !query.isInOrder)) && { isCut: true }) };
  }

  async count(ctx: RequestContext, request: ListCases, most = MOST_LOOKED_AT): Promise<CaseCount> {
    const [count = NONE] = await this.counts(ctx, [request], most);
    return count;
  }

  /** Several counts in one statement: what stands beside the tabs of a worklist. */
  async counts(ctx: RequestContext, requests: readonly ListCases[], most = MOST_LOOKED_AT): Promise<readonly CaseCount[]> {
    const audience = audienceOfLists(ctx);
    if (!audience) return requests.map(() => NONE);
    const limit = Math.min(Math.max(most, 1), MOST_LOOKED_AT);
    const values: unknown[] = [ctx.council.id];
    const made = [];
    for (const request of requests) made.push(await this.queryOf(ctx, request, caseSortOf(request, audience), values));
    const statements = made.flatMap((one, at) => (one ? [`select ${at} as at, counted.* from (${one.query.count(limit)}) as counted`] : []));
    const rows = statements.length ? await this.database.query<CaseCount & { readonly at: number }>(ctx, `${statements.join(' union all ')} order by at`, values) : [];
    return made.map((one, place) => {
      const { count, isAtLeast } = rows.find(({ at }) => at === place) ?? NONE;
      return { count: Math.min(count, limit), isAtLeast: isAtLeast || count > limit || one?.isCut === true };
    });
  }

  /** The statements of a request; undefined when nothing can meet it. */
  private async queryOf(ctx: RequestContext, request: ListCases, sort: CaseSort, values: unknown[] = []): Promise<{ readonly query: CaseQuery; readonly isCut: boolean } | undefined> {
    const { actor } = ctx;
    const setting: QuerySetting = { councilId: ctx.council.id, today: dayOf(this.clock.now()), ...(actor.kind === 'resident' && { personId: actor.personId }), ...(actor.kind === 'officer' && { officerId: actor.officerId }) };
    if (request.text === undefined) return { query: new CaseQuery(request, sort, setting, values), isCut: false };
    const words = searchWordsIn(request.text, ctx.council.referencePrefix);
    const rarest = await rarestOf(this.database, ctx, words);
    if (!rarest) return undefined;
    const found = await casesWith(this.database, ctx, rarest);
    const query = new CaseQuery(request, sort, setting, values, found.ids);
    query.haveWords(words.filter((word) => word !== rarest));
    return { query, isCut: found.isCut };
  }

  /** The last case that was looked at, when there may be more behind it. */
  private async endOf(ctx: RequestContext, query: CaseQuery, count: number): Promise<Looked | undefined> {
    const [end] = await this.database.query<Looked>(ctx, query.lastLookedAt(), query.values.slice(0, count));
    return end && end.looked >= query.most ? end : undefined;
  }
}

/** As whom somebody sees lists; nobody who has not signed in sees any. @throws NotAllowed */
function audienceOfLists(ctx: RequestContext): Audience | undefined {
  if (isStaff(ctx)) {
    demand(ctx, SEE_CASES);
    return 'staff';
  }
  return ctx.actor.kind === 'resident' ? 'owner' : undefined;
}
