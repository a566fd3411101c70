import { Database } from '@guildhall/kernel';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type Answer, type TestApp } from '@guildhall/kernel/testing';
import type { DeliveryView, SubscriptionView, SubscriptionWithSecret } from '@guildhall/subscriptions-contract';
import { ReceivingEnd } from '@guildhall/subscriptions-contract/testing';
import { NO_SECRET, caseOpened, machines, town } from '../../test/council';
import { subscriptions } from '../index';

const clock = new FixedClock();
const ids = new SeededIds(8);
const BASE = '/api/subscriptions/v1';
let receiver: ReceivingEnd;
let running: TestApp;

beforeAll(async () => {
  receiver = await ReceivingEnd.start({ secret: NO_SECRET, now: () => clock.now() });
  running = await startTestApp({ councils: ['riverbourne', 'glanafon'].map((slug, at) => testCouncilDefinition(slug, at + 1, [town(), subscriptions({ privateReceivers: [receiver.origin] }), machines()])), clock });
});
afterAll(async () => {
  await running?.close();
  await receiver?.stop();
});

beforeEach(() => running.owner.query('delete from subscriptions.subscription'));

const call = (method: string, path: string, json?: unknown, { client = 'hub', slug = 'riverbourne' } = {}): Promise<Answer> => running.visitor(slug).request(BASE + path, { method, headers: { authorization: `Bearer ${client}.correct`, accept: 'application/json' }, ...(json !== undefined && { json }) });
const fields = (changes: object = {}): object => ({ title: 'Bin lorries', url: receiver.url, eventTypes: ['cases.*'], ...changes });
async function made(changes: object = {}): Promise<SubscriptionWithSecret> {
  const answer = await call('POST', '/subscriptions', { subscriptionId: ids.uuid(), ...fields(changes) });
  expect(answer.status).toBe(201);
  return answer.json<{ value: SubscriptionWithSecret }>().value;
}

describe('the REST API of subscriptions', () => {
  it('tells what can be subscribed to, from the contracts of the council’s modules', async () => {
    const events = (await call('GET', '/events')).json<{ type: string }[]>();
    expect(events.map(({ type }) => type)).toEqual(['cases.case-moved', 'cases.case-opened', 'town.bin-emptied']);
    expect(events[1]).toEqual({ type: 'cases.case-opened', version: 1, describes: 'A case has been opened.', fields: ['caseId', 'caseType', 'caseTypeVersion', 'state'], subject: 'caseId' });
  });

  it('makes a subscription once, however often it is asked, and hands out its secret', async () => {
    const request = { subscriptionId: ids.uuid(), ...fields() };
    const [first, again] = [await call('POST', '/subscriptions', request), await call('POST', '/subscriptions', request)];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.json()).toEqual(first.json());
    expect(first.json<{ value: SubscriptionWithSecret }>().value).toMatchObject({ secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/), subscription: { state: 'active', version: 1, caseTypes: [] } });
    expect((await call('POST', '/subscriptions', { ...request, title: 'Another' })).status).toBe(409);
    expect(JSON.stringify((await call('GET', `/subscriptions/${request.subscriptionId}`)).json())).not.toContain('whsec_');
  });

  it.each([
    ['an address within', { url: 'https://10.0.0.1/hook' }, 'address-refused'], ['an address without TLS', { url: 'http://hooks.riverbourne.example/' }, 'address-refused'], ['no address', { url: 'hooks' }, 'address-refused'],
    ['an event that there is not', { eventTypes: ['cases.case-eaten'] }, 'unknown-event'], ['an event that is not told outside', { eventTypes: ['town.person-moved'] }, 'unknown-event'], ['a type of case that there is not', { caseTypes: ['unicorn'] }, 'unknown-case-type'],
  ])('refuses %s with a sentence', async (_what, changes, reason) => {
    const answer = await call('POST', '/subscriptions', { subscriptionId: ids.uuid(), ...fields(changes) });
    expect([answer.status, answer.json()]).toEqual([422, { ok: false, refusal: { reason, message: expect.stringMatching(/\.$/) } }]);
  });
  it.each([['title', { title: '' }], ['title', { title: ' ' }], ['title', { title: 'x'.repeat(101) }], ['eventTypes', { eventTypes: [] }], ['eventTypes', { eventTypes: ['Cases'] }], ['eventTypes', { eventTypes: 'cases.*' }], ['secret', { secret: 'whsec_mine' }], ['subscriptionId', { subscriptionId: 'mine' }]])('says that %s is wrong', async (field, changes) => {
    const answer = await call('POST', '/subscriptions', { subscriptionId: ids.uuid(), ...fields(changes) });
    expect([answer.status, answer.json<{ errors: { field: string }[] }>().errors.map((error) => error.field)]).toEqual([400, [field]]);
  });

  it('changes, pauses, resumes, tests, rolls the secret, shows deliveries, sends again and removes', async () => {
    const { subscription: { id }, secret } = await made();
    const at = `/subscriptions/${id}`;
    receiver.knows(secret);
    receiver.forget();
    const changed = await call('PUT', at, { ...fields({ title: 'Lorries' }), version: 1 });
    expect(changed.json<{ value: SubscriptionView }>().value).toMatchObject({ title: 'Lorries', version: 2 });
    expect([(await call('PUT', at, { ...fields(), version: 1 })).json()]).toMatchObject([{ ok: false, refusal: { reason: 'changed-meanwhile' } }]);
    expect((await call('POST', `${at}/pause`)).json()).toMatchObject({ state: 'paused' });
    expect((await call('POST', `${at}/resume`)).json()).toMatchObject({ state: 'active' });
    expect((await call('POST', `${at}/tests`)).json()).toMatchObject({ state: 'delivered', isTest: true });
    await caseOpened(running.get(Database), running.systemContext(), ids.uuid());
    await running.drainJobs();
    const delivered = (await call('GET', `${at}/deliveries?state=delivered&limit=1`)).json<{ deliveries: DeliveryView[]; next: string }>();
    const all = [...delivered.deliveries, ...(await call('GET', `${at}/deliveries?limit=1&before=${delivered.next}`)).json<{ deliveries: DeliveryView[] }>().deliveries];
    expect(all.map(({ isTest }) => isTest).sort()).toEqual([false, true]);
    const event = all.find(({ isTest }) => !isTest)?.eventId ?? '';
    expect((await call('GET', `${at}/deliveries/${event}`)).json()).toMatchObject({ eventType: 'cases.case-opened', state: 'delivered' });
    expect(await call('POST', `${at}/deliveries/${event}/replays`)).toMatchObject({ status: 202 });
    expect((await call('POST', `${at}/replays`, { from: '2026-11-20T00:00:00Z', to: '2026-11-30T00:00:00Z', which: 'all' })).json()).toEqual({ ok: true, value: { count: 0 } });
    expect((await call('POST', `${at}/dead-letters/retries`)).json()).toEqual({ count: 0 });
    await running.drainJobs();
    expect(receiver.tries.map(({ isRepeated }) => isRepeated)).toEqual([false, false, true]);
    const revealed = await call('POST', `${at}/reveal-secret`);
    expect([revealed.status, revealed.headers['cache-control'], revealed.json<SubscriptionWithSecret>().secret]).toEqual([200, 'private, no-store', secret]);
    expect((await call('POST', `${at}/secrets`, { formerSecretForHours: 0 })).json<SubscriptionWithSecret>().secret).not.toBe(secret);
    expect((await call('DELETE', at)).status).toBe(204);
    expect((await call('GET', at)).status).toBe(404);
  });

  it('is for machines with the permission, and for their own council', async () => {
    const { subscription: { id } } = await made();
    expect((await call('GET', '/subscriptions', undefined, { client: 'other' })).status).toBe(403);
    expect((await running.visitor().request(`${BASE}/subscriptions`, { headers: { accept: 'application/json' } })).status).toBe(401);
    expect((await call('GET', `/subscriptions/${id}`, undefined, { slug: 'glanafon' })).status).toBe(404);
    for (const path of [`/subscriptions/${id}/pause`, `/subscriptions/${id}/reveal-secret`, `/subscriptions/${id}/tests`, `/subscriptions/${id}/dead-letters/retries`]) expect((await call('POST', path, undefined, { slug: 'glanafon' })).status).toBe(404);
    expect((await call('DELETE', `/subscriptions/${id}`, undefined, { slug: 'glanafon' })).status).toBe(404);
    expect((await call('GET', '/subscriptions/no-id')).status).toBe(404);
    for (const query of ['limit=0', 'limit=101', 'limit=x', 'after=x']) expect((await call('GET', `/subscriptions?${query}`)).status).toBe(400);
    for (const query of ['state=lost', 'before=x', 'limit=-1']) expect((await call('GET', `/subscriptions/${id}/deliveries?${query}`)).status).toBe(400);
  });

  it('lists page by page, and keeps to a hundred', async () => {
    for (let count = 0; count < 3; count++) await made({ title: `Number ${count}` });
    const first = (await call('GET', '/subscriptions?limit=2')).json<{ subscriptions: SubscriptionView[]; next: string }>();
    const second = (await call('GET', `/subscriptions?limit=2&after=${first.next}`)).json<{ subscriptions: SubscriptionView[]; next?: string }>();
    expect([...first.subscriptions, ...second.subscriptions].map(({ title }) => title)).toEqual(['Number 0', 'Number 1', 'Number 2']);
    expect(second.next).toBeUndefined();
    await running.owner.query(`insert into subscriptions.subscription (council_id, subscription_id, title, url, event_types, state, created_at) select $1, gen_random_uuid(), 'x', 'https://hooks.riverbourne.example/', '{*}', 'active', now() from generate_series(1, 97)`, [running.context().council.id]);
    expect((await call('POST', '/subscriptions', { subscriptionId: ids.uuid(), ...fields() })).json()).toMatchObject({ ok: false, refusal: { reason: 'too-many' } });
  });

  it('keeps to a hundred when several come at once for the last place, and gives it to all who ask for the same', async () => {
    await running.owner.query(`insert into subscriptions.subscription (council_id, subscription_id, title, url, event_types, state, created_at) select $1, gen_random_uuid(), 'x', 'https://hooks.riverbourne.example/', '{*}', 'active', now() from generate_series(1, 98)`, [running.context().council.id]);
    const same = { subscriptionId: ids.uuid(), ...fields() };
    expect((await Promise.all([1, 2, 3].map(() => call('POST', '/subscriptions', same)))).map(({ status }) => status)).toEqual([201, 201, 201]);
    const answers = await Promise.all(Array.from({ length: 6 }, () => call('POST', '/subscriptions', { subscriptionId: ids.uuid(), ...fields() })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422, 422]);
    expect((await running.owner.query('select 1 from subscriptions.subscription where council_id = $1', [running.context().council.id])).rowCount).toBe(100);
  });
});
