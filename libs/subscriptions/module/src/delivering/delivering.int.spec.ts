import { Webhook } from 'standardwebhooks';
import { Database, enqueue, publish } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { catalogFaults, startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { CaseMoved } from '@guildhall/cases-contract';
import { SUBSCRIPTIONS, type CreateSubscription, type DeliveryView, type SubscriptionsApi } from '@guildhall/subscriptions-contract';
import { ReceivingEnd } from '@guildhall/subscriptions-contract/testing';
import { BinEmptied, NO_SECRET, PersonMoved, caseOpened, town } from '../../test/council';
import { subscriptions } from '../index';
import { WipeOldDeliveries } from '../keeping/wipe-old';
import { DeliverDueEvents } from './deliver-due';
import { FindWaitingDeliveries } from './find-waiting';
import { DeliverDue } from './jobs';
import { SendEvent } from './send-event';

const DAY = 86_400;
const clock = new FixedClock();
const ids = new SeededIds(5);
let receiver: ReceivingEnd;
let other: ReceivingEnd;
let running: TestApp;
let api: SubscriptionsApi;
let ctx: RequestContext;
let db: Database;

beforeAll(async () => {
  receiver = await ReceivingEnd.start({ secret: NO_SECRET, now: () => clock.now() });
  other = await ReceivingEnd.start({ secret: NO_SECRET, now: () => clock.now() });
  const privateReceivers = [receiver.origin, other.origin, 'http://localhost:9'];
  running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [town(), subscriptions({ privateReceivers, answerWithinSeconds: 1 })]), testCouncilDefinition('glanafon', 2, [town()])], clock });
  api = running.get<SubscriptionsApi>(SUBSCRIPTIONS.token);
  ctx = running.systemContext();
  db = running.get(Database);
});
afterAll(async () => {
  await running?.close();
  await receiver?.stop();
  await other?.stop();
});
beforeEach(async () => {
  await running.owner.query('delete from subscriptions.subscription');
  await running.owner.query('delete from kernel.waiting_job');
  clock.advance(10 * DAY);
  for (const end of [receiver, other]) {
    end.forget();
    end.answersAlways({});
  }
  running.log.lines.length = 0;
});

async function subscribe(end: ReceivingEnd | string, changes: Partial<CreateSubscription> = {}): Promise<string> {
  const made = await api.create(ctx, { subscriptionId: ids.uuid(), title: 'Bin lorries', url: typeof end === 'string' ? end : end.url, eventTypes: ['cases.*'], ...changes });
  if (!made.ok) throw new Error(made.refusal.message);
  if (typeof end !== 'string') end.knows(made.value.secret);
  return made.value.subscription.id;
}
async function opened(caseType = 'pothole'): Promise<string> {
  const caseId = ids.uuid();
  await caseOpened(db, ctx, caseId, caseType);
  return caseId;
}
async function pass(seconds: number): Promise<void> {
  clock.advance(seconds);
  await running.drainJobs();
}
const deliveries = async (id: string): Promise<readonly DeliveryView[]> => (await api.deliveries(ctx, id, { limit: 100 })).deliveries;
const subjectsAt = (end: ReceivingEnd): string[] => [...end.taken.values()].map(({ subject }) => subject);

describe('an event', () => {
  it('comes to who subscribed as a CloudEvent that the standard’s own library believes, with what its contract names and nothing about a person', async () => {
    const id = await subscribe(receiver);
    const caseId = await opened();
    await running.drainJobs();
    const [tried] = receiver.tries;
    expect(tried?.event).toEqual({ specversion: '1.0', id: expect.any(String), source: running.origin(), type: 'cases.case-opened', subject: caseId, time: clock.now().toISOString(), datacontenttype: 'application/json', eventversion: 1, data: { caseId, caseType: 'pothole', caseTypeVersion: 1, state: 'new' } });
    expect(tried?.headers).toMatchObject({ 'content-type': 'application/cloudevents+json; charset=utf-8', 'webhook-id': tried?.event?.id, 'user-agent': 'guildhall' });
    const { secret } = await api.revealSecret(ctx, id);
    jest.useFakeTimers({ now: clock.now(), doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask'] });
    try {
      expect(new Webhook(secret).verify(tried?.body ?? '', tried?.headers as Record<string, string>)).toEqual(tried?.event);
    } finally {
      jest.useRealTimers();
    }
    expect(await deliveries(id)).toEqual([expect.objectContaining({ state: 'delivered', tries: 1, lastStatus: 204, subject: caseId })]);
    expect(JSON.stringify(running.log.lines)).not.toContain(caseId);
  });

  it('comes to each of those who want it: by its type, by its beginning, by the type of case', async () => {
    await subscribe(receiver, { eventTypes: ['cases.case-opened', 'town.bin-emptied'], caseTypes: [] });
    await subscribe(other, { eventTypes: ['town.*'] });
    const caseId = await opened();
    await db.run(ctx, async (tx) => {
      publish(tx, CaseMoved, { caseId, caseType: 'pothole', caseTypeVersion: 1, transition: 'look', from: 'new', to: 'seen', entryId: ids.uuid() });
      publish(tx, BinEmptied, { binId: 'bin-1', crew: 'Sam and Alex' });
      publish(tx, PersonMoved, { personId: ids.uuid() });
    });
    await running.drainJobs();
    expect([...receiver.taken.values()].map(({ type }) => type).sort()).toEqual(['cases.case-opened', 'town.bin-emptied']);
    expect([...other.taken.values()].map(({ type, eventversion, data }) => ({ type, eventversion, data }))).toEqual([{ type: 'town.bin-emptied', eventversion: 2, data: { binId: 'bin-1' } }]);
    expect((await running.owner.query(`select 1 from subscriptions.message where type = 'town.person-moved' or data::text like '%Sam%'`)).rows).toEqual([]);
  });

  it('is kept by nobody in a council where nobody is told, and asks nothing of a council without the module', async () => {
    await caseOpened(db, running.systemContext('glanafon'), ids.uuid());
    expect((await running.owner.query('select kind from kernel.waiting_job')).rows).toEqual([]);
    const before = (await running.owner.query<{ count: number }>('select count(*)::int as count from subscriptions.message')).rows[0]?.count;
    await opened();
    await running.drainJobs();
    expect((await running.owner.query<{ count: number }>('select count(*)::int as count from subscriptions.message')).rows[0]?.count).toBe(before);
    expect(running.log.lines).toEqual([]);
  });

  it('handled twice is written once', async () => {
    const id = await subscribe(receiver);
    await opened();
    const { rows: [job] } = await running.owner.query<{ kind: string; data: object }>(`select kind, data from kernel.waiting_job where kind = 'on:subscriptions.take-event'`);
    await running.owner.query('insert into kernel.waiting_job (council_id, job_id, kind, data, run_at) select $1, gen_random_uuid(), $2, $3, $4 from generate_series(1, 3)', [ctx.council.id, job?.kind, JSON.stringify(job?.data), clock.now()]);
    await running.drainJobs();
    expect(receiver.tries).toHaveLength(1);
    expect(await deliveries(id)).toHaveLength(1);
  });
});

describe('a try that fails', () => {
  it.each([[301, {}], [302, { location: 'http://localhost:9/' }], [400, {}], [401, {}], [404, {}], [500, {}], [502, {}]])('with %i is made again under the same id, signed anew', async (status, headers) => {
    const id = await subscribe(receiver);
    receiver.answersNext({ status, headers });
    await opened();
    await running.drainJobs();
    expect(await deliveries(id)).toEqual([expect.objectContaining({ state: 'waiting', tries: 1, lastStatus: status, lastFailure: 'status' })]);
    await pass(3);
    expect(receiver.tries).toHaveLength(1);
    await pass(4);
    expect(await deliveries(id)).toEqual([expect.objectContaining({ state: 'delivered', tries: 2, lastStatus: 204 })]);
    const [first, second] = receiver.tries;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toEqual(first?.body);
    expect(second?.headers['webhook-timestamp']).not.toBe(first?.headers['webhook-timestamp']);
  });

  it.each([['before it took anything', 'before-taking', 'unreachable'], ['without ever answering', 'never', 'timeout']] as const)('because the receiver dies %s is made again', async (_how, breaks, lastFailure) => {
    const id = await subscribe(receiver);
    receiver.answersNext({ breaks });
    await opened();
    await running.drainJobs();
    expect(await deliveries(id)).toEqual([expect.objectContaining({ state: 'waiting', lastFailure })]);
    await pass(7);
    expect(receiver.taken.size).toBe(1);
  });

  it('because the answer was lost is made again, and the receiver has it once', async () => {
    const id = await subscribe(receiver);
    receiver.answersNext({ breaks: 'after-taking' });
    const caseId = await opened();
    await running.drainJobs();
    await pass(7);
    expect(receiver.tries.map(({ isRepeated }) => isRepeated)).toEqual([false, true]);
    expect(subjectsAt(receiver)).toEqual([caseId]);
    expect(await deliveries(id)).toEqual([expect.objectContaining({ state: 'delivered', tries: 2 })]);
  });

  it('because nothing listens there is made again, and says so', async () => {
    const id = await subscribe('http://localhost:9/hook');
    await opened();
    await running.drainJobs();
    expect(await deliveries(id)).toEqual([expect.objectContaining({ state: 'waiting', lastFailure: 'unreachable' })]);
    expect(running.log.lines).toEqual([{ level: 'warn', event: 'subscriptions.try-failed', ids: { subscription: id, event: expect.any(String), failure: 'unreachable', status: undefined, council: 'riverbourne' } }]);
  });

  it('because the name now leads into a private network reaches nothing there', async () => {
    const id = await subscribe(receiver);
    // As if its owner had let the name lead elsewhere since it was checked.
    await running.owner.query(`update subscriptions.subscription set url = $1`, [receiver.url.replace('http://localhost', 'https://127.0.0.1')]);
    await opened();
    await running.drainJobs();
    expect(await deliveries(id)).toEqual([expect.objectContaining({ state: 'waiting', lastFailure: 'not-public' })]);
    expect(receiver.tries).toEqual([]);
  });

  it('because something broke on our side stands in nobody’s way, and says so in the log', async () => {
    const id = await subscribe(receiver);
    const sender = running.get(SendEvent) as unknown as { outbound: { fetch: unknown } };
    const { outbound } = sender;
    sender.outbound = { fetch: () => Promise.reject(new TypeError('not for the log: ann@riverbourne.example')) };
    await opened();
    await running.drainJobs();
    sender.outbound = outbound;
    expect(await deliveries(id)).toEqual([expect.objectContaining({ state: 'waiting', tries: 1, lastFailure: 'unreachable' })]);
    expect(running.log.lines.map(({ event }) => event)).toEqual(['subscriptions.try-broke', 'subscriptions.try-failed']);
    expect(JSON.stringify(running.log.lines)).not.toContain('ann@');
    await pass(7);
    expect(receiver.taken.size).toBe(1);
  });

  it('with an answer of many megabytes counts by its status', async () => {
    const id = await subscribe(receiver);
    receiver.answersNext({ status: 200, body: 'x'.repeat(5_000_000) });
    await opened();
    await running.drainJobs();
    expect(await deliveries(id)).toEqual([expect.objectContaining({ state: 'delivered', tries: 1 })]);
  });

  it('ten times in three days is given up: a dead letter, until an officer has it sent again', async () => {
    const id = await subscribe(receiver);
    receiver.answersAlways({ status: 500 });
    await opened();
    await running.drainJobs();
    for (let round = 0; round < 200 && (await deliveries(id))[0]?.state === 'waiting'; round++) await pass(1800);
    expect(await deliveries(id)).toEqual([expect.objectContaining({ state: 'dead', tries: 10, lastStatus: 500 })]);
    expect((await api.find(ctx, id)).state).toBe('active');
    receiver.answersAlways({});
    expect(await api.retryDead(ctx, id)).toEqual({ count: 1 });
    await pass(3600 * 1.2);
    expect(await deliveries(id)).toEqual([expect.objectContaining({ state: 'delivered', tries: 1 })]);
  });
});

describe('a receiver in trouble', () => {
  it('that asks for time (Retry-After) gets it, for all events', async () => {
    const id = await subscribe(receiver);
    receiver.answersNext({ status: 429, headers: { 'retry-after': '600' } });
    await opened();
    await running.drainJobs();
    await opened();
    await pass(590);
    expect(receiver.tries).toHaveLength(1);
    expect((await deliveries(id)).map(({ state, nextTryAt }) => ({ state, wait: nextTryAt && nextTryAt.getTime() - clock.now().getTime() }))).toEqual(Array(2).fill({ state: 'waiting', wait: 10_000 }));
    await pass(10);
    expect((await deliveries(id)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });

  it('gets one try now and then instead of one for each event, and all of them when it is back', async () => {
    const id = await subscribe(receiver);
    receiver.answersAlways({ breaks: 'before-taking' });
    const tries = (): number => Number(running.log.lines.filter(({ event }) => event === 'subscriptions.try-failed').length);
    for (let count = 0; count < 40; count++) await opened();
    await running.drainJobs();
    expect(tries()).toBe(3);
    for (let minute = 0; minute < 60; minute++) await pass(60);
    expect(tries()).toBeLessThan(15);
    expect((await api.find(ctx, id)).failingSince).toBeDefined();
    receiver.answersAlways({});
    await pass(3600 * 1.2);
    await pass(3600 * 1.2);
    expect(receiver.taken.size).toBe(40);
    const { failingSince, waitUntil } = await api.find(ctx, id);
    expect({ failingSince, waitUntil }).toEqual({});
  });

  it('does not keep up another', async () => {
    await subscribe('http://localhost:9/hook');
    await subscribe(other);
    const cases = [await opened(), await opened(), await opened(), await opened()];
    await running.drainJobs();
    expect(subjectsAt(other).sort()).toEqual([...cases].sort());
  });

  it('that answers 410 is disabled: nothing more is sent, and what waited is a dead letter', async () => {
    const id = await subscribe(receiver);
    receiver.answersNext({ status: 410 });
    for (let count = 0; count < 3; count++) await opened();
    await running.drainJobs();
    expect(await api.find(ctx, id)).toMatchObject({ state: 'disabled', disabledBecause: 'gone' });
    expect((await deliveries(id)).map(({ state }) => state)).toEqual(['dead', 'dead', 'dead']);
    await opened();
    await pass(DAY);
    expect(receiver.tries).toHaveLength(1);
    await expect(api.retryDead(ctx, id)).rejects.toMatchObject({ code: 'conflict' });
    await api.resume(ctx, id);
    expect(await api.retryDead(ctx, id)).toEqual({ count: 3 });
    await running.drainJobs();
    expect(receiver.taken.size).toBe(3);
  });

  it('at which nothing has arrived for five days is disabled', async () => {
    const id = await subscribe('http://localhost:9/hook');
    for (let day = 0; day < 7; day++) {
      await opened();
      for (let hour = 0; hour < 24; hour += 2) await pass(7200);
    }
    expect(await api.find(ctx, id)).toMatchObject({ state: 'disabled', disabledBecause: 'failing' });
    expect((await deliveries(id)).every(({ state }) => state === 'dead')).toBe(true);
  });
});

describe('a worker that is killed', () => {
  it('before it sent leaves the event to another, when its time is up', async () => {
    const id = await subscribe(receiver);
    await opened();
    const worker = running.get(DeliverDueEvents) as unknown as { sending: { send: unknown } };
    const { sending } = worker;
    worker.sending = { send: () => Promise.reject(new Error('killed')) };
    await expect(running.drainJobs()).rejects.toThrow();
    worker.sending = sending;
    expect(await deliveries(id)).toEqual([expect.objectContaining({ state: 'waiting', tries: 1 })]);
    // Its job is gone with it: what comes round every five minutes finds the event.
    await running.owner.query('delete from kernel.waiting_job');
    await running.get(FindWaitingDeliveries).run(ctx);
    await running.drainJobs();
    expect(receiver.tries).toHaveLength(0);
    clock.advance(46);
    await running.get(FindWaitingDeliveries).run(ctx);
    await running.drainJobs();
    expect(await deliveries(id)).toEqual([expect.objectContaining({ state: 'delivered', tries: 2 })]);
  });

  it('after it sent sends again, and the receiver has it once', async () => {
    const id = await subscribe(receiver);
    await opened();
    const worker = running.get(DeliverDueEvents);
    const run = db.run.bind(db);
    const record = jest.spyOn(db, 'run');
    let calls = 0;
    record.mockImplementation(((...given: Parameters<typeof db.run>) => (given[0].actor.kind === 'system' && given[0].actor.job === 'subscriptions.deliver' && ++calls === 2 ? Promise.reject(new Error('killed')) : run(...given))) as never);
    await expect(running.drainJobs()).rejects.toThrow();
    record.mockRestore();
    expect(receiver.taken.size).toBe(1);
    clock.advance(46);
    await worker.run(ctx, { subscriptionId: id });
    expect(receiver.tries.map(({ isRepeated }) => isRepeated)).toEqual([false, true]);
    expect(await deliveries(id)).toEqual([expect.objectContaining({ state: 'delivered', tries: 2 })]);
  });

  it('and five others at the same subscription send each event once', async () => {
    const id = await subscribe(receiver);
    for (let count = 0; count < 30; count++) await opened();
    await running.owner.query(`delete from kernel.waiting_job where kind = 'do:subscriptions.deliver'`);
    // Only what takes events, first.
    const worker = running.get(DeliverDueEvents);
    const paused = await api.pause(ctx, id);
    await running.drainJobs();
    expect(paused.state).toBe('paused');
    await running.owner.query(`update subscriptions.subscription set state = 'active'`);
    await Promise.all(Array.from({ length: 6 }, () => worker.run(ctx, { subscriptionId: id })));
    await running.drainJobs();
    await pass(60);
    expect(receiver.taken.size).toBe(30);
    expect(receiver.tries).toHaveLength(30);
  });
});

describe('a subscription', () => {
  it('that is paused waits and is told when it goes on, also of what happened meanwhile', async () => {
    const id = await subscribe(receiver);
    await api.pause(ctx, id);
    const cases = [await opened(), await opened()];
    await pass(3600);
    expect(receiver.tries).toEqual([]);
    expect((await deliveries(id)).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    await api.resume(ctx, id);
    await running.drainJobs();
    expect(subjectsAt(receiver).sort()).toEqual([...cases].sort());
  });

  it('that is removed is told nothing more, and its deliveries go with it', async () => {
    const id = await subscribe(receiver);
    await opened();
    await api.remove(ctx, id);
    await running.drainJobs();
    expect(receiver.tries).toEqual([]);
    await expect(api.find(ctx, id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('whose secret is rolled is signed by both for as long as was asked, then by the new one', async () => {
    const id = await subscribe(receiver);
    const { secret: former } = await api.revealSecret(ctx, id);
    const { secret, subscription } = await api.rollSecret(ctx, id, { formerSecretForHours: 2 });
    expect(secret).not.toBe(former);
    expect(subscription.formerSecretUntil).toEqual(new Date(clock.now().getTime() + 7_200_000));
    for (const known of [former, secret]) {
      receiver.knows(known);
      await opened();
      await running.drainJobs();
    }
    expect(receiver.tries.map(({ status }) => status)).toEqual([204, 204]);
    expect(receiver.tries.map(({ headers }) => String(headers['webhook-signature']).split(' ').length)).toEqual([2, 2]);
    clock.advance(7201);
    await opened();
    await running.drainJobs();
    expect(receiver.tries.map(({ headers }) => String(headers['webhook-signature']).split(' ').length)).toEqual([2, 2, 1]);
    expect((await running.owner.query<{ row: string }>('select row_to_json(s)::text as row from subscriptions.subscription s')).rows.some(({ row }) => row.includes('whsec_'))).toBe(false);
  });

  it('whose address changes is sent what waits there', async () => {
    const id = await subscribe('http://localhost:9/hook');
    const caseId = await opened();
    await running.drainJobs();
    const { secret, subscription: { version } } = await api.revealSecret(ctx, id);
    receiver.knows(secret);
    const changed = await api.change(ctx, id, { title: 'Bin lorries', url: receiver.url, eventTypes: ['cases.*'], version });
    expect(changed).toMatchObject({ ok: true, value: { url: receiver.url, version: version + 1 } });
    await pass(7);
    expect(subjectsAt(receiver)).toEqual([caseId]);
    expect(await api.change(ctx, id, { title: 'Other', url: receiver.url, eventTypes: ['cases.*'], version })).toMatchObject({ ok: false, refusal: { reason: 'changed-meanwhile' } });
  });

  it('can be tested whatever its state, and nothing is concluded from a test', async () => {
    const id = await subscribe(receiver);
    await api.pause(ctx, id);
    expect(await api.test(ctx, id)).toMatchObject({ state: 'delivered', isTest: true, lastStatus: 204, eventType: 'subscriptions.test-sent' });
    receiver.answersNext({ status: 410 });
    expect(await api.test(ctx, id)).toMatchObject({ state: 'dead', isTest: true, lastStatus: 410 });
    expect(await api.find(ctx, id)).toMatchObject({ state: 'paused' });
    expect([...receiver.taken.values()].map(({ data }) => data)).toEqual([{ subscriptionId: id, isTest: true }]);
  });
});

describe('sending again', () => {
  it('one event goes under the same id, so that who has it takes it no second time', async () => {
    const id = await subscribe(receiver);
    await opened();
    await running.drainJobs();
    const [{ eventId = '' } = {}] = await deliveries(id);
    expect(await api.replayOne(ctx, id, eventId)).toMatchObject({ state: 'waiting', tries: 0 });
    await running.drainJobs();
    expect(receiver.tries.map(({ isRepeated }) => isRepeated)).toEqual([false, true]);
    receiver.forget();
    await api.replayOne(ctx, id, eventId);
    await running.drainJobs();
    expect([...receiver.taken.keys()]).toEqual([eventId]);
  });

  it('a period brings all that was wanted in it, also what happened before there was the subscription', async () => {
    await subscribe(other, { eventTypes: ['town.*'] });
    const begun = clock.now();
    const early = await opened();
    await pass(60);
    const id = await subscribe(receiver, { caseTypes: [] });
    const late = await opened();
    await running.drainJobs();
    await db.run(ctx, async (tx) => publish(tx, BinEmptied, { binId: 'bin-1', crew: '' }));
    await pass(60);
    expect(subjectsAt(receiver)).toEqual([late]);
    const period = { from: begun.toISOString(), to: clock.now().toISOString() };
    expect(await api.replay(ctx, id, { ...period, which: 'not-delivered' })).toEqual({ ok: true, value: { count: 1 } });
    await running.drainJobs();
    expect(subjectsAt(receiver)).toEqual([late, early]);
    expect(await api.replay(ctx, id, { ...period, which: 'not-delivered' })).toEqual({ ok: true, value: { count: 0 } });
    expect(await api.replay(ctx, id, { ...period, which: 'all' })).toEqual({ ok: true, value: { count: 2 } });
    await running.drainJobs();
    expect(receiver.tries).toHaveLength(4);
    for (const wrong of [{ from: period.to, to: period.from }, { from: new Date(clock.now().getTime() - 40 * DAY * 1000).toISOString(), to: period.to }]) expect(await api.replay(ctx, id, { ...wrong, which: 'all' })).toMatchObject({ ok: false, refusal: { reason: 'wrong-period' } });
  });
});

describe('keeping', () => {
  it('removes what was settled a month ago and nothing that waits', async () => {
    const id = await subscribe(receiver);
    await opened();
    await running.drainJobs();
    await api.pause(ctx, id);
    await opened();
    await running.drainJobs();
    await pass(31 * DAY);
    await running.get(WipeOldDeliveries).run(ctx);
    expect((await deliveries(id)).map(({ state }) => state)).toEqual(['waiting']);
    expect((await running.owner.query<{ count: number }>('select count(*)::int as count from subscriptions.message')).rows).toEqual([{ count: 1 }]);
  });
  it('breaks no rule of isolation', async () => expect(await catalogFaults(running.owner)).toEqual([]));
  it('has a job that does nothing for a subscription that is no more', async () => {
    await db.run(ctx, async (tx) => enqueue(tx, DeliverDue, { subscriptionId: ids.uuid() }));
    await running.drainJobs();
  });
});
