import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogFaults, startTestApp, walkRoutes, walkTables, type Stranger, type TestApp, type Visitor, type WalkedRoute } from '@guildhall/kernel/testing';
import { catalogueApp } from './catalogue-config';

const EXAMPLE = join(__dirname, '../catalogue.example.json');
const [WESTMARCH, ALDERMOOR] = ['westmarch-catalogue', 'aldermoor-catalogue'];
const TABLES = ['publisher', 'package', 'release', 'signed', 'submission', 'organisation', 'contribution', 'counter_claim', 'picture'].map((name) => `catalogue.${name}`);

let app: TestApp;
let folder: string;
/** Things of Westmarch’s that somebody could ask for. */
let things: { readonly contribution: string; readonly submission: string; readonly assessment: string };
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aldermoor-'));
  const file = join(folder, 'catalogue.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(EXAMPLE, 'utf8')) as object, id: '01990000-0000-7000-8000-0000000000c3', slug: ALDERMOOR, name: { en: 'Aldermoor Catalogue', cy: 'Catalog Aldermoor' }, feedOrigin: 'catalogue.aldermoor.example/feed', examples: false }));
  app = await startTestApp({ councils: [catalogueApp(EXAMPLE), catalogueApp(file)], withCompanions: true, seed: true });
  while (await app.drainJobs());
  things = { contribution: await idOf('contribution_id', 'catalogue.contribution'), submission: await idOf('submission_id', `catalogue.submission where kind = 'publisher' and state = 'waiting'`), assessment: await idOf('digest', 'catalogue.assessment') };
}, 180_000);
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function idOf(column: string, from: string): Promise<string> {
  const { rows: [row] } = await app.owner.query<{ id: string }>(`select ${column}::text as id from ${from} order by 1 limit 1`);
  if (!row) throw new Error(`There is nothing in ${from}.`);
  return row.id;
}
const officerOf = (slug: string, roles: readonly string[], number: number, teams: readonly string[] = []): Promise<Visitor> => app.officerVisitor({ officerId: `01990000-0000-7000-8000-0000000000b${number}`, roles, teams }, slug);
const isForAll = ({ access }: WalkedRoute): boolean => access.kind === 'public' || access.kind === 'webhook';
const mayWith = (roles: readonly string[]) => (route: WalkedRoute): boolean => isForAll(route) || route.access.kind === 'officers' || (route.access.kind === 'permission' && app.permissionsOf([...roles]).has(route.access.permission.id));

describe('two catalogues in one database', () => {
  it('have no table, key, view, function or right that breaks the rules of isolation', async () => { expect(await catalogFaults(app.owner)).toEqual([]); });

  it('let no role read, change, remove, put in or give away a row of the other', async () => {
    const { open, unproved } = await walkTables(app, { stranger: app.context(ALDERMOOR).council.id });
    expect(open).toEqual([]);
    expect(unproved.filter((table) => TABLES.includes(table))).toEqual([]);
  });
});

describe('the desk of a catalogue', () => {
  it('begins at its address, for whoever has signed in and for whoever has not', async () => {
    expect((await app.visitor(ALDERMOOR).get('/desk')).path).toBe('/desk/sign-in');
    expect(await (await officerOf(ALDERMOOR, ['case-officer'], 4)).get('/desk')).toMatchObject({ status: 200, path: '/desk/catalogue' });
  });
});

describe('every route of a catalogue', () => {
  const examples = (): Record<string, string> => ({ scope: '@westmarch', name: 'parking-permits', version: '1.1.0', digest: things.assessment, picture: 'zone.png', kind: 'offer', what: 'publishers', '/desk/catalogue/remove/:what/:id id': 'westmarch', '/desk/catalogue/entries/:id/end id': things.contribution, '/desk/catalogue/entries/:id/take-away id': things.contribution, '/desk/catalogue/publishers/:id id': things.submission });
  const bodies = { 'POST /desk/catalogue/publishers/:id': { answer: 'let-in', compared: 'yes' }, 'POST /desk/catalogue/entries/:id/end': {}, 'POST /desk/catalogue/entries/:id/take-away': { because: 'I want it gone' }, 'POST /desk/catalogue/remove': { package: '@westmarch/parking-permits', version: '1.1.0', reason: 'I want it gone' }, 'POST /desk/catalogue/remove/:what/:id': {} };

  it('is shut to whoever it is not for', async () => {
    const strangers: Stranger[] = [
      { name: 'nobody', visitor: app.visitor(WESTMARCH), mayUse: isForAll },
      { name: 'somebody of the other catalogue', visitor: (await officerOf(ALDERMOOR, ['team-manager', 'case-officer'], 1)).takeCookiesTo(app.visitor(WESTMARCH)), mayUse: isForAll },
      // Who writes for no organisation ends nobody's entry, although the form is theirs to send.
      { name: 'an officer of no organisation', visitor: await officerOf(WESTMARCH, ['case-officer'], 2), mayUse: (route) => !route.path.endsWith('/entries/:id/end') && mayWith(['case-officer'])(route) },
    ];
    const owners: Stranger[] = [{ name: 'who looks after it', visitor: await officerOf(WESTMARCH, ['team-manager', 'case-officer'], 3), mayUse: (route) => route.path.startsWith('/desk/catalogue') }];
    const { tried, open, shut } = await walkRoutes(app, { strangers, owners, examples: examples(), bodies });
    expect([open, shut]).toEqual([[], []]);
    expect(tried).toBeGreaterThan(40);
  }, 120_000);

  it('leads to nothing of the other catalogue, whoever asks', async () => {
    const leadsToThings = ({ path }: WalkedRoute): boolean => /catalogue/.test(path) && /:(id|name|version|digest)\b/.test(path);
    const { tried, open } = await walkRoutes(app, { strangers: [
      { name: 'nobody', visitor: app.visitor(ALDERMOOR), mayUse: (route) => !leadsToThings(route) },
      { name: 'who looks after the other', visitor: await officerOf(ALDERMOOR, ['team-manager', 'case-officer'], 1), mayUse: (route) => !leadsToThings(route) },
    ], examples: { ...examples(), '/api/catalogue/v1/submissions/:id id': things.submission }, bodies });
    expect(open).toEqual([]);
    expect(tried).toBeGreaterThan(15);
  }, 120_000);

  it('is found when it is open to somebody', async () => {
    const { open } = await walkRoutes(app, { strangers: [{ name: 'nobody', visitor: app.visitor(WESTMARCH), mayUse: ({ path }) => path !== '/catalogue/support' }] });
    expect(open).toMatchObject([{ route: 'GET /catalogue/support', stranger: 'nobody', status: 200 }]);
  });
});
