import type { CouncilId } from '@guildhall/kernel-contract';
import { testConformance } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, testContext, testCouncil } from '@guildhall/kernel-contract/testing';
import { WEEKENDS_ONLY } from '../working-days';
import { casesKit } from './cases-kit';
import type { CasesHarness } from './harness';
import { inMemoryCases } from './in-memory-cases';
import { testPothole } from './pothole';

testConformance<CasesHarness>(casesKit, { describe, it }, {
  abilities: ['clock', 'two-councils'],
  async open() {
    const clock = new FixedClock();
    const ids = new SeededIds();
    const cases = inMemoryCases({ types: [testPothole], clock, ids });
    const other = testCouncil({ id: '01990000-0000-7000-8000-000000000002' as CouncilId, slug: 'elsewhere', referencePrefix: 'EL' });
    return {
      cases, calendar: WEEKENDS_ONLY, newId: () => ids.uuid(), as: (actor) => testContext({ actor }), advanceDays: async (days) => clock.advance(days * 86_400),
      elsewhere: { cases, as: (actor) => testContext({ actor, council: other }) },
    };
  },
});
