import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, demand } from '@guildhall/kernel-contract';
import type { Clock, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Database, sql } from '@guildhall/kernel';
import { SEE_CASES, dayOf, isStaff, listItemFor, searchWordsIn } from '@guildhall/cases-contract';
import type { Audience, CasePage, ListCases, SearchWord } from '@guildhall/cases-contract';
import { typeOfCase } from '../keeping/case-types';
import { LIST_COLUMNS, listRecordOf, type ListRow } from '../keeping/case-row';
import { CaseQuery, cursorAfter } from './case-query';

/** A word that more cases have than this is not what a search begins with; when all are so frequent, so many are looked through. */
const MOST_HITS = 1000;
const NOBODYS: CasePage = { items: [] };

/** Lists and counts cases: worklists, searches, the cases of a person. */
@Injectable()
export class ListsCases {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async list(ctx: RequestContext, request: ListCases): Promise<CasePage> {
    const audience = audienceOfLists(ctx);
    if (!audience) return NOBODYS;
    const sort = request.sort ?? (audience === 'staff' ? 'due' : 'moved');
    const limit = request.limit ?? 25;
    return this.database.run(ctx, async (tx) => {
      const query = await this.queryOf(tx, request);
      if (!query) return NOBODYS;
      const page = query.page(sort, request.after, limit + 1);
      const rows = await sql<ListRow>(tx, `select ${LIST_COLUMNS} from cases."case" ${page}`, query.values);
      const items = rows.slice(0, limit).map((row) => {
        const record = listRecordOf(row);
        return listItemFor(audience, typeOfCase(tx, record), record);
      });
      const last = rows[limit - 1];
      return { items, ...(rows.length > limit && last && { next: cursorAfter(sort, last) }) };
    });
  }

  async count(ctx: RequestContext, request: ListCases, most = 1000): Promise<number> {
    if (!audienceOfLists(ctx)) return 0;
    const [count = 0] = await this.counts(ctx, [request], most);
    return count;
  }

  /** Several counts in one transaction: what stands beside the tabs of a worklist. */
  async counts(ctx: RequestContext, requests: readonly ListCases[], most = 1000): Promise<readonly number[]> {
    if (!audienceOfLists(ctx)) return requests.map(() => 0);
    return this.database.run(ctx, (tx) => Promise.all(requests.map(async (request) => {
      const query = await this.queryOf(tx, request);
      if (!query) return 0;
      const limit = query.value(Math.min(Math.max(most, 1), 1000), 'int');
      const [row] = await sql<{ count: number }>(tx, `select count(*)::int as count from (select 1 from cases."case" where ${query.conditions.join(' and ')} limit ${limit}) as found`, query.values);
      return row?.count ?? 0;
    })));
  }

  /** The conditions of a request; undefined when nothing can meet them. */
  private async queryOf(tx: TransactionContext, request: ListCases): Promise<CaseQuery | undefined> {
    const { actor } = tx;
    const query = new CaseQuery(request, {
      councilId: tx.council.id, today: dayOf(this.clock.now()), ...(actor.kind === 'resident' && { personId: actor.personId }), ...(actor.kind === 'officer' && { officerId: actor.officerId }),
    });
    if (request.text === undefined) return query;
    const words = searchWordsIn(request.text, tx.council.referencePrefix);
    const rarest = await rarestOf(tx, words);
    if (!rarest) return undefined;
    const hits = `select distinct case_id from cases.search_word where council_id = $1 and ${query.isLike('word', rarest)} limit ${MOST_HITS}`;
    query.among(hits, words.filter((word) => word !== rarest));
    return query;
  }
}

/** The word that fewest cases have: the search begins there, so that "Testham" in every address costs nothing. */
async function rarestOf(tx: TransactionContext, words: readonly SearchWord[]): Promise<SearchWord | undefined> {
  if (words.length < 2) return words[0];
  const counts = await Promise.all(words.map(async (word) => {
    const values: unknown[] = [tx.council.id, word.word, word.isWhole ? word.word : `${word.word}\u{10FFFF}`];
    const [row] = await sql<{ count: number }>(tx, `select count(*)::int as count from (select 1 from cases.search_word where council_id = $1 and word >= $2 and word ${word.isWhole ? '<=' : '<'} $3 limit ${MOST_HITS}) as found`, values);
    return { word, count: row?.count ?? 0 };
  }));
  return counts.reduce((rarest, one) => (one.count < rarest.count ? one : rarest)).word;
}

/** As whom somebody sees lists; nobody who has not signed in sees any. @throws NotAllowed */
function audienceOfLists(ctx: RequestContext): Audience | undefined {
  if (isStaff(ctx)) {
    demand(ctx, SEE_CASES);
    return 'staff';
  }
  return ctx.actor.kind === 'resident' ? 'owner' : undefined;
}
