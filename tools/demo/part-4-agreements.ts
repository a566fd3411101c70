import type { Browser } from 'playwright-core';
import { expectAccessible } from '../../libs/kernel/module/src/testing/browser';
import { opensAs, wordsOf, type Demonstration } from './visitors';

/** Part 4: the officers who look after information governance, at both councils, and what the care trust has against it. */
export function part4Agreements(demo: () => Demonstration, browser: () => Browser): void {
  it('shows the one point on which the care trust holds something else to be right', async () => {
    const helen = await opensAs(browser(), 'Helen Shaw', `${demo().riverbourne}${demo().said(/\/desk\/sharing\/drafts\/[0-9a-f-]{36}/)}`);
    await expectAccessible(helen);
    expect(await wordsOf(helen)).toContain('Nobody keeps for more than three months what we tell. This agreement keeps what is told for 1 year.');
    await helen.context().close();
  });
}
