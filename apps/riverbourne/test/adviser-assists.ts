import { payByCard } from './journeys';
import { Person } from './person';
import type { RunningRiverbourne } from './running-riverbourne';
import type { Resident } from './surroundings';
import type { Visit, Way } from './visit';

const REFERENCE = /RB-[0-9A-Z]{4}-[0-9A-Z]{4}/;
const CLAIM_CODE = /enter th(?:e|is) code:?[\s#]+([A-Z0-9]{4}-[A-Z0-9]{4})/;

/** Keeps what is answered and shows the questions that it opens. With JavaScript that happens by itself; the button does it too. */
async function update(visit: Visit): Promise<void> {
  await visit.press(visit.page.locator('button[name=action][value=update]'));
}

async function callerIs({ page }: Visit, { name, contact }: Resident): Promise<void> {
  await page.locator('#assistedName').fill(name);
  await page.locator(contact.includes('@') ? '#assistedEmail' : '#assistedPhone').fill(contact);
  await page.locator('input[name=assistedAuthority][value=caller-for-themselves]').check();
  await page.locator('input[name=assistedChecks]').first().check();
}

/** Signs in and claims what was done by telephone. Ends in the account. */
async function claims(here: RunningRiverbourne, hasJavaScript: boolean, caller: Resident, claimCode: string): Promise<Visit> {
  const visit = await here.visit({ hasJavaScript, width: 320 });
  await visit.go(`${here.home}/claim`);
  await visit.press(visit.page.locator('main a[href^="/sign-in"]'));
  await here.around.signsIn(here, visit, caller);
  expect(visit.path).toBe('/claim');
  await visit.picture('claim');
  await visit.page.locator('#code').fill(claimCode);
  await visit.press(visit.page.locator('main form button'));
  expect(await visit.heading()).toBe('It is in your account');
  await here.work();
  await visit.go(`${here.home}/account`);
  return visit;
}

/** An adviser does for callers what these would do themselves, and the callers claim it. */
export function adviserAssists(riverbourne: () => RunningRiverbourne, [how, hasJavaScript]: Way): void {
  describe(`an adviser ${how}`, () => {
    it('reports a pothole for a caller on one screen, and the caller finds it in their account', async () => {
      const here = riverbourne();
      const { officers, caller } = here.around;
      const visit = await here.desk(officers.adviser, { hasJavaScript });
      expect(visit.path).toBe('/desk/assist');
      await visit.follow('Report a problem');
      const { page } = visit;
      await page.locator('input[name=problem][value=pothole]').check();
      await update(visit);
      await page.locator('input[name=isDangerous][value=no]').check();
      await page.locator('#place-described').fill('By the bridge, on the side of the mill');
      await page.locator('input[name=potholeSize][value=small]').check();
      await page.locator('input[name=potholeSurface][value=road]').check();
      await page.locator('input[name=updates][value=no]').check();
      await callerIs(visit, caller);
      await visit.picture('desk-assist');
      await visit.press('Send for the caller');
      expect(await visit.heading()).toContain('Sent for the caller');
      const reference = REFERENCE.exec(await visit.words())?.[0] ?? '';
      await here.work();
      await visit.go(visit.page.url());
      await visit.picture('desk-assist-sent');
      const message = await here.message(caller.contact, CLAIM_CODE);
      expect(message).toContain(reference);
      const resident = await claims(here, hasJavaScript, caller, CLAIM_CODE.exec(message)?.[1] ?? '');
      expect(await resident.words()).toContain(reference);
      await resident.close();

      // The case says who helped, and on what authority.
      const officer = await here.desk(officers.manager, { hasJavaScript, path: `/desk/cases/${reference}` });
      expect(await officer.words()).toContain(`Helped by: ${officers.adviser}, on the authority: The caller, for themselves`);
      expect(await officer.words()).toContain('Telephone');
      await officer.close();
      await visit.close();
    });

    it('orders garden waste for a caller, who pays by the link that they get', async () => {
      const here = riverbourne();
      const { officers, payments } = here.around;
      const caller = { name: 'Ira Ling', contact: '07700 900821' };
      const visit = await here.desk(officers.adviser, { hasJavaScript });
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
      await callerIs(visit, caller);
      await visit.press('Send for the caller');
      expect(await visit.words()).toContain('The caller pays £40.00 by the link that we send them now.');
      const reference = REFERENCE.exec(await visit.words())?.[0] ?? '';
      const message = await here.message(caller.contact, /http/);
      const link = /https?:\/\/\S+[^\s.]/.exec(message)?.[0] ?? '';
      const payer = new Person(here.home);
      await payer.open(link.slice(here.home.length));
      await payer.send({}, /£40\.00/);
      await payByCard(payer, 'succeeds', caller.name, payments.cards);
      expect(payer.text).toContain('£40.00');
      await here.work();
      expect((await here.books.owner.query<{ paid: number }>(`select count(*)::int as paid from payments.payment where state = 'succeeded' and reference = $1`, [reference])).rows).toEqual([{ paid: 1 }]);
      await visit.close();
    });
  });
}
