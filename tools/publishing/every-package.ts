import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { startTestDatabase, type TestDatabase } from '../../libs/kernel/embedded-database/src/testing/index';
import { openPage } from '../../libs/kernel/module/src/testing/browser';
import { publishedPackages } from '../reports/packages.mjs';
import { orders, paysAtGovUkPay, signsInAsInvented } from './orders';
import { run, type OutsideWorld, type Serving } from './outside-world';
import { WalksSite } from './walks-site';

const TEN_MINUTES = 600_000;
const published = (publishedPackages() as unknown as readonly { readonly manifest: { readonly name: string; readonly bin?: Readonly<Record<string, string>>; readonly guildhall: { readonly kind: string } } }[]).map(({ manifest }) => manifest);
const ours = published.map(({ name }) => name);
/** What is a command, and no part of a council's app. `npm create` runs its own, see the third council. */
const commands = published.flatMap(({ name, bin = {}, guildhall }) => (guildhall.kind === 'tool' ? Object.keys(bin).map((command) => [command, name] as const) : [])).filter(([command]) => command !== 'create-guildhall');

/** All that we publish, in councils away from this repository: installed, compiled, started, and every kind of page met by its links. */
export function walksEveryPackage(world: () => OutsideWorld, council: () => string): void {
  describe('every package that is published', () => {
    /** Of which packages something ran. */
    const ran = new Set(['create-guildhall']);
    let register: TestDatabase;
    let aldermoor: Serving;
    let reference = '';
    let westmarchPort: number;
    beforeAll(async () => {
      westmarchPort = await world().port();
      register = await household();
    });
    afterAll(async () => { await register.drop(); });

    it('is installed beside what the third council has, and the configurations of two more councils compile', () => {
      run('npm', ['install', ...ours.filter((name) => name.startsWith('@')), '--prefer-offline', '--loglevel=error'], council());
      cpSync(path.join(__dirname, 'councils'), path.join(council(), 'src'), { recursive: true });
      world().compile(council());
    }, TEN_MINUTES);

    it.each(commands)('%s runs as a command of the installed %s, and says how it is used', (command, name) => {
      expect(run(path.join(council(), 'node_modules/.bin', command), ['--help'], council())).toContain('Usage');
      ran.add(name);
    });

    it('guildhall doctor, as a command, reads of each package that is installed which it is', () => {
      const { stdout } = spawnSync(path.join(council(), 'node_modules/.bin/guildhall'), ['doctor', '--json', '--without-app', '--offline'], { cwd: council(), encoding: 'utf8' });
      const report = JSON.parse(stdout) as { readonly packages: readonly { readonly name: string }[] };
      expect(report.packages.map(({ name }) => name)).toEqual(expect.arrayContaining(ours.filter((name) => name.startsWith('@'))));
    }, TEN_MINUTES);

    it('Aldermoor, which has every module and every provider, starts, and the far ends beside it show themselves', async () => {
      aldermoor = await world().start(council(), { main: 'aldermoor', data: '.aldermoor', settings: { WESTMARCH_ORIGIN: `http://localhost:${westmarchPort}`, PACKAGES: world().registry.url.replace(/\/$/, ''), REGISTER_FOLDER: careRegister(world().folder), REGISTER_DATABASE: register.appUrl } });
      // These have nothing to show to whoever does not come from a council.
      const pages = [...aldermoor.said().matchAll(/^ {2}(?!Development sign-in|Sandbox payments)\S.*\n {4}(http:\S+)$/gm)].map(([, page]) => page ?? '');
      expect(pages.length).toBeGreaterThanOrEqual(15);
      const page = await openPage(world().browser);
      for (const far of pages) expect([far, (await page.goto(far))?.status(), await page.locator('h1').count()]).toEqual([far, 200, 1]);
      await page.context().close();
    }, TEN_MINUTES);

    it.each([['en', '/'], ['cy', '/?lang=cy']] as const)('everybody’s pages there are whole, in %s', async (language, home) => {
      const page = await openPage(world().browser);
      await expectWhole(page, aldermoor, language, [home], ['/accessibility', '/catalogue', '/privacy', '/services/garden-waste/address', '/services/report-a-problem/problem', '/sharing/register', '/sign-in']);
    }, TEN_MINUTES);

    it('a resident orders and pays there, and the pages of their account are whole', async () => {
      const page = await openPage(world().browser);
      await orders(page, aldermoor.origin, { signsIn: signsInAsInvented, street: '3 High Street, Riverbourne, ZZ99 1AA', amount: '£60.00' });
      await paysAtGovUkPay(page, '£60.00');
      await page.waitForURL(`${aldermoor.origin}/**`);
      reference = /AL-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await page.locator('main').innerText())?.[0] ?? '';
      expect(reference).not.toBe('');
      await expectWhole(page, aldermoor, 'en', ['/account'], ['/account/data', '/account/information']);
    }, TEN_MINUTES);

    it('the pages of an officer’s desk are whole, and so are those of that order', async () => {
      const page = await atTheDesk(world(), aldermoor);
      await expectWhole(page, aldermoor, 'en', ['/desk', `/desk/cases/${reference}`], ['assist', 'back-office', 'cases/…', 'catalogue/entries', 'configuration', 'connections', 'counter', 'credentials/new', 'ledger', 'messages', 'reconciliation', 'records-of-processing', 'rights', 'sharing/sources/rows', 'subscriptions/new'].map((below) => `/desk/${below}`));
    }, TEN_MINUTES);

    it('Westmarch, whose payments Aldermoor takes by a credential that an officer makes, starts; its pages are whole, and somebody orders and pays', async () => {
      const credential = await credentialFor(await atTheDesk(world(), aldermoor), aldermoor);
      const westmarch = await world().start(council(), { main: 'westmarch', data: '.westmarch', port: westmarchPort, settings: { PAYMENTS_ORIGIN: aldermoor.origin, PAYMENTS_CREDENTIAL: credential, PAYMENTS_PAGES: aldermoor.farEnds.join(',') } });
      await expectWhole(await openPage(world().browser), westmarch, 'cy', ['/'], ['/services/garden-waste']);
      const page = await openPage(world().browser);
      await page.goto(`${westmarch.origin}/?lang=en`);
      await orders(page, westmarch.origin, { signsIn: signsInAsInvented, postcode: 'ZZ99 6AA', amount: '£42.00' });
      await paysAtGovUkPay(page, '£42.00');
      await page.waitForURL(`${westmarch.origin}/**`);
      expect(await page.locator('main').innerText()).toMatch(/WM-[0-9A-Z]{4}-[0-9A-Z]{4}/);
      await stopped(westmarch, ran, council());
      await stopped(aldermoor, ran, council());
    }, TEN_MINUTES);

    it('none of them was left out: something of each ran in one of these councils, or as a command', () => {
      expect(ours.filter((name) => !ran.has(name))).toEqual([]);
    });
  });
}

/** Walks all pages that can be met by links from these. */
async function expectWhole(page: Page, { origin }: Serving, language: string, from: readonly string[], meets: readonly string[]): Promise<void> {
  const walk = new WalksSite(page, origin, language, from.includes('/desk'));
  await walk.from(...from);
  expect(walk.wrong).toEqual([]);
  expect(walk.kinds).toEqual(expect.arrayContaining([...meets]));
  await page.context().close();
}

async function atTheDesk({ browser }: OutsideWorld, { origin }: Serving): Promise<Page> {
  const page = await openPage(browser);
  await page.goto(`${origin}/desk`);
  await page.getByRole('button', { name: 'Sign in as an invented officer' }).click();
  await page.getByRole('button', { name: 'Continue as Helen Shaw' }).click();
  await page.waitForURL(`${origin}/desk**`);
  return page;
}

/** What an officer makes for another council's app. */
async function credentialFor(page: Page, { origin }: Serving): Promise<string> {
  await page.goto(`${origin}/desk/credentials/new`);
  await page.locator('#title').fill('Westmarch Council');
  await page.locator('#clientId').fill('westmarch');
  for (const permission of ['payments.view', 'payments.take', 'payments.refund']) await page.locator(`input[name=permissions][value="${permission}"]`).check();
  await page.locator('input[name=lasts]').first().check();
  await page.getByRole('button', { name: 'Make the credential' }).click();
  const credential = await page.locator('main code').first().innerText();
  await page.context().close();
  return credential;
}

/** Stops an app: nothing went wrong in it, all of it was installed there, and it is known which packages it had. */
async function stopped(app: Serving, ran: Set<string>, council: string): Promise<void> {
  await app.stop();
  expect(app.said().split('\n').filter((line) => line.includes('"level":50'))).toEqual([]);
  const files = app.loaded().filter((file) => !file.endsWith('loaded-files.cjs'));
  expect(files.filter((file) => !file.startsWith(council))).toEqual([]);
  for (const file of files) {
    const [, name] = /\/node_modules\/(@guildhall\/[^/]+)\//.exec(file) ?? [];
    if (name !== undefined) ran.add(name);
  }
}

/** A back office's database, with one invented household. */
async function household(): Promise<TestDatabase> {
  const database = await startTestDatabase();
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  await owner.query(`create table household (id text primary key, alone text not null); insert into household values ('H-1', 'Y'); grant select on household to public`);
  await owner.end();
  return database;
}

/** A back office's folder, with one night's file. */
function careRegister(at: string): string {
  const folder = path.join(at, 'care-register');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'care-20261130.csv'), 'id,care\nC-1,Y\n');
  return folder;
}
