import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { isForEveryone, isOn, newestLine, opensInformation, wordsOf, type Demonstration } from './visitors';

const WHO = ['Your account with us', 'Garden waste collection', 'The crews who collect garden waste', 'Aldermoor County Council'];

/** Part 3: one change of address, to everybody who is to have it. And what is seen when one of them has lost that it was told. */
export function part3ToldOnce(demo: () => Demonstration, browser: () => Browser): void {
  it('reaches each service and body that is to have it, and shows each confirm', async () => {
    const tom = await opensInformation(browser(), 'Tom Bell', demo().riverbourne);
    await tom.getByRole('link', { name: 'Tell us once that you have moved' }).click();
    await isForEveryone(tom);
    await moves(tom);
    // The county may not be told yet, and why is said. The way there leads back.
    expect(await tom.locator('main').getByRole('checkbox').count()).toBe(WHO.length - 1);
    expect(await wordsOf(tom)).toContain('Those who may not be told Aldermoor County Council You have not said that this may be shared.');
    await isForEveryone(tom);
    await tom.getByRole('link', { name: /^Stop or allow\s*: Aldermoor County Council$/ }).click();
    await tom.getByRole('button', { name: 'Allow' }).click();
    await isOn(tom, 'Allowed');
    await tom.getByRole('button', { name: 'Go back to where you were' }).click();
    expect(await tom.getByLabel('Address line 1').inputValue()).toBe('3 Chantry Road');
    await tom.getByRole('button', { name: 'Continue' }).click();
    await isOn(tom, 'Who will be told?');
    for (const one of WHO) await expect(tom.getByLabel(one, { exact: true }).isChecked()).resolves.toBe(true);
    await tom.getByRole('button', { name: 'Tell them' }).click();
    await isOn(tom, 'Who has your new address');
    // It is brought at once, and again and again until each has said that it has it.
    while ((await tom.getByText('Confirmed', { exact: true }).count()) < WHO.length) {
      await tom.waitForTimeout(250);
      await tom.reload();
    }
    expect([...(await tom.locator('.govuk-summary-list__key').allInnerTexts())].sort()).toEqual(['Your new address', ...WHO].sort());
    await isForEveryone(tom);

    const crews = path.join(demo().folder, 'crews');
    const [file] = await readdir(crews);
    expect(JSON.parse(await readFile(path.join(crews, file ?? ''), 'utf8'))).toMatchObject({ lines: ['3 Chantry Road', 'Riverbourne'], postcode: 'ZZ99 1AD' });
    const tomAtCounty = await opensInformation(browser(), 'Tom Bell', demo().county);
    expect(await newestLine(tomAtCounty)).toMatch(/^Another body told us what you told it once .* Current address The other body: Riverbourne Borough Council/);
    await Promise.all([tom, tomAtCounty].map((page) => page.context().close()));
  });

  it('is red where the other body has no record of what it was told', async () => {
    expect(demo().says('lose', 'county')).toMatchObject({ status: 0, words: expect.stringContaining('reads so, in red') });
    const tom = await opensInformation(browser(), 'Tom Bell', demo().riverbourne);
    const told = tom.locator('.moj-timeline__item').filter({ hasText: 'We told another body what you told us once' });
    const red = told.locator('.govuk-error-message');
    expect(await red.innerText()).toBe('Aldermoor County Council has no record of having received what we told it.');
    expect(await red.evaluate((element) => (globalThis as unknown as { getComputedStyle(of: unknown): { color: string } }).getComputedStyle(element).color)).toBe('rgb(202, 53, 53)');
    await isForEveryone(tom);
    await tom.context().close();
  });
}

async function moves(page: Page): Promise<void> {
  await page.getByLabel('Address line 1').fill('3 Chantry Road');
  await page.getByLabel('Town or city').fill('Riverbourne');
  await page.getByLabel('Postcode').fill('ZZ99 1AD');
  await page.getByRole('button', { name: 'Continue' }).click();
  await isOn(page, 'Who will be told?');
}
