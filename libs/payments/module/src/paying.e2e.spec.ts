import type { Browser, Page } from 'playwright-core';
import type { GuildhallRequest } from '@guildhall/kernel';
import { Sessions } from '@guildhall/kernel';
import type { OfficerId, PersonId } from '@guildhall/kernel-contract';
import { SeededIds } from '@guildhall/kernel-contract/testing';
import type { TestApp } from '@guildhall/kernel/testing';
import { expectAccessible, openBrowser, openPage, startTestApp, takeScreenshot, testCouncilDefinition } from '@guildhall/kernel/testing';
import { PAYMENTS, paymentId, refundId } from '@guildhall/payments-contract';
import type { Payment, PaymentId, PaymentsApi } from '@guildhall/payments-contract';
import { sandboxRedirect } from '@guildhall/payments-provider-sandbox-redirect';
import { sandboxSession } from '@guildhall/payments-provider-sandbox-session';
import { payments } from './index';

const ids = new SeededIds(41);
const personId = ids.uuid() as PersonId;
let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  app = await startTestApp({
    withCompanions: true,
    councils: [testCouncilDefinition('riverbourne', 1, [payments({ providers: [sandboxRedirect()], vatNumber: 'GB 999 9999 73' })]), testCouncilDefinition('glanafon', 2, [payments({ providers: [sandboxSession()] })])],
  });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** Signs the browser in as the far end of a sign-in would. */
async function signIn(page: Page, slug: string, as: 'resident' | 'officer'): Promise<void> {
  const cookies: { name: string; value: string }[] = [];
  const reply = { setCookie: (name: string, value: string) => void cookies.push({ name, value }), clearCookie: () => undefined };
  const request = { headers: { 'user-agent': 'test' }, guildhall: { ctx: app.context(slug), reply, startedAt: 0n } } as unknown as GuildhallRequest;
  if (as === 'resident') await app.get(Sessions).signInResident(request, { personId, confidence: 'low' });
  else await app.get(Sessions).signInOfficer(request, { officerId: ids.uuid() as OfficerId, name: 'Sam Officer', roles: ['team-manager'], teams: [] });
  await page.context().addCookies(cookies.map((cookie) => ({ ...cookie, url: app.origin(slug).replace('http:', 'https:'), secure: true })));
}

async function asked(slug: string): Promise<PaymentId> {
  const id = paymentId(ids.uuid());
  const outcome = await app.get<PaymentsApi>(PAYMENTS.token).request(app.context(slug, { actor: { kind: 'resident', personId, confidence: 'low' } }), {
    paymentId: id, idempotencyKey: id, reference: `RB-${id.slice(-8).toUpperCase()}`, description: { en: 'Garden waste collection', cy: 'Casglu gwastraff gardd' }, subject: { type: 'draft', id }, returnPath: `/payments/${id}`, language: slug === 'glanafon' ? 'cy' : 'en',
    lines: [
      { code: 'first-bin', title: { en: 'First bin', cy: 'Bin cyntaf' }, amountInPence: 4500, ledgerCode: 'GW-4410', vatRate: 'outside-the-scope' },
      { code: 'delivery', title: { en: 'Delivery of your bins', cy: 'Danfon eich biniau' }, amountInPence: 1200, ledgerCode: 'GW-4420', vatRate: 'standard' },
    ],
  });
  if (!outcome.ok) throw new Error(outcome.refusal.reason);
  return id;
}
const known = (slug: string, id: PaymentId): Promise<Payment> => app.get<PaymentsApi>(PAYMENTS.token).find(app.systemContext(slug), id);

async function look(page: Page, name: string): Promise<void> {
  await takeScreenshot(page, name);
  await expectAccessible(page);
}

describe.each([320, 1280] as const)('paying at %i pixels', (width) => {
  it('at a provider that is asked: declined, tried again, paid, receipt', async () => {
    const id = await asked('riverbourne');
    const page = await openPage(browser, { width });
    await signIn(page, 'riverbourne', 'resident');
    await page.goto(`${app.origin()}/payments/${id}`);
    await look(page, 'payment');
    await page.getByRole('button', { name: 'Pay £57.00' }).click();
    await page.waitForURL(/\/card_details\//);
    await look(page, 'sandbox-redirect');
    await page.getByRole('button', { name: 'Pay £57.00' }).click();
    await look(page, 'sandbox-redirect-errors');
    await page.getByRole('link', { name: 'Use this card 0002' }).click();
    await page.getByRole('button', { name: 'Pay £57.00' }).click();
    await page.getByRole('heading', { name: 'Your payment was declined' }).waitFor();
    await look(page, 'payment-declined');
    await page.getByRole('button', { name: 'Try to pay £57.00 again' }).click();
    await page.getByRole('link', { name: 'Use this card 1111' }).click();
    await page.getByRole('button', { name: 'Pay £57.00' }).click();
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
    await look(page, 'receipt');
    await page.goBack();
    await page.goto(`${app.origin()}/payments/${id}`);
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
    expect(await known('riverbourne', id)).toMatchObject({ state: 'succeeded', attempts: 2 });
    await page.goto(`${app.origin()}/account/payments`);
    await look(page, 'account-payments');
    await page.context().close();
  });

  it('at a provider that calls back, in Welsh: cancelled, tried again, paid; the callback alone books it', async () => {
    const id = await asked('glanafon');
    const page = await openPage(browser, { width });
    await signIn(page, 'glanafon', 'resident');
    await page.goto(`${app.origin('glanafon')}/payments/${id}?lang=cy`);
    await look(page, 'payment');
    await page.getByRole('button', { name: 'Talu £57.00' }).click();
    await page.waitForURL(/\/c\/pay\//);
    await look(page, 'sandbox-session');
    await page.getByRole('button', { name: 'Canslo a mynd yn ôl' }).click();
    await page.getByRole('heading', { name: 'Rydych wedi canslo eich taliad' }).waitFor();
    await look(page, 'payment-cancelled');
    await page.getByRole('button', { name: 'Ceisio talu £57.00 eto' }).click();
    await page.getByRole('link', { name: 'Ei ddefnyddio 4242' }).click();
    // The payer closes the window at the moment of paying: nobody ever comes back.
    await page.route(/\/payments\/[^/]+\/return/, (route) => route.abort());
    await page.getByRole('button', { name: 'Talu £57.00' }).click();
    for (let waited = 0; (await known('glanafon', id)).state !== 'succeeded' && waited < 5000; waited += 50) {
      await app.drainJobs();
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
    expect(await known('glanafon', id)).toMatchObject({ state: 'succeeded', attempts: 2 });
    await page.unroute(/\/payments\/[^/]+\/return/);
    await page.goto(`${app.origin('glanafon')}/payments/${id}/return`);
    await page.getByRole('heading', { name: 'Derbynneb' }).waitFor();
    await look(page, 'receipt');
    await page.context().close();
  });

  it('without JavaScript: waits for a slow bank, and lets a payment run out of time', async () => {
    const id = await asked('riverbourne');
    const page = await openPage(browser, { width, hasJavaScript: false });
    await signIn(page, 'riverbourne', 'resident');
    await page.goto(`${app.origin()}/payments/${id}`);
    await page.getByRole('button', { name: 'Pay £57.00' }).click();
    await page.getByRole('button', { name: 'Let this payment expire' }).click();
    await page.getByRole('heading', { name: 'Your payment ran out of time' }).waitFor();
    await takeScreenshot(page, 'payment-expired');
    await page.getByRole('button', { name: 'Try to pay £57.00 again' }).click();
    await page.getByRole('link', { name: 'Use this card 3220' }).click();
    await page.getByRole('button', { name: 'Pay £57.00' }).click();
    await page.getByRole('heading', { name: 'We are waiting to hear about your payment' }).waitFor();
    await takeScreenshot(page, 'payment-waiting');
    await page.context().close();
  });

  it('the desk: a payment in full, and paying money back', async () => {
    const api = app.get<PaymentsApi>(PAYMENTS.token);
    const id = await asked('riverbourne');
    const payer = await openPage(browser, { width: 1280, hasJavaScript: false });
    await signIn(payer, 'riverbourne', 'resident');
    await payer.goto(`${app.origin()}/payments/${id}`);
    await payer.getByRole('button', { name: 'Pay £57.00' }).click();
    await payer.getByRole('link', { name: 'Use this card 1111' }).click();
    await payer.getByRole('button', { name: 'Pay £57.00' }).click();
    await payer.getByRole('heading', { name: 'Receipt' }).waitFor();
    await payer.context().close();
    await api.refund(app.systemContext('riverbourne'), { paymentId: id, refundId: refundId(ids.uuid()), idempotencyKey: id, amountInPence: 200, reason: 'A bin less' });
    const page = await openPage(browser, { width });
    await signIn(page, 'riverbourne', 'officer');
    await page.goto(`${app.origin()}/desk/payments/${id}`);
    await look(page, 'desk-payment');
    const left = await known('riverbourne', id);
    expect(left.refundableInPence).toBe(5500);
    // One refund of a payment is under way at a time: the first arrives within seconds.
    await new Promise((resolve) => { setTimeout(resolve, 5200); });
    await api.refresh(app.systemContext('riverbourne'), id);
    await page.getByRole('button', { name: 'Pay money back' }).click();
    await look(page, 'desk-refund');
    await page.getByLabel('How much').fill('60');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Enter £55.00 or less').first().waitFor();
    await look(page, 'desk-refund-errors');
    await page.getByLabel('How much').fill('12.50');
    await page.getByLabel('Why?').fill('The bins could not be delivered');
    await page.getByRole('button', { name: 'Continue' }).click();
    await look(page, 'desk-refund-confirm');
    await page.getByRole('button', { name: 'Pay back £12.50' }).click();
    await page.getByText('£12.50 is on its way back to the card.').waitFor();
    expect((await known('riverbourne', id)).refundableInPence).toBe(4250);
    await page.context().close();
  });

  it('the counter: found by its reference, taken, and a receipt; and what providers have settled', async () => {
    const id = await asked('riverbourne');
    const { reference } = await known('riverbourne', id);
    const page = await openPage(browser, { width });
    await signIn(page, 'riverbourne', 'officer');
    await page.goto(`${app.origin()}/desk/counter`);
    await page.getByRole('button', { name: 'Find the payment' }).click();
    await look(page, 'desk-counter');
    await page.getByLabel('Payment reference').fill(reference);
    await page.getByRole('button', { name: 'Find the payment' }).click();
    await page.getByRole('button', { name: 'I have taken £57.00' }).click();
    await look(page, 'desk-counter-take');
    await page.getByLabel('Cash').check();
    await page.getByRole('button', { name: 'I have taken £57.00' }).click();
    await page.getByText('£57.00 is written down as taken').waitFor();
    await look(page, 'desk-counter-taken');
    await page.getByRole('button', { name: 'Print the receipt' }).click();
    await page.getByText('Cash at our counter').waitFor();
    await look(page, 'receipt-counter');
    await page.goto(`${app.origin()}/desk/payments/${id}/reversal`);
    await look(page, 'desk-reversal');
    await app.owner.query(`update payments.counter_receipt set taken_at = taken_at - interval '2 days' where payment_id = $1`, [id]);
    await page.goto(`${app.origin()}/desk/payments/${id}/pay-back`);
    await look(page, 'desk-pay-back');
    await page.getByRole('button', { name: 'Write it down as paid back' }).click();
    await page.getByText('Select how it is paid back').first().waitFor();
    await look(page, 'desk-pay-back-errors');
    await page.getByLabel('How much is paid back?').fill('12');
    await page.getByLabel('Bank transfer by the finance team').check();
    await page.getByLabel('Why?').fill('The delivery failed');
    await page.getByRole('button', { name: 'Write it down as paid back' }).click();
    await page.getByText('£12.00 has been paid back.').waitFor();
    await look(page, 'desk-payment-paid-back');
    expect((await known('riverbourne', id)).refundedInPence).toBe(1200);
    await app.owner.query(`insert into payments.settlement_day (council_id, provider, day, state, payments, payments_in_pence, others, others_in_pence, fees_in_pence, changed_at, failure) select $1, 'payments.govuk-pay', '2026-11-20'::date + n, case n when 3 then 'failed' else 'done' end, 1204 + n, 6622000, case n when 2 then 1 else 0 end, case n when 2 then -5500 else 0 end, 98728, now(), case n when 3 then 'provider-unanswered' end from generate_series(1, 3) n on conflict do nothing`, [app.context('riverbourne').council.id]);
    await app.owner.query(`insert into payments.settlement_difference (council_id, difference_id, provider, provider_payment_id, kind, payment_id, day, ours_in_pence, theirs_in_pence, found_at) values ($1, gen_random_uuid(), 'payments.govuk-pay', 'hu20sqlact5260q2nanm0q8u93', 'amount', $2, '2026-11-22', 5700, 5600, now()), ($1, gen_random_uuid(), 'payments.govuk-pay', 'k1us0nu2pp4ld2fmqb9m0q8u55', 'unknown', null, '2026-11-22', null, 4500, now()) on conflict do nothing`, [app.context('riverbourne').council.id, id]);
    await page.goto(`${app.origin()}/desk/reconciliation`);
    await look(page, 'desk-reconciliation');
    await page.getByRole('link', { name: '2 open differences' }).click();
    await look(page, 'desk-differences');
    await page.context().close();
  });
});
