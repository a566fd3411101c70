import { testConformance } from '@guildhall/kernel-contract';
import { SeededIds, testContext } from '@guildhall/kernel-contract/testing';
import { InMemoryProvider, PAYMENT_PROVIDER_KIT } from './index';

for (const style of ['redirect', 'session'] as const) {
  describe(`the in-memory provider, ${style}`, () => {
    testConformance(PAYMENT_PROVIDER_KIT, { describe, it }, {
      abilities: [...new InMemoryProvider(style).abilities, 'late-success', ...(style === 'redirect' ? ['refunds-can-fail', 'disputes'] : [])],
      open: async () => {
        const provider = new InMemoryProvider(style);
        return { ctx: testContext(), ids: new SeededIds(), provider, farEnd: provider };
      },
    });
  });
}

describe('the kit', () => {
  it('hears what a provider says on the console', async () => {
    const talkative = new (class extends InMemoryProvider {
      override async create(...[ctx, payment]: Parameters<InMemoryProvider['create']>): ReturnType<InMemoryProvider['create']> {
        // eslint-disable-next-line no-console -- that is its fault
        console.info('asked for %j', payment);
        return super.create(ctx, payment);
      }
    })('redirect');
    const quiet = PAYMENT_PROVIDER_KIT.cases.find(({ id }) => id === 'PAY-051');
    await expect(quiet?.run({ ctx: testContext(), ids: new SeededIds(), provider: talkative, farEnd: talkative })).rejects.toThrow('the email is in it');
  });
});
