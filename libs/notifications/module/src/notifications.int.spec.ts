import { Client } from 'pg';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds, testOfficer } from '@guildhall/kernel-contract/testing';
import { catalogFaults, startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { NOTIFICATIONS, READ_MESSAGES, RETRY_MESSAGES, defineTemplate, messageOf, type MessageTemplate, type MessageView, type NotificationsApi, type SendMessage } from '@guildhall/notifications-contract';
import { kitOrdinary, kitSecret, kitTemplates } from '@guildhall/notifications-contract/testing';
import { FarEnd, kitPack } from '../test/council';
import { FailuresOnDesk } from './failures/failures-on-desk';
import { AskProvidersForNews } from './following/ask-providers';
import { WipeOldMessages } from './keeping/wipe-old';
import { FindForgottenMessages } from './sending/find-forgotten';
import { SendWaitingMessage } from './sending/send-waiting';
import { notifications } from './index';

const clock = new FixedClock();
const ids = new SeededIds(11);
const farEnd = new FarEnd();
const DAY = 86_400;
let running: TestApp;
let api: NotificationsApi;
let ctx: RequestContext;

beforeAll(async () => {
  running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [notifications({ providers: [farEnd.provider()] }), kitPack(kitTemplates)])], clock });
  api = running.get<NotificationsApi>(NOTIFICATIONS.token);
  ctx = running.systemContext();
});
afterAll(() => running.close());
beforeEach(async () => {
  clock.advance(3 * DAY);
  farEnd.does = 'accepts';
  await running.drainJobs();
  farEnd.arrived.length = 0;
  farEnd.asked.length = 0;
  farEnd.status = 'answers';
  farEnd.attempts.length = 0;
  farEnd.meanwhile = () => Promise.resolve();
  farEnd.retryAfterInSeconds = undefined;
  running.log.lines.length = 0;
});

function ordinary(changes: Partial<Omit<SendMessage, 'templateId'>> = {}): SendMessage {
  return { ...messageOf(kitOrdinary, { messageId: ids.uuid(), idempotencyKey: ids.uuid(), language: 'en', to: { name: 'Ann Resident', email: 'ann@riverbourne.example' }, about: { type: 'case', id: ids.uuid() }, values: { name: 'Ann', reference: 'RB-7K3F-92QD' } }), ...changes };
}
async function keep(message: SendMessage = ordinary()): Promise<string> {
  const outcome = await api.send(ctx, message);
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return message.messageId;
}
const find = (id: string): Promise<MessageView> => api.find(ctx, id);
async function pass(seconds: number): Promise<void> {
  clock.advance(seconds);
  await running.drainJobs();
}
const rowOf = async (id: string): Promise<Record<string, unknown>> => (await running.owner.query<Record<string, unknown>>('select * from notifications.message where message_id = $1', [id])).rows[0] ?? {};
const eventsOf = async (id: string): Promise<string[]> => (await running.owner.query<{ type: string }>(`select type from kernel.event where data->>'messageId' = $1 order by at, event_id`, [id])).rows.map(({ type }) => type);

describe('sending', () => {
  it('two workers with the same job send once', async () => {
    const id = await keep();
    const worker = running.get(SendWaitingMessage);
    farEnd.meanwhile = () => new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([worker.run(ctx, { messageId: id }), worker.run(ctx, { messageId: id }), worker.run(ctx, { messageId: id })]);
    expect(farEnd.attempts).toHaveLength(1);
    expect(await find(id)).toMatchObject({ state: 'delivered', tries: 1 });
    await running.drainJobs();
    expect(farEnd.attempts).toHaveLength(1);
  });

  it('a worker that dies with a message in hand leaves it to the next, who sends it under the same reference', async () => {
    const id = await keep();
    farEnd.meanwhile = () => Promise.reject(new Error('killed'));
    const died = running.get(SendWaitingMessage) as unknown as { record: unknown };
    const { record } = died;
    died.record = () => Promise.reject(new Error('killed before it wrote'));
    await expect(running.get(SendWaitingMessage).run(ctx, { messageId: id })).rejects.toThrow('killed');
    died.record = record;
    farEnd.meanwhile = () => Promise.resolve();
    await running.drainJobs();
    expect(farEnd.arrived).toHaveLength(0);
    await pass(60);
    expect(farEnd.arrived.map(({ reference }) => reference)).toEqual([id]);
    expect(await find(id)).toMatchObject({ state: 'delivered', tries: 2 });
  });

  it('an answer that never came is tried again under the same reference', async () => {
    farEnd.does = 'vanishes';
    const id = await keep();
    await running.drainJobs();
    expect(await find(id)).toMatchObject({ state: 'created', tries: 1, failureCode: 'provider-unavailable' });
    farEnd.does = 'accepts';
    await pass(120);
    expect(farEnd.attempts.map(({ reference }) => reference)).toEqual([id, id]);
    expect(await find(id)).toMatchObject({ state: 'delivered', failureCode: undefined });
  });

  it('says which try it is, so that a provider may ask its far end before it sends again', async () => {
    farEnd.does = 'vanishes';
    const id = await keep();
    await running.drainJobs();
    farEnd.does = 'accepts';
    await pass(120);
    expect(farEnd.attempts.filter(({ reference }) => reference === id).map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  it('a provider that breaks stops nobody else, and its words get into no log', async () => {
    farEnd.does = 'breaks';
    const id = await keep();
    await running.drainJobs();
    expect(await find(id)).toMatchObject({ state: 'created', failureCode: 'provider-fault' });
    expect(JSON.stringify(running.log.lines)).toContain('notifications.send-failed');
    expect(JSON.stringify(running.log.lines)).not.toContain('ann@');
  });

  it('tries several together as each by itself: what one comes to is nothing to the others, and its events are its own', async () => {
    const sent = [await keep(), await keep(), await keep()];
    const late = await keep();
    await running.owner.query(`update notifications.message set give_up_at = next_try_at where message_id = $1`, [late]);
    farEnd.meanwhile = ({ reference }) => (reference === sent[1] ? Promise.reject(new Error('gone')) : Promise.resolve());
    const jobs = [...sent, late].map((messageId) => ({ ctx: { ...ctx, correlationId: ids.uuid() }, data: { messageId } }));
    const { together } = running.get(SendWaitingMessage);
    await together.run(jobs);
    const [first, second, third, fourth] = await Promise.all([...sent, late].map(find));
    expect([first?.state, second?.state, third?.state, fourth?.state]).toEqual(['delivered', 'created', 'delivered', 'failed']);
    expect([second?.failureCode, fourth?.failureCode]).toEqual(['provider-fault', 'expired']);
    expect(farEnd.attempts).toHaveLength(3);
    farEnd.meanwhile = () => Promise.resolve();
    await together.run(jobs);
    expect(farEnd.attempts).toHaveLength(3);
    await pass(120);
    expect(await find(sent[1] ?? '')).toMatchObject({ state: 'delivered', tries: 2 });
    // In one transaction, at one moment: neither comes first.
    expect((await eventsOf(sent[0] ?? '')).sort()).toEqual(['notifications.message-delivered', 'notifications.message-sent']);
    // The far end says nothing of how many it takes at once.
    expect(together.most(ctx)).toBe(1);
  });

  it('records what was answered while the slowest is still waited for', async () => {
    const [slow, quick] = [await keep(), await keep()];
    let answer = (): void => undefined;
    farEnd.meanwhile = ({ reference }) => (reference === slow ? new Promise((resolve) => { answer = resolve; }) : Promise.resolve());
    const tried = running.get(SendWaitingMessage).together.run([slow, quick].map((messageId) => ({ ctx, data: { messageId } })));
    for (let tries = 0; tries < 100 && (await find(quick)).state !== 'delivered'; tries++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect([(await find(quick)).state, (await find(slow)).state]).toEqual(['delivered', 'created']);
    answer();
    await tried;
    expect((await find(slow)).state).toBe('delivered');
  });

  it('waits as long as the provider asks', async () => {
    farEnd.does = 'temporary';
    farEnd.retryAfterInSeconds = 3600;
    await keep();
    await running.drainJobs();
    farEnd.does = 'accepts';
    await pass(3500);
    expect(farEnd.attempts).toHaveLength(1);
    await pass(110);
    expect(farEnd.arrived).toHaveLength(1);
  });

  it('gives up after a day, with the last reason, and says so once', async () => {
    farEnd.does = 'temporary';
    const id = await keep();
    for (let hour = 0; hour < 26; hour++) await pass(3600);
    expect(await find(id)).toMatchObject({ state: 'failed', failure: 'temporary', failureCode: 'far-end-temporary' });
    expect(await eventsOf(id)).toEqual(['notifications.message-failed']);
    expect(farEnd.attempts.length).toBeGreaterThan(10);
    expect(farEnd.attempts.length).toBeLessThan(40);
  });

  it('does not send a code that is too late', async () => {
    const id = await keep({ ...messageOf(kitSecret, { messageId: ids.uuid(), idempotencyKey: ids.uuid(), language: 'en', to: { phone: '07700 900123' }, values: { code: '493021' } }) });
    await pass(11 * 60);
    expect(farEnd.attempts).toHaveLength(0);
    expect(await find(id)).toMatchObject({ state: 'failed', failure: 'technical', failureCode: 'expired', tries: 0 });
    expect(await rowOf(id)).toMatchObject({ content: null, address: null });
  });

  it('finds messages whose job was lost', async () => {
    const id = await keep();
    await running.owner.query('delete from kernel.waiting_job');
    await pass(60);
    await running.get(FindForgottenMessages).run(ctx);
    await running.drainJobs();
    expect(farEnd.arrived).toHaveLength(0);
    await pass(300);
    await running.get(FindForgottenMessages).run(ctx);
    await running.drainJobs();
    expect(farEnd.arrived.map(({ reference }) => reference)).toEqual([id]);
  });

  it('hands an e-mail over in the council\'s brand, with nothing in it that a value could turn into markup', async () => {
    await keep(ordinary({ language: 'both', values: { name: '<script>alert(1)</script> "Ann" & \'Bob\'', reference: '](https://elsewhere.example)' } }));
    await running.drainJobs();
    const [email] = farEnd.arrived;
    if (email?.channel !== 'email') throw new Error('no e-mail');
    expect(email.html).toContain('<html lang="cy">');
    expect(email.html).toContain('background-color:#00513f');
    expect(email.html).toContain('Cyngor Bwrdeistref riverbourne');
    expect(email.html).toContain('<div lang="cy">');
    expect(email.html).toContain('<div lang="en">');
    expect(email.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &quot;Ann&quot; &amp; &#39;Bob&#39;');
    expect(email.html).not.toContain('<script');
    expect([...email.html.matchAll(/href="([^"]+)"/g)].map(([, address]) => address)).toEqual([running.origin()]);
  });

  it('keeps personal data out of jobs, events, audit and log', async () => {
    farEnd.does = 'permanent';
    const id = await keep(ordinary({ to: { name: 'Canary Resident', email: 'canary@riverbourne.example', phone: '07700 900555', postalLines: ['Canary', '1 Canary Lane', 'ZZ99 9ZZ'], personId: ids.uuid() as PersonId }, values: { name: 'Canary', reference: 'Canary' } }));
    const waiting = await running.owner.query('select * from kernel.waiting_job');
    await running.drainJobs();
    await api.retry(ctx, id);
    const kept = await Promise.all(['kernel.event', 'kernel.audit', 'kernel.idempotency', 'kernel.waiting_job'].map(async (table) => (await running.owner.query(`select * from ${table}`)).rows));
    expect(JSON.stringify([waiting.rows, kept, running.log.lines])).not.toMatch(/canary|900555/i);
  });
});

describe('news from the provider', () => {
  const callback = (body: unknown, headers: Record<string, string> = { authorization: 'Bearer far-end' }, provider = 'test.far-end'): Promise<{ status: number }> =>
    running.visitor().request(`/api/notifications/v1/callbacks/${provider}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', accept: 'application/json', ...headers } });
  const taken = async (): Promise<string> => {
    farEnd.does = 'accepts-with-news';
    const id = await keep();
    await running.drainJobs();
    expect(await find(id)).toMatchObject({ state: 'sending' });
    return id;
  };

  it('moves a message on, however often it comes', async () => {
    const id = await taken();
    for (let times = 0; times < 3; times++) await expect(callback([{ providerReference: `far-${id}`, state: 'delivered' }])).resolves.toMatchObject({ status: 200 });
    expect(await find(id)).toMatchObject({ state: 'delivered' });
    expect(await eventsOf(id)).toEqual(['notifications.message-sent', 'notifications.message-delivered']);
  });

  it.each([
    ['delivered, then late: sending', ['delivered', 'sending'], 'delivered'],
    ['failed, then late: sending', ['failed', 'sending'], 'failed'],
    ['failed, then after all: delivered', ['failed', 'delivered'], 'delivered'],
    ['delivered, then sent back', ['delivered', 'failed'], 'failed'],
    ['sent, then delivered', ['sent', 'delivered'], 'delivered'],
    ['sent, then late: sending', ['sent', 'sending'], 'sent'],
  ] as const)('comes in any order: %s', async (_, states, end) => {
    const id = await taken();
    for (const state of states) await callback([{ providerReference: `far-${id}`, state, failure: state === 'failed' ? 'permanent' : undefined, code: 'x' }]);
    expect(await find(id)).toMatchObject({ state: end });
  });

  it('may come before we know that the provider took it', async () => {
    farEnd.does = 'accepts-with-news';
    farEnd.meanwhile = async ({ reference }) => { await callback([{ providerReference: `far-${reference}`, reference, state: 'delivered' }]); };
    const id = await keep();
    await running.drainJobs();
    expect(await find(id)).toMatchObject({ state: 'delivered', tries: 1 });
    expect(await rowOf(id)).toMatchObject({ provider_reference: `far-${id}`, claimed_until: null });
  });

  it('may come in the very moment in which we write down that the provider took it', async () => {
    farEnd.does = 'accepts-with-news';
    const news = new Client({ connectionString: running.database.url });
    await news.connect();
    let committed: Promise<unknown> = Promise.resolve();
    farEnd.meanwhile = async ({ reference }) => {
      await news.query('begin');
      await news.query(`update notifications.message set state = 'delivered', settled_at = now() where message_id = $1`, [reference]);
      const isWaitedFor = async (): Promise<boolean> => (await running.owner.query(`select from pg_locks where not granted`)).rows.length > 0;
      committed = (async () => {
        for (let tries = 0; tries < 200 && !(await isWaitedFor()); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
        await news.query('commit');
      })();
    };
    const id = await keep();
    await running.drainJobs();
    await committed;
    await news.end();
    expect(await find(id)).toMatchObject({ state: 'delivered', tries: 1 });
    expect(await rowOf(id)).toMatchObject({ provider_reference: `far-${id}`, claimed_until: null, settled_at: expect.any(Date) as Date });
    expect(await eventsOf(id)).toEqual(['notifications.message-sent']);
  });

  it('that an earlier try failed, late or once more, does not fail the message that an officer has sent again', async () => {
    const id = await taken();
    const failed = { providerReference: `far-${id}`, reference: id, state: 'failed', failure: 'temporary', code: 'x' };
    await callback([failed]);
    const officer = { ...ctx, actor: testOfficer([READ_MESSAGES.id, RETRY_MESSAGES.id]) };
    await api.retry(officer, id);
    await callback([failed]);
    expect(await find(id)).toMatchObject({ state: 'created' });
    farEnd.nameOf = (reference) => `far-again-${reference}`;
    await running.drainJobs();
    farEnd.nameOf = (reference) => `far-${reference}`;
    await callback([failed]);
    expect(await find(id)).toMatchObject({ state: 'sending', tries: 2 });
    await callback([{ ...failed, providerReference: `far-again-${id}` }]);
    expect(await find(id)).toMatchObject({ state: 'failed', failure: 'temporary' });
    await callback([{ providerReference: `far-${id}`, reference: id, state: 'delivered' }]);
    expect(await find(id)).toMatchObject({ state: 'delivered' });
  });

  it('wipes the words of a secret when it is said to have failed', async () => {
    farEnd.does = 'accepts-with-news';
    const id = await keep({ ...messageOf(kitSecret, { messageId: ids.uuid(), idempotencyKey: ids.uuid(), language: 'en', to: { phone: '07700 900123' }, values: { code: '493021' } }) });
    await running.drainJobs();
    expect(await rowOf(id)).toMatchObject({ content: null, address: null });
    await callback([{ providerReference: `far-${id}`, state: 'failed', failure: 'temporary' }]);
    expect(await find(id)).toMatchObject({ state: 'failed', failure: 'temporary' });
  });

  it('is refused when it is not the provider\'s, of an unknown provider, and believed of nothing unknown', async () => {
    const id = await taken();
    await expect(callback([{ providerReference: `far-${id}`, state: 'failed' }], { authorization: 'Bearer wrong' })).resolves.toMatchObject({ status: 401 });
    await expect(callback([], undefined, 'nobody')).resolves.toMatchObject({ status: 404 });
    await expect(callback([{ providerReference: 'far-unknown', state: 'failed' }, { providerReference: 'x', reference: ids.uuid(), state: 'failed' }])).resolves.toMatchObject({ status: 200 });
    expect(await find(id)).toMatchObject({ state: 'sending' });
  });

  it('is asked for when it does not come', async () => {
    const id = await taken();
    farEnd.news.set(`far-${id}`, { providerReference: `far-${id}`, state: 'delivered' });
    await running.get(AskProvidersForNews).run(ctx);
    expect(await find(id)).toMatchObject({ state: 'sending' });
    await pass(11 * 60);
    await running.get(AskProvidersForNews).run(ctx);
    expect(await find(id)).toMatchObject({ state: 'delivered' });
  });

  it('is asked for of all that are due, a turn after another, and of none twice, though two workers ask at once', async () => {
    const all = await Promise.all(Array.from({ length: 130 }, () => keep()));
    farEnd.does = 'accepts-with-news';
    await running.drainJobs();
    for (const id of all) farEnd.news.set(`far-${id}`, { providerReference: `far-${id}`, state: 'failed', failure: 'permanent' });
    clock.advance(11 * 60);
    await Promise.all([running.get(AskProvidersForNews).run(ctx), running.get(AskProvidersForNews).run(ctx)]);
    await running.drainJobs();
    expect((await running.owner.query('select state from notifications.message where message_id = any($1) group by state', [all])).rows).toEqual([{ state: 'failed' }]);
    expect(farEnd.asked.filter((reference) => all.some((id) => reference === `far-${id}`))).toHaveLength(130);
  });

  it('is asked for ever more seldom', async () => {
    const id = await taken();
    for (let quarters = 0; quarters < 3 * 24 * 4; quarters++) {
      clock.advance(15 * 60);
      await running.get(AskProvidersForNews).run(ctx);
    }
    // Each quarter of an hour for two hours, each hour for a day, and then every six.
    expect(farEnd.asked.filter((reference) => reference === `far-${id}`)).toHaveLength(8 + 22 + 8);
  });

  it('is not asked for while the provider asks for quiet, and asked for after it', async () => {
    const all = [await taken(), await taken(), await taken()];
    for (const id of all) farEnd.news.set(`far-${id}`, { providerReference: `far-${id}`, state: 'delivered' });
    farEnd.status = 'asks-for-quiet';
    clock.advance(11 * 60);
    const before = farEnd.asked.length;
    await running.get(AskProvidersForNews).run(ctx);
    await running.get(AskProvidersForNews).run(ctx);
    expect(farEnd.asked.length - before).toBe(1);
    farEnd.status = 'answers';
    clock.advance(61);
    await running.get(AskProvidersForNews).run(ctx);
    expect(await Promise.all(all.map(async (id) => (await find(id)).state))).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('is not written down as come to its end while nobody can be asked, and a message sent again is waited for anew', async () => {
    const id = await taken();
    farEnd.status = 'is-gone';
    clock.advance(7 * DAY + 1);
    await running.get(AskProvidersForNews).run(ctx);
    expect(await find(id)).toMatchObject({ state: 'sending' });
    farEnd.status = 'answers';
    farEnd.news.set(`far-${id}`, { providerReference: `far-${id}`, state: 'failed', failure: 'temporary' });
    clock.advance(DAY / 4);
    await running.get(AskProvidersForNews).run(ctx);
    expect(await find(id)).toMatchObject({ state: 'failed' });
    farEnd.news.clear();
    const again = await api.retry(ctx, id);
    expect(again.ok).toBe(true);
    await running.drainJobs();
    clock.advance(11 * 60);
    await running.get(AskProvidersForNews).run(ctx);
    expect(await find(id)).toMatchObject({ state: 'sending' });
  });

  it('is waited for no longer than a week', async () => {
    const id = await taken();
    clock.advance(7 * DAY + 1);
    await running.get(AskProvidersForNews).run(ctx);
    expect(await find(id)).toMatchObject({ state: 'sent' });
  });
});

describe('keeping', () => {
  it('wipes words and address after a year, and the message after two', async () => {
    const personId = ids.uuid() as PersonId;
    const id = await keep(ordinary({ to: { email: 'ann@riverbourne.example', personId } }));
    farEnd.does = 'permanent';
    await running.drainJobs();
    clock.advance(364 * DAY);
    await running.get(WipeOldMessages).run(ctx);
    expect(await find(id)).toMatchObject({ title: 'Bins for Ann', body: expect.stringContaining('Hello Ann') as string });
    clock.advance(2 * DAY);
    await running.get(WipeOldMessages).run(ctx);
    expect(await find(id)).toMatchObject({ title: 'About your bins', body: undefined, state: 'failed' });
    expect(await rowOf(id)).toMatchObject({ content: null, address: null });
    await expect(api.retry(ctx, id)).resolves.toMatchObject({ ok: false, refusal: { reason: 'not-retryable' } });
    clock.advance(366 * DAY);
    await running.get(WipeOldMessages).run(ctx);
    await expect(find(id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('leaves no fault in the database\'s own catalogue', async () => {
    expect(await catalogFaults(running.owner)).toEqual([]);
  });
});

describe('the REST API', () => {
  const call = (path: string, headers: Record<string, string>, json?: unknown): Promise<{ status: number; text: string }> => running.visitor().request(`/api/notifications/v1${path}`, { json, method: json === undefined ? 'GET' : 'POST', headers: { accept: 'application/json', ...headers } });
  const may = { authorization: 'Bearer kit.correct' };

  it('asks for a credential, and for the permission', async () => {
    expect((await call('/messages', {}, ordinary())).status).toBe(401);
    expect((await call('/messages', { authorization: 'Bearer reader.any' }, ordinary())).status).toBe(403);
    expect((await call('/messages', may, ordinary())).status).toBe(201);
  });

  it.each([
    ['an id that is none', { messageId: 'x' }, 'messageId'],
    ['a channel that is none', { channels: ['fax'] }, 'channels'],
    ['a language that is none', { language: 'de' }, 'language'],
    ['a value that is none', { values: { name: { nested: { deep: 1 } } } }, 'values'],
    ['a property that is none', { extra: 1 }, 'extra'],
    ['a recipient of the wrong kind', { to: 'ann@riverbourne.example' }, 'to'],
    ['an unknown part of the recipient', { to: { email: 'ann@riverbourne.example', bcc: 'x' } }, 'to.bcc'],
  ])('refuses %s by name', async (_, changes, field) => {
    const answer = await call('/messages', may, { ...ordinary(), ...changes });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ errors: expect.arrayContaining([expect.objectContaining({ field: expect.stringMatching(new RegExp(`^${field}`)) as string })]) as unknown });
  });

  it('tells a refusal from a mistake', async () => {
    const answer = await call('/messages', may, ordinary({ to: {} }));
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.text)).toMatchObject({ ok: false, refusal: { reason: 'unreachable' } });
  });

  it('refuses a place in a log that it did not give', async () => {
    for (const before of ['x', '1_x', `x_${ids.uuid()}`, `1_${ids.uuid()}x`]) expect((await call(`/people/${ids.uuid()}/messages?before=${encodeURIComponent(before)}`, may)).status).toBe(400);
    expect((await call('/people/x/messages', may)).status).toBe(400);
    expect((await call(`/people/${ids.uuid()}/messages?limit=many`, may)).status).toBe(400);
  });
});

describe('the failures on the desk', () => {
  it('are counted for those who may see them', async () => {
    farEnd.does = 'permanent';
    const area = running.get(FailuresOnDesk);
    const before = (await area.badge(ctx))?.count ?? 0;
    await keep();
    await running.drainJobs();
    expect((await area.badge(ctx))?.count).toBe(before + 1);
    expect(await area.badge(running.context())).toBeUndefined();
  });
});

describe('at start', () => {
  it('refuses templates whose words and placeholders do not fit', async () => {
    const { title, placeholders } = kitOrdinary;
    const wrong: MessageTemplate = { id: 'kit.wrong', title, placeholders, channels: { sms: { body: { en: '((name)) ((nobody))', cy: '((name))' } } } };
    expect(() => defineTemplate(wrong)).toThrow('kit.wrong');
    await expect(startTestApp({ councils: [testCouncilDefinition('testham', 3, [notifications({ providers: [farEnd.provider()] }), kitPack([wrong])])] })).rejects.toThrow(/kit\.wrong: the sms body in "en" uses \(\(nobody\)\)/);
  });
});

