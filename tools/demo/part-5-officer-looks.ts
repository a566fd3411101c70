import type { Browser } from 'playwright-core';
import { isForEveryone, isOn, newestLine, opensCaseOf, opensInformation, wordsOf, type Demonstration } from './visitors';

/** Part 5: an officer's own look, for a reason, by the rule by which any question is decided, in the trail of whom it is about. */
export function part5OfficerLooks(demo: () => Demonstration, browser: () => Browser): void {
  it('is nothing without a reason, is refused where the resident has said no, and is read by the resident', async () => {
    const helen = await opensCaseOf(browser(), 'Helen Shaw', 'Tom Bell', demo().riverbourne);
    await helen.getByRole('link', { name: 'Look at what another body holds' }).click();
    await isOn(helen, 'Look at what another body holds of Tom Bell');
    await isForEveryone(helen);
    await helen.getByRole('link', { name: /^Aldermoor Care Trust/ }).click();
    await helen.getByLabel('Gets care at home').check();
    for (const reason of ['', 'Checking']) {
      await helen.getByLabel('Why do you need to see it now?').fill(reason);
      await helen.getByRole('button', { name: 'Look' }).click();
      await helen.getByRole('alert').waitFor();
      expect(await wordsOf(helen, '.govuk-error-summary')).toContain('Say in words of your own why you need to see it');
    }
    await isForEveryone(helen);
    await helen.getByLabel('Why do you need to see it now?').fill('Deciding whether bins are fetched from the door');
    await helen.getByRole('button', { name: 'Look' }).click();
    await isOn(helen, 'Tom Bell: what Aldermoor Care Trust holds');
    expect(await wordsOf(helen, '.govuk-summary-list')).toMatch(/^Gets care at home Yes /);
    await isForEveryone(helen);

    // The same rule as for any question: Tom has stopped what the county may tell.
    await helen.getByRole('link', { name: 'Back to what you may look at' }).click();
    await helen.getByRole('link', { name: /^Aldermoor County Council/ }).click();
    await helen.getByLabel('Current address').check();
    await helen.getByLabel('Why do you need to see it now?').fill('Looking where the letter goes');
    await helen.getByRole('button', { name: 'Look' }).click();
    await isOn(helen, 'You may not see this');
    expect(await wordsOf(helen)).toContain('The resident has said no');
    await isForEveryone(helen);
    await helen.context().close();

    const tom = await opensInformation(browser(), 'Tom Bell', demo().riverbourne);
    const looks = tom.locator('.moj-timeline__item').filter({ hasText: 'An officer of Riverbourne Borough Council looked at what' });
    expect(await newestLine(tom)).toMatch(/looked at what Aldermoor County Council holds .* The officer’s reason: Looking where the letter goes By which rule: Concessions for garden waste, version 1 Not told You had not said yes, or you had said no\. We stopped it before anything was sent/);
    expect((await looks.nth(1).innerText()).replace(/\s+/g, ' ')).toMatch(/looked at what Aldermoor Care Trust holds .* What: Gets care at home .* The officer’s reason: Deciding whether bins are fetched from the door By which rule: Bins fetched from your door, version \d+ Told ✓ Proved on both sides/);
    // What had no reason was never asked.
    expect(await looks.count()).toBe(2);
    await tom.context().close();
  });
}
