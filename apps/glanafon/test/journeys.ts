import { expectAccessible, openPage, takeScreenshot, type TestApp } from '@guildhall/kernel/testing';
import type { Browser, Page } from 'playwright-core';

const REFERENCE = /GL-[0-9A-Z]{4}-[0-9A-Z]{4}/;

/** Glanafon's app, however it is put together, and a browser. */
export interface RunningGlanafon { readonly app: TestApp; readonly browser: Browser }
/** With or without JavaScript. */
export type Way = readonly [how: string, hasJavaScript: boolean];
export const EVERY_WAY: readonly Way[] = [['with JavaScript', true], ['without JavaScript', false]];

/** Fills in the payment page, which is the provider's and not Glanafon's, and pays. */
export type PayAt = (page: Page, holder: string, pay: RegExp) => Promise<void>;

export async function leaves(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForEvent('load'), act()]);
}
export const presses = (page: Page, name: string | RegExp): Promise<void> => leaves(page, () => page.getByRole('button', { name }).first().click());
const words = (page: Page): Promise<string> => page.locator('main').innerText();

async function signsIn(glanafon: () => RunningGlanafon, page: Page, email: string): Promise<void> {
  await page.locator('#contact').fill(email);
  await presses(page, 'Anfonwch god ataf');
  await glanafon().app.drainJobs();
  const outbox = await page.context().newPage();
  await outbox.goto(`${glanafon().app.origin()}/outbox`);
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

/** What residents of Glanafon do, from end to end. Only the provider's own page differs by who takes the payments. */
export function glanafonJourneys(glanafon: () => RunningGlanafon, payAt: PayAt, ways: readonly Way[] = EVERY_WAY): void {
  describe.each(ways)('Glanafon, Welsh first, %s', (_how, hasJavaScript) => {
    it('asks its own question in garden waste, charges its own fee, and takes the payment at its own provider', async () => {
      const page = await openPage(glanafon().browser, { width: 320, hasJavaScript });
      await page.goto(`${glanafon().app.origin()}/services/garden-waste`);
      expect(await page.locator('html').getAttribute('lang')).toBe('cy');
      await takeScreenshot(page, 'glanafon-garden-waste');
      await presses(page, 'Dechrau nawr');
      await signsIn(glanafon, page, `nia-${String(hasJavaScript)}@post.example`);
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
      expect(new URL(page.url()).origin).not.toBe(glanafon().app.origin());
      expect(await page.locator('html').getAttribute('lang')).toBe('cy');
      if (hasJavaScript) await expectAccessible(page);
      await payAt(page, 'Nia Newydd', /Talu £30\.00/);
      await page.waitForURL('**/services/garden-waste/**');
      for (let tries = 0; tries < 40 && !page.url().includes('/done/'); tries++) {
        await glanafon().app.drainJobs();
        await page.waitForTimeout(250);
        await page.goto(page.url());
      }
      expect(await words(page)).toMatch(REFERENCE);
      await page.context().close();
    });

    it('has a service of its own, and none that it did not choose', async () => {
      const page = await openPage(glanafon().browser, { width: 320, hasJavaScript });
      await page.goto(`${glanafon().app.origin()}/services`);
      expect(await words(page)).toContain('Gofyn am randir');
      expect(await words(page)).not.toContain('Rhoi gwybod am broblem');
      expect((await page.goto(`${glanafon().app.origin()}/services/report-a-problem`))?.status()).toBe(404);
      await page.goto(`${glanafon().app.origin()}/services/allotments`);
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
}
