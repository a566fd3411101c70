import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { everythingOf, logOf } from './databases';
import { isForEveryone, isOn, signsIn, visits, wordsOf, type Demonstration } from './visitors';

/** Stands in the county's and the trust's registers, beside what may be asked for. Nobody asks for it. */
const NOT_TOLD = ['GX-7731', 'Pension Credit', 'What nobody else may read'];

/** Part 1: a resident buys garden waste. What a body knows is not asked, nothing is fetched before the press, and nobody is asked twice. */
export function part1AskedOnce(demo: () => Demonstration, browser: () => Browser): void {
  const logs = (): Promise<readonly [riverbourne: readonly string[], county: readonly string[], trust: readonly string[]]> => Promise.all([logOf(demo().folder, 'riverbourne'), logOf(demo().folder, 'aldermoor-county'), logOf(demo().folder, 'aldermoor-care-trust')]);
  const begins = async (name: string, service: string): Promise<Page> => {
    const page = await visits(browser(), demo().riverbourne);
    await page.getByRole('link', { name: 'All services A to Z' }).click();
    await startsService(page, service);
    await signsIn(page, name);
    return page;
  };

  it('says before anything is asked what, of whom, why and what it saves, and shows what came', async () => {
    expect(demo().ask('county').words).toContain('Nothing was told. The resident has not said yes');
    const before = await logs();
    const tom = await begins('Tom Bell', 'Garden waste collection');
    await isOn(tom, 'Where should we collect from?');
    expect(await wordsOf(tom)).toContain('Riverbourne Borough Council may check your address with Aldermoor County Council, to decide what you pay for garden waste. No proof to upload, and decided now.');
    expect(await tom.locator('main').getByRole('button').allInnerTexts()).toEqual(['Get it from Aldermoor County Council', 'I’ll type it']);
    expect(await wordsOf(tom)).not.toContain('52 High Street');
    await isForEveryone(tom);
    expect(await logs()).toEqual(before);

    await tom.getByRole('button', { name: 'Get it from Aldermoor County Council' }).click();
    await tom.getByText('52 High Street').waitFor();
    expect(await wordsOf(tom)).toContain('52 High Street Riverbourne ZZ99 1AE From Aldermoor County Council, as at 1 November 2026');
    expect(await tom.locator('main').getByRole('button').allInnerTexts()).toEqual(['Use this', 'It’s wrong', 'I’ll type it myself']);
    await isForEveryone(tom);
    await tom.getByRole('button', { name: 'Use this' }).click();
    await tom.getByLabel('How many bins do you want?').fill('1');
    await tom.getByRole('button', { name: 'Continue' }).click();

    await isOn(tom, 'Do you get Council Tax Reduction?');
    expect(await wordsOf(tom)).toContain('may check whether you get Council Tax Reduction with Aldermoor County Council');
    await tom.getByRole('button', { name: 'Get it from Aldermoor County Council' }).click();
    await tom.getByText('From Aldermoor County Council, as at').waitFor();
    expect(await wordsOf(tom, '.govuk-inset-text')).toBe('Yes From Aldermoor County Council, as at 1 November 2026');
    const page = await tom.content();
    expect(NOT_TOLD.filter((words) => page.includes(words))).toEqual([]);
    await tom.getByRole('button', { name: 'Use this' }).click();
    await pays(tom, 'Pay £40.00');
    await isForEveryone(tom);
    await tom.context().close();
  });

  it('takes what it is told is wrong for wrong, keeps what is typed, and asks for it in no other service that may use it', async () => {
    const mair = await begins('Mair Evans', 'Garden waste collection');
    await mair.getByRole('button', { name: 'Get it from Aldermoor County Council' }).click();
    await mair.getByText('9 Chantry Road').waitFor();
    await mair.getByRole('button', { name: 'It’s wrong' }).click();
    await mair.getByText('We keep what you type here for a year, to decide what you pay for garden waste, and do not ask you for it again.').waitFor();
    expect(await wordsOf(mair)).toContain('You said that this is wrong, and Aldermoor County Council looks at it. Nobody is told it until you have an answer');
    await isForEveryone(mair);
    await mair.getByRole('textbox', { name: 'Postcode' }).first().fill('ZZ99 2BA');
    await mair.getByRole('button', { name: 'Find' }).click();
    await mair.getByLabel('7 Chantry Road').check();
    await mair.getByRole('button', { name: 'Continue' }).click();
    await mair.getByLabel('How many bins do you want?').fill('1');
    await mair.getByRole('button', { name: 'Continue' }).click();
    await mair.getByRole('button', { name: 'I’ll type it' }).click();
    await mair.getByLabel('No', { exact: true }).check();
    await mair.getByRole('button', { name: 'Continue' }).click();
    await pays(mair, 'Pay £55.00');

    await mair.getByRole('link', { name: 'Go to the home page' }).click();
    await mair.getByRole('link', { name: 'All services A to Z' }).click();
    await startsService(mair, 'Ask for another garden waste bin');
    await mair.getByText('7 Chantry Road').waitFor();
    expect(await wordsOf(mair)).toMatch(/7 Chantry Road Riverbourne ZZ99 2BA You told us this on/);
    await isForEveryone(mair);
    await mair.getByRole('button', { name: 'Use this' }).click();
    await isOn(mair, 'Do you get Council Tax Reduction?');
    expect(await wordsOf(mair, '.govuk-inset-text')).toMatch(/^No You told us this on/);
    // What they typed themselves, and is wrong, is forgotten: they are asked.
    await mair.getByRole('button', { name: 'It’s wrong' }).click();
    await mair.getByLabel('No', { exact: true }).check();
    await mair.getByRole('button', { name: 'Continue' }).click();
    await isOn(mair, 'Check your answers before you send them');
    await mair.context().close();
  });

  it('asks the care trust, which answers from its own database with a yes and no more', async () => {
    expect(demo().ask('care').words).toContain('The resident has not said yes');
    const tom = await begins('Tom Bell', 'Have your bins fetched from your door');
    await isOn(tom, 'Do you get care at home?');
    expect(await wordsOf(tom)).toContain('may check whether you get care at home with Aldermoor Care Trust, to decide whether your bins are fetched from your door. No letter from your nurse or doctor.');
    await tom.getByRole('button', { name: 'Get it from Aldermoor Care Trust' }).click();
    await tom.getByText('From Aldermoor Care Trust, as at').waitFor();
    expect(await wordsOf(tom, '.govuk-inset-text')).toBe('Yes From Aldermoor Care Trust, as at 1 November 2026');
    await isForEveryone(tom);
    await tom.getByRole('button', { name: 'Use this' }).click();
    // Where they live was told for another purpose: for this one they are asked.
    await tom.getByText('We keep what you type here for a year, to decide whether your bins are fetched from your door').waitFor();
    await tom.context().close();
    expect(demo().ask('care').words).toBe('care.receives: yes, as at 2026-11-01, from care-case-system.');
  });

  it('has nothing of what nobody asked for in any of the databases, and no value or name in any log', async () => {
    const { folder } = demo();
    const revenues = await readFile(path.join(folder, 'exports/revenues/council-tax-20261101.csv'), 'utf8');
    expect(revenues).toContain('Pension Credit GX-7731');
    for (const slug of ['riverbourne', 'aldermoor-county', 'aldermoor-care-trust']) {
      const [everything, said, log] = await Promise.all([everythingOf(folder, slug), readFile(path.join(folder, `${slug}.log`), 'utf8'), logOf(folder, slug)]);
      expect(everything).toContain('DPIA-');
      expect(NOT_TOLD.filter((words) => everything.includes(words) || said.includes(words))).toEqual([]);
      expect(log.length).toBeGreaterThan(0);
      expect(log.filter((leaf) => /Bell|Evans|High Street|Chantry|ZZ99|@post\.example/.test(leaf))).toEqual([]);
    }
  });
}

/** From the list of services to the first question. */
async function startsService(page: Page, service: string): Promise<void> {
  await page.getByRole('link', { name: service, exact: true }).click();
  await page.getByRole('button', { name: /^Start now/ }).click();
}

/** From the answers to the reference, by the practice card. */
async function pays(page: Page, press: string): Promise<void> {
  await isOn(page, 'Check your answers before you send them');
  await page.getByLabel('I agree').check();
  await page.getByRole('button', { name: press }).click();
  await page.getByRole('link', { name: 'Use this card 1111' }).click();
  await page.getByRole('button', { name: press }).click();
  await isOn(page, 'Subscription sent');
}
