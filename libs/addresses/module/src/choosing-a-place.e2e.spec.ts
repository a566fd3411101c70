import type { Browser, Page } from 'playwright-core';
import { distanceInMetres, parsePoint } from '@guildhall/addresses-contract';
import type { Point } from '@guildhall/addresses-contract';
import { expectAccessible, openBrowser, openPage, startTestApp, takeScreenshot, testCouncilDefinition } from '@guildhall/kernel/testing';
import type { TestApp } from '@guildhall/kernel/testing';
import { localGazetteer, riverbourne } from '@guildhall/addresses-provider-local-gazetteer';
import { journeyWithMap } from '../test/journey-with-map';
import { addresses } from './index';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  app = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [addresses({ providers: [localGazetteer({ dataset: riverbourne })] }), journeyWithMap()])] });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const point = async (page: Page): Promise<Point | undefined> => parsePoint(await page.locator('input[name="where-point"]').inputValue());
const centre = riverbourne.open().gazetteer.centre;

describe.each([[1280, true], [1280, false], [320, true], [320, false]] as const)('choosing a place on a map, %i pixels wide, JavaScript %s', (width, hasJavaScript) => {
  it('by pointing: the mark comes to lie where the finger was', async () => {
    const page = await openPage(browser, { width, hasJavaScript });
    await page.goto(`${app.origin()}/where`);
    const picture = page.locator('input[type="image"]:visible');
    expect(await picture.count()).toBe(1);
    const box = await picture.boundingBox();
    expect(Math.round(box?.width ?? 0)).toBe(width === 320 ? 288 : 512);
    await page.locator('#details').fill('by the tree');
    await picture.click({ position: { x: (box?.width ?? 0) / 2, y: (box?.height ?? 0) / 2 } });
    expect(distanceInMetres((await point(page)) as Point, centre)).toBeLessThan(2);
    // The page comes back at the map, and keeps what was written.
    expect(new URL(page.url()).hash).toBe('#where-map');
    expect(await page.locator('#details').inputValue()).toBe('by the tree');
    await page.getByRole('button', { name: 'Zoom in' }).click();
    expect(distanceInMetres((await point(page)) as Point, centre)).toBeLessThan(2);
    if (hasJavaScript) {
      await expectAccessible(page);
      await takeScreenshot(page, 'map-picker');
    }
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(distanceInMetres(parsePoint((await page.locator('#answer').textContent()) ?? '') as Point, centre)).toBeLessThan(2);
    await page.context().close();
  });

  it('by keyboard alone: move the map, mark its middle, press Enter in a field to send', async () => {
    const page = await openPage(browser, { width, hasJavaScript });
    await page.goto(`${app.origin()}/where`);
    await page.getByRole('button', { name: 'Move the map north' }).press('Enter');
    await page.getByRole('button', { name: 'Mark the middle of the map' }).press('Enter');
    const marked = (await point(page)) as Point;
    expect(marked.latitude).toBeGreaterThan(centre.latitude + 0.002);
    await page.locator('#details').fill('x');
    await page.locator('#details').press('Enter');
    expect(distanceInMetres(parsePoint((await page.locator('#answer').textContent()) ?? '') as Point, marked)).toBeLessThan(1);
    await page.context().close();
  });
});

describe('where the device is', () => {
  it('is asked for only when the button is pressed, and marked', async () => {
    const page = await openPage(browser, { width: 320 });
    await page.context().grantPermissions(['geolocation'], { origin: app.origin() });
    await page.context().setGeolocation({ latitude: centre.latitude + 0.004, longitude: centre.longitude - 0.003 });
    await page.goto(`${app.origin()}/where`);
    expect(await page.locator('input[name="where-here"]').inputValue()).toBe('');
    await page.getByRole('button', { name: 'Use where I am' }).click();
    await page.waitForURL('**/where#where-map');
    expect(distanceInMetres((await point(page)) as Point, { latitude: centre.latitude + 0.004, longitude: centre.longitude - 0.003 })).toBeLessThan(1);
    await page.context().close();
  });
  it('says what to do instead when the device does not tell', async () => {
    const page = await openPage(browser);
    await page.goto(`${app.origin()}/where`);
    await page.getByRole('button', { name: 'Use where I am' }).click();
    await page.getByRole('status').getByText('Your device did not tell us').waitFor();
    await page.context().close();
  });
  it('is not offered without JavaScript', async () => {
    const page = await openPage(browser, { hasJavaScript: false });
    await page.goto(`${app.origin()}/where`);
    expect(await page.getByRole('button', { name: 'Use where I am' }).count()).toBe(0);
    await page.context().close();
  });
});
