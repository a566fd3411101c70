import { photoWithPlace } from '@guildhall/documents-contract/testing';
import { openBrowser, startTestApp, type TestApp } from '@guildhall/kernel/testing';
import type { Browser } from 'playwright-core';
import { CARDS, reportAProblem } from '../test/journeys';
import { Person } from '../test/person';
import { toThePlace, toTheUpdates } from '../test/pothole-pages';
import { Visit } from '../test/visit';
import { riverbourneOnOpenStandards } from './open-standards.config';
import { riverbourneSimulated } from './simulated.config';

/** What differs between the configurations: the systems, and what their own pages ask. */
const CONFIGURATIONS = [
  {
    name: 'One Login, Pay, Notify and OS Places', council: riverbourneSimulated, hasJavaScript: true, resident: { name: 'Nerys Pritchard', email: 'nerys.pritchard@post.example', signsInBy: 'Sign in with GOV.UK One Login' },
    officer: { signsInBy: 'Sign in as an invented officer', choice: 'Continue as Helen Shaw' }, pay: { page: 'GOV.UK Pay', provider: 'payments.govuk-pay', card: CARDS.redirect.succeeds, prefilled: { holder: 'Nerys Pritchard', postcode: 'ZZ99 1AA' } }, messages: 'GOV.UK Notify',
    systems: ['govuk-one-login', 'govuk-pay', 'govuk-notify', 'os-places'],
    handsOver: [],
  },
  {
    name: 'OpenID Connect, Keycloak, Stripe, SMTP, S3 and ClamAV', council: riverbourneOnOpenStandards, hasJavaScript: false, resident: { name: 'Olwen Madeup', email: 'olwen.madeup@post.example', signsInBy: /^Sign in/ },
    officer: { signsInBy: 'Sign in with your work account', person: 'Marta Imaginary' }, pay: { page: 'Stripe', provider: 'payments.stripe', card: CARDS.session.succeeds, prefilled: {} }, messages: 'Mail server',
    systems: ['oidc', 'officer-sso', 'stripe', 'smtp', 's3', 'clamav'],
    handsOver: [['pothole', 'Works system', 'simulator-open311', 'Say it to the council'], ['fly-tipping', 'Depot', 'simulator-webhook', 'Say it to the council'], ['street-light', 'System that takes files', 'simulator-csv-drop', 'Write a file that says so']],
  },
] as const;

describe.each(CONFIGURATIONS)('with $name simulated', ({ council, hasJavaScript, resident, officer, pay, messages, systems, handsOver }) => {
  let app: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    app = await startTestApp({ councils: [council], withCompanions: true, seed: true });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  /** The page of the simulator that stands in for this system. */
  const pageOf = (system: string): string => {
    const found = app.companions.running.find(({ companion }) => companion.title.includes(system));
    if (!found) throw new Error(`No simulator of ${system} runs.`);
    return found.page;
  };

  /** An officer who has signed in as this configuration has it. */
  async function atTheDesk(runsScripts = hasJavaScript): Promise<Visit> {
    const desk = await Visit.open(browser, { hasJavaScript: runsScripts });
    await desk.go(`${app.origin()}/desk`);
    await desk.press(officer.signsInBy);
    if ('person' in officer) {
      await desk.page.getByLabel(officer.person).check();
      await desk.press('Continue');
    } else await desk.press(officer.choice);
    return desk;
  }

  it('a resident signs in, finds an address, pays and hears of it; an officer sees the payment and what is connected, declines the order, and the money goes back: the same pages, other systems behind them', async () => {
    const visit = await Visit.open(browser, { hasJavaScript, width: 320 });
    await visit.go(`${app.origin()}/services/garden-waste`);
    await visit.press('Start now');
    if (visit.path === '/sign-in') await visit.press(resident.signsInBy);
    expect(await visit.heading()).toMatch(/^Simulated/);
    await visit.page.getByLabel(resident.name).check();
    await visit.press('Continue');
    // What the far end does not say of somebody is asked once.
    if (visit.path === '/sign-in/details') {
      if (await visit.page.getByLabel('Full name').count()) await visit.page.getByLabel('Full name').fill(resident.name);
      await visit.page.getByLabel('English').check();
      await visit.press('Continue');
    }
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
    expect(visit.page.url().startsWith(new URL(pageOf(pay.page)).origin)).toBe(true);
    // What was told here already stands there, where it can be told.
    for (const [field, told] of Object.entries(pay.prefilled)) expect(await visit.page.locator(`#${field}`).inputValue()).toBe(told);
    for (const [field, typed] of [['cardNumber', pay.card], ['expiryMonth', '12'], ['expiryYear', '40'], ['holder', resident.name], ['securityCode', '123']] as const) await visit.page.locator(`#${field}`).fill(typed);
    await visit.press('Pay £55.00');
    expect(await visit.heading()).toBe('Subscription sent');
    const reference = /RB-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await visit.words())?.[0] ?? '';
    await app.drainJobs();
    await visit.go(visit.page.url());
    expect(await visit.words()).toContain('You paid £55.00.');

    await visit.page.goto(pageOf(messages));
    const sent = await visit.page.locator('body').innerText();
    for (const there of [resident.email, reference]) expect(sent).toContain(there);
    await visit.close();

    const desk = await atTheDesk();
    await desk.go(`${app.origin()}/desk/cases/${reference}`);
    expect(await desk.words()).toContain('£55.00');
    await desk.follow(/^Connections/);
    await desk.press('Look again now');
    for (const there of systems) expect(await desk.words()).toContain(there);
    expect(await desk.words()).not.toContain('Not connected');
    await desk.picture('desk-connections');
    await desk.follow('Ledger');
    expect(await desk.words()).toContain('Nothing has been booked on a day that is over.');
    const { rows } = await app.owner.query('select a.provider, a.state from payments.attempt a join payments.payment p using (council_id, payment_id) where p.reference = $1', [reference]);
    expect(rows).toEqual([{ provider: pay.provider, state: 'succeeded' }]);

    await desk.go(`${app.origin()}/desk/cases/${reference}`);
    await desk.press('Decline: we cannot collect there');
    await desk.page.locator('#reasons').fill('Our lorry cannot turn in your lane.');
    await desk.press('Preview the letter');
    await desk.press(desk.page.locator('button[value=confirm]'));
    await app.drainJobs();
    await desk.go(`${app.origin()}/desk/cases/${reference}`);
    // One provider is on its way for half an hour, the other is there at once.
    expect(await desk.words()).toMatch(/£55\.00 is being paid back|Paid back £55\.00/);
    await desk.close();
    const { rows: back } = await app.owner.query('select r.amount_in_pence::int as pence, r.provider_refund_id is not null as is_at_provider from payments.refund r join payments.payment p using (council_id, payment_id) where p.reference = $1', [reference]);
    expect(back).toEqual([{ pence: 5500, is_at_provider: true }]);
  });

  it('somebody reports a pothole and is told by e-mail what an officer does about it', async () => {
    const email = 'pat.whistlewood@post.example';
    const visit = await Visit.open(browser, { hasJavaScript, width: 320 });
    await toThePlace(visit, app.origin());
    await visit.page.locator('#place-described').fill('Under the railway bridge, by the old mill');
    await visit.press('Continue');
    await toTheUpdates(visit);
    await visit.page.locator('input[name=updates][value=email]').check();
    await visit.press('Continue');
    await visit.page.locator('#yourName').fill('Pat Whistlewood');
    await visit.page.locator('#email').fill(email);
    await visit.press('Continue');
    await visit.press('Send');
    expect(await visit.heading()).toBe('Report sent');
    const reference = /RB-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await visit.words())?.[0] ?? '';
    await app.drainJobs();

    const desk = await atTheDesk();
    await desk.go(`${app.origin()}/desk/cases/${reference}`);
    await desk.press('Take this case');
    await desk.unfold('Write to the resident');
    await desk.page.locator('#tell').fill('The crew comes on Tuesday.');
    await desk.press('Send the message');
    await desk.press('Order the repair');
    expect(await desk.words()).toContain('Repair planned');
    await desk.close();
    await app.drainJobs();

    await visit.page.goto(pageOf(messages));
    const sent = await visit.page.locator('body').innerText();
    for (const there of [email, reference, 'The crew comes on Tuesday.']) expect(sent).toContain(there);
    await visit.close();
  });

  if (handsOver.length) it('what is reported shows on the pages of the systems that work on it, and an officer ends the links to its photos beside the case', async () => {
    const reported: string[] = [];
    for (const [problem] of handsOver) reported.push((await reportAProblem(new Person(app.origin()), problem, { photos: [{ name: 'it.jpg', type: 'image/jpeg', bytes: photoWithPlace }], description: 'By the bridge, on the side of the mill' })).reference);
    await app.drainJobs();
    // Files are written when it is their turn.
    await app.queueJob('do:back-office.ask-for-progress');
    await app.drainJobs();
    const visit = await atTheDesk(true);
    for (const [index, [, system, picture, button]] of handsOver.entries()) {
      await visit.go(pageOf(system));
      expect(await visit.words()).toContain(reported[index]);
      await visit.press(button);
      await visit.picture(picture);
    }
    await visit.go(`${app.origin()}/desk/cases/${reported[0] ?? ''}`);
    await visit.press('End links to photos');
    expect(await visit.words()).toContain('Links to photos ended');
    await visit.picture('desk-case-handed-over');
    await visit.close();
  });
});
