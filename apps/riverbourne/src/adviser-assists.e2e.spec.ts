import { glanafon } from '@guildhall/app-glanafon';
import { openBrowser, startTestApp, type TestApp } from '@guildhall/kernel/testing';
import type { Browser } from 'playwright-core';
import { newMessage, outboxOf, payByCard, type Town } from '../test/journeys';
import { Person } from '../test/person';
import { SCRIPTS, Visit } from '../test/visit';
import { riverbourne } from './council.config';

const REFERENCE = /RB-[0-9A-Z]{4}-[0-9A-Z]{4}/;
const SIGN_IN_CODE = /\b\d{6}\b/;
let app: TestApp;
let browser: Browser;
let town: Town;

beforeAll(async () => {
  app = await startTestApp({ councils: [riverbourne, glanafon], withCompanions: true, seed: true });
  town = { home: app.origin(), work: () => app.drainJobs() };
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** The adviser at the list of services, on a screen of the contact centre's. */
async function adviser(hasJavaScript: boolean): Promise<Visit> {
  const visit = await Visit.open(browser, { hasJavaScript });
  await visit.go(`${app.origin()}/desk`);
  await visit.press('Sign in as an invented officer');
  await visit.press('Continue as Gwen Parry');
  expect(visit.path).toBe('/desk/assist');
  return visit;
}

/** Keeps what is answered and shows the questions that it opens. With JavaScript that happens by itself; the button does it too. */
async function update(visit: Visit): Promise<void> {
  await visit.press(visit.page.locator('button[name=action][value=update]'));
}

async function callerIs(visit: Visit, { name, phone }: { readonly name: string; readonly phone: string }): Promise<void> {
  const { page } = visit;
  await page.locator('#assistedName').fill(name);
  await page.locator('#assistedPhone').fill(phone);
  await page.locator('input[name=assistedAuthority][value=caller-for-themselves]').check();
  await page.locator('input[name=assistedChecks]').first().check();
}

/** Signs in by a text message and claims what was done by telephone. */
async function claims(hasJavaScript: boolean, phone: string, message: string): Promise<Visit> {
  const visit = await Visit.open(browser, { hasJavaScript, width: 320 });
  const claimCode = /enter the code ([A-Z0-9]{4}-[A-Z0-9]{4})/.exec(message)?.[1] ?? '';
  expect(claimCode).not.toBe('');
  await visit.go(`${app.origin()}/claim`);
  await visit.press(visit.page.locator('main a[href^="/sign-in"]'));
  const before = await outboxOf(town, phone);
  await visit.page.locator('#contact').fill(phone);
  await visit.press('Send me a code');
  await visit.page.locator('#code').fill(SIGN_IN_CODE.exec(await newMessage(town, phone, before, SIGN_IN_CODE))?.[0] ?? '');
  await visit.press('Continue');
  if (visit.path === '/sign-in/details') {
    await visit.page.getByLabel('Full name').fill('Ira Ling');
    await visit.page.getByLabel('English').check();
    await visit.press('Continue');
  }
  expect(visit.path).toBe('/claim');
  await visit.picture('claim');
  await visit.page.locator('#code').fill(claimCode);
  await visit.press(visit.page.locator('main form button'));
  expect(await visit.heading()).toBe('It is in your account');
  await app.drainJobs();
  await visit.go(`${app.origin()}/account`);
  return visit;
}

describe.each(SCRIPTS)('an adviser %s', (_how, hasJavaScript) => {
  const last = hasJavaScript ? 1 : 2;

  it('reports a pothole for a caller on one screen, and the caller finds it in their account', async () => {
    const phone = `07700 90081${last}`;
    const visit = await adviser(hasJavaScript);
    await visit.follow('Report a problem');
    const { page } = visit;
    await page.locator('input[name=problem][value=pothole]').check();
    await update(visit);
    await page.locator('input[name=isDangerous][value=no]').check();
    await page.locator('#place-described').fill('By the bridge, on the side of the mill');
    await page.locator('input[name=potholeSize][value=small]').check();
    await page.locator('input[name=potholeSurface][value=road]').check();
    await page.locator('input[name=updates][value=no]').check();
    await callerIs(visit, { name: 'Ira Ling', phone });
    await visit.picture('desk-assist');
    await visit.press('Send for the caller');
    expect(await visit.heading()).toContain('Sent for the caller');
    const reference = REFERENCE.exec(await visit.words())?.[0] ?? '';
    await app.drainJobs();
    await visit.go(visit.page.url());
    await visit.picture('desk-assist-sent');
    const message = await newMessage(town, phone, [], new RegExp(reference));
    const resident = await claims(hasJavaScript, phone, message);
    expect(await resident.words()).toContain(reference);
    await resident.close();

    // The case says who helped, and on what authority.
    const officer = await Visit.open(browser, { hasJavaScript });
    await officer.go(`${app.origin()}/desk/cases/${reference}`);
    await officer.press('Sign in as an invented officer');
    await officer.press('Continue as Helen Shaw');
    expect(await officer.words()).toMatch(/Helped by: Gwen Parry, on the authority: The caller, for themselves/);
    expect(await officer.words()).toContain('Telephone');
    await officer.close();
    await visit.close();
  });

  it('orders garden waste for a caller, who pays by the link that they get', async () => {
    const phone = `07700 90082${last}`;
    const visit = await adviser(hasJavaScript);
    await visit.follow('Garden waste collection');
    const { page } = visit;
    await page.locator('#property-find').fill('ZZ99 1AA');
    await visit.press(page.locator('button[name=property-action][value=find]'));
    await page.locator('input[name=property-choice][value^="uprn:"]').first().check();
    await page.locator('#numberOfBins').fill('1');
    await page.locator('input[name=getsCouncilTaxReduction][value=yes]').check();
    await update(visit);
    expect(await visit.words()).toContain('£40.00');
    await page.locator('input[name=agreesToTerms]').check();
    await callerIs(visit, { name: 'Ira Ling', phone });
    await visit.press('Send for the caller');
    expect(await visit.words()).toContain('The caller pays £40.00 by the link that we send them now.');
    const reference = REFERENCE.exec(await visit.words())?.[0] ?? '';
    const message = await newMessage(town, phone, [], /http/);
    const link = /https?:\/\/[^\s]+/.exec(message)?.[0] ?? '';
    const payer = new Person(town.home);
    await payer.open(link.slice(town.home.length));
    await payer.send({}, /£40\.00/);
    await payByCard(payer);
    expect(payer.text).toContain('£40.00');
    await app.drainJobs();
    expect((await app.owner.query<{ paid: number }>(`select count(*)::int as paid from payments.payment where state = 'succeeded' and reference = $1`, [reference])).rows).toEqual([{ paid: 1 }]);
    await visit.close();
  });
});
