import { strict as assert } from 'node:assert';
import type { Actor, ConformanceCase, OfficerId, PersonId, RequestContext } from '@guildhall/kernel-contract';
import { accepted, assertThrows, deliveriesOf, emptied, managing, managingElsewhere, request, subscribed, type SubscriptionsHarness } from './subscriptions-harness';

const NO_IDS = ['', 'no-id', '.', '..', '../events', '%2e%2e', '01990000-0000-7000-8000-00000000000g', "' or true --", '0'];

/** Everything that can be asked about one subscription and one event of it. */
function everythingOf(harness: SubscriptionsHarness, ctx: RequestContext, id: string, eventId: string): readonly (readonly [string, () => Promise<unknown>])[] {
  const { api } = harness;
  const { subscriptionId: _, ...fields } = request(harness);
  const period = { from: new Date(harness.now().getTime() - 3_600_000).toISOString(), to: harness.now().toISOString(), which: 'all' } as const;
  return [
    ['find', () => api.find(ctx, id)], ['change', () => api.change(ctx, id, { ...fields, title: 'Changed', version: 1 })], ['pause', () => api.pause(ctx, id)], ['resume', () => api.resume(ctx, id)],
    ['revealSecret', () => api.revealSecret(ctx, id)], ['rollSecret', () => api.rollSecret(ctx, id, {})], ['test', () => api.test(ctx, id)], ['deliveries', () => api.deliveries(ctx, id)], ['delivery', () => api.delivery(ctx, id, eventId)],
    ['replayOne', () => api.replayOne(ctx, id, eventId)], ['replay', () => api.replay(ctx, id, period)], ['retryDead', () => api.retryDead(ctx, id)], ['remove', () => api.remove(ctx, id)],
  ];
}

/** All that there is to see of a subscription. */
async function stateOf(harness: SubscriptionsHarness, id: string): Promise<object> {
  return { subscription: await harness.api.find(managing(harness), id), deliveries: await deliveriesOf(harness, id), received: harness.receiver.received().length };
}

async function firstEventOf(harness: SubscriptionsHarness, id: string): Promise<string> {
  const [first] = await deliveriesOf(harness, id);
  assert.ok(first, 'nothing was sent');
  return first.eventId;
}

/** Who may ask, and about what. */
export const beingLetIn: readonly ConformanceCase<SubscriptionsHarness>[] = [
  { id: 'SUB-020', title: 'of a subscription that there is not everything says so, whatever stands in the place of its id', async run(harness) {
    const { id } = await subscribed(harness);
    await emptied(harness, 'bin-1');
    const [eventId, before] = [await firstEventOf(harness, id), await stateOf(harness, id)];
    for (const wrong of [harness.newId(), eventId, ...NO_IDS]) for (const [, ask] of everythingOf(harness, managing(harness), wrong, eventId)) await assertThrows(ask(), 'not-found');
    assert.deepEqual(await stateOf(harness, id), before);
  } },
  { id: 'SUB-021', title: 'of an event that there is not, or that was sent to another, everything says so', async run(harness) {
    const { id } = await subscribed(harness, { eventTypes: ['kit.report-made'] });
    const other = await subscribed(harness);
    await emptied(harness, 'bin-1');
    for (const wrong of [harness.newId(), id, await firstEventOf(harness, other.id), ...NO_IDS]) {
      await assertThrows(harness.api.delivery(managing(harness), id, wrong), 'not-found');
      await assertThrows(harness.api.replayOne(managing(harness), id, wrong), 'not-found');
    }
    await harness.work();
    assert.equal(harness.receiver.received().length, 1);
  } },
  { id: 'SUB-022', title: 'without the permission everything is refused, and nothing happens', async run(harness) {
    const { id } = await subscribed(harness);
    await emptied(harness, 'bin-1');
    const [eventId, before] = [await firstEventOf(harness, id), await stateOf(harness, id)];
    const others: readonly Actor[] = [
      { kind: 'officer', officerId: harness.newId() as OfficerId, name: 'Sam Officer', roles: ['case-officer'], teams: ['streets'], permissions: new Set(['cases.see']) }, { kind: 'machine', clientId: 'kit', permissions: new Set() },
      { kind: 'system', job: 'kit', permissions: new Set() }, { kind: 'resident', personId: harness.newId() as PersonId, confidence: 'low' }, { kind: 'nobody' },
    ];
    for (const actor of others) {
      const ctx = harness.as(actor);
      const code = actor.kind === 'nobody' ? 'not-authenticated' : 'not-allowed';
      const all = [...everythingOf(harness, ctx, id, eventId), ['events', () => harness.api.events(ctx)], ['list', () => harness.api.list(ctx)], ['create', () => harness.api.create(ctx, request(harness))]] as const;
      for (const [, ask] of all) await assertThrows(ask(), code);
      // Nor do they learn which ids there are.
      for (const [, ask] of everythingOf(harness, ctx, harness.newId(), eventId)) await assertThrows(ask(), code);
    }
    await harness.work();
    assert.deepEqual(await stateOf(harness, id), before);
    assert.equal((await harness.api.list(managing(harness))).subscriptions.length, 1);
  } },
  { id: 'SUB-023', title: 'another council sees nothing of it, and may use the same id', needs: 'two-councils', async run(harness) {
    const { id, secret } = await subscribed(harness);
    await emptied(harness, 'bin-1');
    const [eventId, before, elsewhere] = [await firstEventOf(harness, id), await stateOf(harness, id), managingElsewhere(harness)];
    for (const [, ask] of everythingOf(harness, elsewhere, id, eventId)) await assertThrows(ask(), 'not-found');
    assert.deepEqual((await harness.api.list(elsewhere)).subscriptions, []);
    const theirs = accepted(await harness.api.create(elsewhere, request(harness, { subscriptionId: id, title: 'Their lorries' })));
    assert.notEqual(theirs.secret, secret);
    await emptied(harness, 'bin-2');
    assert.deepEqual((await harness.api.deliveries(elsewhere, id)).deliveries, []);
    await harness.api.remove(elsewhere, id);
    const { subscription } = before as { readonly subscription: { readonly title: string } };
    assert.equal((await harness.api.find(managing(harness), id)).title, subscription.title);
    assert.equal((await deliveriesOf(harness, id)).length, 2);
  } },
];
