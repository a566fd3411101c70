import { openBrowser, startTestApp, type TestApp } from '@guildhall/kernel/testing';
import type { Browser } from 'playwright-core';
import { CARDS } from '../test/journeys';
import { SCRIPTS, Visit } from '../test/visit';
import { riverbourneSimulated } from './simulated.config';

let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  app = await startTestApp({ councils: [riverbourneSimulated], withCompanions: true, seed: true });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** The page of the simulator that stands in for this system. */
function pageOf(system: string): string {
  const found = app.companions.running.find(({ companion }) => companion.title.includes(system));
  if (!found) throw new Error(`No simulator of ${system} runs.`);
  return found.page;
}

describe.each(SCRIPTS)('with One Login, Pay, Notify and OS Places simulated, %s', (_how, hasJavaScript) => {
  const [name, email] = hasJavaScript ? ['Nerys Pritchard', 'nerys.pritchard@post.example'] : ['Tadeo Ruiz', 'tadeo.ruiz@post.example'];

  it('a resident signs in, finds an address, pays and hears of it, and an officer sees the payment: the same pages, other systems behind them', async () => {
    const visit = await Visit.open(browser, { hasJavaScript, width: 320 });
    await visit.go(`${app.origin()}/services/garden-waste`);
    await visit.press('Start now');
    await visit.press('Sign in with GOV.UK One Login');
    expect(await visit.heading()).toBe('Simulated GOV.UK One Login');
    await visit.page.getByLabel(name).check();
    await visit.press('Continue');
    // One Login says no name without an identity check.
    await visit.page.getByLabel('Full name').fill(name);
    await visit.page.getByLabel('English').check();
    await visit.press('Continue');
    expect(await visit.heading()).toBe('Where should we collect from?');
    await visit.page.locator('#property-find').fill('ZZ99 1AA');
    await visit.press('Find');
    await visit.page.locator('input[name=property-choice][value^="uprn:"]').first().check();
    await visit.press('Continue');
    await visit.page.locator('#numberOfBins').fill('1');
    await visit.press('Continue');
    await visit.page.locator('input[name=getsCouncilTaxReduction][value=no]').check();
    await visit.press('Continue');
    await visit.page.getByLabel('I agree').check();
    await visit.press('Pay £55.00');
    expect(visit.page.url().startsWith(new URL(pageOf('GOV.UK Pay')).origin)).toBe(true);
    for (const [field, typed] of [['cardNumber', CARDS.redirect.succeeds], ['expiryMonth', '12'], ['expiryYear', '40'], ['holder', name], ['securityCode', '123'], ['line1', '1 Invented Row'], ['city', 'Riverbourne'], ['postcode', 'ZZ99 1AA']] as const) await visit.page.locator(`#${field}`).fill(typed);
    await visit.press('Pay £55.00');
    expect(await visit.heading()).toBe('Subscription sent');
    const reference = /RB-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await visit.words())?.[0] ?? '';
    await app.drainJobs();
    await visit.go(visit.page.url());
    expect(await visit.words()).toContain('You paid £55.00.');

    await visit.page.goto(pageOf('GOV.UK Notify'));
    const messages = await visit.page.locator('body').innerText();
    for (const there of [email, reference]) expect(messages).toContain(there);
    await visit.page.goto(pageOf('OS Places'));
    expect(await visit.page.locator('body').innerText()).toContain('ZZ99');
    await visit.close();

    const officer = await Visit.open(browser, { hasJavaScript });
    await officer.go(`${app.origin()}/desk`);
    await officer.press('Sign in as an invented officer');
    await officer.press('Continue as Helen Shaw');
    await officer.go(`${app.origin()}/desk/cases/${reference}`);
    expect(await officer.words()).toContain('£55.00');
    await officer.follow(/^Connections/);
    await officer.press('Look again now');
    for (const there of ['govuk-one-login', 'govuk-pay', 'govuk-notify', 'os-places']) expect(await officer.words()).toContain(there);
    expect(await officer.words()).not.toContain('Not connected');
    await officer.picture('desk-connections');
    await officer.close();
    const { rows } = await app.owner.query('select a.provider, a.state from payments.attempt a join payments.payment p using (council_id, payment_id) where p.reference = $1', [reference]);
    expect(rows).toEqual([{ provider: 'payments.govuk-pay', state: 'succeeded' }]);
  });
});
