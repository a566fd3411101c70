import { photoWithPlace } from '@guildhall/documents-contract/testing';
import { buyGardenWaste, reportAProblem, type Confirmation } from './journeys';
import { Person } from './person';
import type { RunningRiverbourne } from './running-riverbourne';
import type { Way } from './visit';

/** A pothole that somebody reported, with a photo and a number to be told at. */
export async function pothole(here: RunningRiverbourne, number: number): Promise<Confirmation> {
  const reported = await reportAProblem(new Person(here.home), 'pothole', {
    photos: [{ name: 'hole.jpg', type: 'image/jpeg', bytes: photoWithPlace }], contact: { name: `Olwen Quillfeather${number}`, phone: `07700 90071${number}` }, description: `Hole number ${number}`,
  });
  await here.work();
  return reported;
}

/** Officers find cases, work on them, decide and pay back, and residents hear of it. */
export function officerWorks(riverbourne: () => RunningRiverbourne, [how, hasJavaScript]: Way): void {
  describe(`a case officer ${how}`, () => {
    it('finds a case, takes it, notes, writes to the resident, moves it, and the resident sees the public part at once', async () => {
      const here = riverbourne();
      const { caseOfficer } = here.around.officers;
      const reported = await pothole(here, 1);
      const visit = await here.desk(caseOfficer, { hasJavaScript });
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

      for (const words of [reported.reference, 'quillfeather1', '07700900711', 'High Street Riverbourne']) {
        await visit.go(`${here.home}/desk/search`);
        await visit.page.locator('main #q').fill(words);
        await visit.press(visit.page.locator('main').getByRole('button', { name: 'Find' }));
        expect(await visit.words()).toContain(reported.reference);
      }
      await visit.follow(reported.reference);
      for (const there of ['What happened', 'Photos and files', 'Coordinates', 'Due in', 'Garden waste round: ', 'Olwen Quillfeather1']) expect(await visit.words()).toContain(there);
      expect(await visit.page.locator('.gh-case-photos img').evaluate((picture: { naturalWidth: number }) => picture.naturalWidth)).toBeGreaterThan(0);
      await visit.picture('desk-case');

      await visit.press('Take this case');
      expect(await visit.words()).toContain(`The case is with ${caseOfficer} now.`);
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

      const resident = await here.visit({ hasJavaScript, width: 320 });
      await resident.go(`${here.home}${reported.statusPath ?? ''}`);
      const seen = await resident.words();
      for (const there of ['We have ordered the repair of the pothole', 'We have planned the repair.']) expect(seen).toContain(there);
      for (const hidden of ['60 mm', caseOfficer]) expect(seen).not.toContain(hidden);
      await resident.picture('status');
      expect(await here.message('07700 900711', /there is a message about/)).toContain(reported.reference);
      await resident.close();
      await visit.close();
    });

    it('is told when somebody else was quicker, and nothing is overwritten; a manager gives the case to them', async () => {
      const here = riverbourne();
      const { caseOfficer, manager } = here.around.officers;
      const { reference } = await pothole(here, 2);
      const path = `/desk/cases/${reference}`;
      const [first, second] = [await here.desk(caseOfficer, { hasJavaScript, path }), await here.desk(manager, { hasJavaScript, path })];
      await first.press('Start looking at it');
      await second.unfold('Write to the resident');
      await second.page.locator('#tell').fill('Nobody has looked at it yet.');
      await second.press('Send the message');
      expect(await second.words()).toContain(`${caseOfficer} changed it.`);
      expect(await second.page.locator('#tell').inputValue()).toBe('Nobody has looked at it yet.');
      await second.go(`${here.home}${path}`);
      await second.unfold('Give the case to somebody');
      await second.page.locator('#to').selectOption({ label: caseOfficer });
      await second.press(second.page.locator('form[action$="/assignments"]').getByRole('button', { name: 'Give', exact: true }));
      expect(await second.words()).toContain(`The case is with ${caseOfficer} now.`);
      await first.close();
      await second.close();
    });

    it('as a manager declines a paid order with reasons, the resident has the letter, and the money goes back', async () => {
      const here = riverbourne();
      const { around } = here;
      const buyer = new Person(here.home);
      const resident = here.nextResident();
      await around.signsInByForms(here, buyer, resident);
      const bought = await buyGardenWaste(buyer, {}, around.payments.cards);
      await here.work();
      const visit = await here.desk(around.officers.manager, { hasJavaScript, path: `/desk/cases/${bought.reference}` });
      for (const there of ['£55.00', resident.name]) expect(await visit.words()).toContain(there);
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
      await here.work();
      await visit.go(`${here.home}/desk/cases/${bought.reference}`);
      // One provider is on its way for half an hour, another is there at once.
      expect(await visit.words()).toMatch(/£55\.00 is being paid back|Paid back £55\.00/);
      expect(await visit.page.getByRole('link', { name: 'Pay money back' }).count()).toBe(0);
      const { rows } = await here.books.owner.query('select r.amount_in_pence::int as pence, r.provider_refund_id is not null as is_at_provider from payments.refund r join payments.payment p using (council_id, payment_id) where p.reference = $1', [bought.reference]);
      expect(rows).toEqual([{ pence: 5500, is_at_provider: true }]);
      expect(await here.message(resident.contact, /Our lorry cannot turn in your lane\./)).toContain(bought.reference);

      const theirs = await here.visit({ hasJavaScript, width: 320 });
      await theirs.go(`${here.home}${bought.statusPath ?? ''}`);
      expect(await theirs.words()).toContain('Our lorry cannot turn in your lane.');
      await theirs.picture('status-decided');
      await theirs.close();
      await visit.close();
    });
  });
}
