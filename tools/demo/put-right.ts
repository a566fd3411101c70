import type { Browser, Page } from 'playwright-core';
import { isForEveryone, isOn, newestLine, opensAs, opensInformation, wordsOf, type Demonstration } from './visitors';

/** What somebody says is wrong: from their press to the officer of the body that told it, who asks back, and answers; to their page, and to whoever had been told it. */
export function putRight(demo: () => Demonstration, browser: () => Browser): void {
  it('reaches who can put it right, and comes back to the resident and to whoever had been told it', async () => {
    const tom = await opensInformation(browser(), 'Tom Bell', demo().riverbourne);
    await tom.getByRole('link', { name: /^It is wrong\s*\(?Gets Council Tax Reduction\)?$/ }).click();
    await isOn(tom, 'Is this wrong: Gets Council Tax Reduction?');
    await isForEveryone(tom);
    await tom.getByRole('button', { name: 'It is wrong' }).click();
    await isOn(tom, 'You said that this is wrong: Gets Council Tax Reduction');
    expect(await wordsOf(tom)).toContain('We were told this by Aldermoor County Council, so they look at it and answer you.');
    await comes(tom, 'They know of it since');
    await isForEveryone(tom);
    expect(demo().ask('county').words).toContain('Nothing was told.');

    const helen = await opensAs(browser(), 'Helen Shaw', `${demo().county}/desk/disputes`);
    await isForEveryone(helen);
    await helen.getByRole('link', { name: /^Gets Council Tax Reduction/ }).click();
    await isOn(helen, 'Gets Council Tax Reduction: is it right?');
    expect(await wordsOf(helen)).toMatch(/Who says so Tom Bell .* What we hold Yes Council Tax register, as at 1 November 2026/);
    await isForEveryone(helen);
    // Without a word nothing is asked, and what is missing stands beside its field.
    await helen.getByRole('button', { name: 'Ask them' }).click();
    await helen.getByRole('alert').waitFor();
    await isForEveryone(helen);
    await helen.getByLabel('To know what is right').check();
    await helen.getByLabel('What do you ask them, in English?').fill('Since when do you not get it? Call 01632 960300.');
    await helen.getByRole('button', { name: 'Ask them' }).click();
    await helen.getByText('They are asked. The time goes on.').waitFor();
    await helen.getByLabel('Why does it take longer, in English?').fill('We look through three years of awards.');
    await helen.getByRole('button', { name: 'Take two more months' }).click();
    await helen.getByText('There are two more months. They are told why.').waitFor();
    await isForEveryone(helen);

    await comes(tom, 'We look through three years of awards.');
    expect(await wordsOf(tom)).toMatch(/Aldermoor County Council asked you something\. Since when do you not get it\? Call 01632 960300\. .*needs two more months\. We look through three years of awards\. You have an answer by/);
    await isForEveryone(tom);

    await helen.getByLabel('It was wrong, and it is put right').check();
    await helen.getByLabel('What do you want to say to the resident, in English?').fill('It ended in October. We have put it right.');
    await helen.getByRole('button', { name: 'Answer' }).click();
    await comes(helen, 'They confirmed it on');
    expect(await wordsOf(helen)).toMatch(/Answer of Aldermoor County Council, .* It was wrong, and it has been put right\. It ended in October\. We have put it right\. Who was told that it was wrong Riverbourne Borough Council They confirmed it on/);
    await isForEveryone(helen);

    await comes(tom, 'It ended in October. We have put it right.');
    await isOn(tom, 'What we answered: Gets Council Tax Reduction');
    await isForEveryone(tom);
    await tom.getByRole('link', { name: 'Back to your information' }).click();
    // What Riverbourne had of it is gone: it asks again when it needs it.
    const held = await wordsOf(tom);
    expect(held.slice(held.lastIndexOf('What we hold'))).not.toMatch(/Gets Council Tax Reduction Yes/);
    expect(await newestLine(tom)).toMatch(/^Something was put right .* Gets Council Tax Reduction .*Aldermoor County Council/);
    await Promise.all([tom, helen].map((page) => page.context().close()));
  });
}

/** Bodies tell each other by themselves: looks again until it is there. */
async function comes(page: Page, words: string): Promise<void> {
  while (!(await wordsOf(page)).includes(words)) {
    await page.waitForTimeout(250);
    await page.reload();
  }
}
