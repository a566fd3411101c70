import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { photoWithPlace } from '@guildhall/documents-contract/testing';
import { NOBODY_SPECIAL } from './journeys';
import type { RunningRiverbourne } from './running-riverbourne';
import type { Visit, Way } from './visit';

const REFERENCE = /RB-[0-9A-Z]{4}-[0-9A-Z]{4}/;

/** A photo as a telephone makes it, with the place in it. Different names are different files. */
const file = (name: string) => ({ name, mimeType: 'image/jpeg', buffer: Buffer.concat([photoWithPlace, Buffer.from(name)]) });

/** From the start to the question where it is. */
async function toThePlace(visit: Visit, home: string): Promise<void> {
  await visit.go(`${home}/services/report-a-problem`);
  await visit.press('Start now');
  await visit.page.getByLabel('A pothole').check();
  await visit.press('Continue');
  await visit.page.locator('input[name=isDangerous][value=no]').check();
  await visit.press('Continue');
  expect(await visit.heading()).toBe('Where is it?');
}

/** From the question what it is like to the answers as they will be sent: nothing more to say, no photos, no name. */
async function toTheCheck(visit: Visit): Promise<void> {
  await visit.page.locator('input[name=potholeSize][value=large]').check();
  await visit.page.locator('input[name=potholeSurface][value=road]').check();
  for (const next of ['description', 'photos', 'updates']) {
    await visit.press('Continue');
    expect(visit.path).toBe(`/services/report-a-problem/${next}`);
  }
  await visit.page.locator('input[name=updates][value=no]').check();
  await visit.press('Continue');
}

/** Sends what was checked, and returns the reference and the link to follow it. */
async function sends({ home }: RunningRiverbourne, visit: Visit): Promise<{ readonly reference: string; readonly status: string }> {
  await visit.press('Send');
  expect(await visit.heading()).toBe('Report sent');
  const reference = REFERENCE.exec(await visit.words())?.[0] ?? '';
  expect(reference).toMatch(REFERENCE);
  const status = await visit.page.getByRole('link', { name: 'Track this report' }).getAttribute('href');
  return { reference, status: `${home}${status ?? ''}` };
}

/** A resident reports a problem: in a street, at a point and at a place that they describe; with photos; with and without a name. */
export function residentReports(riverbourne: () => RunningRiverbourne, [how, hasJavaScript]: Way): void {
  /** On disk, as a photo is: sent to the browser through its own wire it would be the slowest of all. */
  let hugePhoto: string;
  beforeAll(async () => {
    hugePhoto = join(await mkdtemp(join(process.env['GUILDHALL_TEST_RUN'] ?? tmpdir(), 'photo-')), 'huge.jpg');
    await writeFile(hugePhoto, Buffer.alloc(11 * 1024 * 1024, 7));
  });

  describe(`somebody reports a pothole ${how}`, () => {
    it('in a street that they search for, with photos, and stays anonymous', async () => {
      const here = riverbourne();
      const visit = await here.visit({ hasJavaScript, width: 320 });
      await visit.go(here.home);
      await visit.page.locator('#q').fill('pot hole');
      await visit.press('Search');
      await visit.follow('Report a problem');
      await visit.picture('service-start');
      await visit.press('Start now');
      await visit.press('Continue');
      expect(await visit.page.title()).toMatch(/^Error: What do you want to report\?/);
      await visit.picture('question-mistake');
      await visit.page.getByLabel('A pothole').check();
      await visit.press('Continue');
      await visit.page.locator('input[name=isDangerous][value=no]').check();
      await visit.press('Continue');
      await visit.picture('question-place');
      await visit.page.locator('#place-find').fill('High Street');
      await visit.press('Find');
      await visit.picture('question-place-found');
      // The map shows what was found: its middle is where the whole town was.
      expect(await visit.page.locator('input[name=place-view]').inputValue()).toMatch(/^17\//);
      await visit.page.locator('input[name=place-choice][value^="usrn:"]').first().check();
      await visit.press('Continue');
      expect(await visit.heading()).toBe('What is the pothole like?');

      // Back to the place: what was chosen is still chosen.
      await visit.follow('Back');
      expect(await visit.page.locator('input[name=place-choice]:checked').count()).toBe(1);
      await visit.press('Continue');
      await visit.page.locator('input[name=potholeSize][value=large]').check();
      await visit.page.locator('input[name=potholeSurface][value=road]').check();
      await visit.press('Continue');
      await visit.page.locator('#description').fill('It fills with water when it rains.');
      await visit.press('Continue');

      // Two good ones and one that is no photo: only that one is lost, and it is named.
      await visit.page.locator('#pictures').setInputFiles([file('near.jpg'), { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a photo at all') }, file('far.jpg')]);
      await visit.press('Add photo');
      expect(await visit.page.title()).toMatch(/^Error: /);
      expect(await visit.page.locator('.govuk-error-summary').innerText()).toContain('broken.jpg');
      expect(await visit.page.locator('.services-photos__item').count()).toBe(2);
      await visit.picture('question-photos');
      await visit.press(/Remove photo far\.jpg/);
      expect(await visit.page.locator('.services-photos__item').count()).toBe(1);
      await visit.page.locator('#pictures').setInputFiles(hugePhoto);
      await visit.press('Add photo');
      expect(await visit.page.locator('.govuk-error-summary').innerText()).toContain('huge.jpg');
      expect(await visit.page.locator('.services-photos__item').count()).toBe(1);
      const kept = await visit.page.locator('.services-photos__picture').evaluate((picture: { naturalWidth: number }) => picture.naturalWidth);
      expect(kept).toBeGreaterThan(0);
      await visit.press('Continue');
      await visit.page.locator('input[name=updates][value=no]').check();
      await visit.press('Continue');

      expect(await visit.words()).toContain('High Street');
      await visit.picture('check-answers');
      await visit.follow('Change Width');
      await visit.page.locator('input[name=potholeSize][value=small]').check();
      await visit.press('Continue');
      expect(visit.path).toBe('/services/report-a-problem/check-answers');
      expect(await visit.words()).toContain('Smaller than a dinner plate');
      const { reference, status } = await sends(here, visit);
      await visit.picture('confirmation');

      // The secret is in the link: anybody who has it follows the case, and nobody by the reference alone.
      const neighbour = await here.visit({ hasJavaScript });
      await neighbour.go(status);
      expect(await neighbour.words()).toContain('You reported a pothole, and we have your report.');
      await neighbour.unfold(/photos|documents/i);
      expect(await neighbour.page.locator('main details[open] img').count()).toBe(1);
      await neighbour.go(`${here.home}/status/${reference}`);
      expect(await neighbour.words()).not.toContain('pothole');
      await neighbour.close();
      await visit.close();
    });

    it('at a point that they mark on the map', async () => {
      const here = riverbourne();
      const visit = await here.visit({ hasJavaScript });
      await toThePlace(visit, here.home);
      await visit.press('Zoom in');
      const map = visit.page.locator('input[type=image]:visible');
      await visit.leaves(() => map.click({ position: { x: 200, y: 220 } }));
      expect(await visit.words()).toContain('The point is near');
      await visit.picture('question-place-marked');

      // A street as well, and far from the point: which one is right is asked and not guessed.
      await visit.page.locator('#place-find').fill('High Street');
      await visit.press('Find');
      await visit.page.locator('input[name=place-choice][value^="usrn:"]').first().check();
      await visit.page.locator('#place-point').fill('53.112, 1.95');
      await visit.press('Continue');
      expect(await visit.words()).toMatch(/The point on the map is about [\d.]+ km from High Street\. Choose which one is right/);
      await visit.picture('question-place-which');
      await visit.page.locator('input[name=place-right][value=point]').check();
      await visit.press('Continue');
      expect(await visit.heading()).toBe('What is the pothole like?');
      await toTheCheck(visit);
      expect(await visit.words()).toMatch(/Point on the map.*53\.11200, 1\.95000/);
      expect(await visit.words()).not.toContain('High Street, Riverbourne');
      await visit.picture('check-answers-with-map');
      const { status } = await sends(here, visit);
      await visit.go(status);
      expect(await visit.words()).toMatch(/Where Point on the map.*53\.11200, 1\.95000/);
      await visit.close();
    });

    it('at a place that they do not find by its postcode and describe, changes the language half way without losing it, and hears of it by e-mail', async () => {
      const here = riverbourne();
      const visit = await here.visit({ hasJavaScript });
      await toThePlace(visit, here.home);
      await visit.page.locator('#place-find').fill('ZZ99 1AA');
      await visit.press('Find');
      expect(await visit.page.locator('input[name=place-choice][value^="uprn:"]').count()).toBeGreaterThan(1);
      await visit.page.locator('#place-described').fill('Under the railway bridge, by the old mill');
      await visit.press('Continue');
      await visit.page.locator('input[name=potholeSize][value=medium]').check();
      await visit.page.locator('input[name=potholeSurface][value=cycle-lane]').check();
      await visit.press('Continue');
      await visit.page.locator('#description').fill('Deep enough for a frog');
      await visit.press('Cymraeg');
      expect(visit.path).toBe('/services/report-a-problem/description');
      expect(await visit.page.locator('html').getAttribute('lang')).toBe('cy');
      expect(await visit.page.locator('#description').inputValue()).toBe('Deep enough for a frog');
      await visit.follow('Yn ôl');
      expect(await visit.heading()).toBe('Sut dwll ydyw?');
      expect(await visit.page.locator('input[name=potholeSize][value=medium]').isChecked()).toBe(true);
      await visit.picture('question');
      await visit.press('Parhau');
      await visit.press('Parhau');
      await visit.press('Parhau');
      await visit.page.locator('input[name=updates][value=email]').check();
      await visit.press('Parhau');
      await visit.page.locator('#yourName').fill(NOBODY_SPECIAL.name);
      await visit.page.locator('#email').fill(NOBODY_SPECIAL.email);
      await visit.press('Parhau');
      expect(await visit.words()).toContain('Under the railway bridge, by the old mill');
      await visit.picture('check-answers');
      await visit.press('Anfon');
      expect(await visit.heading()).toBe('Adroddiad wedi’i anfon');
      await visit.picture('confirmation');
      await visit.follow('English');
      expect(await visit.heading()).toBe('Report sent');
      const reference = REFERENCE.exec(await visit.words())?.[0] ?? '';
      expect(reference).toMatch(REFERENCE);
      await visit.close();
      expect(await here.message(NOBODY_SPECIAL.email, new RegExp(reference))).toContain('eich cyfeirnod yw');
    });
  });
}
