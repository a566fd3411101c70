import type { RunningRiverbourne } from './running-riverbourne';
import type { Resident } from './surroundings';
import type { Visit, Way } from './visit';

const REFERENCE = /RB-[0-9A-Z]{4}-[0-9A-Z]{4}/;

/** Begins garden waste, and signs in on the way. Ends at the first question. */
async function begins(here: RunningRiverbourne, visit: Visit): Promise<Resident> {
  const resident = here.nextResident();
  await visit.go(`${here.home}/services/garden-waste`);
  await visit.press('Start now');
  await here.around.signsIn(here, visit, resident);
  expect(visit.path).toBe('/services/garden-waste/address');
  return resident;
}

/** Whoever ordered before is shown what they said then. */
async function typesItself(visit: Visit): Promise<void> {
  if (await visit.page.getByRole('button', { name: 'I’ll type it myself' }).count()) await visit.press('I’ll type it myself');
}

/** Answers the questions up to the page on which they are checked. */
async function answers(visit: Visit, { bins = '1', reduced = 'no' } = {}): Promise<void> {
  expect(await visit.heading()).toBe('Where should we collect from?');
  await typesItself(visit);
  await visit.page.locator('#property-find').fill('ZZ99 1AA');
  await visit.press('Find');
  await visit.page.locator('input[name=property-choice][value^="uprn:"]').first().check();
  await visit.press('Continue');
  await visit.page.locator('#numberOfBins').fill(bins);
  await visit.press('Continue');
  await typesItself(visit);
  await visit.page.locator(`input[name=getsCouncilTaxReduction][value=${reduced}]`).check();
  await visit.press('Continue');
  expect(await visit.heading()).toBe('Check your answers before you send them');
}

async function agreesAndGoesToPay(here: RunningRiverbourne, visit: Visit): Promise<void> {
  await visit.page.getByLabel('I agree').check();
  await visit.press(/^Pay £/);
  expect(new URL(visit.page.url()).origin).not.toBe(here.home);
  expect(await visit.heading()).toBe('Enter card details');
}

async function fillsInTheCard({ around }: RunningRiverbourne, { page }: Visit, card: 'succeeds' | 'declined'): Promise<void> {
  await page.locator('#cardNumber').fill(around.payments.cards[card]);
  await page.locator('#expiryMonth').fill('12');
  await page.locator('#expiryYear').fill(String((new Date().getUTCFullYear() + 2) % 100));
  await page.locator('#holder').fill('Nia New');
  await page.locator('#securityCode').fill('123');
}

/** Payments that succeeded, of everybody. */
async function paidNow({ books }: RunningRiverbourne): Promise<number> {
  const { rows } = await books.owner.query<{ paid: number }>(`select count(*)::int as paid from payments.payment where state = 'succeeded'`);
  return rows[0]?.paid ?? -1;
}

/** A resident orders garden waste and pays for it, with all that comes in between. */
export function residentBuys(riverbourne: () => RunningRiverbourne, [how, hasJavaScript]: Way): void {
  describe(`somebody buys garden waste ${how}`, () => {
    it('the reduction lowers the fee, a declined card loses nothing, and case, payment and message are in the account', async () => {
      const here = riverbourne();
      const { payments } = here.around;
      const visit = await here.visit({ hasJavaScript, width: 320 });
      const resident = await begins(here, visit);
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
      await agreesAndGoesToPay(here, visit);
      // The documents show the sandbox's.
      if (!here.around.onlyHere) await visit.picture('payment-card');
      for (const [field, told] of Object.entries(payments.knows(resident))) expect(await visit.page.locator(`#${field}`).inputValue()).toBe(told);
      await fillsInTheCard(here, visit, 'declined');
      await visit.press('Pay £85.00');
      await payments.readsDeclined(visit, '£85.00');
      await fillsInTheCard(here, visit, 'succeeds');
      await visit.press('Pay £85.00');
      expect(await visit.heading()).toBe('Subscription sent');
      const reference = REFERENCE.exec(await visit.words())?.[0] ?? '';
      await here.work();
      await visit.go(visit.page.url());
      expect(await visit.words()).toContain('You paid £85.00.');
      await visit.picture('confirmation-paid');
      await visit.follow('See your receipt');
      expect(await visit.words()).toContain('£85.00');
      await visit.picture('receipt');
      await visit.go(`${here.home}/account`);
      const account = await visit.words();
      for (const there of [reference, '£85.00']) expect(account).toContain(there);
      await visit.picture('account');
      await visit.go(here.home);
      expect(await visit.words()).toContain('Your open cases');
      await visit.follow('Track');
      expect(visit.path).toBe(`/status/${reference}`);
      // A second time the address need not be found again: it is offered, and used with one press.
      await visit.go(`${here.home}/services/garden-waste/address`);
      expect(await visit.words()).toContain('You told us this on');
      await visit.picture('question-address-offered');
      await visit.press('Use this');
      expect(visit.path).toBe('/services/garden-waste/number-of-bins');
      await visit.go(here.home);
      expect(await visit.words()).toContain('Carry on');
      await visit.picture('home-signed-in');
      await visit.go(`${here.home}/account`);
      await visit.follow('Cymraeg');
      await visit.picture('account');
      expect(await here.message(resident.contact, new RegExp(reference))).toContain(reference);
      await here.around.goesToMessages(here, visit, resident.contact);
      expect(await visit.page.locator('body').innerText()).toContain(resident.contact);
      await visit.close();
      const { rows } = await here.books.owner.query('select distinct a.provider from payments.attempt a join payments.payment p using (council_id, payment_id) where p.reference = $1', [reference]);
      expect(rows).toEqual([{ provider: payments.provider }]);
    });

    it('lets the page to pay on expire, leaves it, goes back, and pays once from two windows', async () => {
      const here = riverbourne();
      const visit = await here.visit({ hasJavaScript });
      await begins(here, visit);
      await answers(visit);
      await agreesAndGoesToPay(here, visit);
      await visit.press('Let this payment expire');
      expect(await visit.heading()).toBe('Your payment ran out of time');
      await visit.press('Try to pay £55.00 again');
      await visit.press('Cancel payment');
      expect(await visit.heading()).toBe(here.around.payments.toWhoLeft);
      await visit.press(/pay £55\.00/i);

      // The back button leads to a page that still stands, and forward to the same payment.
      await visit.back();
      expect(new URL(visit.page.url()).origin).toBe(here.home);
      const second = await visit.secondWindow();
      await second.go(`${here.home}/services/garden-waste`);
      await second.press('Carry on where you stopped');
      expect(await second.words()).toContain('£55.00');
      const before = await paidNow(here);
      await second.press(/pay £55\.00/i);
      await fillsInTheCard(here, second, 'succeeds');
      // Pressed twice, as impatient people do. A page that has taken the card by then says so, and leads back.
      const leadsBack = second.page.getByRole('link', { name: 'Go back to the council’s page' });
      await second.page.getByRole('button', { name: 'Pay £55.00' }).dblclick();
      await leadsBack.or(second.page.getByRole('heading', { name: 'Subscription sent' })).waitFor();
      if (await leadsBack.count()) await second.follow(leadsBack);
      expect(await second.heading()).toBe('Subscription sent');
      const reference = REFERENCE.exec(await second.words())?.[0];

      // The first window still shows the page before the payment: pressing there does not pay again.
      await visit.page.getByRole('button', { name: /pay £55\.00/i }).first().click();
      await visit.page.waitForURL('**/services/garden-waste/done/**');
      expect(await visit.words()).toContain(reference);
      await here.work();
      expect(await paidNow(here)).toBe(before + 1);
      await visit.close();
    });

    it('closes the window on the page to pay on and carries on another time', async () => {
      const here = riverbourne();
      const visit = await here.visit({ hasJavaScript });
      const { contact } = await begins(here, visit);
      await answers(visit);
      await agreesAndGoesToPay(here, visit);
      const later = await visit.secondWindow();
      await visit.page.close();
      await later.go(`${here.home}/account`);
      expect(await later.words()).toContain('Still to be paid');
      await later.follow('Garden waste collection');
      expect(await later.words()).toContain('£55.00');
      await later.press(/pay £55\.00/i);
      await fillsInTheCard(here, later, 'succeeds');
      await later.press('Pay £55.00');
      expect(await later.heading()).toBe('Subscription sent');
      const reference = REFERENCE.exec(await later.words())?.[0] ?? '';
      expect(await here.message(contact, new RegExp(reference))).toContain(reference);
      await later.close();
    });
  });
}
