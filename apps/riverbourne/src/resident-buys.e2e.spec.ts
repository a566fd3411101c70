import { glanafon } from '@guildhall/app-glanafon';
import { openBrowser, startTestApp, type TestApp } from '@guildhall/kernel/testing';
import type { Browser } from 'playwright-core';
import { CARDS, newMessage, outboxOf, type Town } from '../test/journeys';
import { SCRIPTS, Visit } from '../test/visit';
import { riverbourne } from './council.config';

const REFERENCE = /RB-[0-9A-Z]{4}-[0-9A-Z]{4}/;
let app: TestApp;
let browser: Browser;
let town: Town;
let buyers = 0;

beforeAll(async () => {
  app = await startTestApp({ councils: [riverbourne, glanafon], withCompanions: true, seed: true });
  town = { home: app.origin(), work: () => app.drainJobs() };
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** Begins garden waste as somebody new, who signs in by a code that is sent to them. Ends at the first question. */
async function beginsByCode(visit: Visit): Promise<string> {
  const email = `buyer-${++buyers}@post.example`;
  await visit.go(`${app.origin()}/services/garden-waste`);
  await visit.press('Start now');
  expect(visit.path).toBe('/sign-in');
  const before = await outboxOf(town, email);
  await visit.page.locator('#contact').fill(email);
  await visit.press('Send me a code');
  await visit.page.locator('#code').fill(/\b\d{6}\b/.exec(await newMessage(town, email, before, /\b\d{6}\b/))?.[0] ?? '');
  await visit.press('Continue');
  await visit.page.getByLabel('Full name').fill('Nia New');
  await visit.page.getByLabel('English').check();
  await visit.press('Continue');
  return email;
}

/** Answers the questions up to the page on which they are checked. */
async function answers(visit: Visit, { bins = '1', reduced = 'no' } = {}): Promise<void> {
  expect(await visit.heading()).toBe('Where should we collect from?');
  await visit.page.locator('#property-find').fill('ZZ99 1AA');
  await visit.press('Find');
  await visit.page.locator('input[name=property-choice][value^="uprn:"]').first().check();
  await visit.press('Continue');
  await visit.page.locator('#numberOfBins').fill(bins);
  await visit.press('Continue');
  await visit.page.locator(`input[name=getsCouncilTaxReduction][value=${reduced}]`).check();
  await visit.press('Continue');
  expect(await visit.heading()).toBe('Check your answers before you send them');
}

async function agreesAndGoesToPay(visit: Visit): Promise<void> {
  await visit.page.getByLabel('I agree').check();
  await visit.press(/^Pay £/);
  expect(new URL(visit.page.url()).origin).not.toBe(app.origin());
  expect(await visit.heading()).toBe('Enter card details');
}

async function fillsInTheCard(visit: Visit, card: keyof (typeof CARDS)['redirect']): Promise<void> {
  const { page } = visit;
  await page.locator('#cardNumber').fill(CARDS.redirect[card]);
  await page.locator('#expiryMonth').fill('12');
  await page.locator('#expiryYear').fill(String((new Date().getUTCFullYear() + 2) % 100));
  await page.locator('#holder').fill('Nia New');
  await page.locator('#securityCode').fill('123');
}

describe.each(SCRIPTS)('somebody buys garden waste %s', (_how, hasJavaScript) => {
  it('signed in by a code: the reduction lowers the fee, a declined card loses nothing, and case, payment and message are in the account', async () => {
    const visit = await Visit.open(browser, { hasJavaScript, width: 320 });
    const email = await beginsByCode(visit);
    await visit.picture('question-address');
    await answers(visit, { bins: '2' });
    expect(await visit.words()).toContain('£100.00');
    await visit.follow('Change Council Tax Reduction');
    await visit.page.locator('input[name=getsCouncilTaxReduction][value=yes]').check();
    await visit.press('Continue');
    expect(await visit.words()).toContain('£85.00');
    await visit.picture('check-answers-with-fee');
    await visit.press('Pay £85.00');
    expect(await visit.page.title()).toMatch(/^Error: /);
    await visit.page.locator('input[name=agreesToTerms]').check();
    for (const language of ['Cymraeg', 'English']) await visit.page.getByRole('link', { name: language, exact: true }).click();
    expect(visit.path).toBe('/services/garden-waste/check-answers');
    expect(await visit.page.locator('input[name=agreesToTerms]').isChecked()).toBe(hasJavaScript);
    await agreesAndGoesToPay(visit);
    await visit.picture('payment-card');
    await fillsInTheCard(visit, 'declined');
    await visit.press('Pay £85.00');
    expect(await visit.heading()).toBe('Your payment was declined');
    await visit.picture('pay-declined');
    await visit.press('Try to pay £85.00 again');
    await fillsInTheCard(visit, 'succeeds');
    await visit.press('Pay £85.00');
    expect(await visit.heading()).toBe('Subscription sent');
    const reference = REFERENCE.exec(await visit.words())?.[0] ?? '';
    await app.drainJobs();
    await visit.go(visit.page.url());
    expect(await visit.words()).toContain('You paid £85.00.');
    await visit.picture('confirmation-paid');
    await visit.follow('See your receipt');
    expect(await visit.words()).toContain('£85.00');
    await visit.picture('receipt');
    await visit.go(`${app.origin()}/account`);
    const account = await visit.words();
    for (const there of [reference, '£85.00']) expect(account).toContain(there);
    await visit.picture('account');
    await visit.go(app.origin());
    expect(await visit.words()).toContain('Your open cases');
    await visit.follow('Track');
    expect(visit.path).toBe(`/status/${reference}`);
    // A second time the address need not be found again: it is offered, and used with one press.
    await visit.go(`${app.origin()}/services/garden-waste/address`);
    expect(await visit.words()).toMatch(/You gave us this address on .*, for “Garden waste collection”:/);
    await visit.picture('question-address-offered');
    await visit.press('Use this address');
    expect(visit.path).toBe('/services/garden-waste/number-of-bins');
    await visit.go(app.origin());
    expect(await visit.words()).toContain('Carry on');
    await visit.picture('home-signed-in');
    await visit.go(`${app.origin()}/account`);
    expect(await newMessage(town, email, [], new RegExp(reference))).toContain(reference);
    await visit.follow('Cymraeg');
    await visit.picture('account');
    await visit.go(`${app.origin()}/outbox`);
    await visit.page.locator('#to').fill(email);
    await visit.leaves(() => visit.page.keyboard.press('Enter'));
    await visit.page.locator('main a[href^="/outbox/"]').first().waitFor();
    await visit.close();
  });

  it('signed in at the identity provider: lets the page expire, stops it, goes back, and pays once from two windows', async () => {
    const visit = await Visit.open(browser, { hasJavaScript });
    await visit.go(`${app.origin()}/services/garden-waste`);
    await visit.press('Start now');
    await visit.press('Sign in as an invented person');
    await visit.press(hasJavaScript ? 'Continue as Tom Bell' : 'Continue as Joe Wood');
    if (visit.path === '/sign-in/details') await visit.press('Continue');
    if (visit.path !== '/services/garden-waste/address') await visit.go(`${app.origin()}/services/garden-waste/address`);
    await answers(visit);
    await agreesAndGoesToPay(visit);
    await visit.press('Let this payment expire');
    expect(await visit.heading()).toBe('Your payment ran out of time');
    await visit.press('Try to pay £55.00 again');
    await visit.press('Cancel payment');
    expect(await visit.heading()).toBe('You cancelled your payment');
    await visit.press('Try to pay £55.00 again');

    // The back button leads to a page that still stands, and forward to the same payment.
    await visit.back();
    expect(new URL(visit.page.url()).origin).toBe(app.origin());
    const second = await visit.secondWindow();
    await second.go(`${app.origin()}/services/garden-waste`);
    await second.press('Carry on where you stopped');
    expect(await second.words()).toContain('£55.00');
    const before = await paidNow();
    await second.press(/pay £55\.00/i);
    await fillsInTheCard(second, 'succeeds');
    // Pressed twice, as impatient people do.
    await second.leaves(() => second.page.getByRole('button', { name: 'Pay £55.00' }).dblclick());
    await second.page.waitForURL('**/services/garden-waste/done/**');
    expect(await second.heading()).toBe('Subscription sent');
    const reference = REFERENCE.exec(await second.words())?.[0];

    // The first window still shows the page before the payment: pressing there does not pay again.
    await visit.page.getByRole('button', { name: /pay £55\.00/i }).first().click();
    await visit.page.waitForURL('**/services/garden-waste/done/**');
    expect(await visit.words()).toContain(reference);
    await app.drainJobs();
    expect(await paidNow()).toBe(before + 1);
    await visit.close();
  });

  it('closes the window on the payment page and carries on another time', async () => {
    const visit = await Visit.open(browser, { hasJavaScript });
    const email = await beginsByCode(visit);
    await answers(visit);
    await agreesAndGoesToPay(visit);
    const later = await visit.secondWindow();
    await visit.page.close();
    await later.go(`${app.origin()}/account`);
    expect(await later.words()).toContain('Still to be paid');
    await later.follow('Garden waste collection');
    expect(await later.words()).toContain('£55.00');
    await later.press(/pay £55\.00/i);
    await fillsInTheCard(later, 'succeeds');
    await later.press('Pay £55.00');
    expect(await later.heading()).toBe('Subscription sent');
    const reference = REFERENCE.exec(await later.words())?.[0] ?? '';
    expect(await newMessage(town, email, [], new RegExp(reference))).toContain(reference);
    await later.close();
  });
});

/** Payments that succeeded, of everybody. */
async function paidNow(): Promise<number> {
  const { rows } = await app.owner.query<{ paid: number }>(`select count(*)::int as paid from payments.payment where state = 'succeeded'`);
  return rows[0]?.paid ?? -1;
}
