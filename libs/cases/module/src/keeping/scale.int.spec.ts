import { Database, sql } from '@guildhall/kernel';
import { CASE_SORTS, caseSortOf, type ListCases } from '@guildhall/cases-contract';
import { CaseQuery, cursorAfter, type QuerySetting } from '../finding/case-query';
import { hitsOf } from '../finding/search-hits';
import { startCasesApp, type CasesApp } from '../testing/cases-app';

const CASES = 30_000;
const COUNCIL = '01990000-0000-7000-8000-000000000001';

/** What PostgreSQL read for a statement, as the application's own role under row-level security. */
interface Plan { readonly 'Node Type': string; readonly 'Actual Rows': number; readonly 'Actual Loops': number; readonly 'Rows Removed by Filter'?: number; readonly 'Index Name'?: string; readonly 'Relation Name'?: string; readonly Plans?: readonly Plan[] }

function nodesOf(plan: Plan): readonly Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}
function rowsRead(plan: Plan): number {
  const read = (nodes: readonly Plan[]): number => nodes.reduce((sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'], 0);
  return Math.max(read(nodesOf(plan).filter((node) => node['Relation Name'])), read(nodesOf(plan).filter((node) => node['Node Type'] === 'Bitmap Index Scan')));
}

describe('many cases', () => {
  let app: CasesApp;
  beforeAll(async () => {
    app = await startCasesApp();
    // Nine of ten are closed; words and names repeat as they do in a town.
    await app.owner.query(`insert into cases."case" (council_id, case_id, reference, case_type, case_type_version, state, is_closed, summary, version, opened_at, moved_at, closed_at, due_on, retain_until, team, assignee_id, assignee_name, ward, person_id, language, channel, answers, words, status_key_hash, open_key, open_hash)
      select $1::uuid, ('01990000-0000-7000-8001-' || lpad(n::text, 12, '0'))::uuid, 'TE-' || n, 'kit.pothole', 1, case when n % 10 = 0 then 'reported' else 'fixed' end, n % 10 <> 0, '"Pothole"', 1,
        now() - (40000 - n || ' minutes')::interval, now() - (n * 7919 % 30000 || ' minutes')::interval, case when n % 10 <> 0 then now() end, case when n % 10 = 0 then current_date + (n / 10 % 60)::int - 30 else 'infinity' end, current_date + 700, 't' || n / 10 % 8,
        case when n / 10 % 3 = 0 then ('01990000-0000-7000-8002-' || lpad((n / 10 % 40)::text, 12, '0'))::uuid end, case when n / 10 % 3 = 0 then 'Officer' end, 'W' || n % 20, case when n % 4 = 0 then ('01990000-0000-7000-8003-' || lpad((n / 40)::text, 12, '0'))::uuid end, 'en', 'web', '[]',
        array['te' || n, 'testham', 'name' || n % 3000, 'street' || n % 500, 'zz99' || n % 200], 'x', 'k' || n, 'h' from generate_series(1, ${CASES}) as n`, [COUNCIL]);
    await app.owner.query(`insert into cases.search_word (council_id, word, case_id) select council_id, word, case_id from cases."case", unnest(words) as word`);
    await app.owner.query('analyze cases."case"; analyze cases.search_word');
  }, 120_000);
  afterAll(() => app?.close());

  /** The plan as the application's role has it, which alone is bound by the policies. */
  const planOf = async (statement: string, values: readonly unknown[]): Promise<Plan> => {
    const ctx = app.officer();
    return app.get(Database).run(ctx, async (tx) => {
      const [row] = await sql<{ 'QUERY PLAN': [{ Plan: Plan }] }>(tx, `explain (analyze, format json) ${statement}`, values);
      if (!row) throw new Error('There is no plan.');
      return row['QUERY PLAN'][0].Plan;
    });
  };
  const officerId = '01990000-0000-7000-8002-000000000003';
  const today = new Date().toISOString().slice(0, 10);
  const COLUMNS = 'case_id, due_on::text, opened_at, moved_at';
  /** What a statement reads beyond the bound, or by reading everything; nothing when it is well. */
  const faultOf = (plan: Plan): string | undefined => {
    if (nodesOf(plan).some((node) => node['Node Type'] === 'Seq Scan')) return 'reads everything';
    return rowsRead(plan) > 1000 ? `reads ${rowsRead(plan)} rows` : undefined;
  };

  // What the tabs of the worklist and the parameters of the API can be combined to, with conditions that few, many and no cases meet.
  const views: readonly (readonly [string, ListCases, Partial<QuerySetting>])[] = [
    ['mine', { assignee: 'me' }, {}], ['an officer’s', { assignee: officerId }, {}], ['my team’s', { teams: ['t3'] }, {}], ['my teams’', { teams: ['t3', 't4', 't0'] }, {}], ['all teams’', { teams: Array.from({ length: 8 }, (_, n) => `t${n}`) }, {}],
    ['nobody’s of my team', { assignee: 'nobody', teams: ['t3'] }, {}], ['mine of my team', { assignee: 'me', teams: ['t3'] }, {}], ['overdue of my team', { overdue: true, teams: ['t3'] }, {}], ['overdue', { overdue: true }, {}], ['nobody’s', { assignee: 'nobody' }, {}], ['to be looked at', { needsAttention: true }, {}], ['to be looked at by my team', { needsAttention: true, teams: ['t3'] }, {}], ['all', {}, {}],
    ['a person’s', { personId: '01990000-0000-7000-8003-000000000007' }, {}], ['a resident’s own', {}, { personId: '01990000-0000-7000-8003-000000000007' }],
  ];
  const filters: readonly ListCases[] = [{}, { caseType: 'kit.pothole' }, { caseType: 'kit.none' }, { ward: 'W10' }, { ward: 'W99' }, { zone: 'kit-round:9' }, { caseType: 'kit.pothole', state: 'none' }, { dueBy: today }, { dueBy: '2000-01-01' }, { caseType: 'kit.pothole', ward: 'W99', dueBy: today }];

  it.each(['unfinished', 'closed', 'any'] as const)('every list of %s cases, in every order and narrowed in every way, reads no more than 1,000 rows by an index, or is refused', async (status) => {
    const faults: string[] = [];
    let refusals = 0;
    for (const [view, seen, who] of views) for (const sort of CASE_SORTS) for (const filter of filters) {
      const request: ListCases = { ...seen, ...filter, status, sort };
      try {
        caseSortOf(request, who.personId ? 'owner' : 'staff');
      } catch {
        refusals++;
        continue;
      }
      const fresh = (): CaseQuery => new CaseQuery(request, sort, { councilId: COUNCIL, today, officerId, ...who }, []);
      const [page, later, looked, counted] = [fresh(), fresh(), fresh(), fresh()];
      later.goOnAfter(cursorAfter(sort, { case_id: '01990000-0000-7000-8001-000000015000', due_on: today, opened_at: new Date(), moved_at: new Date() }));
      for (const [what, statement, values] of [['page', page.page(COLUMNS, 26), page.values], ['later page', later.page(COLUMNS, 26), later.values], ['end', looked.lastLookedAt(), looked.values], ['count', counted.count(1000), counted.values]] as const) {
        if (what === 'end' && !looked.looksThrough) continue;
        const fault = faultOf(await planOf(statement, values));
        if (fault) faults.push(`${what} of ${view} ${sort} ${JSON.stringify(filter)}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
    expect(refusals > 0).toBe(status !== 'unfinished');
  }, 120_000);

  it('page after page of a narrowed list comes to the end and holds every case once, in order', async () => {
    const boss = app.officer();
    const lists: readonly (readonly [ListCases, string])[] = [
      [{ ward: 'W10', sort: 'due' }, `ward = 'W10' and not is_closed order by due_on, case_id`], [{ caseType: 'kit.none', sort: 'newest' }, 'false'], [{ ward: 'W3', status: 'closed' }, `ward = 'W3' and is_closed order by moved_at desc, case_id desc`],
      [{ teams: ['t3'], assignee: 'nobody', sort: 'due' }, `team = 't3' and assignee_id is null and not is_closed order by due_on, case_id`],
    ];
    for (const [request, where] of lists) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await app.cases.list(boss, { ...request, limit: 100, ...(after && { after }) });
        seen.push(...page.items.map(({ id }) => id));
        after = page.next;
        expect(page.isCut).toBeUndefined();
      } while (after);
      const { rows } = await app.owner.query<{ case_id: string }>(`select case_id from cases."case" where ${where}`);
      expect(seen).toEqual(rows.map(({ case_id }) => case_id));
    }
  }, 60_000);

  it('a word that every case has costs a search nothing beside one that few have', async () => {
    const found = await app.cases.list(app.officer(), { text: 'testham name77 street77', status: 'any' });
    expect(found.items.length).toBeGreaterThan(0);
    expect(found.isCut).toBeUndefined();
    const query = new CaseQuery({ status: 'any' }, 'moved', { councilId: COUNCIL, today }, [], Array.from({ length: 1000 }, (_, n) => `01990000-0000-7000-8001-${String(n * 30 + 1).padStart(12, '0')}`));
    query.haveWords([{ word: 'testham', isWhole: false }]);
    expect(faultOf(await planOf(query.page(COLUMNS, 26), query.values))).toBeUndefined();
  });

  it('a word that every case has finds the newest of them, and says that there are more', async () => {
    const newest = async (text: string) => app.cases.list(app.officer(), { text, status: 'any', sort: 'newest', limit: 1 });
    const { rows } = await app.owner.query<{ case_id: string }>('select case_id from cases."case" order by case_id desc limit 1');
    for (const text of ['testham', 'testh']) expect(await newest(text)).toMatchObject({ items: [{ id: rows[0]?.case_id }], isCut: true });
    expect(await app.cases.count(app.officer(), { text: 'testham', status: 'any' })).toEqual({ count: 1000, isAtLeast: true });
    expect((await newest('name77')).isCut).toBeUndefined();
    const statements: [string, unknown[]][] = [];
    await app.get(Database).run(app.officer(), async (tx) => {
      for (const word of [{ word: 'testham', isWhole: false }, { word: 'testh', isWhole: false }, { word: 'testham', isWhole: true }]) statements.push(hitsOf(tx.council.id, word));
    });
    for (const [statement, values] of statements) expect(faultOf(await planOf(statement, values))).toBeUndefined();
  });

  it('a prefix of search words is a range of the index, not a scan of them all', async () => {
    const plan = await planOf(`select case_id from cases.search_word where council_id = $1 and word >= $2 and word < $3 limit 1000`, [COUNCIL, 'name77', 'name77\u{10FFFF}']);
    const scan = nodesOf(plan).find((node) => node['Relation Name'] === 'search_word');
    expect(scan?.['Index Name']).toBe('search_word_pkey');
    expect(scan?.['Rows Removed by Filter'] ?? 0).toBe(0);
  });

  it('the count of a tab stops at 1,000', async () => {
    expect(await app.cases.count(app.officer(), {})).toEqual({ count: 1000, isAtLeast: true });
    expect(await app.cases.count(app.officer(), { assignee: 'me' })).toEqual({ count: 0, isAtLeast: false });
  });
});
