import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@guildhall/kernel-contract';
import type { CreateSubscription } from '../requests';
import { accepted, assertRefused, assertThrows, deliveriesOf, emptied, managing, request, subscribed, type SubscriptionsHarness } from './subscriptions-harness';

const WRONG_ADDRESSES = [
  'hooks', '/hook', '//hooks.riverbourne.example/', 'http://hooks.riverbourne.example/', 'ftp://hooks.riverbourne.example/', 'file:///etc/passwd', 'javascript:alert(1)', 'https://', 'https://name:word@hooks.riverbourne.example/',
  'https://localhost/', 'https://LOCALHOST./', 'https://127.0.0.1/', 'https://2130706433/', 'https://0x7f.1/', 'https://10.0.0.1/hook', 'https://192.168.1.1/', 'https://169.254.169.254/latest/meta-data/', 'https://[::1]/', 'https://[::ffff:10.0.0.1]/', 'https://[fd00::1]/',
  'https://hub/', 'https://hub.internal/', 'https://printer.local/',
];
const MISTAKES: readonly (readonly [string, object])[] = [
  ['subscriptionId', { subscriptionId: 'mine' }], ['subscriptionId', { subscriptionId: undefined }], ['title', { title: '' }], ['title', { title: '   ' }], ['title', { title: 'x'.repeat(101) }], ['title', { title: 'Bin\u0000lorries' }], ['title', { title: 7 }],
  ['url', { url: '' }], ['url', { url: `https://hooks.riverbourne.example/${'x'.repeat(500)}` }], ['eventTypes', { eventTypes: [] }], ['eventTypes', { eventTypes: 'kit.*' }], ['eventTypes', { eventTypes: ['Kit'] }], ['eventTypes', { eventTypes: ['kit.bin-*'] }],
  ['eventTypes', { eventTypes: ['kit.*', 'kit.*'] }], ['eventTypes', { eventTypes: Array.from({ length: 101 }, (_, at) => `kit.n${at}`) }], ['caseTypes', { caseTypes: [''] }], ['caseTypes', { caseTypes: 'kit.pothole' }], ['secret', { secret: 'whsec_mine' }],
];
const MISTAKES_IN_CHANGES: typeof MISTAKES = [['title', { title: '' }], ['eventTypes', { eventTypes: [] }], ['version', { version: 0 }], ['version', { version: 1.5 }], ['subscriptionId', { subscriptionId: '01990000-0000-7000-8000-000000000001' }]];
const titlesOf = async (harness: SubscriptionsHarness): Promise<readonly string[]> => (await harness.api.list(managing(harness), { limit: 100 })).subscriptions.map(({ title }) => title);

/** Who is told what, and where. */
export const keepingSubscriptions: readonly ConformanceCase<SubscriptionsHarness>[] = [
  { id: 'SUB-001', title: 'what can be subscribed to is what the contracts of events describe, and nothing that stays inside', async run(harness) {
    const events = (await harness.api.events(managing(harness))).filter(({ type }) => type.startsWith('kit.'));
    assert.deepEqual(events, [
      { type: 'kit.bin-emptied', version: 2, describes: 'A bin has been emptied.', fields: ['binId'], subject: 'binId' },
      { type: 'kit.report-made', version: 1, describes: 'A report has been made.', fields: ['reportId', 'caseType'], subject: 'reportId' },
    ]);
  } },
  { id: 'SUB-002', title: 'a subscription is kept as it was asked for', async run(harness) {
    const asked = request(harness, { title: ' Bin lorries ', eventTypes: ['kit.report-made', 'kit.bin-emptied'], caseTypes: [harness.caseType] });
    const { subscription, secret } = accepted(await harness.api.create(managing(harness), asked));
    const { createdAt, ...rest } = subscription;
    assert.deepEqual(rest, { id: asked.subscriptionId, title: 'Bin lorries', url: asked.url, eventTypes: ['kit.bin-emptied', 'kit.report-made'], caseTypes: [harness.caseType], state: 'active', version: 1 });
    assert.ok(createdAt instanceof Date);
    assert.match(secret, /^whsec_[A-Za-z0-9+/]{32,}=*$/);
    assert.deepEqual(await harness.api.find(managing(harness), asked.subscriptionId), subscription);
  } },
  { id: 'SUB-003', title: 'asked for again it is the same subscription, with the same secret', async run(harness) {
    const asked = request(harness, { eventTypes: ['kit.report-made', 'kit.bin-emptied'] });
    const first = accepted(await harness.api.create(managing(harness), asked));
    assert.deepEqual(accepted(await harness.api.create(managing(harness), asked)), first);
    assert.deepEqual(accepted(await harness.api.create(managing(harness), { ...asked, title: ' Bin lorries', eventTypes: ['kit.bin-emptied', 'kit.report-made'], caseTypes: [] })), first);
    assert.deepEqual(await titlesOf(harness), ['Bin lorries']);
  } },
  { id: 'SUB-004', title: 'asked for several times at the same moment it is one', async run(harness) {
    const asked = request(harness);
    const made = await Promise.all([1, 2, 3, 4].map(() => harness.api.create(managing(harness), asked)));
    assert.equal(new Set(made.map((outcome) => JSON.stringify(accepted(outcome)))).size, 1);
    assert.deepEqual(await titlesOf(harness), ['Bin lorries']);
  } },
  { id: 'SUB-005', title: 'the same id with other choices is a conflict, and changes nothing', async run(harness) {
    const asked = request(harness);
    const { subscription } = accepted(await harness.api.create(managing(harness), asked));
    for (const changes of [{ title: 'Vans' }, { url: 'https://hooks.riverbourne.example/' }, { eventTypes: ['*'] }, { caseTypes: [harness.caseType] }]) await assertThrows(harness.api.create(managing(harness), { ...asked, ...changes }), 'conflict');
    assert.deepEqual(await harness.api.find(managing(harness), subscription.id), subscription);
  } },
  { id: 'SUB-006', title: 'an address that is none, without TLS, with a password, or within a private network is refused however it is spelt', async run(harness) {
    for (const url of WRONG_ADDRESSES) assertRefused(await harness.api.create(managing(harness), request(harness, { url })), 'address-refused', url);
    assert.deepEqual(await titlesOf(harness), []);
  } },
  { id: 'SUB-007', title: 'an event that there is not, or that stays inside, and a type of case that there is not are refused', async run(harness) {
    for (const type of ['kit.bin-eaten', 'nothing.*', 'kit.crew-changed']) assertRefused(await harness.api.create(managing(harness), request(harness, { eventTypes: ['kit.*', type] })), 'unknown-event', type);
    assertRefused(await harness.api.create(managing(harness), request(harness, { caseTypes: [harness.caseType, 'kit.unicorn'] })), 'unknown-case-type');
    assert.deepEqual(await titlesOf(harness), []);
  } },
  { id: 'SUB-008', title: 'what is missing, too long or unknown is refused by the name of its field', async run(harness) {
    for (const [field, changes] of MISTAKES) await assertThrows(harness.api.create(managing(harness), { ...request(harness), ...changes } as CreateSubscription), 'invalid-input', field);
    assert.deepEqual(await titlesOf(harness), []);
  } },
  { id: 'SUB-009', title: 'a change is seen at once, is counted, and leaves the rest as it was', async run(harness) {
    const { id, subscription } = await subscribed(harness);
    const changed = accepted(await harness.api.change(managing(harness), id, { title: 'Lorries', url: 'https://hooks.riverbourne.example/new#part', eventTypes: ['kit.report-made'], caseTypes: [harness.caseType], version: 1 }));
    assert.deepEqual(changed, { ...subscription, title: 'Lorries', url: 'https://hooks.riverbourne.example/new', eventTypes: ['kit.report-made'], caseTypes: [harness.caseType], version: 2 });
    assert.deepEqual(await harness.api.find(managing(harness), id), changed);
  } },
  { id: 'SUB-010', title: 'of two who change the same version one is first, and the other is told', async run(harness) {
    const { id } = await subscribed(harness);
    const { subscriptionId: _, ...fields } = request(harness);
    const outcomes = await Promise.all(['Lorries', 'Vans'].map((title) => harness.api.change(managing(harness), id, { ...fields, title, version: 1 })));
    assert.deepEqual(outcomes.map((outcome) => (outcome.ok ? 'changed' : outcome.refusal.reason)).sort(), ['changed', 'changed-meanwhile']);
    const won = outcomes.find((outcome) => outcome.ok);
    assert.deepEqual(await harness.api.find(managing(harness), id), won?.ok && won.value);
    assertRefused(await harness.api.change(managing(harness), id, { ...fields, version: 99 }), 'changed-meanwhile');
  } },
  { id: 'SUB-011', title: 'a change is looked at as closely as something new', async run(harness) {
    const { id, subscription } = await subscribed(harness);
    const { subscriptionId: _, ...fields } = { ...request(harness), version: 1 };
    assertRefused(await harness.api.change(managing(harness), id, { ...fields, url: 'https://10.0.0.1/' }), 'address-refused');
    assertRefused(await harness.api.change(managing(harness), id, { ...fields, eventTypes: ['kit.bin-eaten'] }), 'unknown-event');
    assertRefused(await harness.api.change(managing(harness), id, { ...fields, caseTypes: ['kit.unicorn'] }), 'unknown-case-type');
    for (const [field, changes] of MISTAKES_IN_CHANGES) await assertThrows(harness.api.change(managing(harness), id, { ...fields, ...changes } as typeof fields), 'invalid-input', field);
    assert.deepEqual(await harness.api.find(managing(harness), id), subscription);
  } },
  { id: 'SUB-012', title: 'pausing and resuming twice is pausing and resuming once', async run(harness) {
    const { id, subscription } = await subscribed(harness);
    assert.deepEqual(await harness.api.resume(managing(harness), id), subscription);
    for (const version of [2, 2]) assert.deepEqual(await harness.api.pause(managing(harness), id), { ...subscription, state: 'paused', version });
    for (const version of [3, 3]) assert.deepEqual(await harness.api.resume(managing(harness), id), { ...subscription, version });
  } },
  { id: 'SUB-013', title: 'what is removed is gone with all that was sent, and its id may be used again', async run(harness) {
    const { id, subscription } = await subscribed(harness);
    await emptied(harness, 'bin-1');
    await harness.api.remove(managing(harness), id);
    for (const what of ['find', 'deliveries', 'revealSecret', 'remove'] as const) await assertThrows(harness.api[what](managing(harness), id), 'not-found');
    assert.deepEqual(await titlesOf(harness), []);
    assert.deepEqual((await subscribed(harness, { subscriptionId: id })).subscription, subscription);
    assert.deepEqual(await deliveriesOf(harness, id), []);
  } },
  { id: 'SUB-014', title: 'page after page gives every subscription once, the oldest first', async run(harness) {
    const titles = ['One', 'Two', 'Three', 'Four'];
    for (const title of titles) await subscribed(harness, { title });
    for (const limit of [1, 2, 3, 4, 100]) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const { subscriptions, next } = await harness.api.list(managing(harness), { after, limit });
        assert.ok(subscriptions.length > 0 && subscriptions.length <= limit);
        seen.push(...subscriptions.map(({ title }) => title));
        after = next;
      } while (after !== undefined && seen.length <= titles.length);
      assert.deepEqual(seen, titles, `with ${limit} at once`);
    }
    for (const limit of [0, -1, 1.5, 101, NaN]) await assertThrows(harness.api.list(managing(harness), { limit }), 'invalid-input', 'limit');
    for (const after of ['', 'x', '1', '../events']) await assertThrows(harness.api.list(managing(harness), { after }), 'invalid-input', 'after');
  } },
  { id: 'SUB-015', title: 'a council has at most a hundred; who asks again for one of them gets it', async run(harness) {
    const asked = Array.from({ length: 100 }, (_, at) => request(harness, { title: `Number ${at}` }));
    for (const one of asked) accepted(await harness.api.create(managing(harness), one));
    const late = request(harness, { title: 'One too many' });
    assertRefused(await harness.api.create(managing(harness), late), 'too-many');
    const [first = late] = asked;
    assert.equal(accepted(await harness.api.create(managing(harness), first)).subscription.id, first.subscriptionId);
    await harness.api.remove(managing(harness), first.subscriptionId);
    accepted(await harness.api.create(managing(harness), late));
    assert.equal((await harness.api.list(managing(harness))).subscriptions.length, 25);
  } },
];
