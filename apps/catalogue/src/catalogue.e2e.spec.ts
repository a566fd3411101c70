import { expectAccessible, openBrowser, openPage, startTestApp, takeScreenshot, type TestApp } from '@guildhall/kernel/testing';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { catalogueApp } from './catalogue-config';
import { report } from '../test/council-report';

const PARKING = '/catalogue/packages/@westmarch/parking-permits';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  app = await startTestApp({ councils: [catalogueApp(join(__dirname, '../catalogue.example.json'))], withCompanions: true, seed: true });
  while (await app.drainJobs());
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const at = (path: string): string => app.origin() + path;
async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await takeScreenshot(page, `catalogue-${name}`);
}
/** What a page in a browser has of its pictures. */
interface WithPictures { readonly document: { readonly images: Iterable<{ readonly complete: boolean; readonly naturalWidth: number }> } }
/** Pictures come when somebody scrolls to them. */
async function seePictures(page: Page): Promise<void> {
  for (const picture of await page.locator('img[loading="lazy"]').all()) await picture.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => [...(globalThis as unknown as WithPictures).document.images].every((one) => one.complete && one.naturalWidth > 0));
}
/** Somebody of the practice sign-in, by the teams that they have there. */
async function signedIn(width: 320 | 1280, who: { readonly id: number; readonly name: string; readonly roles: readonly string[]; readonly teams: readonly string[] }, hasJavaScript = true): Promise<Page> {
  const visitor = await app.officerVisitor({ officerId: `01990000-0000-7000-8000-0000000000b${who.id}`, name: who.name, roles: who.roles, teams: who.teams });
  const page = await openPage(browser, { width, hasJavaScript });
  await page.context().addCookies(visitor.cookies.map((cookie) => ({ name: cookie.name, value: cookie.value, url: app.origin().replace('http:', 'https:'), secure: true })));
  return page;
}
const RUTH = { id: 1, name: 'Ruth Marlow', roles: ['case-officer'], teams: ['waste'] };
const DANIEL = { id: 2, name: 'Daniel Osei', roles: ['case-officer'], teams: ['streets'] };
const HELEN = { id: 3, name: 'Helen Shaw', roles: ['team-manager', 'case-officer'], teams: ['contact-centre', 'streets', 'waste'] };

it('lists this workspace’s own packages as they are, and nothing that could not be proved', async () => {
  expect(app.log.lines.filter(({ event }) => event === 'catalogue.example-refused')).toEqual([]);
  const { rows: refused } = await app.owner.query<{ about: string; reasons: string[] }>(`select about, reasons from catalogue.submission where state <> 'listed' and kind <> 'publisher'`);
  expect(refused).toEqual([]);
  const { rows: [ours] } = await app.owner.query<{ count: string }>(`select count(*)::text as count from catalogue.package where publisher_id = 'guildhall'`);
  expect(Number(ours?.count)).toBeGreaterThan(50);
});

it('reads publiccode.yml, says in what it differs from package.json, and makes one of a package that brings none', async () => {
  const visitor = app.visitor();
  const [parking, post] = [(await visitor.get(PARKING)).text, (await visitor.get('/catalogue/packages/@heron-pike/pay-by-post')).text];
  for (const words of ['By a firm under contract', 'until Wednesday 31 March 2027', 'mailto:parking@westmarch.example', 'href="https://westmarch.example/parking"', 'mobility']) expect(parking).toContain(words);
  expect([parking, post].map((text) => text.includes('Its publiccode.yml says that the licence is “MIT”, and its package.json says “Apache-2.0”.'))).toEqual([false, true]);
  expect((await visitor.get('/catalogue/packages/@skelder/bin-day?lang=cy')).text).toContain('Lawrlwytho un a wnaed o’r hyn sy’n hysbys yma');
  const made = await visitor.get('/catalogue/packages/@skelder/bin-day/3.1.0/publiccode.yml');
  expect([made.status, made.text]).toEqual([200, expect.stringMatching(/^# Made by a catalogue[^]*\nname: "@skelder\/bin-day"\n[^]*license: EUPL-1\.2\n[^]*name: Skelder Systems\n/)]);
});

it('keeps the pictures of a package, encoded afresh, and shows them with words in both languages', async () => {
  const page = await openPage(browser, { width: 320 });
  await page.goto(at(`${PARKING}?lang=cy`));
  const picture = page.getByAltText('Yr un cwestiwn ar ffôn.');
  await seePictures(page);
  expect(await picture.evaluate((one) => [(one as { naturalWidth?: number }).naturalWidth, one.getBoundingClientRect().width <= 290])).toEqual([320, true]);
  const [, wide] = /src="([^"]+zone\.png)"/.exec(await page.content()) ?? [];
  await page.context().close();
  const file = await app.visitor().request(wide ?? '');
  expect([file.status, file.headers]).toEqual([200, expect.objectContaining({ 'content-type': 'image/webp', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" })]);
  expect((await app.visitor().request(`${PARKING}/1.1.0/pictures/none.png`)).status).toBe(404);
});

it('shows what whoever was assessed says against it, with their name, and hands out what they speak of', async () => {
  const visitor = app.visitor();
  const [of, all] = [(await visitor.get(PARKING)).text, (await visitor.get('/catalogue/assurance')).text];
  for (const text of [of, all]) expect(text.replaceAll(/\s+/g, ' ')).toContain('in a version that is being looked at. (signed by Westmarch Digital Partnership)');
  const [, file = ''] = /href="(\/catalogue\/assurance\/sha256[^"]+)"/.exec(of) ?? [];
  expect(JSON.parse((await visitor.get(file)).text)).toMatchObject({ payloadType: 'application/vnd.in-toto+json' });
});

/** Each width and each language once: Welsh is the longer, and has the less room. */
describe.each([[320, 'cy'], [1280, 'en']] as const)('what anybody sees at %i pixels, in %s', (width, language) => {
  it.each([
    ['home', '/'], ['browse', '/catalogue'], ['search', '/catalogue?q=permits'], ['filtered', '/catalogue?kind=provider&contract=payments.payment-provider'], ['nothing', '/catalogue?q=zeppelin'],
    ['package', PARKING], ['package-old', `${PARKING}/1.0.0`], ['package-failing', '/catalogue/packages/@heron-pike/pay-by-post'], ['package-ours', '/catalogue/packages/@guildhall/addresses-provider-local-gazetteer'], ['package-deprecated', '/catalogue/packages/@westmarch/garden-plots'],
    ['compare', '/catalogue/compare?of=@westmarch/parking-permits@1.1.0&of=@westmarch/parking-permits@1.2.0&of=@skelder/bin-day'], ['compare-ask', '/catalogue/compare'], ['fit', '/catalogue/fit'],
    ['publishers', '/catalogue/publishers'], ['publisher', '/catalogue/publishers/westmarch'], ['support', '/catalogue/support'], ['adopters', '/catalogue/adopters'], ['help', '/catalogue/help'], ['figures', '/catalogue/figures'], ['assurance', '/catalogue/assurance'], ['effort', '/catalogue/effort'],
  ])('%s', async (name, path) => {
    const page = await openPage(browser, { width });
    const answer = await page.goto(at(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`));
    expect(answer?.status()).toBe(200);
    await seePictures(page);
    await look(page, name);
    await page.context().close();
  });
});

describe.each([true, false])('a council looks for a module, with JavaScript: %s', (hasJavaScript) => {
  it('searches, opens it, compares it, and asks whether it fits', async () => {
    const page = await openPage(browser, { width: 320, hasJavaScript });
    await page.goto(at('/'));
    await page.fill('#q', 'parking permits');
    await page.press('#q', 'Enter');
    await page.waitForURL(/\/catalogue\?q=/);
    await page.getByRole('link', { name: '@westmarch/parking-permits' }).click();
    await page.waitForURL(/parking-permits$/);
    expect(await page.textContent('main')).toContain('Nobody comes to the counter for a permit any more.');
    await page.getByRole('link', { name: 'Compare with version 1.1.0' }).click();
    await page.waitForURL(/compare/);
    expect(await page.locator('tr.gh-catalogue__differs').count()).toBeGreaterThan(1);
    expect(await page.textContent('table')).toMatch(/\(westmarch\)/);
    await page.goto(at(PARKING));
    await page.getByRole('link', { name: 'Does it fit my council?' }).click();
    await page.waitForURL(/fit\?package=/);
    await page.fill('#report', 'not a report');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.waitForLoadState();
    expect(await page.title()).toMatch(/^Error: /);
    if (hasJavaScript) await look(page, 'fit-mistake');
    await page.setInputFiles('#file', { name: 'report.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(report())) });
    await page.getByRole('button', { name: 'Check' }).click();
    await page.waitForLoadState();
    const said = await page.textContent('main');
    expect(said).toContain('@westmarch/parking-permits 1.2.0 does not fit yet');
    expect(said).toContain('It needs the contract “payments” (^0.1.0), and nothing in this app provides it.');
    expect(said).toContain('It tells the wrong day after a bank holiday.');
    if (hasJavaScript) await look(page, 'fit-not');
    await page.context().close();
  });
});

it('says of everything at once what fits a council, and keeps nothing of what it was given', async () => {
  const page = await openPage(browser, { width: 1280 });
  await page.goto(at('/catalogue/fit'));
  await page.fill('#report', JSON.stringify({ ...report(), contracts: { payments: '0.1.0', cases: '0.1.0', services: '0.1.0', 'kernel-canary': '4711.0.0' } }));
  await page.getByRole('button', { name: 'Check' }).click();
  await page.waitForLoadState();
  expect(await page.textContent('main')).toContain('@heron-pike/allotment-plots');
  await look(page, 'fit-all');
  await page.context().close();
  const { rows: [{ kept } = { kept: 'none' }] } = await app.owner.query<{ kept: string }>(`select string_agg(t::text, '') as kept from (select to_jsonb(a) as t from kernel.audit a union all select to_jsonb(c) from catalogue.contribution c) x`);
  expect(`${kept}${JSON.stringify(app.log.lines)}`).not.toContain('4711.0.0');
});

describe.each([320, 1280] as const)('those who write, at %i pixels', (width) => {
  it('a supplier offers support, and everybody reads it', async () => {
    const page = await signedIn(width, RUTH, width === 1280);
    await page.goto(at(`/desk/catalogue/new/offer?package=@westmarch/parking-permits`));
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.waitForLoadState();
    expect(await page.title()).toMatch(/^Error: /);
    if (width === 1280) await look(page, 'desk-offer-mistake');
    await page.getByLabel('Installing').check();
    await page.fill('#text', `We bring your zones from paper to a map, ${width}.`);
    await page.fill('#price', '1,200');
    await page.getByLabel('Once').check();
    await page.fill('#answers', '2');
    await page.getByLabel('Welsh').check();
    await page.getByLabel('2 to 9').check();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.waitForURL(/result=added/);
    if (width === 1280) await look(page, 'desk-home');
    await page.goto(at(PARKING));
    expect(await page.textContent('main')).toContain(`We bring your zones from paper to a map, ${width}.`);
    await page.context().close();
  });

  it('a council says what it runs, and what came of it', async () => {
    const page = await signedIn(width, DANIEL);
    await page.goto(at(`/desk/catalogue/new/adoption?package=@heron-pike/allotment-plots`));
    await look(page, 'desk-adoption');
    await page.fill('#since', '2026-09');
    await page.getByLabel('Live').check();
    await page.fill('#benefit', 'People see their place on the list.');
    await page.fill('#steps', '3');
    await page.fill('#method', 'We counted the letters that we sent.');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.waitForURL(/result=added/);
    await page.goto(at('/catalogue/adopters'));
    expect(await page.textContent('main')).toContain('Riverbourne Borough Council');
    await page.context().close();
  });

  it('somebody of the catalogue lets a publisher in, after the keys were compared', async () => {
    const page = await signedIn(width, HELEN);
    await page.goto(at('/desk/catalogue/publishers'));
    if (width === 320) {
      expect(await page.textContent('main')).toContain('Brackenfield District Council');
      await look(page, 'desk-publishers');
      await page.getByRole('button', { name: /^Let in/ }).click();
      await page.waitForLoadState();
      expect(await page.textContent('.govuk-error-summary')).toContain('Compare the keys first');
      await page.getByLabel('I have compared the keys').check();
      await page.getByRole('button', { name: /^Let in/ }).click();
      await page.waitForURL(/result=let-in/);
      await page.goto(at('/catalogue/publishers/brackenfield'));
      expect(await page.textContent('h1')).toBe('Brackenfield District Council');
    }
    for (const [name, path] of [['desk-organisations', '/desk/catalogue/organisations'], ['desk-entries', '/desk/catalogue/entries'], ['desk-feeds', '/desk/catalogue/feeds']] as const) {
      await page.goto(at(path));
      await look(page, name);
    }
    await page.context().close();
  });
});

it('takes a release off the list with a reason that everybody reads, and its log keeps that it was listed', async () => {
  const page = await signedIn(320, HELEN);
  await page.goto(at('/desk/catalogue/remove'));
  await page.fill('#package', '@skelder/bin-day');
  await page.fill('#version', '3.1.0');
  await page.getByRole('button', { name: 'Take off the list' }).click();
  await page.waitForLoadState();
  expect(await page.textContent('.govuk-error-summary')).toContain('Say why');
  await look(page, 'desk-remove');
  await page.fill('#because', 'Its publisher does not answer any more.');
  await page.getByRole('button', { name: 'Take off the list' }).click();
  await page.waitForURL(/result=removed/);
  expect((await page.goto(at('/catalogue/packages/@skelder/bin-day/3.1.0')))?.status()).toBe(404);
  // What is left of it is the version before.
  expect((await page.goto(at('/catalogue/packages/@skelder/bin-day')))?.status()).toBe(200);
  expect(await page.textContent('main')).toContain('It tells the wrong day after a bank holiday.');
  await page.context().close();
  const feed = await app.visitor().request('/api/catalogue/v1/feed?from=0&limit=1000');
  const { items } = feed.json<{ items: { entry: { kind: string; about: string; version: string | null; because: string | null } }[] }>();
  expect(items.filter(({ entry }) => entry.about === '@skelder/bin-day').map(({ entry: { kind, version, because } }) => [kind, version, because])).toEqual(expect.arrayContaining([['release', '3.1.0', null], ['removed', '3.1.0', 'Its publisher does not answer any more.']]));
  const council = await app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b2', roles: ['case-officer'], teams: ['streets'] });
  for (const path of ['/desk/catalogue/remove', '/desk/catalogue/publishers', '/desk/catalogue/organisations', '/desk/catalogue/entries', '/desk/catalogue/feeds']) expect((await council.request(path)).status).toBe(403);
});

it('puts out a publisher who should not have been let in, which its page says in both languages, and finds what else can be taken off', async () => {
  const page = await signedIn(320, HELEN);
  for (const [what, name] of [['notices', 'desk-remove-notices'], ['assessments', 'desk-remove-assessments']] as const) {
    await page.goto(at(`/desk/catalogue/remove/${what}`));
    await look(page, name);
  }
  await page.goto(at('/desk/catalogue/remove'));
  await page.getByRole('link', { name: 'Put out a publisher' }).click();
  await page.fill('#q', 'Skelder Systems');
  await page.press('#q', 'Enter');
  await page.waitForURL(/q=Skelder/);
  await look(page, 'desk-remove-publishers');
  await page.locator('.gh-catalogue__result a').click();
  await page.waitForURL(/publishers\/skelder-systems/);
  await page.getByRole('button', { name: 'Put out' }).click();
  await page.waitForLoadState();
  expect(await page.textContent('.govuk-error-summary')).toContain('Say why');
  await look(page, 'desk-put-out-mistake');
  await page.fill('#because', 'It has sold its name to somebody whom nobody knows.');
  await page.getByRole('button', { name: 'Put out' }).click();
  await page.waitForURL(/result=put-out/);
  while (await app.drainJobs());
  await page.context().close();
  for (const [width, language] of [[320, 'cy'], [1280, 'en']] as const) {
    const reader = await openPage(browser, { width });
    expect((await reader.goto(at(`/catalogue/publishers/skelder-systems?lang=${language}`)))?.status()).toBe(410);
    expect(await reader.textContent('main')).toContain('It has sold its name to somebody whom nobody knows.');
    await look(reader, `publisher-put-out-${language}`);
    await reader.goto(at(`/catalogue/publishers?lang=${language}`));
    await look(reader, `publishers-put-out-${language}`);
    await reader.goto(at(`/catalogue?q=bin-day&lang=${language}`));
    expect(await reader.textContent('main')).not.toContain('@skelder/');
    await reader.context().close();
  }
});
