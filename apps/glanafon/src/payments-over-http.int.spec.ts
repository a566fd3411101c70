import { testConformance } from '@guildhall/kernel-contract';
import { InMemoryProvider, PAYMENTS_KIT } from '@guildhall/payments-contract/testing';
import { startFarAndNear, type FarAndNear } from '../test/far-and-near';

// Each kind of provider has rules that the other has not.
for (const style of ['redirect', 'session'] as const) {
  describe(`a neighbour’s payments over HTTP, with a provider of the kind "${style}"`, () => {
    let running: FarAndNear;
    beforeAll(async () => { running = await startFarAndNear(style); });
    afterAll(() => running?.app.close());
    testConformance(PAYMENTS_KIT, { describe, it }, {
      abilities: [...new InMemoryProvider(style).abilities, 'late-success', 'two-councils', ...(style === 'redirect' ? ['refunds-can-fail'] : [])], open: async () => running.harness(),
    });
  });
}
