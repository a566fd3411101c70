import { openBrowser, startTestApp, takeScreenshot, type TestApp } from '@guildhall/kernel/testing';
import type { Browser } from 'playwright-core';
import { glanafonJourneys, presses } from '../test/journeys';
import { glanafon } from './council.config';

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

glanafonJourneys(() => ({ app, browser }), async (page, holder, pay) => {
  await takeScreenshot(page, 'glanafon-checkout');
  await page.locator('#card').fill('4242424242424242');
  await page.locator('#month').fill('12');
  await page.locator('#year').fill(String((new Date().getUTCFullYear() + 2) % 100));
  await page.locator('#holder').fill(holder);
  await page.locator('#cvc').fill('123');
  await presses(page, pay);
});
