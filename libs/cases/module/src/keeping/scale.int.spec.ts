import { Database, sql } from '@guildhall/kernel';
import type { ListCases } from '@guildhall/cases-contract';
import { CaseQuery } from '../finding/case-query';
import { startCasesApp, type CasesApp } from '../testing/cases-app';

const CASES = 30_000;
const COUNCIL = '01990000-0000-7000-8000-000000000001';

/** What PostgreSQL read for a statement, as the application's own role under row-level security. */
interface Plan { readonly 'Node Type': string; readonly 'Actual Rows': number; readonly 'Actual Loops': number; readonly 'Rows Removed by Filter'?: number; readonly 'Index Name'?: string; readonly 'Relation Name'?: string; readonly Plans?: readonly Plan[] }

function nodesOf(plan: Plan): readonly Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}
function rowsRead(plan: Plan): number {
  return nodesOf(plan).filter((node) => node['Relation Name']).reduce((sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'], 0);
}

describe('many cases', () => {
  let app: CasesApp;
  beforeAll(async () => {
    app = await startCasesApp();
    // Nine of ten are closed; words and names repeat as they do in a town.
    await app.owner.query(`insert into cases."case" (council_id, case_id, reference, case_type, case_type_version, state, is_closed, summary, version, opened_at, moved_at, closed_at, due_on, retain_until, team, assignee_id, assignee_name, ward, person_id, language, channel, answers, words, status_key_hash, open_key, open_hash)
      select $1::uuid, ('01990000-0000-7000-8001-' || lpad(n::text, 12, '0'))::uuid, 'TE-' || n, 'kit.pothole', 1, case when n % 10 = 0 then 'reported' else 'fixed' end, n % 10 <> 0, '"Pothole"', 1,
        now() - (n || ' minutes')::interval, now() - ((n / 2) || ' minutes')::interval, case when n % 10 <> 0 then now() end, case when n % 10 = 0 then current_date + (n / 10 % 60)::int - 30 else 'infinity' end, current_date + 700, 't' || n / 10 % 8,
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

  it.each<[string, ListCases, { personId?: string }]>([
    ['mine', { assignee: 'me', sort: 'due' }, {}],
    ['my team’s', { teams: ['t3'], sort: 'due' }, {}],
    ['nobody’s of my team', { assignee: 'nobody', teams: ['t3'], sort: 'due' }, {}],
    ['overdue', { overdue: true, sort: 'due' }, {}],
    ['all that are open, by deadline', { sort: 'due' }, {}],
    ['all that are open, newest first', { sort: 'newest' }, {}],
    ['all that are open, oldest first', { sort: 'oldest' }, {}],
    ['all that are open, last changed first', { sort: 'moved' }, {}],
    ['closed, last changed first', { status: 'closed', sort: 'moved' }, {}],
    ['any, newest first', { status: 'any', sort: 'newest' }, {}],
    ['of one kind and ward', { caseType: 'kit.pothole', ward: 'W10', sort: 'due' }, {}],
    ['a resident’s own', { status: 'any', sort: 'moved' }, { personId: '01990000-0000-7000-8003-000000000007' }],
  ])('a page of %s reads no more than 1,000 rows, by an index', async (_, request, who) => {
    const query = new CaseQuery(request, { councilId: COUNCIL, today: new Date().toISOString().slice(0, 10), officerId, ...who });
    const plan = await planOf(`select case_id from cases."case" ${query.page(request.sort ?? 'due', undefined, 26)}`, query.values);
    expect(plan['Actual Rows']).toBeGreaterThan(0);
    expect(nodesOf(plan).map((node) => node['Node Type'])).not.toContain('Seq Scan');
    expect(rowsRead(plan)).toBeLessThanOrEqual(1000);
  });

  it('a word that every case has costs a search nothing beside one that few have', async () => {
    const started = performance.now();
    const found = await app.cases.list(app.officer(), { text: 'testham name77 street77', status: 'any' });
    expect(found.items.length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(1000);
    const query = new CaseQuery({ status: 'any' }, { councilId: COUNCIL, today: '2026-11-23' });
    query.among(`select distinct case_id from cases.search_word where council_id = $1 and ${query.isLike('word', { word: 'name77', isWhole: false })} limit 1000`, [{ word: 'testham', isWhole: false }]);
    const plan = await planOf(`select case_id from cases."case" ${query.page('moved', undefined, 26)}`, query.values);
    expect(nodesOf(plan).map((node) => node['Node Type'])).not.toContain('Seq Scan');
    expect(rowsRead(plan)).toBeLessThanOrEqual(1000);
  });

  it('a prefix of search words is a range of the index, not a scan of them all', async () => {
    const plan = await planOf(`select case_id from cases.search_word where council_id = $1 and word >= $2 and word < $3 limit 1000`, [COUNCIL, 'name77', 'name77\u{10FFFF}']);
    const scan = nodesOf(plan).find((node) => node['Relation Name'] === 'search_word');
    expect(scan?.['Index Name']).toBe('search_word_pkey');
    expect(scan?.['Rows Removed by Filter'] ?? 0).toBe(0);
  });

  it('the count of a tab stops at 1,000', async () => {
    expect(await app.cases.count(app.officer(), {})).toBe(1000);
    expect(await app.cases.count(app.officer(), { assignee: 'me', status: 'any' })).toBe(0);
  });
});
