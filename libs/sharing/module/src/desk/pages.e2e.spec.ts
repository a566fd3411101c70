import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { expectAccessible, openBrowser, openPage, takeScreenshot } from '@guildhall/kernel/testing';
import { starterGuideline } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { HOLDER, RECEIVER, renew, startTwoBodies, type TwoBodies } from '../../test/two-bodies';

const HOME = '/desk/sharing';
let two: TwoBodies;
let browser: Browser;
beforeAll(async () => {
  two = await startTwoBodies({}, { guidelines: { [RECEIVER]: starterGuideline(RECEIVER), [HOLDER]: starterGuideline(HOLDER) } });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await two?.close();
});

/** A browser of an officer of one of the two. */
async function officerAt(slug: string, width: 320 | 1280): Promise<Page> {
  const page = await openPage(browser, { width });
  const visitor = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] }, slug);
  await page.context().addCookies([...visitor.cookies]);
  await page.goto(two.app.origin(slug) + HOME);
  return page;
}
async function looks(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await takeScreenshot(page, `desk-sharing-${name}`);
}
async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}
const headingOf = (page: Page): Promise<string> => page.locator('h1').innerText();
async function fillDay(page: Page, id: string, day: string, month: string, year: string): Promise<void> {
  for (const [part, value] of Object.entries({ day, month, year })) await page.locator(`#${id}-${part}`).fill(value);
}
/** What a press hands over, as the file that the other side gets. */
async function download(page: Page, name: string): Promise<{ readonly name: string; readonly mimeType: string; readonly buffer: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByText(name, { exact: true }).click()]);
  return { name: file.suggestedFilename(), mimeType: 'application/json', buffer: await readFile(await file.path()) };
}
async function bringIn(page: Page, slug: string, file: Awaited<ReturnType<typeof download>>): Promise<void> {
  await page.goto(`${two.app.origin(slug)}${HOME}/bring-in`);
  await page.getByLabel('Or choose the file').setInputFiles(file);
  await press(page, 'Bring in');
}

describe('agreements on the desk', () => {
  it('can be drafted, checked, signed, handed over, signed there, and brought back into force, by keyboard and by a screen reader, on a small screen', async () => {
    const width = 320;
    const name = `Reduction of Council Tax, ${width}`;
    const ours = await officerAt(RECEIVER, width);
    await looks(ours, 'list');
    await ours.getByText('Draft an agreement').click();
    await press(ours, 'Save and continue');
    await looks(ours, 'form-mistakes');
    await ours.getByRole('link', { name: 'Choose which body you share with' }).click();
    expect(await ours.evaluate('document.activeElement.id')).toBe('other');
    await ours.getByLabel('What is the agreement called?', { exact: true }).fill(name);
    await ours.getByLabel('What is the agreement called?, in Welsh').fill('Gostwng y Dreth Gyngor');
    await ours.getByLabel('aldermoor council', { exact: true }).check();
    await ours.getByLabel('riverbourne council asks, and the other body tells').check();
    await press(ours, 'Save and continue');
    await looks(ours, 'form-purpose');
    await ours.getByLabel('To decide a Council Tax Reduction').check();
    await ours.getByLabel('What do residents gain?', { exact: true }).fill('No proof to upload');
    await ours.getByLabel('What do residents gain?, in Welsh').fill('Dim prawf i’w lanlwytho');
    await ours.getByLabel('Public task').check();
    await ours.getByLabel('Which Act and section lets you?').fill('Local Government Finance Act 1992, section 13A');
    await press(ours, 'Save and continue');
    await looks(ours, 'form-items');
    await ours.getByLabel('Lives alone').check();
    await ours.getByLabel('None: there is no special-category data in it').check();
    await press(ours, 'Save and continue');
    await looks(ours, 'form-choice');
    await ours.getByLabel('Nothing is shared until they say yes').check();
    await ours.getByLabel('What can they do instead?', { exact: true }).fill('You can upload a bill');
    await ours.getByLabel('What can they do instead?, in Welsh').fill('Gallwch lanlwytho bil');
    await ours.getByLabel('What was told is not used again').check();
    await press(ours, 'Save and continue');
    await looks(ours, 'form-term');
    await fillDay(ours, 'from', '1', '11', '2026');
    await fillDay(ours, 'until', '31', '10', '2028');
    await fillDay(ours, 'review', '1', '10', '2027');
    await ours.getByLabel('For how long is kept what is told?').fill('6');
    await press(ours, 'Save and continue');
    await looks(ours, 'form-safeguards');
    await ours.getByLabel('What is the reference of the data protection impact assessment?').fill('DPIA-2026-20');
    await fillDay(ours, 'dpiaDate', '2', '10', '2026');
    await ours.getByLabel('A server over the internet').check();
    await ours.getByLabel('1 Data in transit protection').check();
    await ours.getByLabel('somebody independent').check();
    await ours.getByLabel('How many days old may that be?').fill('400');
    await press(ours, 'Save and continue');
    await looks(ours, 'form-contacts');
    await ours.getByLabel('Email address of whoever answers questions at riverbourne council').fill('data@riverbourne.example');
    await ours.getByLabel('Email address of whoever answers questions at aldermoor council').fill('data@aldermoor.example');
    await ours.getByLabel('Where does it hold?').fill('E07000999 Riverbourne');
    await press(ours, 'Save and continue');
    await looks(ours, 'draft');
    expect(await ours.locator('main').innerText()).toContain('Nobody can say yet: the rules of one side are not here.');
    await press(ours, 'Sign');
    await looks(ours, 'draft-mistake');
    await ours.getByLabel(/I may sign this agreement/).check();
    await press(ours, 'Sign');
    await looks(ours, 'draft-signed');
    expect(await ours.locator('main').innerText()).toContain('Waiting for the other side');

    const theirs = await officerAt(HOLDER, width);
    await bringIn(theirs, HOLDER, await download(ours, 'Download the signed file'));
    expect(await headingOf(theirs)).toBe(name);
    await looks(theirs, 'draft-to-sign');
    await theirs.getByLabel(/I may sign this agreement/).check();
    await press(theirs, 'Sign');
    expect(await theirs.locator('main').innerText()).toContain('In force');
    await bringIn(ours, RECEIVER, await download(theirs, 'Download with its signatures (JSON)'));
    expect(await ours.locator('main').innerText()).toMatch(/All sides have signed[\s\S]*In force/);
    await looks(ours, 'agreement-new');
    for (const [page, slug] of [[ours, RECEIVER], [theirs, HOLDER]] as const) {
      await page.goto(`${two.app.origin(slug)}${HOME}`);
      expect(await page.locator('tr', { hasText: name }).innerText()).toContain('In force');
      await page.context().close();
    }
  });

  it('are looked at, ended and published, and their bodies known, on a large screen', async () => {
    const width = 1280;
    const id = `another-body-${width}`;
    const { signer: _signer, ...body } = bodyNamed(id, 'Aldermoor Care Trust');
    const page = await officerAt(RECEIVER, width);
    const at = two.app.origin(RECEIVER);
    await page.goto(`${at}${HOME}/bodies`);
    await looks(page, 'bodies');
    await page.getByRole('button', { name: 'Add a body' }).click();
    await press(page, 'Compare the keys');
    await looks(page, 'body-mistake');
    await page.getByLabel('What its node says of itself').fill(JSON.stringify(body));
    await press(page, 'Compare the keys');
    await looks(page, 'body-compare');
    await page.getByLabel(/I have compared every fingerprint/).check();
    await press(page, 'Add this body');
    await looks(page, 'body');
    await page.getByRole('link', { name: 'Bring in its guideline' }).click();
    await page.getByLabel('Paste the file’s text').fill(JSON.stringify(starterGuideline(id)));
    await press(page, 'Bring in');
    await looks(page, 'body-with-guideline');
    await two.choose('given');
    for (let asked = 0; asked < 6; asked++) await two.ask();
    await two.app.queueJob('do:sharing.count-shared', { data: {} }, RECEIVER);
    await two.app.drainJobs();
    await page.goto(`${at}${HOME}/overview`);
    await looks(page, 'overview');
    await page.setViewportSize({ width: 320, height: 900 });
    await looks(page, 'overview');
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${at}${HOME}/agreements/garden-waste-concession`);
    for (const details of await page.locator('.gh-chart summary').all()) await details.click();
    await looks(page, 'agreement');
    await page.getByRole('link', { name: 'End this agreement' }).click();
    await looks(page, 'end');
    await press(page, 'End the agreement');
    expect(await page.title()).toMatch(/^Error: /);
    await page.goto(`${at}${HOME}/agreements/garden-waste-concession`);
    await press(page, 'Agree a new version');
    await looks(page, 'next-version');
    await page.getByRole('link', { name: 'Throw this draft away' }).click();
    await looks(page, 'discard');
    await press(page, 'Throw away');
    for (const language of ['en', 'cy']) {
      await page.goto(`${at}/sharing/register?lang=${language}`);
      await expectAccessible(page);
      await takeScreenshot(page, 'sharing-register');
    }
    await page.context().close();
  });

  it('show a next version before its first day, and a body whose log tells two stories, in red, with one press to go on, on a small and on a wide screen', async () => {
    await renew(two, { from: '2027-04-01', until: '2029-03-31', review: '2028-03-01' });
    await two.app.owner.query(`update sharing.peer set contradiction = $2, contradictions_settled = jsonb_build_array(jsonb_build_object('notes', jsonb_build_array('a', 'b'), 'because', 'It moved to another machine', 'at', '2026-11-20T09:00:00Z')) where council_id = $1 and peer_id = $3`, [two.receiver.council.id, ['one', 'other'], HOLDER]);
    for (const width of [320, 1280] as const) {
      const page = await officerAt(RECEIVER, width);
      await looks(page, 'list-contradicted');
      await page.goto(`${two.app.origin(RECEIVER)}${HOME}/bodies`);
      await looks(page, 'bodies-contradicted');
      await page.goto(`${two.app.origin(RECEIVER)}${HOME}/bodies/${HOLDER}`);
      await press(page, 'We have looked: go on from here');
      expect(await page.title()).toMatch(/^Error: /);
      await looks(page, 'body-contradicted');
      await page.goto(`${two.app.origin(RECEIVER)}${HOME}/agreements/garden-waste-concession`);
      await looks(page, 'agreement-to-be-renewed');
      await page.context().close();
    }
  });

  it('show in red a body whose log is not shown, on a small and on a wide screen', async () => {
    await two.app.owner.query(`update sharing.peer set contradiction = null, unproved_since = $2 where council_id = $1 and peer_id = $3`, [two.receiver.council.id, new Date(two.clock.now().getTime() - 2 * 60 * 60 * 1000), HOLDER]);
    for (const width of [320, 1280] as const) {
      const page = await officerAt(RECEIVER, width);
      for (const [at, name] of [[`${HOME}/bodies`, 'bodies-unproved'], [`${HOME}/bodies/${HOLDER}`, 'body-unproved']] as const) {
        await page.goto(two.app.origin(RECEIVER) + at);
        await page.getByText('Its log is not shown').first().waitFor();
        await looks(page, name);
      }
      await page.context().close();
    }
  });
});
