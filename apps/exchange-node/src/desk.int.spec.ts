import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startTestDatabase, type TestDatabase } from '@guildhall/embedded-database/testing';
import type { Clock } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, type TestApp, type Visitor } from '@guildhall/kernel/testing';
import { exchangeNode } from './node-config';

const SOURCES = '/desk/sharing/sources';
const ROWS = `${SOURCES}/rows`;
const OFFICER = '01990000-0000-7000-8000-0000000000b1';
const CANARIES = /Canary|CT-\d|CARE-\d|1951/;
/** As they are read: without marks, in one line. */
const wordsOf = (html: string): string => (/<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the desk of a node', () => {
  let folder: string;
  let backOffice: TestDatabase;
  let client: Client;
  let app: TestApp;
  const officers = new Map<string, Visitor>();
  beforeAll(async () => {
    folder = await mkdtemp(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'node-desk-'));
    backOffice = await startTestDatabase();
    client = new Client({ connectionString: backOffice.url });
    await client.connect();
    await client.query(`
      create schema ctax; create table ctax.account (account_no text, full_name text, dob text); create index on ctax.account (account_no);
      insert into ctax.account values ('CT-1', 'Canary Jones', '28/02/1951'), ('CT-2', 'Canary Smith', '30/02/1980'), ('CT-3', 'Canary Twice', null), ('CT-3', 'Canary Twice', null)`);
    const drop = join(folder, 'care.csv');
    await writeFile(drop, 'id,care\nCARE-7,Y\nCARE-8,PERHAPS\n');
    await utimes(drop, new Date('2026-11-22T02:00:00Z'), new Date('2026-11-22T02:00:00Z'));
    const file = join(folder, 'node.json');
    await writeFile(file, JSON.stringify({
      id: '01990000-0000-7000-8000-0000000000c1', body: 'aldermoor-care-trust', name: { en: 'Aldermoor Care Trust', cy: 'Ymddiriedolaeth Gofal Aldermoor' }, logOrigin: 'care.aldermoor.example/log',
      keys: [{ name: '2026-1', from: '2026-01-01T00:00:00Z' }], nation: 'england', contact: { telephone: '01632 960000', email: 'data@care.aldermoor.example', address: '1 Care Lane' }, officers: { kind: 'practice' },
      sources: [
        { kind: 'sql', connection: 'BACK_OFFICE', tables: [{ table: 'ctax.account', source: 'council-tax-register', localId: 'account_no', dates: 'dd/mm/yyyy', attributes: { 'person.name': { column: 'full_name' }, 'person.date-of-birth': { column: 'dob' } } }] },
        { kind: 'csv', folder, file: 'care.csv', columns: { source: 'care-register', localId: 'id', attributes: { 'care.receives': { column: 'care' } } } },
      ],
    }));
    app = await startTestApp({ councils: [exchangeNode(file)], clock: new FixedClock('2026-11-22T13:00:00Z') as Clock, settings: { BACK_OFFICE: backOffice.url } });
    for (const role of ['adviser', 'case-officer', 'team-manager']) officers.set(role, await app.officerVisitor({ officerId: OFFICER, roles: [role] }));
  });
  afterAll(async () => {
    await app?.close();
    await client?.end();
    await backOffice?.drop();
    await rm(folder, { recursive: true, force: true });
  });
  const as = (role: string): Visitor => officers.get(role) ?? app.visitor();
  const looks = async (): Promise<readonly object[]> => (await app.owner.query<object>(`select action, actor_id, subject_id, detail from kernel.audit where action in ('sharing.sources-looked-at', 'sharing.rows-looked-at') order by audit_id`)).rows;

  it('says to nobody, and to no officer who may not read agreements, where it tells from', async () => {
    for (const path of [SOURCES, ROWS]) {
      expect(await app.visitor().request(path)).toMatchObject({ status: 303, headers: { location: `/desk/sign-in?next=${encodeURIComponent(path)}` } });
      expect((await as('adviser').request(path)).status).toBe(403);
    }
    expect(await looks()).toEqual([]);
  });
  it('says of each source whether it can be read, what it can tell and what does not fit, and nothing that stands there', async () => {
    const { status, text } = await as('case-officer').get(SOURCES);
    expect(status).toBe(200);
    expect(wordsOf(text)).toMatch(/A register in SQL State Can be read What was found sql: ctax\.account can be read\. .*What it can tell Name Date of birth Data quality of ctax\.account Read .*Rows looked at 4 People who can be told of 2 Rows that name nobody 0 Rows of people who are there before: nothing is told of them 1 .*Name 4 0 Date of birth 1 1 /);
    expect(wordsOf(text)).toMatch(/A register in CSV files State Can be read What was found csv-drop: 2 people are told of from care\.csv.*Data quality of care\.csv .*Rows that do not have a cell for each column 0 .* 1 1 in line 3/);
    expect(text).not.toMatch(CANARIES);
    expect(await looks()).toEqual([{ action: 'sharing.sources-looked-at', actor_id: OFFICER, subject_id: 'sharing.sql sharing.csv-drop', detail: {} }]);
  });
  it('shows how the first rows would be told: whom they are about only to whoever manages agreements, and each look is on record', async () => {
    const [read, managed] = [await as('case-officer').get(ROWS), await as('team-manager').get(ROWS)];
    expect(wordsOf(read.text)).toMatch(/First rows of ctax\.account Row Name Date of birth Row 1 Told Told Row 2 Told Does not fit, and is not told Row 3 Told Not there .*First rows of care\.csv .*Line 2 Told Line 3 Does not fit/);
    expect(read.text).not.toMatch(CANARIES);
    expect(wordsOf(managed.text)).toMatch(/Row 1 CT-1 Canary Jones 28 February 1951 Row 2 CT-2 Canary Smith Does not fit, and is not told .*Line 2 CARE-7 Yes Line 3 CARE-8 Does not fit/);
    expect((await looks()).slice(-2)).toMatchObject([{ action: 'sharing.rows-looked-at', detail: { hasValues: false } }, { action: 'sharing.rows-looked-at', detail: { hasValues: true } }]);
    expect(JSON.stringify([app.log.lines, await looks()])).not.toMatch(CANARIES);
  });
  it('says which source does not answer, and still shows the others', async () => {
    await client.query('alter table ctax.account rename column full_name to name');
    try {
      expect(wordsOf((await as('team-manager').get(SOURCES)).text)).toMatch(/Cannot be read What was found sql: ctax\.account has no column full_name\. .*It does not answer at the moment\. A register in CSV files State Can be read/);
      expect(wordsOf((await as('team-manager').get(ROWS)).text)).toMatch(/A register in SQL It does not answer at the moment\. A register in CSV files .*CARE-7/);
    } finally {
      await client.query('alter table ctax.account rename column name to full_name');
    }
  });
  it('has agreements where its desk begins, and a sign-in for officers', async () => {
    const { text } = await as('case-officer').get('/desk/sharing');
    expect(text).toContain('<a class="gh-header__council" href="/desk/sharing">');
    expect(text).toContain(`href="${SOURCES}"`);
    expect((await as('case-officer').request('/desk/sign-in')).headers['location']).toBe('/desk/sharing');
    expect((await app.visitor().get('/desk/sign-in')).text).toContain('action="/desk/sign-in/with/identity.demo-officers?');
  });
  it('begins at its address, for whoever has signed in and for whoever has not', async () => {
    expect((await app.visitor().get('/desk')).path).toBe('/desk/sign-in');
    expect(await as('case-officer').get('/desk')).toMatchObject({ status: 200, path: '/desk/sharing' });
  });
  it('says nothing in its privacy notice of accounts that nobody has', async () => {
    const { text } = await app.visitor().get('/privacy');
    expect(wordsOf(text)).toContain('Asking another public body');
    expect(text).not.toContain('Your account');
  });
  it('has no accounts for residents: none is offered, on its pages or to other bodies', async () => {
    expect((await app.visitor().get('/')).text).not.toContain('href="/sign-in');
    const { path, text } = await app.visitor().get('/account');
    expect([path, wordsOf(text)]).toEqual(['/sign-in?next=%2Faccount', expect.stringContaining('Residents do not have accounts on this website')]);
    expect(wordsOf((await app.visitor().get('/sign-in?lang=cy')).text)).toContain('Does gan breswylwyr ddim cyfrifon ar y wefan hon');
    expect((await app.visitor().request('/sharing/body')).json<{ waysToLink: readonly string[] }>().waysToLink).toEqual([]);
  });
});
