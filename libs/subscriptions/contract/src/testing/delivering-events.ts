import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@guildhall/kernel-contract';
import type { DeliveryView } from '../subscription';
import { assertThrows, cameTo, deliveriesOf, emptied, faultOfLast, managing, subscribed, type SubscriptionsHarness } from './subscriptions-harness';
import { kitBinEmptied, kitCrewChanged, kitReportMade } from './kit-events';

const HOUR = 3600;
const DAY = 24 * HOUR;
const only = async (harness: SubscriptionsHarness, id: string): Promise<DeliveryView> => {
  const [one, ...more] = await deliveriesOf(harness, id);
  assert.ok(one && more.length === 0, `there should be one event, and there are ${one ? more.length + 1 : 0}`);
  return one;
};
const subjectsOf = async (harness: SubscriptionsHarness, id: string): Promise<readonly string[]> => (await deliveriesOf(harness, id)).map(({ subject }) => subject).sort();

/** What happens, on its way out. */
export const deliveringEvents: readonly ConformanceCase<SubscriptionsHarness>[] = [
  { id: 'SUB-040', title: 'what happens comes once, as a signed CloudEvent with what its contract names and no more', async run(harness) {
    const { id, secret } = await subscribed(harness);
    const at = harness.now();
    await emptied(harness, 'bin-1');
    await harness.work();
    const [event, ...more] = cameTo(harness);
    assert.ok(event && more.length === 0, 'it should have come once');
    const { eventId } = await only(harness, id);
    assert.deepEqual({ ...event, source: '' }, { specversion: '1.0', id: eventId, source: '', type: 'kit.bin-emptied', subject: 'bin-1', time: at.toISOString(), datacontenttype: 'application/json', eventversion: 2, data: { binId: 'bin-1' } });
    assert.equal(event.source, managing(harness).council.origin);
    assert.equal(harness.receiver.received()[0]?.headers['webhook-id'], eventId);
    assert.equal(faultOfLast(harness, secret), undefined);
    const view = await only(harness, id);
    assert.deepEqual(view, { eventId, eventType: 'kit.bin-emptied', subject: 'bin-1', at, state: 'delivered', isTest: false, tries: 1, lastStatus: 204, lastTriedAt: at, settledAt: at });
    assert.deepEqual(await harness.api.delivery(managing(harness), id, eventId), view);
    assert.deepEqual((await harness.api.find(managing(harness), id)).lastDeliveredAt, at);
  } },
  { id: 'SUB-041', title: 'each is told what it wants: by type, by beginning, by type of case; what stays inside is told to nobody', async run(harness) {
    const [reports, kit, all, ofType] = [await subscribed(harness, { eventTypes: ['kit.report-made'] }), await subscribed(harness), await subscribed(harness, { eventTypes: ['*'] }), await subscribed(harness, { caseTypes: [harness.caseType] })];
    await harness.happens(kitBinEmptied, { binId: 'bin-1', crew: 'Sam and Alex' });
    await harness.happens(kitReportMade, { reportId: 'report-1', caseType: harness.caseType, name: 'Olwen Pugh' });
    await harness.happens(kitReportMade, { reportId: 'report-2', caseType: 'kit.other', name: 'Olwen Pugh' });
    await harness.happens(kitCrewChanged, { crew: 'Sam and Alex' });
    await harness.work();
    assert.deepEqual(await subjectsOf(harness, reports.id), ['report-1', 'report-2']);
    for (const { id } of [kit, all]) assert.deepEqual(await subjectsOf(harness, id), ['bin-1', 'report-1', 'report-2']);
    assert.deepEqual(await subjectsOf(harness, ofType.id), ['report-1']);
    assert.ok(!JSON.stringify(cameTo(harness)).includes('Pugh') && !JSON.stringify(cameTo(harness)).includes('Sam'), 'somebody was named');
  } },
  { id: 'SUB-042', title: 'what was answered with anything but 2xx, or not at all, is tried again under the same id until it arrives', async run(harness) {
    for (const [does, lastFailure] of [[500, 'status'], [302, 'status'], [401, 'status'], ['unreachable', 'unreachable']] as const) {
      const { id } = await subscribed(harness);
      harness.receiver.answers(does);
      await emptied(harness, 'bin-1');
      const { eventId, nextTryAt, ...view } = await only(harness, id);
      assert.deepEqual({ state: view.state, tries: view.tries, lastFailure: view.lastFailure, lastStatus: view.lastStatus }, { state: 'waiting', tries: 1, lastFailure, lastStatus: typeof does === 'number' ? does : undefined });
      assert.ok(nextTryAt && nextTryAt > harness.now(), 'it says when it is tried again');
      assert.ok((await harness.api.find(managing(harness), id)).failingSince instanceof Date);
      harness.receiver.answers(204);
      await harness.pass(2 * HOUR);
      const { state, tries, lastFailure: cleared } = await only(harness, id);
      assert.deepEqual({ state, tries, cleared }, { state: 'delivered', tries: 2, cleared: undefined });
      assert.equal(cameTo(harness).at(-1)?.id, eventId);
      assert.equal((await harness.api.find(managing(harness), id)).failingSince, undefined);
      await harness.api.remove(managing(harness), id);
    }
  } },
  { id: 'SUB-043', title: 'a receiver that says that it is gone is told nothing more, and what waited is given up until somebody asks', async run(harness) {
    const { id } = await subscribed(harness);
    harness.receiver.answers(410);
    for (const bin of ['bin-1', 'bin-2']) await harness.happens(kitBinEmptied, { binId: bin, crew: '' });
    await harness.work();
    const { state, disabledBecause, version } = await harness.api.find(managing(harness), id);
    assert.deepEqual({ state, disabledBecause, version }, { state: 'disabled', disabledBecause: 'gone', version: 2 });
    assert.deepEqual((await deliveriesOf(harness, id)).map((one) => one.state), ['dead', 'dead']);
    harness.receiver.answers(204);
    await emptied(harness, 'bin-3');
    await harness.pass(DAY);
    assert.equal(harness.receiver.received().length, 1);
    assert.equal((await deliveriesOf(harness, id)).length, 2);
    await assertThrows(harness.api.pause(managing(harness), id), 'conflict');
    const resumed = await harness.api.resume(managing(harness), id);
    assert.deepEqual([resumed.state, resumed.disabledBecause], ['active', undefined]);
    await harness.pass(DAY);
    assert.deepEqual((await deliveriesOf(harness, id)).map((one) => one.state), ['dead', 'dead']);
  } },
  { id: 'SUB-044', title: 'a receiver at which nothing has arrived for five days is told nothing more', async run(harness) {
    const { id } = await subscribed(harness);
    harness.receiver.answers('unreachable');
    for (let day = 0; day < 7; day++) {
      await emptied(harness, `bin-${day}`);
      await harness.pass(DAY);
      assert.equal((await harness.api.find(managing(harness), id)).state === 'disabled', day >= 4, `after ${day + 1} days`);
    }
    assert.equal((await harness.api.find(managing(harness), id)).disabledBecause, 'failing');
    assert.ok((await deliveriesOf(harness, id)).every(({ state }) => state === 'dead'));
  } },
  { id: 'SUB-045', title: 'what happens while it is paused waits, and comes when it goes on', async run(harness) {
    const { id } = await subscribed(harness);
    await harness.api.pause(managing(harness), id);
    await emptied(harness, 'bin-1');
    await harness.pass(DAY);
    assert.equal(harness.receiver.received().length, 0);
    assert.equal((await only(harness, id)).state, 'waiting');
    await harness.api.resume(managing(harness), id);
    await harness.work();
    assert.deepEqual(cameTo(harness).map(({ subject }) => subject), ['bin-1']);
  } },
  { id: 'SUB-046', title: 'a test is sent at once, once, whatever the state, and nothing is concluded from it', async run(harness) {
    const { id, secret } = await subscribed(harness);
    const paused = await harness.api.pause(managing(harness), id);
    const arrived = await harness.api.test(managing(harness), id);
    assert.deepEqual([arrived.state, arrived.isTest, arrived.eventType, arrived.subject, arrived.lastStatus, arrived.tries], ['delivered', true, 'subscriptions.test-sent', id, 204, 1]);
    assert.deepEqual(cameTo(harness).map((event) => [event.id, event.data]), [[arrived.eventId, { subscriptionId: id, isTest: true }]]);
    assert.equal(faultOfLast(harness, secret), undefined);
    harness.receiver.answers(410);
    const failed = await harness.api.test(managing(harness), id);
    assert.deepEqual([failed.state, failed.lastFailure, failed.lastStatus], ['dead', 'status', 410]);
    await harness.pass(DAY);
    assert.equal(harness.receiver.received().length, 2);
    assert.deepEqual(await harness.api.find(managing(harness), id), paused);
    assert.deepEqual(await harness.api.delivery(managing(harness), id, failed.eventId), failed);
  } },
];
