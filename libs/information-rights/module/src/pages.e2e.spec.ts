import type { Browser, Page } from 'playwright-core';
import { Sessions, type GuildhallRequest } from '@guildhall/kernel';
import type { OfficerId, PersonId } from '@guildhall/kernel-contract';
import { SeededIds } from '@guildhall/kernel-contract/testing';
import { expectAccessible, openBrowser, openPage, startTestApp, takeScreenshot, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { erased, town } from '../test/town';
import { informationRights } from './index';

const ids = new SeededIds(53);
let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  app = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [town(), informationRights()])] });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** Signs the browser in as the far end of a sign-in would. */
async function signIn(page: Page, as: (sessions: Sessions, request: GuildhallRequest) => Promise<unknown>): Promise<void> {
  const cookies: { name: string; value: string }[] = [];
  const reply = { setCookie: (name: string, value: string) => void cookies.push({ name, value }), clearCookie: () => undefined };
  await as(app.get(Sessions), { headers: { 'user-agent': 'test' }, guildhall: { ctx: app.context(), reply, startedAt: 0n } } as unknown as GuildhallRequest);
  await page.context().addCookies(cookies.map((cookie) => ({ ...cookie, url: app.origin().replace('http:', 'https:'), secure: true })));
}
const asResident = (page: Page): Promise<void> => signIn(page, (sessions, request) => sessions.signInResident(request, { personId: '01990000-0000-7000-8000-0000000000a1' as PersonId, confidence: 'low' }));
const asManager = (page: Page): Promise<void> => signIn(page, (sessions, request) => sessions.signInOfficer(request, { officerId: ids.uuid() as OfficerId, name: 'Sam Officer', roles: ['team-manager'], teams: [] }));

describe.each([320, 1280] as const)('pages of rights over one’s data at %i pixels', (width) => {
  it('can be used by keyboard and by a screen reader, in both languages: ask for a copy and for erasure, read, decide, see what becomes of each thing', async () => {
    await app.owner.query('delete from information_rights.request');
    erased.length = 0;
    const [resident, officer] = [await openPage(browser, { width }), await openPage(browser, { width })];
    await asResident(resident);
    await asManager(officer);
    const looks = async (page: Page, name: string): Promise<void> => {
      await expectAccessible(page);
      await takeScreenshot(page, name);
    };
    const press = async (page: Page, name: string): Promise<void> => {
      await page.getByRole('button', { name, exact: true }).first().focus();
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    };
    const at = (path: string): string => app.origin() + path;
    await resident.goto(at('/account/data'));
    await looks(resident, 'data-rights');
    await resident.goto(at('/account/data/ask/erasure?lang=cy'));
    await looks(resident, 'data-rights-ask-erasure');
    await press(resident, 'Gofyn am ddileu');
    const erasure = new URL(resident.url()).pathname;
    await resident.goto(at('/account/data/ask/access?lang=en'));
    await looks(resident, 'data-rights-ask-access');
    await press(resident, 'Ask for a copy');
    const copy = new URL(resident.url()).pathname;
    await app.drainJobs();

    await officer.goto(at('/desk/rights'));
    await looks(officer, 'desk-data-rights');
    await officer.goto(at(copy.replace('/account/data', '/desk/rights')));
    await looks(officer, 'desk-data-rights-read');
    await press(officer, 'Take two more months');
    await officer.waitForSelector('.govuk-error-summary');
    await looks(officer, 'desk-data-rights-mistake');
    await press(officer, 'Give the copy');
    await officer.goto(at(erasure.replace('/account/data', '/desk/rights')));
    await looks(officer, 'desk-data-rights-decide');
    await officer.getByRole('group', { name: /A librarian’s note/ }).getByLabel('Keep').check();
    await press(officer, 'Decide and carry out');
    await officer.waitForSelector('.govuk-error-summary');
    await officer.getByRole('link', { name: /Say why A librarian’s note is kept/ }).click();
    await officer.keyboard.type('It is part of a claim.');
    await press(officer, 'Decide and carry out');
    await app.drainJobs();
    await officer.reload();
    await looks(officer, 'desk-data-rights-erased');
    expect(erased).toEqual(['card']);

    await resident.goto(at(copy));
    await looks(resident, 'data-rights-copy-ready');
    await resident.goto(at(`${erasure}?lang=cy`));
    await looks(resident, 'data-rights-erased');
    const becomes = (thing: string): Promise<string | null> => resident.locator('.govuk-summary-list__row', { hasText: thing }).textContent();
    expect(await becomes('Cerdyn llyfrgell')).toContain('Wedi’i ddileu');
    expect(await becomes('Nodyn llyfrgellydd')).toContain('It is part of a claim.');
    await officer.goto(at('/desk/rights/people/01990000-0000-7000-8000-0000000000a1'));
    await looks(officer, 'desk-data-rights-ask');
    await officer.goto(at('/desk/records-of-processing'));
    await looks(officer, 'desk-records-of-processing');
  });
});
