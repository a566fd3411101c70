import { testConformance } from '@guildhall/kernel-contract';
import { SeededIds, testContext } from '@guildhall/kernel-contract/testing';
import { InMemoryProvider, PAYMENT_PROVIDER_KIT } from './index';

for (const style of ['redirect', 'session'] as const) {
  describe(`the in-memory provider, ${style}`, () => {
    testConformance(PAYMENT_PROVIDER_KIT, { describe, it }, {
      abilities: [...new InMemoryProvider(style).abilities, 'late-success', ...(style === 'redirect' ? ['refunds-can-fail', 'disputes'] : [])],
      open: async () => {
        const provider = new InMemoryProvider(style);
        return { ctx: testContext(), ids: new SeededIds(), provider, farEnd: provider, logged: () => '' };
      },
    });
  });
}
