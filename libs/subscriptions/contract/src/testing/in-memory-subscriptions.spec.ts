import { testConformance } from '@guildhall/kernel-contract';
import type { CouncilId } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, testContext, testCouncil } from '@guildhall/kernel-contract/testing';
import { MANAGE_SUBSCRIPTIONS } from '../index';
import { inMemorySubscriptions, kitBinEmptied, kitEvents, subscriptionsKit, type SubscriptionsHarness } from './index';

const elsewhere = testCouncil({ id: '01990000-0000-7000-8000-000000000002' as CouncilId, slug: 'elsewhere' });

testConformance<SubscriptionsHarness>(subscriptionsKit, { describe: (name, body) => describe(`${name}, in memory`, body), it }, {
  abilities: ['two-councils'],
  async open() {
    const clock = new FixedClock();
    const ids = new SeededIds();
    const api = inMemorySubscriptions({ events: kitEvents, caseTypes: ['kit.pothole'], clock, ids: new SeededIds(2) });
    return {
      api, as: (actor) => testContext({ actor }), elsewhere: (actor) => testContext({ actor, council: elsewhere }), newId: () => ids.uuid(), now: () => clock.now(), caseType: 'kit.pothole',
      happens: async (event, data) => api.publish(testContext(), event, data), work: () => api.work(),
      async pass(seconds) { clock.advance(seconds); await api.work(); },
      receiver: { url: 'https://hooks.bin-lorries.example/hook', knows: () => undefined, answers: (does) => api.receiversDo(does), received: () => api.posted },
    };
  },
});

describe('subscriptions in memory', () => {
  it('tell a test in a few lines what would have left', async () => {
    const ctx = testContext({ actor: { kind: 'system', job: 'test', permissions: new Set([MANAGE_SUBSCRIPTIONS.id]) } });
    const subscriptions = inMemorySubscriptions({ events: [kitBinEmptied] });
    await subscriptions.create(ctx, { subscriptionId: new SeededIds(3).uuid(), title: 'Bin lorries', url: 'https://hooks.bin-lorries.example/', eventTypes: ['*'] });
    subscriptions.publish(ctx, kitBinEmptied, { binId: 'bin-1', crew: 'Sam and Alex' });
    expect(subscriptions.posted).toEqual([]);
    await subscriptions.work();
    expect(subscriptions.posted).toMatchObject([{ url: 'https://hooks.bin-lorries.example/', body: expect.stringContaining('"data":{"binId":"bin-1"}') }]);
  });

  it('give up what has failed ten times, within the five days after which a receiver is given up', async () => {
    const clock = new FixedClock();
    const ctx = testContext({ actor: { kind: 'system', job: 'test', permissions: new Set([MANAGE_SUBSCRIPTIONS.id]) } });
    const subscriptions = inMemorySubscriptions({ events: [kitBinEmptied], clock });
    const id = new SeededIds(3).uuid();
    await subscriptions.create(ctx, { subscriptionId: id, title: 'Bin lorries', url: 'https://hooks.bin-lorries.example/', eventTypes: ['*'] });
    subscriptions.receiversDo(500);
    subscriptions.publish(ctx, kitBinEmptied, { binId: 'bin-1', crew: '' });
    for (let hours = 0; hours < 5 * 24; hours++) {
      await subscriptions.work();
      clock.advance(3600);
    }
    expect((await subscriptions.deliveries(ctx, id)).deliveries).toMatchObject([{ state: 'dead', tries: 10, lastStatus: 500 }]);
    expect((await subscriptions.find(ctx, id)).state).toBe('active');
  });
});
