import type { Browser, Page } from 'playwright-core';
import { Database, Sessions, type GuildhallRequest } from '@guildhall/kernel';
import type { OfficerId } from '@guildhall/kernel-contract';
import { SeededIds } from '@guildhall/kernel-contract/testing';
import { expectAccessible, openBrowser, openPage, startTestApp, takeScreenshot, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { ReceivingEnd } from '@guildhall/subscriptions-contract/testing';
import { NO_SECRET, caseOpened, town } from '../test/council';
import { subscriptions } from './index';

const ids = new SeededIds(37);
const HOME = '/desk/subscriptions';
let receiver: ReceivingEnd;
let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  receiver = await ReceivingEnd.start({ secret: NO_SECRET });
  app = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [town(), subscriptions({ privateReceivers: [receiver.origin] })])] });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await receiver?.stop();
});

/** Signs the browser in as the far end of a sign-in would. */
async function signIn(page: Page): Promise<void> {
  const cookies: { name: string; value: string }[] = [];
  const reply = { setCookie: (name: string, value: string) => void cookies.push({ name, value }), clearCookie: () => undefined };
  await app.get(Sessions).signInOfficer({ headers: { 'user-agent': 'test' }, guildhall: { ctx: app.context(), reply, startedAt: 0n } } as unknown as GuildhallRequest, { officerId: ids.uuid() as OfficerId, name: 'Sam Officer', roles: ['team-manager'], teams: [] });
  await page.context().addCookies(cookies.map((cookie) => ({ ...cookie, url: app.origin().replace('http:', 'https:'), secure: true })));
}

describe.each([320, 1280] as const)('pages about other systems at %i pixels', (width) => {
  it('can be used by keyboard and by a screen reader: add a system, test it, see what was sent, change the secret, remove it', async () => {
    await app.owner.query('delete from subscriptions.subscription');
    const page = await openPage(browser, { width });
    await signIn(page);
    const looks = async (name: string): Promise<void> => {
      await expectAccessible(page);
      await takeScreenshot(page, `desk-other-systems-${name}`);
    };
    const press = async (name: string): Promise<void> => {
      await page.getByRole('button', { name, exact: true }).focus();
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    };
    await page.goto(app.origin() + HOME);
    await looks('none');
    await page.getByRole('link', { name: 'Tell another system' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForSelector('.govuk-error-summary');
    await looks('mistakes');
    await page.getByRole('link', { name: /Enter the address/ }).click();
    expect(await page.evaluate('document.activeElement.id')).toBe('url');
    await page.getByLabel('What do you call the system?').fill('Bin lorries');
    await page.getByLabel('To which address are messages sent?').fill(`${receiver.url}?a-rather-long-parameter-that-does-not-break-anywhere-by-itself=${'x'.repeat(60)}`);
    await page.getByLabel('A case has been opened.').check();
    await press('Save');
    await looks('added');
    const at = new URL(page.url()).pathname;
    await press('Show the secret');
    await looks('secret');
    receiver.knows((await page.locator('code').textContent()) ?? '');
    await page.goto(app.origin() + at);
    await press('Send a test');
    expect(await page.getByRole('alert').textContent()).toContain('The test arrived.');
    receiver.answersNext({ status: 410 });
    await caseOpened(app.get(Database), app.systemContext(), ids.uuid());
    await app.drainJobs();
    await page.goto(app.origin() + at);
    await looks('stopped');
    await page.goto(app.origin() + HOME);
    await looks('list');
    for (const [path, name] of [['/deliveries', 'deliveries'], ['/deliveries?state=dead', 'given-up'], ['/edit', 'change'], ['/new-secret', 'new-secret'], ['/replay', 'replay']] as const) {
      await page.goto(app.origin() + at + path);
      await looks(name);
    }
    await page.goto(`${app.origin()}${at}/deliveries`);
    await page.getByRole('link', { name: 'cases.case-opened' }).click();
    await page.waitForSelector('.gh-told');
    await looks('delivery');
    await page.goto(`${app.origin()}${HOME}/events`);
    await looks('catalogue');
    await page.goto(`${app.origin()}${at}/remove`);
    await looks('remove');
    await press('Remove');
    expect(new URL(page.url()).pathname).toBe(HOME);
  });
});
