import { openBrowser, openPage, expectAccessible, startTestApp, takeScreenshot, type TestApp } from '@guildhall/kernel/testing';
import type { Browser, Page } from 'playwright-core';
import { glanafon } from './council.config';

const REFERENCE = /GL-[0-9A-Z]{4}-[0-9A-Z]{4}/;
let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  app = await startTestApp({ councils: [glanafon], withCompanions: true, seed: true });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

async function leaves(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForEvent('load'), act()]);
}
const presses = (page: Page, name: string | RegExp): Promise<void> => leaves(page, () => page.getByRole('button', { name }).first().click());
const words = (page: Page): Promise<string> => page.locator('main').innerText();

async function signsIn(page: Page, email: string): Promise<void> {
  await page.locator('#contact').fill(email);
  await presses(page, 'Anfonwch god ataf');
  await app.drainJobs();
  const outbox = await page.context().newPage();
  await outbox.goto(`${app.origin()}/outbox`);
  await outbox.locator('#to').fill(email);
  await leaves(outbox, () => outbox.keyboard.press('Enter'));
  await outbox.locator('main a[href^="/outbox/"]').first().click();
  const code = /\b\d{6}\b/.exec(await outbox.locator('main').innerText())?.[0] ?? '';
  await outbox.close();
  await page.locator('#code').fill(code);
  await presses(page, 'Parhau');
  await page.getByLabel('Enw llawn').fill('Nia Newydd');
  await page.getByLabel('Cymraeg').check();
  await presses(page, 'Parhau');
}

describe.each([['with JavaScript', true], ['without JavaScript', false]] as const)('Glanafon, Welsh first, %s', (_how, hasJavaScript) => {
  it('asks its own question in garden waste, charges its own fee, and takes the payment at its own provider', async () => {
    const page = await openPage(browser, { width: 320, hasJavaScript });
    await page.goto(`${app.origin()}/services/garden-waste`);
    expect(await page.locator('html').getAttribute('lang')).toBe('cy');
    await takeScreenshot(page, 'glanafon-garden-waste');
    await presses(page, 'Dechrau nawr');
    await signsIn(page, `nia-${String(hasJavaScript)}@post.example`);
    await page.locator('#property-find').fill('ZZ99 6AA');
    await presses(page, 'Chwilio');
    await page.locator('input[name=property-choice][value^="uprn:"]').first().check();
    await presses(page, 'Parhau');
    expect(await page.locator('h1').innerText()).toBe('A oes giât dan glo rhwng y ffordd a’ch biniau?');
    await takeScreenshot(page, 'glanafon-gate');
    if (hasJavaScript) await expectAccessible(page);
    await page.getByLabel('Oes', { exact: true }).check();
    await presses(page, 'Parhau');
    await page.locator('#numberOfBins').fill('1');
    await presses(page, 'Parhau');
    await page.locator('input[name=getsCouncilTaxReduction][value=yes]').check();
    await presses(page, 'Parhau');
    expect(await words(page)).toContain('£30.00');
    expect(await words(page)).toContain('Giât dan glo');
    await takeScreenshot(page, 'glanafon-check-answers');
    await page.locator('input[name=agreesToTerms]').check();
    await presses(page, /£30\.00/);
    expect(new URL(page.url()).origin).not.toBe(app.origin());
    expect(await page.locator('html').getAttribute('lang')).toBe('cy');
    await takeScreenshot(page, 'glanafon-checkout');
    if (hasJavaScript) await expectAccessible(page);
    await page.locator('#card').fill('4242424242424242');
    await page.locator('#month').fill('12');
    await page.locator('#year').fill(String((new Date().getUTCFullYear() + 2) % 100));
    await page.locator('#holder').fill('Nia Newydd');
    await page.locator('#cvc').fill('123');
    await presses(page, /Talu £30\.00/);
    await page.waitForURL('**/services/garden-waste/**');
    for (let tries = 0; tries < 40 && !page.url().includes('/done/'); tries++) {
      await app.drainJobs();
      await page.waitForTimeout(250);
      await page.goto(page.url());
    }
    expect(await words(page)).toMatch(REFERENCE);
    await page.context().close();
  });

  it('has a service of its own, and none that it did not choose', async () => {
    const page = await openPage(browser, { width: 320, hasJavaScript });
    await page.goto(`${app.origin()}/services`);
    expect(await words(page)).toContain('Gofyn am randir');
    expect(await words(page)).not.toContain('Rhoi gwybod am broblem');
    expect((await page.goto(`${app.origin()}/services/report-a-problem`))?.status()).toBe(404);
    await page.goto(`${app.origin()}/services/allotments`);
    await presses(page, 'Dechrau nawr');
    await page.getByLabel('Pen-y-bryn').check();
    await presses(page, 'Parhau');
    await page.locator('input[name=size][value=raised]').check();
    await presses(page, 'Parhau');
    await page.locator('#home-find').fill('ZZ99 6AA');
    await presses(page, 'Chwilio');
    await page.locator('input[name=home-choice][value^="uprn:"]').first().check();
    await presses(page, 'Parhau');
    await page.locator('#name').fill('Nia Newydd');
    await page.locator('#email').fill('nia@post.example');
    await presses(page, 'Parhau');
    await takeScreenshot(page, 'glanafon-allotment');
    await presses(page, 'Anfon');
    expect(await words(page)).toMatch(REFERENCE);
    expect(await words(page)).toContain('Rydych ar y rhestr.');
    await page.context().close();
  });
});
