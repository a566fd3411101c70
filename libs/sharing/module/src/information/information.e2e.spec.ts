import type { Browser, Page } from 'playwright-core';
import { expectAccessible, expectNoSidewaysScrolling, openBrowser, openPage, takeScreenshot, type PageWidth } from '@guildhall/kernel/testing';
import { accountPage } from '../../test/account-page';
import { KIM, askAboutKim, linkKim } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { Peers } from '../knowing/peers';

let two: TwoBodies;
let browser: Browser;
beforeAll(async () => {
  two = await startTwoBodies({}, { alsoInstalled: [accountPage()] });
  await linkKim(two);
  browser = await openBrowser();
  // One line of each kind: not asked, never heard; the rest come by pressing.
  await askAboutKim(two);
});
afterAll(async () => {
  await browser?.close();
  await two?.close();
});
beforeEach(() => two.clock.advance(60));

/** A page of Kim's, at Riverbourne unless told. */
async function kimsPage(width: PageWidth, { hasJavaScript = true, personId = KIM.riverbourne as string, at = RECEIVER } = {}): Promise<Page> {
  const page = await openPage(browser, { width, hasJavaScript });
  await page.context().addCookies([...(await two.app.residentVisitor(personId, at)).cookies]);
  return page;
}

/** Asks where nobody answers. */
async function askInVain(): Promise<void> {
  const peers = two.app.get(Peers);
  const known = await peers.find(two.receiver, HOLDER);
  await peers.pin(two.receiver, { body: { ...two.bodies.holder, endpoint: 'http://127.0.0.1:1/sharing' } });
  await askAboutKim(two);
  await peers.pin(two.receiver, { body: two.bodies.holder, running: known?.running, assessments: known?.assessments ?? [] });
  two.clock.advance(61);
}

/** Welsh on a small screen, and English on a large one: the other two look the same. */
const isLookedAt = (width: PageWidth) => ([language]: readonly [string, ...(readonly string[])]): boolean => (language === 'cy') === (width === 320);

describe.each([320, 1280] as const)('your information at %i pixels', (width) => {
  it.each(([['en', 'Allow', 'Stop', 'Allowed', 'Stopped', 'See the proof', 'Stop this', 'We asked and never heard.'], ['cy', 'Caniatáu', 'Stopio', 'Caniatawyd', 'Stopiwyd', 'Gweld y prawf', 'Stopio hyn', 'Gofynasom ac ni chlywsom erioed.']] as const).filter(isLookedAt(width)))('from the account to a switch and back, and to a proof, in %s', async (language, allow, stop, allowed, stopped, proof, stopThis, unheard) => {
    const page = await kimsPage(width);
    await page.goto(`${two.app.origin(RECEIVER)}/account?lang=${language}`);
    await expectAccessible(page);
    await page.locator('main a[href$="/agreements/garden-waste-concession"]').click();
    await expectAccessible(page);
    await takeScreenshot(page, 'information-agreement');
    await page.getByRole('button', { name: allow }).click();
    await page.getByRole('heading', { level: 1, name: allowed }).waitFor();
    await expectAccessible(page);
    await takeScreenshot(page, 'information-receipt-allowed');
    expect(await askAboutKim(two)).toMatchObject({ ok: true });
    await askInVain();
    await page.goto(`${two.app.origin(RECEIVER)}/account/information`);
    await expectAccessible(page);
    await takeScreenshot(page, 'information');
    await page.getByText(unheard).first().waitFor();
    await page.getByRole('link', { name: proof }).nth(1).click();
    await page.waitForURL('**/entries/*');
    await expectAccessible(page);
    await takeScreenshot(page, 'information-proof');
    await page.goBack();
    await page.getByRole('link', { name: stopThis }).first().click();
    await page.getByRole('button', { name: stop }).click();
    await page.getByRole('heading', { level: 1, name: stopped }).waitFor();
    await expectAccessible(page);
    await takeScreenshot(page, 'information-receipt-stopped');
  });

  it.each(([['en', 'What we hold', 'It is wrong', 'You said that this is wrong'], ['cy', 'Yr hyn sydd gennym', 'Mae’n anghywir', 'Dywedasoch fod hyn yn anghywir']] as const).filter(isLookedAt(width)))('from what is held to saying that it is wrong, in %s', async (language, held, wrong, said) => {
    // Each time somebody else, who has said nothing yet.
    const personId = `01990000-0000-7000-8000-0000000${width === 320 ? '3' : '1'}${language === 'en' ? '1' : '2'}e00`;
    two.people.kept.set(personId, two.people.kept.get(KIM.aldermoor) ?? []);
    const page = await kimsPage(width, { personId, at: HOLDER });
    await page.goto(`${two.app.origin(HOLDER)}/account/information?lang=${language}`);
    await page.getByRole('heading', { name: held }).waitFor();
    await expectAccessible(page);
    await takeScreenshot(page, 'information-held');
    await page.getByRole('link', { name: wrong }).first().click();
    await expectAccessible(page);
    await takeScreenshot(page, 'information-wrong');
    await page.getByRole('button', { name: wrong }).click();
    await page.getByRole('heading', { level: 1, name: said }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link').filter({ hasText: language === 'en' ? 'Back to your information' : 'Yn ôl i’ch gwybodaeth' }).click();
    await expectAccessible(page);
    await takeScreenshot(page, 'information-disputed');
  });

  it('by telephone: an adviser reads the words and presses', async () => {
    const page = await openPage(browser, { width });
    await page.context().addCookies([...(await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['adviser'] }, RECEIVER)).cookies]);
    await page.goto(`${two.app.origin(RECEIVER)}/desk/information/people/${KIM.riverbourne}?lang=en`);
    await expectAccessible(page);
    await takeScreenshot(page, 'desk-information');
    await page.getByRole('link', { name: 'Stop or allow' }).click();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('The caller, for themselves').check();
    await page.getByLabel('We called back').check();
    await takeScreenshot(page, 'desk-information-agreement');
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('heading', { level: 1, name: 'Allowed' }).waitFor();
    await expectAccessible(page);
    await takeScreenshot(page, 'desk-information-receipt');
    await page.getByRole('link', { name: 'Stop or allow' }).click();
    await page.getByLabel('The caller, for themselves').check();
    two.clock.advance(1);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('heading', { level: 1, name: 'Stopped' }).waitFor();
    await page.goto(`${two.app.origin(RECEIVER)}/desk/information/people/${KIM.riverbourne}/wrong/address.current`);
    await expectAccessible(page);
    await takeScreenshot(page, 'desk-information-wrong');
    await page.goto(`${two.app.origin(RECEIVER)}/desk/information/people/${KIM.riverbourne}#linked`);
    await page.getByRole('link', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Remove the link' }).click();
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    await expectAccessible(page);
    await takeScreenshot(page, 'desk-information-unlink');
    await page.getByLabel('The caller, for themselves').check();
    await page.getByRole('button', { name: 'Remove the link' }).click();
    await page.getByText('Your record here is linked with none').waitFor();
    await two.app.drainJobs();
    await linkKim(two);
  });

  it('is all done without JavaScript', async () => {
    const page = await kimsPage(width, { hasJavaScript: false });
    await page.goto(`${two.app.origin(RECEIVER)}/account?lang=en`);
    await page.getByRole('link', { name: 'See who looked' }).click();
    for (const [press, title] of [['Allow', 'Allowed'], ['Stop', 'Stopped']] as const) {
      two.clock.advance(1);
      await page.getByRole('button', { name: press }).click();
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await expectNoSidewaysScrolling(page);
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download the receipt' }).click()]);
      expect(file.suggestedFilename()).toMatch(/^RI-[0-9A-Z]{4}-[0-9A-Z]{4}\.json$/);
    }
  });
});
