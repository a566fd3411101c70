import { testConformance, type CouncilId } from '@guildhall/kernel-contract';
import { FixedClock, testContext, testCouncil } from '@guildhall/kernel-contract/testing';
import { InMemoryCatalogue, catalogueKit, type CatalogueHarness } from './index';

const elsewhere = testCouncil({ id: '01990000-0000-7000-8000-000000000002' as CouncilId, slug: 'elsewhere' });

testConformance<CatalogueHarness>(catalogueKit, { describe, it }, {
  open: () => {
    const clock = new FixedClock('2026-11-30T12:00:00Z');
    const ctx = testContext();
    const api = new InMemoryCatalogue(ctx.council.id, clock);
    return Promise.resolve({
      api, ctx, elsewhere: testContext({ council: elsewhere }), key: api.key, now: () => clock.now(), pass: (seconds) => clock.advance(seconds),
      pack: async (files) => Promise.resolve(api.pack(files)), admit: async (id) => Promise.resolve(api.admit(id)), settle: async () => Promise.resolve(api.settle()),
    });
  },
});
