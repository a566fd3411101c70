import { glanafon } from '@guildhall/app-glanafon';
import { configurationFile, type ConfigurationFile } from '@guildhall/configuration-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { expectAccessible, openBrowser, openPage, startTestApp, takeScreenshot, type PageWidth, type TestApp } from '@guildhall/kernel/testing';
import type { Browser, Page } from 'playwright-core';
import { developmentSystems, riverbourneWith } from './council.config';

const clock = new FixedClock();
let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  app = await startTestApp({ councils: [riverbourneWith(developmentSystems), glanafon], withCompanions: true, clock });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const OFFICER = { officerId: '01990000-0000-7000-8000-0000000000b7', name: 'Mair Manager', roles: ['team-manager'] };

/** Riverbourne's file, with another season. */
async function riverbournesFile(): Promise<ConfigurationFile> {
  const file = (await (await app.officerVisitor(OFFICER, 'riverbourne')).request('/desk/configuration/service-settings/garden-waste/file')).json<ConfigurationFile>();
  return configurationFile({ ...file, content: { settings: { ...(file.content as { settings: object }).settings, season: { en: 'from April to October', cy: 'o fis Ebrill i fis Hydref' } } } });
}

async function bringIn(page: Page, text: string): Promise<void> {
  await page.goto(`${app.origin('glanafon')}/desk/configuration/bring-in`);
  await page.locator('input[type=file]').setInputFiles({ name: 'garden-waste.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await page.locator('main form button').click();
}

/** An officer of Glanafon's on the form of something, of which nothing has been published. */
async function onTheForm(width: PageWidth, language: string, thing = 'service-settings/garden-waste', hasJavaScript = true): Promise<{ readonly page: Page; readonly looks: (name: string) => Promise<void> }> {
  await app.owner.query('delete from configuration.version');
  clock.advance(11);
  const page = await openPage(browser, { width, hasJavaScript });
  await page.context().addCookies((await app.officerVisitor(OFFICER, 'glanafon')).cookies.map((cookie) => ({ ...cookie, url: undefined })));
  await page.goto(`${app.origin('glanafon')}/desk/configuration/${thing}?lang=${language}`);
  await page.getByRole('button', { name: language === 'cy' ? 'Ei newid yma' : 'Change it here' }).click();
  return { page, looks: async (name) => { await expectAccessible(page); await takeScreenshot(page, `desk-configuration${name}`); } };
}

it.each([[320, 'cy'], [1280, 'en']] as const)('an officer brings in another council’s fees, is told when the file is no good, compares, publishes, and a resident reads them: at %d pixels, in %s', async (width, language) => {
  await app.owner.query('delete from configuration.version');
  clock.advance(11);
  const page = await openPage(browser, { width });
  await page.context().addCookies((await app.officerVisitor(OFFICER, 'glanafon')).cookies.map((cookie) => ({ ...cookie, url: undefined })));
  const looks = async (name: string): Promise<void> => {
    await expectAccessible(page);
    await takeScreenshot(page, `desk-configuration${name}`);
  };
  await page.goto(`${app.origin('glanafon')}/desk/configuration?lang=${language}`);
  await looks('');
  const file = await riverbournesFile();
  await bringIn(page, JSON.stringify({ ...file, id: 'allotments' }));
  await looks('-refused');
  await bringIn(page, JSON.stringify(file));
  expect(await page.locator('table tbody tr').count()).toBe(5);
  await looks('-compared');
  await page.getByRole('button', { name: language === 'cy' ? 'Cyhoeddi' : 'Publish' }).click();
  clock.advance(11);
  await page.goto(`${app.origin('glanafon')}/desk/configuration/service-settings/garden-waste`);
  await looks('-in-force');
  await page.goto(`${app.origin('glanafon')}/services/garden-waste`);
  expect(await page.locator('main').innerText()).toMatch(/£55\.00/);
}, 90_000);

it.each([[320, 'cy'], [1280, 'en']] as const)('an officer types a fee and words in both languages, is told beside the field what is no fee, sees what would change, publishes, and a resident reads the fee: at %d pixels, in %s', async (width, language) => {
  const { page, looks } = await onTheForm(width, language);
  await looks('-form');
  await page.locator('[name="value.yearlyFee"]').fill('a lot');
  await page.locator('[name="value.season.cy"]').fill('');
  await page.locator('main form button').click();
  expect(await page.locator('[name="value.yearlyFee"]').inputValue()).toBe('a lot');
  await looks('-form-refused');
  await page.locator('.govuk-error-summary a').first().click();
  await page.locator('[name="value.yearlyFee"]:focus').fill('46.50');
  await page.locator('[name="value.season.cy"]').fill('yn y gwanwyn');
  await page.locator('[name="value.season.en"]').fill('in spring');
  await page.locator('main form button').click();
  expect(await page.locator('table tbody tr').count()).toBe(3);
  await looks('-typed');
  await page.getByRole('button', { name: language === 'cy' ? 'Cyhoeddi' : 'Publish' }).click();
  clock.advance(11);
  await page.goto(`${app.origin('glanafon')}/services/garden-waste?lang=${language}`);
  expect(await page.locator('main').innerText()).toMatch(/£46\.50/);
}, 90_000);

it('the words of a kind of case are typed under its states and steps, in both languages beside each other', async () => {
  const { page, looks } = await onTheForm(1280, 'en', 'case-type/garden-waste.subscription');
  await looks('-form-of-cases');
  const [english, welsh] = await Promise.all(['en', 'cy'].map((one) => page.locator(`[name="value.states.ordered.title.${one}"]`).boundingBox()));
  expect(Math.abs((english?.y ?? 0) - (welsh?.y ?? 99))).toBeLessThan(2);
}, 90_000);

it('a fee is typed and published without JavaScript', async () => {
  const { page } = await onTheForm(320, 'en', 'service-settings/garden-waste', false);
  await page.locator('[name="value.yearlyFee"]').fill('44');
  await page.locator('main form button').click();
  await page.getByRole('button', { name: 'Publish' }).click();
  clock.advance(11);
  await page.goto(`${app.origin('glanafon')}/services/garden-waste`);
  expect(await page.locator('main').innerText()).toMatch(/£44\.00/);
}, 90_000);
