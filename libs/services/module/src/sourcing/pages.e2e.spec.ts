import type { Service } from '@guildhall/services-contract';
import { expectAccessible, expectNoSidewaysScrolling, openBrowser, openPage, takeScreenshot } from '@guildhall/kernel/testing';
import type { Browser } from 'playwright-core';
import { startServicesApp, type ServicesApp } from '../../test/council';
import { hedgehogAid } from '../../test/hedgehog-aid';
import { TellsAnswers, tellsAnswers } from '../../test/tells-answers';

let running: ServicesApp;
let browser: Browser;
const source = new TellsAnswers();
beforeAll(async () => {
  running = await startServicesApp({ alsoInstalled: [tellsAnswers(source)], more: [hedgehogAid as Service] });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await running?.app.close();
});

describe('a question whose answer somebody else may have', () => {
  it.each([[320, 'cy', 'Ei gael gan Sir Aldermoor', 'Defnyddio hwn', 'Mae’n anghywir'], [1280, 'en', 'Get it from Aldermoor County', 'Use this', 'It’s wrong']] as const)('is offered, got and used by the keyboard at %i pixels, in %s', async (width, language, get, use, wrong) => {
    source.reset();
    source.known.set('address.current', { lines: ['12 High Street', 'Little Testing'], postcode: 'ZZ99 9AA', uprn: '990000900012' });
    source.known.set('hedgehogs.member', true);
    const page = await openPage(browser, { width });
    await page.context().addCookies([...(await running.app.residentVisitor(`01990000-0000-7000-8000-0000000${width === 320 ? '00320' : '01280'}`)).cookies]);
    const looksRight = async (name: string): Promise<void> => {
      await expectAccessible(page);
      await expectNoSidewaysScrolling(page);
      await takeScreenshot(page, name);
    };
    await page.goto(`${running.app.origin()}/services/hedgehog-aid/home?lang=${language}`);
    await looksRight('sourced-offer');
    await page.getByRole('button', { name: get }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: use }).waitFor();
    await looksRight('sourced-told');
    await page.getByRole('button', { name: use }).focus();
    await page.keyboard.press('Enter');
    await page.locator('#note').fill('A roof');
    await looksRight('sourced-offer-beside');
    // Enter in a field beside it asks nobody: the offer has a button of its own.
    await page.locator('#note').press('Enter');
    await page.locator('.govuk-error-summary').waitFor();
    expect(source.asked).toBe(1);
    await looksRight('sourced-offer-missing');
    await page.getByRole('button', { name: get }).click();
    await page.getByRole('button', { name: wrong }).waitFor();
    expect(await page.locator('#note').inputValue()).toBe('A roof');
    await looksRight('sourced-told-beside');
    source.mode = 'unreachable';
    await page.getByRole('button', { name: wrong }).click();
    await page.locator('input[name=isMember]').first().waitFor();
    await looksRight('sourced-typing');
  });
});
