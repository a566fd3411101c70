import { glanafon } from '@guildhall/app-glanafon';
import { photoWithPlace } from '@guildhall/documents-contract/testing';
import { openBrowser, startTestApp, type TestApp } from '@guildhall/kernel/testing';
import type { Browser } from 'playwright-core';
import { buyGardenWaste, newMessage, reportAProblem, signInByCode, type Confirmation, type Town } from '../test/journeys';
import { Person } from '../test/person';
import { SCRIPTS, Visit } from '../test/visit';
import { riverbourne } from './council.config';

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

/** Signs an invented officer in at the development identity provider. */
async function officer(name: string, hasJavaScript: boolean, width: 320 | 1280 = 1280): Promise<Visit> {
  const visit = await Visit.open(browser, { hasJavaScript, width });
  await visit.go(`${app.origin()}/desk`);
  expect(visit.path).toBe('/desk/sign-in');
  await visit.press('Sign in as an invented officer');
  await visit.press(`Continue as ${name}`);
  expect(visit.path).toBe('/desk');
  return visit;
}

async function pothole(number: number): Promise<Confirmation> {
  const reported = await reportAProblem(new Person(town.home), 'pothole', {
    photos: [{ name: 'hole.jpg', type: 'image/jpeg', bytes: photoWithPlace }], contact: { name: `Olwen Quillfeather${number}`, phone: `07700 90071${number}` }, description: `Hole number ${number}`,
  });
  await app.drainJobs();
  return reported;
}

describe.each(SCRIPTS)('a case officer %s', (_how, hasJavaScript) => {
  const number = hasJavaScript ? 1 : 2;

  it('finds a case, takes it, notes, writes to the resident, moves it, and the resident sees the public part at once', async () => {
    const reported = await pothole(number);
    const visit = await officer('Daniel Osei', hasJavaScript);
    for (const view of ['My team', 'Unassigned', 'Overdue', 'Mine']) await visit.follow(new RegExp(`^${view} \\(`));
    await visit.follow(/^All \(/);
    await visit.picture('desk-worklist');
    await visit.unfold('Filter');
    await visit.page.locator('#type').selectOption({ label: 'Pothole' });
    await visit.press('Show');
    const kinds = await visit.page.locator('tbody td .govuk-hint').allInnerTexts();
    expect(new Set(kinds)).toEqual(new Set(['Pothole']));
    await visit.follow('Opened');
    expect(new URL(visit.page.url()).searchParams.get('sort')).toBe('newest');
    expect(await visit.page.locator('tbody th a').first().innerText()).toBe(reported.reference);

    for (const words of [reported.reference, `quillfeather${number}`, `0770090071${number}`, 'High Street Riverbourne']) {
      await visit.go(`${app.origin()}/desk/search`);
      await visit.page.locator('main #q').fill(words);
      await visit.press(visit.page.locator('main').getByRole('button', { name: 'Find' }));
      expect(await visit.words()).toContain(reported.reference);
    }
    await visit.follow(reported.reference);
    for (const there of ['What happened', 'Photos and files', 'Coordinates', 'Due in', 'Garden waste round: ', `Olwen Quillfeather${number}`]) expect(await visit.words()).toContain(there);
    expect(await visit.page.locator('.gh-case-photos img').evaluate((picture: { naturalWidth: number }) => picture.naturalWidth)).toBeGreaterThan(0);
    await visit.picture('desk-case');

    await visit.press('Take this case');
    expect(await visit.words()).toContain('The case is with Daniel Osei now.');
    await visit.unfold('Write an internal note');
    await visit.page.locator('#note').fill('Measured it: 60 mm deep.');
    await visit.press('Keep the note');
    await visit.unfold('Write to the resident');
    await visit.page.locator('#standard-tell').selectOption({ label: 'Repair planned' });
    await visit.press(visit.page.locator('form[action$="/updates"] button[value=insert]'));
    expect(await visit.page.locator('#tell').inputValue()).toContain('We have planned the repair.');
    await visit.press('Send the message');
    await visit.press('Order the repair');
    expect(await visit.words()).toContain('Repair planned');

    const resident = await Visit.open(browser, { hasJavaScript, width: 320 });
    await resident.go(`${app.origin()}${reported.statusPath ?? ''}`);
    const seen = await resident.words();
    for (const there of ['We have ordered the repair of the pothole', 'We have planned the repair.']) expect(seen).toContain(there);
    for (const hidden of ['60 mm', 'Daniel Osei']) expect(seen).not.toContain(hidden);
    await resident.picture('status');
    expect(await newMessage(town, `07700 90071${number}`, [], /there is a message about/)).toContain(reported.reference);
    await resident.close();
    await visit.close();
  });

  it('is told when somebody else was quicker, and nothing is overwritten', async () => {
    const { reference } = await pothole(number + 2);
    const [first, second] = [await officer('Daniel Osei', hasJavaScript), await officer('Helen Shaw', hasJavaScript)];
    for (const visit of [first, second]) await visit.go(`${app.origin()}/desk/cases/${reference}`);
    await first.press('Start looking at it');
    await second.unfold('Write to the resident');
    await second.page.locator('#tell').fill('Nobody has looked at it yet.');
    await second.press('Send the message');
    expect(await second.words()).toContain('Daniel Osei changed it.');
    expect(await second.page.locator('#tell').inputValue()).toBe('Nobody has looked at it yet.');
    await first.close();
    await second.close();
  });

  it('whose sign-in ended while they wrote has their words again, signs in, and is back at the case', async () => {
    const { reference } = await pothole(number + 4);
    const visit = await officer('Daniel Osei', hasJavaScript);
    await visit.go(`${app.origin()}/desk/cases/${reference}`);
    await visit.unfold('Write an internal note');
    const words = 'Rang the contractor: they come on Tuesday,\nwith a second crew.';
    await visit.page.locator('#note').fill(words);
    await visit.page.context().clearCookies({ name: '__Host-session' });
    await visit.press('Keep the note');
    expect(await visit.heading()).toBe('Sign in first');
    expect((await visit.page.getByLabel('What you wrote').inputValue()).replaceAll('\r\n', '\n')).toBe(words);
    await visit.picture('words-kept');
    await visit.press(visit.page.locator('main').getByRole('button', { name: 'Sign in' }));
    await visit.press('Sign in as an invented officer');
    await visit.press('Continue as Daniel Osei');
    expect(visit.path).toBe(`/desk/cases/${reference}`);
    await visit.close();
  });

  it('changes how somebody hears from us, from their case and back to it, and they find it in their account', async () => {
    const buyer = new Person(town.home);
    await signInByCode(town, buyer, `rings-${String(hasJavaScript)}@post.example`, { name: 'Non Ferndale' });
    const bought = await buyGardenWaste(buyer);
    await app.drainJobs();
    const visit = await officer('Daniel Osei', hasJavaScript);
    await visit.go(`${app.origin()}/desk/cases/${bought.reference}`);
    await visit.follow('Change how they hear from us');
    expect(await visit.heading()).toBe('How Non Ferndale hears from us');
    await visit.page.getByLabel('Text message').check();
    await visit.page.getByLabel('No, do not send them news').check();
    await visit.press('Save');
    expect(await visit.page.title()).toMatch(/^Error: /);
    await visit.page.getByLabel('The caller, for themselves').check();
    await visit.press('Save');
    expect(await visit.words()).toContain('Saved. We will contact them as they asked.');
    await visit.picture('desk-choices');
    await visit.follow('Back');
    expect(visit.path).toBe(`/desk/cases/${bought.reference}`);
    expect(await visit.words()).toMatch(/First by Text message News Stopped/);
    await visit.close();

    await buyer.open('/account/messages/choices');
    expect(buyer.page.html).toMatch(/value="sms" checked[\s\S]*value="stop" checked/);
  });

  it('as a manager gives a case to somebody, declines a paid order with reasons, and the money goes back', async () => {
    const buyer = new Person(town.home);
    const email = `declined-${String(hasJavaScript)}@post.example`;
    await signInByCode(town, buyer, email, { name: 'Ffion Marchbank' });
    const bought = await buyGardenWaste(buyer);
    await app.drainJobs();
    const visit = await officer('Helen Shaw', hasJavaScript);
    await visit.go(`${app.origin()}/desk/cases/${bought.reference}`);
    for (const there of ['£55.00', 'Ffion Marchbank']) expect(await visit.words()).toContain(there);
    await visit.unfold('Give the case to somebody');
    await visit.page.locator('#to').selectOption({ label: 'Ruth Marlow' });
    await visit.press(visit.page.locator('form[action$="/assignments"]').getByRole('button', { name: 'Give', exact: true }));
    expect(await visit.words()).toContain('The case is with Ruth Marlow now.');

    await visit.press('Decline: we cannot collect there');
    await visit.press('Preview the letter');
    expect(await visit.page.title()).toMatch(/^Error: /);
    await visit.page.locator('#reasons').fill('Our lorry cannot turn in your lane.');
    await visit.press('Preview the letter');
    expect(await visit.words()).toContain('The letter as it will be sent');
    await visit.picture('desk-decision');
    await visit.press(visit.page.locator('button[value=confirm]'));
    expect(await visit.words()).toContain('Our lorry cannot turn in your lane.');

    // What the letter promises is done by itself, once.
    await app.drainJobs();
    await visit.go(`${app.origin()}/desk/cases/${bought.reference}`);
    expect(await visit.words()).toContain('£55.00 is being paid back');
    expect(await visit.page.getByRole('link', { name: 'Pay money back' }).count()).toBe(0);
    const { rows } = await app.owner.query<{ refunded: string }>(`select r.amount_in_pence::text as refunded from payments.refund r join payments.payment p using (council_id, payment_id) where p.reference = $1`, [bought.reference]);
    expect(rows).toEqual([{ refunded: '5500' }]);

    const resident = await Visit.open(browser, { hasJavaScript, width: 320 });
    await resident.go(`${app.origin()}${bought.statusPath ?? ''}`);
    expect(await resident.words()).toContain('Our lorry cannot turn in your lane.');
    await resident.picture('status-decided');
    await resident.close();
    await visit.close();
  });
});
