import type { Browser, Page } from 'playwright-core';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { Sessions, type GuildhallRequest } from '@guildhall/kernel';
import { bytesTransferred, expectAccessible, openBrowser, openPage, takeScreenshot } from '@guildhall/kernel/testing';
import type { OfficerId } from '@guildhall/kernel-contract';
import type { OpenedCase } from '@guildhall/cases-contract';
import { personId, startCasesApp, type CasesApp } from './testing/cases-app';
import { moveCase, openCase } from './testing/opened-case';

const START = '2026-11-16T09:00:00Z';
const clock = new FixedClock(START);
const resident = personId('01990000-0000-7000-8000-0000000000c1');
const me = '01990000-0000-7000-8000-0000000000c2';
let app: CasesApp;
let browser: Browser;
let late: OpenedCase, asked: OpenedCase, fixed: OpenedCase, waiting: OpenedCase;

async function signIn(page: Page, as: 'resident' | 'officer'): Promise<void> {
  const cookies: { name: string; value: string }[] = [];
  const reply = { setCookie: (name: string, value: string) => void cookies.push({ name, value }), clearCookie: () => undefined };
  const request = { headers: { 'user-agent': 'test' }, guildhall: { ctx: app.context(), reply, startedAt: 0n } } as unknown as GuildhallRequest;
  if (as === 'resident') await app.get(Sessions).signInResident(request, { personId: resident, confidence: 'low' });
  else await app.get(Sessions).signInOfficer(request, { officerId: me as OfficerId, name: 'Sam Officer', roles: ['case-officer', 'team-manager'], teams: ['streets'] });
  await page.context().addCookies(cookies.map((cookie) => ({ ...cookie, url: app.origin().replace('http:', 'https:'), secure: true })));
}

async function desk(width: 320 | 1280, path: string, hasJavaScript = true): Promise<Page> {
  const page = await openPage(browser, { width, hasJavaScript });
  await signIn(page, 'officer');
  await page.goto(app.origin() + path);
  return page;
}

beforeAll(async () => {
  app = await startCasesApp({ clock });
  const owner = app.as({ kind: 'resident', personId: resident, confidence: 'low' });
  const officer = app.officer('Mair Morgan', ['case-officer', 'team-manager']);
  const [streets, lane] = [{ location: { lines: ['The Old Bridge, Market Street'], postcode: 'ZZ99 2CD', ward: { code: 'E05999002', name: 'Harbour' } } }, { summary: 'Pothole by the bus stop in Market Street' }];
  late = await openCase(app, { ...streets, ...lane });
  fixed = await openCase(app, {}, owner);
  await moveCase(app, officer, fixed.id, 'order');
  clock.advance(4 * 86_400);
  asked = await openCase(app, { openedFor: { contact: { name: 'Olwen Pugh', email: 'olwen@home.example' }, language: 'cy' } }, owner);
  waiting = await openCase(app, {}, owner);
  await moveCase(app, officer, fixed.id, 'fix');
  clock.advance(3 * 86_400);
  await moveCase(app, officer, waiting.id, 'ask', 'Which side of the road is it on?\nIs it near the junction?');
  await app.cases.note(officer, { caseId: late.id, text: 'Rang the contractor: they can come on Thursday.', idempotencyKey: app.newId() });
  await app.cases.tell(officer, { caseId: late.id, text: 'We are sorry that this takes longer than we said. An engineer will look at it on Thursday.', idempotencyKey: app.newId() });
  await app.cases.assign(officer, { caseId: late.id, assignee: { officerId: me, name: 'Sam Officer' }, idempotencyKey: app.newId() });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

describe.each([320, 1280] as const)('the officer’s pages at %i pixels', (width) => {
  it('the worklist, empty and full, and the search', async () => {
    const page = await desk(width, '/desk?view=all');
    await expectAccessible(page);
    await takeScreenshot(page, 'desk-worklist');
    await page.goto(`${app.origin()}/desk?view=all&type=kit.pothole&status=closed`);
    await expectAccessible(page);
    await takeScreenshot(page, 'desk-worklist-filtered');
    await page.goto(`${app.origin()}/desk?view=overdue&ward=E05999009`);
    await expectAccessible(page);
    await takeScreenshot(page, 'desk-worklist-empty');
    await page.goto(`${app.origin()}/desk/search`);
    await page.fill('#q', 'pugh');
    await page.press('#q', 'Enter');
    await page.waitForLoadState();
    await expectAccessible(page);
    await takeScreenshot(page, 'desk-search');
    await page.click('tbody th a');
    await page.goBack();
    expect([new URL(page.url()).pathname, await page.textContent('caption')]).toEqual(['/desk/search', expect.stringContaining('Cases for “pugh”')]);
    await page.context().close();
  });

  it('a case, with every form open, a mistake, and a step that asks for reasons', async () => {
    const page = await desk(width, `/desk/cases/${late.reference}`);
    await expectAccessible(page);
    await takeScreenshot(page, 'desk-case');
    while (await page.locator('main details:not([open]) > summary').count()) await page.locator('main details:not([open]) > summary').first().click();
    await expectAccessible(page);
    await page.locator('form[action$="/updates"] button[value="send"]').click();
    await page.waitForLoadState();
    expect(await page.title()).toMatch(/^Error: /);
    await expectAccessible(page);
    await takeScreenshot(page, 'desk-case-mistake');
    await page.click('header a[href="/desk"]');
    await page.goBack();
    expect(new URL(page.url()).pathname).toBe(`/desk/cases/${late.reference}`);
    await page.goto(`${app.origin()}/desk/cases/${asked.reference}/moves/refuse`);
    await page.fill('#reasons', 'Mae’r twll yn 2 cm o ddyfnder. Rydym yn trwsio tyllau o 4 cm ymlaen.');
    await page.locator('button[value="preview"]').click();
    expect(await page.textContent('#letter')).toContain('The letter as it will be sent');
    await expectAccessible(page);
    await takeScreenshot(page, 'desk-decision');
    await page.context().close();
  });

  it('two officers on one case: the second sees what the first did', async () => {
    const view = await openCase(app);
    const page = await desk(width, `/desk/cases/${view.reference}`);
    await page.locator('summary', { hasText: 'Write to the resident' }).click();
    await page.fill('#tell', 'Nobody has looked at it yet.');
    await moveCase(app, app.officer('Mair Morgan'), view.id, 'order');
    await page.locator('form[action$="/updates"] button[value="send"]').click();
    expect(await page.textContent('main')).toContain('Mair Morgan changed it.');
    expect(await page.inputValue('#tell')).toBe('Nobody has looked at it yet.');
    await expectAccessible(page);
    await takeScreenshot(page, 'desk-case-changed');
    await page.context().close();
  });
});

/** Each width and each language once: Welsh is the longer, and has the less room. */
describe.each([[320, 'cy'], [1280, 'en']] as const)('the resident’s pages at %i pixels, in %s', (width, language) => {
  it('the status of an open case, one that waits, a finished one, and one that is not theirs', async () => {
    const page = await openPage(browser, { width });
    for (const [name, view] of [['status', late], ['status-waiting', waiting], ['status-finished', fixed]] as const) {
      await page.goto(`${app.origin()}${view.statusPath}&lang=${language}`);
      await expectAccessible(page);
      await takeScreenshot(page, name);
    }
    await page.goto(`${app.origin()}/status/${late.reference}?lang=${language}`);
    await expectAccessible(page);
    await takeScreenshot(page, 'status-missing');
    await page.context().close();
  });

  it('all their cases', async () => {
    const page = await openPage(browser, { width });
    await signIn(page, 'resident');
    await page.goto(`${app.origin()}/account/cases?lang=${language}`);
    await expectAccessible(page);
    await takeScreenshot(page, 'my-cases');
    await page.context().close();
  });
});

describe('without JavaScript, and by keyboard', () => {
  it('an officer takes a case, notes, and moves it', async () => {
    const view = await openCase(app);
    const page = await desk(1280, `/desk/cases/${view.reference}`, false);
    await page.locator('summary', { hasText: 'internal note' }).click();
    await page.fill('#note', 'Without a script');
    await page.locator('form[action$="/notes"] button[value="send"]').click();
    await page.getByRole('button', { name: 'Order the repair' }).click();
    expect(await page.textContent('main')).toContain('Repair ordered');
    expect((await app.cases.timeline(app.officer(), { caseId: view.id })).items.map(({ kind }) => kind)).toEqual(['moved', 'note', 'opened']);
    await page.goto(`${app.origin()}/desk?view=unassigned`);
    await page.locator(`input[value="${view.id}:3"]`).check();
    await page.getByRole('button', { name: 'Give' }).click();
    expect(await page.textContent('main')).toContain('1 case was given to Sam Officer.');
    await page.context().close();
  });

  it('a resident says that it is not fixed', async () => {
    const view = await openCase(app);
    await moveCase(app, app.officer(), view.id, 'order');
    await moveCase(app, app.officer(), view.id, 'fix');
    const page = await openPage(browser, { width: 320, hasJavaScript: false });
    await page.goto(app.origin() + view.statusPath);
    await page.locator('summary', { hasText: 'It is not fixed' }).click();
    await page.fill('#words-not-fixed', 'It is as deep as before.');
    await page.locator('form[action*="not-fixed"] button').click();
    expect(await page.textContent('main')).toContain('Thank you. We have what you sent.');
    expect((await app.cases.find(app.officer(), { caseId: view.id }))?.state).toBe('reported');
    await page.context().close();
  });

  it('a resident changes the language and keeps what they were writing, also after a mistake', async () => {
    const view = await openCase(app);
    await moveCase(app, app.officer(), view.id, 'ask', 'Which side of the road is it on?');
    const page = await openPage(browser, { width: 320 });
    await page.goto(app.origin() + view.statusPath);
    await page.locator('form[action*="/moves/reply"] button.govuk-button').click();
    await page.waitForLoadState();
    expect(await page.title()).toMatch(/^Error: /);
    const [answer, more] = ['On the left, by “the” <old> mill\nand the bridge', 'It grows'];
    await page.fill('#words-reply', answer);
    await page.locator('summary', { hasText: 'Tell us more' }).click();
    await page.fill('#words', more);
    await page.getByRole('link', { name: 'Cymraeg', exact: true }).click();
    await page.waitForSelector('html[lang=cy]');
    expect([await page.inputValue('#words-reply'), await page.inputValue('#words'), await page.locator('#words').isVisible()]).toEqual([answer, more, true]);
    expect(new URL(page.url()).pathname).toBe(`/status/${view.reference}`);
    expect(page.url()).not.toMatch(/left|mill|grows/);
    await page.reload();
    expect(await page.inputValue('#words-reply')).toBe('');
    await page.context().close();
  });

  it('keys of the desk open what they name, and the bar for many cases appears when rows are chosen', async () => {
    const page = await desk(1280, `/desk/cases/${late.reference}`);
    await page.locator('body').press('n');
    expect(await page.locator('details[open] #note').count()).toBe(1);
    await page.goto(`${app.origin()}/desk?view=all`);
    expect(await page.locator('#bulk-bar').isHidden()).toBe(true);
    await page.locator('tbody input[type="checkbox"]').first().check();
    expect(await page.textContent('[data-chosen-count]')).toBe('1');
    await page.locator('body').press('2');
    await page.waitForURL(/view=team/);
    await page.context().close();
  });

  it('the status page weighs little, the first time and after', async () => {
    const page = await openPage(browser, { width: 320 });
    expect(await bytesTransferred(page, () => page.goto(app.origin() + late.statusPath, { waitUntil: 'networkidle' }))).toBeLessThan(60_000);
    expect(await bytesTransferred(page, () => page.goto(app.origin() + fixed.statusPath, { waitUntil: 'networkidle' }))).toBeLessThan(15_000);
    await page.context().close();
  });
});
