import type { Browser, Page } from 'playwright-core';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { expectAccessible, openBrowser, openPage, startTestApp, takeScreenshot } from '@guildhall/kernel/testing';
import type { TestApp } from '@guildhall/kernel/testing';
import { Post, councils, emptied } from '../test/council';
import { SeedStaff } from './staff/seed-staff';

const MAIL = 'nia.new@post.example';
const clock = new FixedClock();
let running: TestApp;
let browser: Browser;

beforeAll(async () => {
  running = await startTestApp({ councils: councils(), clock, withCompanions: true });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await running?.close();
});
beforeEach(async () => {
  await emptied(running);
  await running.get(SeedStaff).seed(running.systemContext());
  clock.advance(3600);
});

async function looked(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await takeScreenshot(page, name);
}
async function open(page: Page, path: string): Promise<void> {
  await page.goto(running.origin() + path);
}
function pathOf(page: Page): string {
  return new URL(page.url()).pathname;
}

const WORDS = {
  en: { send: 'Send me a code', go: 'Continue', name: 'Full name', language: 'English', manage: 'Manage sign-in and devices', farEnd: 'Sign in as an invented person', as: 'Continue as Mair Evans', out: 'Sign out', again: 'Send another code', notYou: 'Not you? Sign out', save: 'Save' },
  cy: { send: 'Anfonwch god ataf', go: 'Parhau', name: 'Enw llawn', language: 'Cymraeg', manage: 'Rheoli mewngofnodi a dyfeisiau', farEnd: 'Mewngofnodi fel person dychmygol', as: 'Parhau fel Mair Evans', out: 'Allgofnodi', again: 'Anfon cod arall', notYou: 'Nid chi yw hwn? Allgofnodi', save: 'Cadw' },
} as const;

/** Each width and each language once: Welsh is the longer, and has the less room. */
describe.each([[320, 'cy'], [1280, 'en']] as const)('signing in at %i pixels, in %s', (width, language) => {
  const words = WORDS[language];

  it('more surely, on a computer where somebody else’s account is open: they read whose it is, and leave it for the same service', async () => {
    const page = await openPage(browser, { width });
    await open(page, `/sign-in?lang=${language}`);
    await page.locator('#contact').fill(MAIL);
    await page.getByRole('button', { name: words.send }).click();
    await page.waitForURL('**/sign-in/code/*');
    await page.locator('#code').fill(await running.get(Post).newestCode(MAIL));
    await page.getByRole('button', { name: words.go }).click();
    await page.waitForURL('**/sign-in/details?*');
    await open(page, '/sign-in?confidence=medium&next=/claim');
    expect(await page.locator('main').innerText()).toContain('n…@post.example');
    await looked(page, 'sign-in-surer');
    await page.getByRole('button', { name: words.notYou }).click();
    await page.waitForURL('**/sign-in?next=%2Fclaim&confidence=medium');
    expect(await page.locator('main').innerText()).not.toContain('post.example');
  });

  it('by a code: every page can be used by everybody, with its mistakes', async () => {
    const page = await openPage(browser, { width });
    await open(page, `/sign-in?next=/account/details&lang=${language}`);
    await looked(page, 'sign-in');
    await page.getByRole('button', { name: words.send }).click();
    await looked(page, 'sign-in-error');
    await page.locator('#contact').fill(MAIL);
    await page.getByRole('button', { name: words.send }).click();
    await page.waitForURL('**/sign-in/code/*');
    await looked(page, 'sign-in-code');
    await page.locator('#code').fill('000 000');
    await page.getByRole('button', { name: words.go }).click();
    await looked(page, 'sign-in-code-error');
    await page.getByRole('button', { name: words.again }).click();
    await page.waitForURL('**?again');
    await looked(page, 'sign-in-code-again');
    await page.locator('#code').fill(await running.get(Post).newestCode(MAIL));
    await page.getByRole('button', { name: words.go }).click();
    await page.waitForURL('**/sign-in/details?*');
    await looked(page, 'sign-in-details');
    await page.getByRole('button', { name: words.go }).click();
    await looked(page, 'sign-in-details-error');
    await page.getByLabel(words.name).fill('Nia New');
    await page.getByLabel(words.language).check();
    await page.getByRole('button', { name: words.go }).click();
    await page.waitForURL('**/account/details');
    await page.getByLabel(words.name).fill('Nia Newydd');
    await page.getByRole('button', { name: words.save }).click();
    await page.waitForURL('**?saved');
    await looked(page, 'account-details');
    await open(page, '/account/sign-in');
    await looked(page, 'account-sign-in');
    await open(page, '/sign-out');
    await looked(page, 'sign-out');
    await page.getByRole('button', { name: words.out }).click();
    await page.waitForURL('**/sign-out/done');
    await looked(page, 'signed-out');
  });

  it('at the development identity provider, and with a choice between two accounts', async () => {
    const page = await openPage(browser, { width });
    await open(page, `/sign-in?lang=${language}`);
    await page.getByRole('button', { name: words.farEnd }).click();
    await page.waitForURL('**/sign-in/*');
    expect(new URL(page.url()).origin).not.toBe(running.origin());
    await looked(page, 'development-sign-in');
    await page.locator('button[value=new]').click();
    await looked(page, 'development-sign-in-error');
    await page.getByRole('button', { name: words.as }).click();
    await page.waitForURL('**/account');

    const other = await openPage(browser, { width });
    await open(other, `/sign-in?lang=${language}`);
    await other.locator('#contact').fill('mair.evans@post.example');
    await other.getByRole('button', { name: words.send }).click();
    await other.locator('#code').fill(await running.get(Post).newestCode('mair.evans@post.example'));
    await other.getByRole('button', { name: words.go }).click();
    await other.waitForURL('**/sign-in/which/*');
    await looked(other, 'sign-in-which-account');
    await other.locator('input[value=join]').check();
    await other.getByRole('button', { name: words.go }).click();
    await looked(other, 'sign-in-join');
    await other.getByRole('button', { name: words.farEnd }).click();
    await other.getByRole('button', { name: words.as }).click();
    await other.waitForURL('**/account');
    await open(other, '/account/sign-in');
    await looked(other, 'account-sign-in-two-ways');
    expect((await running.owner.query('select from identity.person')).rows).toHaveLength(1);

    await open(other, '/claim');
    await looked(other, 'claim');
    await open(other, `/sign-in/return/identity.demo-residents?state=unknown`);
    const stranger = await openPage(browser, { width });
    await open(stranger, `/sign-in/return/identity.demo-residents?state=unknown&lang=${language}`);
    await looked(stranger, 'sign-in-failed');
    await open(stranger, `/claim`);
    await looked(stranger, 'claim-signed-out');
  });
});

describe('without a script', () => {
  it('a resident signs in with the keyboard alone', async () => {
    const page = await openPage(browser, { width: 320, hasJavaScript: false });
    await open(page, '/sign-in');
    await page.locator('#contact').focus();
    await page.keyboard.type(MAIL);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-in/code/*');
    await page.locator('#code').focus();
    await page.keyboard.type(await running.get(Post).newestCode(MAIL));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-in/details?*');
    expect((await page.context().cookies()).filter(({ name }) => name === '__Host-session')).toEqual([expect.objectContaining({ httpOnly: true, secure: true, sameSite: 'Lax' })]);
  });

  it('an officer signs in at the far end and is let go again', async () => {
    const page = await openPage(browser, { hasJavaScript: false });
    await open(page, '/desk/sign-in');
    await page.getByRole('button', { name: 'Sign in as an invented officer' }).click();
    await page.getByRole('button', { name: 'Continue as Gwen Parry' }).click();
    await page.waitForURL('**/desk/sign-in');
    await open(page, '/sign-out');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/session/end?*');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-out/done*');
    expect(pathOf(page)).toBe('/sign-out/done');
    expect((await running.owner.query(`select from kernel.session where kind = 'officer'`)).rows).toEqual([]);
  });
});

it('the desk’s sign-in can be used by everybody', async () => {
  for (const width of [320, 1280] as const) {
    const page = await openPage(browser, { width });
    await open(page, '/desk/sign-in');
    await looked(page, 'desk-sign-in');
    await open(page, '/desk/sign-in/return/identity.demo-officers?state=unknown');
    await looked(page, 'desk-sign-in-failed');
  }
});

describe.each([320, 1280] as const)('credentials of other systems at %i pixels', (width) => {
  it('can be given, renewed and ended by keyboard and by a screen reader', async () => {
    const page = await openPage(browser, { width });
    const press = async (name: string): Promise<void> => {
      await page.getByRole('button', { name, exact: true }).focus();
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    };
    await open(page, '/desk/sign-in?next=/desk/credentials');
    await page.getByRole('button', { name: 'Sign in as an invented officer' }).click();
    await page.getByRole('button', { name: 'Continue as Helen Shaw' }).click();
    await page.waitForURL('**/desk/credentials');
    await looked(page, 'desk-credentials-none');
    await page.getByRole('link', { name: 'Give a system a credential' }).click();
    await press('Make the credential');
    await looked(page, 'desk-credential-mistakes');
    await page.getByRole('link', { name: /Enter its name in the records/ }).click();
    expect(await page.evaluate('document.activeElement.id')).toBe('clientId');
    await page.getByLabel('What is the system?').fill('Parking permits');
    await page.getByLabel('Its name in the records').fill('parking-permits');
    await page.getByLabel('Manage the credentials of other systems').check();
    await page.getByLabel('90 days').check();
    await press('Make the credential');
    await looked(page, 'desk-credential-secret');
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.waitForURL('**/desk/credentials/parking-permits');
    await looked(page, 'desk-credential');
    await page.getByRole('button', { name: 'Make a new secret' }).click();
    await looked(page, 'desk-credential-renew');
    await page.getByLabel('1 year').check();
    await press('Make a new secret');
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByRole('button', { name: 'End it' }).click();
    await looked(page, 'desk-credential-end');
    await press('End the credential');
    expect(await page.getByRole('alert').textContent()).toContain('The credential is ended');
    await looked(page, 'desk-credential-ended');
    await page.getByRole('link', { name: 'Back to credentials' }).click();
    await looked(page, 'desk-credentials');
  });
});
