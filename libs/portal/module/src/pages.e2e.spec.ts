import type { Browser, Page } from 'playwright-core';
import { bytesTransferred, expectAccessible, openBrowser, openPage, startTestApp, takeScreenshot } from '@guildhall/kernel/testing';
import type { TestApp, Visitor } from '@guildhall/kernel/testing';
import { councils, taken } from '../test/councils';

let running: TestApp;
let browser: Browser;

beforeAll(async () => {
  running = await startTestApp({ councils });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await running?.close();
});

const officer = () => running.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', name: 'Ada Adviser', roles: ['team-manager'] });
const resident = () => running.residentVisitor('01990000-0000-7000-8000-0000000000a1');

async function opened(path: string, looking: Parameters<typeof openPage>[1] & { readonly as?: Visitor } = {}): Promise<Page> {
  const page = await openPage(browser, looking);
  if (looking.as) await page.context().addCookies([...looking.as.cookies]);
  await page.goto(running.origin() + path);
  return page;
}
async function asksFor(page: Page, postcode: string): Promise<void> {
  await page.locator('#postcode').fill(postcode);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}
const close = (page: Page): Promise<void> => page.context().close();

describe.each([[320, 'en'], [1280, 'en'], [320, 'cy'], [1280, 'cy']] as const)('at %i pixels, in %s', (width, language) => {
  let page: Page;
  beforeAll(async () => { page = await openPage(browser, { width }); });
  afterAll(() => close(page));

  it.each([
    ['home', '/', ''], ['services', '/services', ''], ['services-found', '/services?q=bin', ''], ['services-none', '/services?q=zebra', ''], ['services-subject', '/services?category=housing', ''],
    ['your-area', '/your-area', ''], ['your-area-error', '/your-area', 'nonsense'], ['your-area-found', '/your-area', 'ZZ99 9AD'],
    ['contact', '/contact', ''], ['cookies', '/cookies', ''], ['privacy', '/privacy', ''], ['accessibility', '/accessibility', ''], ['not-found', '/nothing-here', ''], ['fault', '/failing', ''],
  ])('%s can be used by everybody', async (name, path, postcode) => {
    await page.goto(`${running.origin()}${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
    if (postcode) await asksFor(page, postcode);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await page.locator('h1').count()).toBe(1);
    // Its look is judged in each, by its structure each width and each language once: Welsh is the longer, and has the less room.
    if ((width === 320) === (language === 'cy')) await expectAccessible(page);
    await takeScreenshot(page, `portal-${name}`);
  });

  it('the account and the desk can be used by everybody', async () => {
    const account = await opened(`/account?lang=${language}`, { width, as: await resident() });
    await expectAccessible(account);
    await takeScreenshot(account, 'portal-account');
    await close(account);
    const desk = await opened(`/desk?lang=${language}`, { width, as: await officer() });
    await expectAccessible(desk);
    await takeScreenshot(desk, 'portal-desk');
    await desk.keyboard.press('?');
    await expectAccessible(desk);
    await close(desk);
  });
});

describe('finding a service', () => {
  it('is one question on the home page, with JavaScript and without, by keyboard alone', async () => {
    for (const hasJavaScript of [true, false]) {
      const page = await opened('/', { hasJavaScript });
      for (let presses = 0; presses < 10 && (await page.evaluate('document.activeElement?.id')) !== 'q'; presses++) await page.keyboard.press('Tab');
      await page.keyboard.type('missed bni');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/services?q=missed*');
      expect(await page.locator('.gh-card a').first().innerText()).toBe('Missed bin');
      await close(page);
    }
  });
  it('begins with a link past the header', async () => {
    const page = await opened('/');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement?.id')).toBe('main-content');
    await close(page);
  });
  it('keeps its place when the language changes, and keeps the language afterwards', async () => {
    const page = await opened('/services?q=bin');
    await page.getByRole('link', { name: 'Cymraeg' }).click();
    expect(await page.locator('#q').inputValue()).toBe('bin');
    expect(await page.locator('h1').innerText()).toBe('Gwasanaethau ar gyfer “bin”');
    await page.goto(`${running.origin()}/contact`);
    expect(await page.locator('h1').innerText()).toBe('Cysylltu â ni');
    await close(page);
  });
});

describe('weight over the line', () => {
  it('a first visit is at most 60 kB, a later page at most 15 kB', async () => {
    const page = await openPage(browser);
    const first = await bytesTransferred(page, () => page.goto(running.origin()));
    expect(first).toBeGreaterThan(5_000);
    expect(first).toBeLessThan(60_000);
    for (const later of ['/services', '/accessibility', '/ask']) expect(await bytesTransferred(page, () => page.goto(running.origin() + later))).toBeLessThan(15_000);
    await close(page);
  });
});

describe('a question', () => {
  it('moves to what is wrong, counts what is left, and shows what a choice asks for', async () => {
    const page = await opened('/ask?lang=cy');
    expect(await page.locator('#revealed').isVisible()).toBe(false);
    await page.getByLabel('Taliadau').check();
    expect(await page.locator('#revealed').isVisible()).toBe(true);
    await page.locator('#more').fill('123456789012');
    await expect(page.locator('.govuk-character-count__status').innerText()).resolves.toBe('Mae gennych 2 nod yn ormod');
    await page.getByRole('button', { name: 'Parhau' }).click();
    await page.waitForLoadState();
    expect(await page.title()).toMatch(/^Gwall: /);
    expect(await page.evaluate('document.activeElement?.className')).toBe('govuk-error-summary');
    await page.locator('.govuk-error-summary a').click();
    expect(await page.evaluate('document.activeElement?.id')).toBe('kind');
    await close(page);
  });
  it('shows everything and can be sent without JavaScript', async () => {
    const page = await opened('/ask', { hasJavaScript: false });
    expect(await page.locator('#revealed').isVisible()).toBe(true);
    await page.locator('#kind').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForLoadState();
    expect(await page.title()).toMatch(/^Error: /);
    await close(page);
  });
  it('is sent once, however often the button is pressed, and can be sent again after going back', async () => {
    const page = await opened('/ask');
    const before = taken.length;
    const button = page.getByRole('button', { name: 'Continue' });
    await button.click({ clickCount: 4, delay: 10, noWaitAfter: true });
    await page.locator('#more').press('Control+Enter').catch(() => undefined);
    await page.locator('.govuk-error-summary').waitFor();
    expect(taken.length - before).toBe(1);
    await page.goBack();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.locator('.govuk-error-summary').waitFor();
    expect(taken.length - before).toBe(2);
    await close(page);
  });
});

describe('the desk', () => {
  it('lists its shortcuts under ?, obeys them, leaves typing alone, and can switch them off', async () => {
    const page = await opened('/desk', { as: await officer() });
    await page.keyboard.press('?');
    const rows = page.locator('dialog tbody tr');
    expect(await rows.allInnerTexts()).toEqual([expect.stringMatching(/^\/\s+Find a case/), expect.stringMatching(/^g w\s+Worklist/), expect.stringMatching(/^n\s+Settings/)]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement?.id')).toBe('desk-search');
    await page.keyboard.type('n?');
    expect(await page.locator('#desk-search').inputValue()).toBe('n?');
    expect(new URL(page.url()).pathname).toBe('/desk');
    await page.locator('h1').click();
    await page.keyboard.press('n');
    await page.waitForURL('**/desk/settings');
    await page.goBack();
    await page.keyboard.press('?');
    await page.locator('dialog input[type=checkbox]').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.waitForTimeout(200);
    expect(new URL(page.url()).pathname).toBe('/desk');
    await close(page);
  });
  it('shows the bar of actions when rows are chosen, and always without JavaScript', async () => {
    const visitor = await officer();
    const page = await opened('/desk', { as: visitor });
    const bar = page.locator('#bar');
    expect(await bar.isVisible()).toBe(false);
    await page.getByLabel('RB-7K3F-92QB').check();
    expect([await bar.isVisible(), await page.locator('[data-chosen-count]').innerText()]).toEqual([true, '1']);
    await page.locator('#all').check();
    expect(await page.locator('[data-chosen-count]').innerText()).toBe('3');
    await page.locator('#all').uncheck();
    expect(await bar.isVisible()).toBe(false);
    await close(page);
    const plain = await opened('/desk', { as: visitor, hasJavaScript: false });
    expect(await plain.locator('#bar').isVisible()).toBe(true);
    await close(plain);
  });
});
