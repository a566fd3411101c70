import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { REGISTER_FIELDS, STARTER_ATTRIBUTES, STARTER_PURPOSES, choiceReceipt, choiceScope, dateAfter, readAgreement, readEnvelope, type Agreement, type Body, type Choice } from '@guildhall/sharing-contract';
import { expectAccessible, expectNoSidewaysScrolling, openPage } from '../../libs/kernel/module/src/testing/browser';
import { draft, follow, press } from './agreement-form';
import { walksFiles } from './part-4-files';
import { opensAs, wordsOf, type Demonstration } from './visitors';

const NAME = 'Checking garden waste concessions';
const ID = 'checking-garden-waste-concessions';
const TODAY = new Date().toISOString().slice(0, 10);
const SOME = 5;

/** A file as one officer gets it and another brings it. */
interface Handed { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }

/** Part 4: the officers who look after information governance, at both councils and at the care trust. They click from page to page, and hand files to each other. */
export function part4Agreements(demo: () => Demonstration, browser: () => Browser): void {
  let ours: Page;
  let theirs: Page;
  beforeAll(async () => {
    ours = await opensAs(browser(), 'Helen Shaw', `${demo().riverbourne}/desk/sharing`);
    theirs = await opensAs(browser(), 'Helen Shaw', `${demo().county}/desk/sharing`);
  }, 60_000);
  afterAll(() => Promise.all([ours, theirs].map((page) => page?.context().close())));

  it('an officer reads the one point on which the care trust holds something else to be right, in both languages, and so does the trust’s', async () => {
    await row(ours, 'Bins fetched from your door', 'Draft').getByRole('link').click();
    await ours.getByRole('heading', { level: 2, name: 'Check' }).waitFor();
    await looksRight(ours);
    const against = /Nobody keeps for more than three months what we tell\. This agreement keeps what is told for 1 year\./g;
    expect((await wordsOf(ours)).match(against)).toHaveLength(2);
    expect((await ours.locator('main [lang=cy]').allInnerTexts()).join(' ')).toContain('Nid oes neb yn cadw’r hyn a ddywedwn am fwy na thri mis. Mae’r cytundeb hwn yn cadw’r hyn a ddywedir am 1 flwyddyn.');
    expect(await rowOf(ours, 'What is told is kept for').locator('.govuk-error-message').innerText()).toMatch(against);
    const file = await download(ours, 'Download as a file (JSON)');

    const trusts = await opensAs(browser(), 'Helen Shaw', `${demo().trust}/desk/sharing`);
    await bringIn(trusts, file);
    await looksRight(trusts);
    expect(await wordsOf(trusts)).toMatch(/Not as it is now\. This stands against it:/);
    await trusts.getByLabel(/I may sign this agreement/).check();
    await press(trusts, 'Sign');
    expect(await trusts.locator('#confirm-error').innerText()).toMatch(against);
    await trusts.context().close();

    await rowOf(ours, 'What is told is kept for').getByRole('link').click();
    await ours.getByLabel('For how long is kept what is told?').fill('3');
    await ours.getByLabel('In', { exact: true }).selectOption('M');
    await press(ours, 'Save and continue');
    expect(await wordsOf(ours)).toContain('Nothing in the rules of Aldermoor Care Trust stands against it.');
    expect(await ours.locator('main .govuk-error-message').count()).toBe(0);
    await follow(ours, 'Back to agreements');
  });

  it('drafts an agreement with the county, is told beside each field what is wrong, and mends it', async () => {
    await ours.getByRole('button', { name: 'Draft an agreement' }).or(ours.getByRole('link', { name: 'Draft an agreement' })).first().click();
    await press(ours, 'Save and continue');
    const errors = await ours.locator('.govuk-error-summary li').count();
    expect([errors, await ours.locator('form .govuk-error-message').count()]).toEqual([4, 4]);
    await looksRight(ours);
    await draft(ours, { name: NAME, nameInWelsh: 'Gwirio consesiynau gwastraff gardd', from: TODAY, until: dateAfter(TODAY, 'P2Y'), review: dateAfter(TODAY, 'P18M') });
    await looksRight(ours);
    expect(await rowOf(ours, 'Review by').locator('.govuk-error-message').first().innerText()).toMatch(/^It must be reviewed within a year of /);
    const words = await wordsOf(ours);
    for (const body of ['Riverbourne Borough Council', 'Aldermoor County Council']) expect(words).toContain(`${body}: When somebody says stop, we stop using what we were told. This agreement lets what was decided stand when somebody says no.`);
    await ours.getByLabel(/I may sign this agreement/).check();
    await press(ours, 'Sign');
    expect(await ours.locator('#confirm-error').innerText()).toMatch(/It must be reviewed within a year/);

    await rowOf(ours, 'Review by').getByRole('link').click();
    for (const [part, value] of Object.entries(partsOf(dateAfter(TODAY, 'P6M')))) await ours.locator(`#review-${part}`).fill(value);
    await press(ours, 'Save and continue');
    await rowOf(ours, 'When somebody says no').getByRole('link').click();
    await ours.getByLabel('What was told is not used again').check();
    await press(ours, 'Save and continue');
    expect(await wordsOf(ours)).toContain('Yes. Nothing stands against it in the rules of any side.');
    expect(await ours.locator('main .govuk-error-message').count()).toBe(0);
  });

  it('is in force when both have signed, and not before', async () => {
    const file = await signs(ours);
    expect(demo().ask(`county:${ID}`).words).toMatch(/^Nothing was told\. .*(no|not).*agreement/);
    await bringIn(theirs, file);
    expect(await wordsOf(theirs)).toContain('Waiting for us to sign');
    await looksRight(theirs);
    await theirs.getByLabel(/I may sign this agreement/).check();
    await press(theirs, 'Sign');
    await bringIn(ours, await download(theirs, 'Download with its signatures (JSON)'));
    for (const page of [ours, theirs]) {
      expect(await wordsOf(page)).toContain('In force Version 1');
      await looksRight(page);
    }
  });

  it('lets a question be answered when the resident has said yes, and shows how many were, and why others were refused', async () => {
    for (let asked = 0; asked < SOME; asked++) expect(demo().ask(`county:${ID}`).words).toContain('Nothing was told. The resident has not said yes');
    const tom = await opensAs(browser(), 'Tom Bell', `${demo().riverbourne}/account/information`);
    await tom.getByRole('link', { name: new RegExp(NAME) }).first().click();
    await tom.getByRole('button', { name: 'Allow' }).click();
    await tom.getByRole('heading', { level: 1, name: 'Allowed' }).waitFor();
    await tom.context().close();
    for (let asked = 0; asked < SOME; asked++) expect(demo().ask(`county:${ID}`).words).toMatch(/^address\.current: .*\ncouncil-tax-reduction\.receives: /);

    await press(ours, 'Count up to now');
    await looksRight(ours);
    expect(await tableOf(ours, 'Questions that were answered')).toContain(`${monthOf(TODAY)} ${SOME}`);
    // The one that came before both had signed was refused for another reason, and as well for this.
    expect(await tableOf(ours, 'Questions that were refused')).toContain(`${monthOf(TODAY)} ${SOME + 1}`);
    expect(await tableOf(ours, 'Why questions were refused')).toContain(`The resident’s choice ${SOME + 1}`);
    await follow(ours, 'Back to agreements');
    await follow(ours, 'See reviews due, and how much is shared by all agreements');
    await press(ours, 'Count up to now');
    await looksRight(ours);
    for (const chart of ['Agreements to review, by month', 'Questions that were answered', 'Questions that were refused', 'Why questions were refused', 'Times that somebody said no']) expect((await tableOf(ours, chart)).length).toBeGreaterThan(0);
    expect(await wordsOf(ours)).toMatch(new RegExp(`${NAME} [1-9]\\d* [1-9]\\d* 0`));
    await follow(ours, NAME);
  });

  it('is handed out as the 18 fields of the register, and with the receipts of what people chose', async () => {
    const agreement = agreementIn(await download(ours, 'Download with its signatures (JSON)'));
    const [row, ...more] = parse((await download(ours, 'Download the 18 fields of the register (CSV)')).buffer, { columns: true, bom: true }) as readonly Readonly<Record<string, string>>[];
    expect([Object.keys(row ?? {}), more]).toEqual([[...REGISTER_FIELDS], []]);
    expect(JSON.parse((await download(ours, 'Download the 18 fields of the register (JSON)')).buffer.toString())).toEqual(row);
    expect(row).toMatchObject({ Name: NAME, 'Controller names': 'Aldermoor County Council; Riverbourne Borough Council', Start: TODAY, id: `${ID}@1`, 'Area names': 'Riverbourne' });
    const receipts = (await download(ours, /receipts of what people chose/)).buffer.toString().trim().split('\n').map((line) => JSON.parse(line) as Receipt);
    expect(receipts).toHaveLength(1);
    for (const receipt of receipts) expect(receipt).toEqual(await expectedReceipt([ours, theirs], agreement, receipt));
  });

  it('stands in the public register, for anybody, in both languages', async () => {
    for (const origin of [demo().riverbourne, demo().county]) {
      const anybody = await openPage(browser());
      await anybody.goto(`${origin}/`);
      await anybody.getByRole('link', { name: 'What we share with other bodies' }).click();
      await anybody.getByRole('heading', { level: 1, name: 'What we share with other public bodies' }).waitFor();
      await looksRight(anybody);
      expect(await wordsOf(anybody)).toContain(`${NAME} Riverbourne Borough Council may check your address and whether you get Council Tax Reduction with Aldermoor County Council, to decide what you pay for garden waste.`);
      await anybody.getByRole('link', { name: 'Cymraeg' }).click();
      await anybody.locator('html[lang=cy]').waitFor();
      await looksRight(anybody);
      expect(await wordsOf(anybody)).toContain('Gwirio consesiynau gwastraff gardd Caiff Cyngor Bwrdeistref Riverbourne wirio\'r canlynol: eich cyfeiriad');
      await anybody.context().close();
    }
  });

  it('is renewed by a new version, which says what it changes on both sides', async () => {
    await press(ours, 'Agree a new version');
    await rowOf(ours, 'What residents gain').getByRole('link').click();
    await ours.getByLabel('What do residents gain?', { exact: true }).fill('No proof to upload, and decided now');
    await press(ours, 'Save and continue');
    const change = 'What residents gain (English): before, “No proof to upload”; now, “No proof to upload, and decided now”.';
    expect(await wordsOf(ours)).toContain(`What changes from version 1 ${change} Version: before, 1; now, 2.`);
    await looksRight(ours);
    await bringIn(theirs, await signs(ours));
    expect(await wordsOf(theirs)).toContain(change);
    await theirs.getByLabel(/I may sign this agreement/).check();
    await press(theirs, 'Sign');
    await bringIn(ours, await download(theirs, 'Download with its signatures (JSON)'));
    for (const page of [ours, theirs]) {
      expect(await wordsOf(page)).toMatch(/In force Version 2 .*What changes from version 1/);
      await follow(page, 'See version 1');
      expect(await wordsOf(page)).toContain('Version 1');
    }
    expect(demo().ask(`county:${ID}`).words).toMatch(/^address\.current: /);
  });

  it('is ended by one side, is ended on the other, and answers no question any more', async () => {
    await follow(ours, 'Back to agreements');
    await follow(ours, NAME);
    await follow(ours, 'End this agreement');
    await looksRight(ours);
    await press(ours, 'End the agreement');
    expect(await ours.locator('#confirm-error').innerText()).toContain('Confirm that you want to end this agreement');
    await ours.getByLabel('I want to end this agreement today').check();
    await press(ours, 'End the agreement');
    expect(await wordsOf(ours)).toMatch(/The agreement has ended\. .* Ended Version 2 It ended on/);
    await follow(theirs, 'Back to agreements');
    await follow(theirs, NAME);
    while (!/Riverbourne Borough Council ended it on/.test(await wordsOf(theirs))) await theirs.reload();
    while (!/Aldermoor County Council knows of it since/.test(await wordsOf(ours))) await ours.reload();
    await looksRight(theirs);
    expect(demo().ask(`county:${ID}`).words).toMatch(/^Nothing was told\. The agreement was ended on /);
    const anybody = await openPage(browser());
    await anybody.goto(`${demo().riverbourne}/sharing/register`);
    expect(await wordsOf(anybody)).not.toContain(NAME);
    await anybody.context().close();
  });

  it('is drafted, checked, compared, held against the rules and signed as a file on the command line, too', () => walksFiles(demo(), ours));
}

/** One line of the list of agreements. */
function row(page: Page, name: string, state: string) { return page.getByRole('row').filter({ hasText: name }).filter({ hasText: state }); }

/** What an agreement says of one thing. */
function rowOf(page: Page, what: string) { return page.locator('.govuk-summary-list__row').filter({ has: page.locator('dt', { hasText: new RegExp(`^\\s*${what}\\s*$`) }) }); }

/** Signs for this body, and gives the file that the other side gets. */
async function signs(page: Page): Promise<Handed> {
  await page.getByLabel(/I may sign this agreement/).check();
  await press(page, 'Sign');
  expect(await wordsOf(page)).toContain('Waiting for the other side');
  return download(page, 'Download the signed file');
}

async function download(page: Page, name: string | RegExp): Promise<Handed> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByText(name, { exact: true }).first().click()]);
  return { name: file.suggestedFilename(), mimeType: 'application/json', buffer: await readFile(await file.path()) };
}

/** Brings in a file from wherever somebody is on the pages of agreements. */
async function bringIn(page: Page, file: Handed): Promise<void> {
  if (!(await page.getByText('Bring in a file', { exact: true }).count())) await follow(page, 'Back to agreements');
  await page.getByText('Bring in a file', { exact: true }).first().click();
  await page.getByLabel('Or choose the file').setInputFiles(file);
  await press(page, 'Bring in');
}

/** For everybody, on a telephone and on a desk. */
async function looksRight(page: Page): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  await page.locator('.gh-chart details').evaluateAll((all) => all.forEach((details) => details.setAttribute('open', '')));
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScrolling(page);
  await page.setViewportSize(size);
}

/** The table behind a chart, a line for each of its rows. */
async function tableOf(page: Page, title: string): Promise<readonly string[]> {
  return (await page.locator('figure').filter({ has: page.locator('figcaption', { hasText: title }) }).locator('tbody tr').allInnerTexts()).map((line) => line.replace(/\s+/g, ' ').trim());
}

function monthOf(day: string): string { return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(day)); }
function partsOf(date: string): { readonly day: string; readonly month: string; readonly year: string } {
  const [year = '', month = '', day = ''] = date.split('-').map((part) => String(Number(part)));
  return { day, month, year };
}

function agreementIn({ buffer }: Handed): Agreement {
  const envelope = readEnvelope(JSON.parse(buffer.toString()));
  const read = envelope.ok ? readAgreement(JSON.parse(Buffer.from(envelope.value.payload, 'base64').toString())) : undefined;
  if (!read?.ok) throw new Error('This is no signed agreement.');
  return read.value;
}

interface Receipt { readonly record_id: string; readonly pii_principal_id: string; readonly pii_processing: { readonly notice_digest: string }; readonly events: readonly [{ readonly event_time: string }] }

/** The receipt that the contract makes of the same choice (ISO/IEC TS 27560): each of its fields, and no other. */
async function expectedReceipt(pages: readonly Page[], agreement: Agreement, { record_id: recordId, pii_principal_id: subject, pii_processing: { notice_digest: noticeDigest }, events: [{ event_time: at }] }: Receipt): Promise<unknown> {
  const bodies = await Promise.all(pages.map((page) => page.evaluate(async () => (await fetch('/sharing/body')).json() as Promise<Body>)));
  const choice: Choice = { agreement: agreement.id, subject, state: 'given', at, scope: choiceScope(agreement), noticeDigest, language: 'en', by: 'resident' };
  const page = `${new URL(pages[0]?.url() ?? '').origin}/account/information/agreements/${agreement.id}`;
  return JSON.parse(JSON.stringify(choiceReceipt(agreement, choice, { attributes: STARTER_ATTRIBUTES, purposes: STARTER_PURPOSES, bodies: Object.fromEntries(bodies.map(({ id, name }) => [id, name])) }, { recordId, noticeUrl: page, withdrawalUrl: page })));
}
