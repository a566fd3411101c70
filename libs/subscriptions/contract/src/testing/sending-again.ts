import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@guildhall/kernel-contract';
import type { ReplayDeliveries } from '../requests';
import type { DeliveryState } from '../subscription';
import { accepted, assertRefused, assertThrows, cameTo, deliveriesOf, emptied, managing, subscribed, type SubscriptionsHarness } from './subscriptions-harness';

const DAY = 86_400;
const MISTAKES: readonly (readonly [string, object])[] = [['from', { from: 'yesterday' }], ['from', { from: '' }], ['to', { to: '2026-02-30T00:00:00Z' }], ['which', { which: 'some' }], ['limit', { limit: 1 }]];
const subjects = (harness: SubscriptionsHarness): readonly string[] => cameTo(harness).map(({ subject }) => subject);
const instant = (harness: SubscriptionsHarness, seconds = 0): string => new Date(harness.now().getTime() + seconds * 1000).toISOString();

/** What was sent, and sending it once more. */
export const sendingAgain: readonly ConformanceCase<SubscriptionsHarness>[] = [
  { id: 'SUB-050', title: 'page after page gives every event once, the newest first, of one state or of all', async run(harness) {
    const { id } = await subscribed(harness);
    for (const bin of ['bin-1', 'bin-2', 'bin-3']) {
      await emptied(harness, bin);
      await harness.pass(1);
    }
    harness.receiver.answers(410);
    await emptied(harness, 'bin-4');
    const seen = async (limit: number, state?: DeliveryState): Promise<readonly string[]> => {
      const found: string[] = [];
      let before: string | undefined;
      do {
        const { deliveries, next } = await harness.api.deliveries(managing(harness), id, { state, before, limit });
        assert.ok(deliveries.length <= limit);
        found.push(...deliveries.map(({ subject }) => subject));
        before = next;
      } while (before !== undefined && found.length < 10);
      return found;
    };
    for (const limit of [1, 2, 3, 4, 100]) assert.deepEqual(await seen(limit), ['bin-4', 'bin-3', 'bin-2', 'bin-1'], `with ${limit} at once`);
    for (const limit of [1, 3]) assert.deepEqual(await seen(limit, 'delivered'), ['bin-3', 'bin-2', 'bin-1']);
    assert.deepEqual([await seen(2, 'dead'), await seen(2, 'waiting')], [['bin-4'], []]);
    for (const limit of [0, -1, 1.5, 101, NaN]) await assertThrows(harness.api.deliveries(managing(harness), id, { limit }), 'invalid-input', 'limit');
    for (const before of ['', 'x', '1_x', '-1']) await assertThrows(harness.api.deliveries(managing(harness), id, { before }), 'invalid-input', 'before');
    await assertThrows(harness.api.deliveries(managing(harness), id, { state: 'lost' as DeliveryState }), 'invalid-input', 'state');
  } },
  { id: 'SUB-051', title: 'one event is sent again under the same id, as if for the first time', async run(harness) {
    const { id } = await subscribed(harness);
    await emptied(harness, 'bin-1');
    const [{ eventId } = { eventId: '' }] = await deliveriesOf(harness, id);
    const { state, tries, lastStatus, settledAt } = await harness.api.replayOne(managing(harness), id, eventId);
    assert.deepEqual({ state, tries, lastStatus, settledAt }, { state: 'waiting', tries: 0, lastStatus: undefined, settledAt: undefined });
    await harness.work();
    assert.deepEqual(cameTo(harness).map((event) => event.id), [eventId, eventId]);
    assert.equal((await harness.api.delivery(managing(harness), id, eventId)).state, 'delivered');
  } },
  { id: 'SUB-052', title: 'a test is not sent again', async run(harness) {
    const { id } = await subscribed(harness);
    harness.receiver.answers(500);
    const { eventId } = await harness.api.test(managing(harness), id);
    await assertThrows(harness.api.replayOne(managing(harness), id, eventId), 'conflict');
    assert.deepEqual(await harness.api.retryDead(managing(harness), id), { count: 0 });
    assert.equal(accepted(await harness.api.replay(managing(harness), id, { from: instant(harness, -60), to: instant(harness, 60), which: 'all' })).count, 0);
    await harness.pass(60);
    assert.equal(harness.receiver.received().length, 1);
  } },
  { id: 'SUB-053', title: 'a period is sent again, also what happened before there was the subscription, and only what it wants', async run(harness) {
    await subscribed(harness, { title: 'Who was first', url: 'https://hooks.riverbourne.example/', eventTypes: ['kit.report-made'] });
    const from = instant(harness);
    await emptied(harness, 'early');
    await harness.pass(60);
    const { id } = await subscribed(harness, { eventTypes: ['kit.bin-emptied'] });
    await emptied(harness, 'late');
    const to = instant(harness, 1);
    assert.deepEqual(subjects(harness), ['late']);
    const replay = async (which: ReplayDeliveries['which'], period: object = {}): Promise<number> => accepted(await harness.api.replay(managing(harness), id, { from, to, which, ...period })).count;
    assert.equal(await replay('not-delivered'), 1);
    await harness.work();
    assert.deepEqual(subjects(harness), ['late', 'early']);
    assert.equal(await replay('not-delivered'), 0);
    // Until before the end: what happened at that very instant is not in it.
    assert.equal(await replay('all', { to: instant(harness) }), 1);
    await harness.work();
    assert.equal(await replay('all'), 2);
    assert.equal(await replay('all'), 0, 'what waits already is not sent twice');
    await harness.work();
    assert.deepEqual(subjects(harness).slice(2).sort(), ['early', 'early', 'late']);
    assert.equal((await deliveriesOf(harness, id)).length, 2);
  } },
  { id: 'SUB-054', title: 'a period that ends before it begins, or begins before anything is kept, is refused; one that is none is named', async run(harness) {
    const { id } = await subscribed(harness);
    const period = { from: instant(harness, -3600), to: instant(harness), which: 'all' } as const;
    for (const wrong of [{ from: period.to, to: period.from }, { to: period.from }, { from: instant(harness, -400 * DAY) }]) assertRefused(await harness.api.replay(managing(harness), id, { ...period, ...wrong }), 'wrong-period');
    for (const [field, wrong] of MISTAKES) await assertThrows(harness.api.replay(managing(harness), id, { ...period, ...wrong } as ReplayDeliveries), 'invalid-input', field);
  } },
  { id: 'SUB-055', title: 'to a subscription that is disabled nothing is sent again; once it goes on, all that was given up', async run(harness) {
    const { id } = await subscribed(harness);
    harness.receiver.answers(410);
    await emptied(harness, 'bin-1');
    await harness.api.resume(managing(harness), id);
    await emptied(harness, 'bin-2');
    const [{ eventId } = { eventId: '' }] = await deliveriesOf(harness, id);
    await assertThrows(harness.api.replayOne(managing(harness), id, eventId), 'conflict');
    await assertThrows(harness.api.replay(managing(harness), id, { from: instant(harness, -60), to: instant(harness, 60), which: 'all' }), 'conflict');
    await assertThrows(harness.api.retryDead(managing(harness), id), 'conflict');
    harness.receiver.answers(204);
    await harness.api.resume(managing(harness), id);
    assert.deepEqual(await harness.api.retryDead(managing(harness), id), { count: 2 });
    assert.deepEqual(await harness.api.retryDead(managing(harness), id), { count: 0 });
    await harness.work();
    assert.deepEqual((await deliveriesOf(harness, id)).map(({ state }) => state), ['delivered', 'delivered']);
    assert.deepEqual(subjects(harness).slice(2).sort(), ['bin-1', 'bin-2']);
  } },
];
