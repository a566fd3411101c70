import type { Browser } from 'playwright-core';
import { isForEveryone, isOn, newestLine, opensCaseOf, opensInformation, signsIn, visits, wordsOf, type Demonstration } from './visitors';

/** Part 2: who looked, what may be shared and what is held; stopped in two presses by whoever wants to, in whatever way they come. */
export function part2YourInformation(demo: () => Demonstration, browser: () => Browser): void {
  it('shows on both sides who looked at what, why and by which rule, with its proof, and what is held', async () => {
    expect(demo().ask('county').words).toBe('address.current: 52 High Street, Riverbourne, ZZ99 1AE, as at 2026-11-01, from council-tax-register.\ncouncil-tax-reduction.receives: yes, as at 2026-11-01, from council-tax-register.');
    const line = /^Riverbourne Borough Council asked Aldermoor County Council .* What: Current address, Gets Council Tax Reduction Why: To decide what you pay for garden waste By which rule: Concessions for garden waste, version 1 Told /;
    const [tom, tomAtCounty] = [await opensInformation(browser(), 'Tom Bell', demo().riverbourne), await opensInformation(browser(), 'Tom Bell', demo().county)];
    await isForEveryone(tom);
    await isForEveryone(tomAtCounty);
    expect(await newestLine(tom)).toMatch(line);
    expect(await newestLine(tom)).toContain('✓ Proved on both sides');
    expect(await newestLine(tomAtCounty)).toMatch(line);
    const words = await wordsOf(tom);
    expect(words).toMatch(/No proof to upload, and decided now\. Since .* it has saved you from proving it \d+ times\./);
    expect(words.slice(words.lastIndexOf('What we hold'))).toMatch(/Current address 52 High Street Riverbourne ZZ99 1AE Aldermoor County Council, as at 1 November 2026 It is wrong/);
    expect(words.slice(words.lastIndexOf('What we hold'))).toMatch(/Gets Council Tax Reduction Yes Aldermoor County Council, as at 1 November 2026 It is wrong/);
    await tom.getByRole('link', { name: /^See the proof/ }).first().click();
    await isOn(tom, 'Proof of one line');
    await isForEveryone(tom);
    await Promise.all([tom, tomAtCounty].map((page) => page.context().close()));
  });

  it('stops in two presses from a line, with its receipt, is undone as easily, and stops from an answer that was filled in', async () => {
    const tom = await opensInformation(browser(), 'Tom Bell', demo().riverbourne);
    await tom.getByRole('link', { name: /^Stop this\s*: Concessions for garden waste$/ }).first().click();
    // Before the second press: what stops, what happens instead, and what cannot be undone.
    await isOn(tom, 'Concessions for garden waste');
    expect(await wordsOf(tom)).toContain('If you stop It stops here the moment you press. At Aldermoor County Council it stops within seconds, and within 15 minutes at the latest if they cannot be reached. What you can do instead You can type your address, and send a letter What is shared already What was shared before is not used again.');
    await isForEveryone(tom);
    await tom.getByRole('button', { name: 'Stop' }).click();
    await isOn(tom, 'Stopped');
    expect(await wordsOf(tom)).toMatch(/Your reference RB-\S+ When .* Who pressed You/);
    await isForEveryone(tom);
    expect(demo().ask('county').words).toContain('Nothing was told. The resident has said no');

    await tom.getByRole('button', { name: 'Allow' }).click();
    await isOn(tom, 'Allowed');
    expect(demo().ask('county').words).toContain('council-tax-reduction.receives: yes');

    await tom.getByRole('link', { name: 'Riverbourne Borough Council' }).first().click();
    await tom.getByRole('link', { name: 'All services A to Z' }).click();
    await tom.getByRole('link', { name: 'Ask for another garden waste bin' }).click();
    await tom.getByRole('button', { name: /^Start now/ }).click();
    await tom.getByText('52 High Street').waitFor();
    await tom.getByRole('link', { name: 'Stop sharing this' }).click();
    await tom.getByRole('button', { name: 'Stop' }).click();
    await isOn(tom, 'Stopped');
    await tom.getByRole('button', { name: 'Go back to where you were' }).click();
    await isOn(tom, 'Where should we bring it?');
    await tom.getByRole('textbox', { name: 'Postcode' }).first().waitFor();
    expect(await wordsOf(tom)).not.toContain('52 High Street');
    expect(demo().ask('county').words).toContain('Nothing was told. The resident has said no');
    await tom.context().close();
  });

  it('stops without JavaScript and in Welsh just so', async () => {
    const mair = await visits(browser(), demo().riverbourne, { hasJavaScript: false, width: 320 });
    await mair.getByRole('link', { name: 'Cymraeg' }).click();
    await mair.getByRole('link', { name: 'Mewngofnodi' }).first().click();
    await signsIn(mair, 'Mair Evans');
    await mair.getByRole('link', { name: 'Gweld pwy edrychodd ar eich gwybodaeth, a beth y gellir ei rannu' }).click();
    await isOn(mair, 'Eich gwybodaeth');
    expect(await wordsOf(mair, 'html')).toContain('Er mwyn penderfynu beth rydych yn ei dalu am wastraff gardd');
    await mair.getByRole('link', { name: 'Stopio hyn' }).first().click();
    expect(await wordsOf(mair)).toContain('Mae’n stopio yma yr eiliad y pwyswch.');
    await mair.getByRole('button', { name: 'Stopio' }).click();
    await isOn(mair, 'Stopiwyd');
    await mair.getByRole('button', { name: 'Caniatáu' }).click();
    await isOn(mair, 'Caniatawyd');
    await mair.context().close();
  });

  it('is stopped by an adviser for somebody who calls, who reads that an adviser did it and undoes it', async () => {
    const gwen = await opensCaseOf(browser(), 'Gwen Parry', 'Tom Bell', demo().riverbourne);
    await gwen.getByRole('link', { name: 'See who looked, stop or allow' }).click();
    await isOn(gwen, 'Tom Bell: who looked, and what may be shared');
    await isForEveryone(gwen);
    await gwen.getByRole('link', { name: /^Stop this\s*: Bins fetched from your door$/ }).first().click();
    await gwen.getByLabel('The caller, for themselves').check();
    await isForEveryone(gwen);
    await gwen.getByRole('button', { name: 'Stop' }).click();
    await isOn(gwen, 'Stopped');
    await gwen.context().close();
    expect(demo().ask('care').words).toContain('Nothing was told. The resident has said no');

    const tom = await opensInformation(browser(), 'Tom Bell', demo().riverbourne);
    const stopped = tom.locator('.moj-timeline__item').filter({ hasText: 'You stopped this: Bins fetched from your door' });
    expect(await stopped.innerText()).toContain('An adviser did it for you.');
    await stopped.getByRole('link', { name: /^See the receipt/ }).click();
    await isOn(tom, 'Stopped');
    await tom.getByRole('button', { name: 'Allow' }).click();
    await isOn(tom, 'Allowed');
    await tom.context().close();
    expect(demo().ask('care').words).toContain('care.receives: yes');
  });
}
