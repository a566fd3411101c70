import { Database } from '@guildhall/kernel';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp, type Visitor } from '@guildhall/kernel/testing';
import { SUBSCRIPTIONS, type SubscriptionsApi } from '@guildhall/subscriptions-contract';
import { ReceivingEnd } from '@guildhall/subscriptions-contract/testing';
import { NO_SECRET, caseOpened, town } from '../../test/council';
import { subscriptions } from '../index';
import { SubscriptionsOnDesk } from './subscriptions-on-desk';

const clock = new FixedClock();
const ids = new SeededIds(13);
const HOME = '/desk/subscriptions';
let receiver: ReceivingEnd;
let running: TestApp;
let manager: Visitor;

beforeAll(async () => {
  receiver = await ReceivingEnd.start({ secret: NO_SECRET, now: () => clock.now() });
  running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [town(), subscriptions({ privateReceivers: [receiver.origin] })])], clock });
  manager = await running.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b1', roles: ['team-manager'] });
});
afterAll(async () => {
  await running?.close();
  await receiver?.stop();
});
beforeEach(async () => {
  await running.owner.query('delete from subscriptions.subscription');
  receiver.forget();
  receiver.answersAlways({});
});

const typed = (changes: object = {}): Record<string, string | string[]> => ({ title: 'Bin lorries', url: receiver.url, eventTypes: ['cases.case-opened', 'town.*'], ...changes });
/** Fills in the form and gives the way to the page of the new system. */
async function add(changes: object = {}): Promise<string> {
  const { text } = await manager.get(`${HOME}/new`);
  const subscriptionId = /name="subscriptionId" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const { path } = await manager.post(HOME, { subscriptionId, ...typed(changes) });
  return path.replace(/\?.*/, '');
}
const wordsOf = (html: string): string => (/<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the desk’s pages of other systems', () => {
  it('say that there is none yet, and what to do', async () => {
    expect(wordsOf((await manager.get(HOME)).text)).toMatch(/No other system is told anything .* Tell another system/);
  });

  it('offer what the contracts of the council’s modules describe', async () => {
    for (const path of ['events', 'new']) expect(wordsOf((await manager.get(`${HOME}/${path}`)).text)).toMatch(/A case has been opened\..*A bin has been emptied\./);
    expect((await manager.get(`${HOME}/new`)).text).not.toContain('person-moved');
  });

  it('add a system once, though the form is sent twice', async () => {
    const { text } = await manager.get(`${HOME}/new`);
    const form = { subscriptionId: /name="subscriptionId" value="([^"]+)"/.exec(text)?.[1] ?? '', ...typed() };
    for (const path of [(await manager.post(HOME, form)).path, (await manager.post(HOME, form)).path]) expect(path).toBe(`${HOME}/${form.subscriptionId}?result=created`);
    expect((await manager.get(HOME)).text.match(/Bin lorries/g)).toHaveLength(1);
    expect(wordsOf((await manager.get(`${HOME}/${form.subscriptionId}`)).text)).toContain('A case has been opened. Everything of “town”');
  });

  it.each([
    ['title', { title: ' ' }, 'Enter what you call the system'], ['url', { url: '' }, 'Enter the address'], ['url', { url: 'https://10.0.0.1/' }, '10.0.0.1 is not on the public internet'], ['url', { url: 'http://hooks.riverbourne.example/' }, 'begin with https://'],
    ['eventTypes', { eventTypes: [] }, 'Choose at least one thing'], ['eventTypes', { eventTypes: ['cases.case-eaten'] }, 'No event of this council'], ['eventTypes', { eventTypes: ['<b>'] }, 'One of the choices is no longer there'],
  ])('say beside the field %s what is wrong, and keep what was typed', async (field, changes, message) => {
    await manager.get(`${HOME}/new`);
    const { status, text } = await manager.request(HOME, { form: { subscriptionId: ids.uuid(), ...typed(changes) } });
    expect(status).toBe(422);
    expect(text).toMatch(/<title>Error: /);
    expect(text).toContain(`<a href="#${field}">`);
    expect(text).toContain(`id="${field}-error"`);
    expect(wordsOf(text)).toContain(message);
    if (field !== 'title') expect(text).toContain('value="Bin lorries"');
  });

  it('show the secret when somebody presses, and put it on record', async () => {
    const at = await add();
    expect((await manager.get(at)).text).not.toContain('whsec_');
    const { text } = await manager.post(`${at}/secret`, {});
    const [secret = ''] = /whsec_[A-Za-z0-9+/=]+/.exec(text) ?? [];
    expect(secret).toHaveLength(50);
    expect((await running.owner.query<{ action: string }>('select action from kernel.audit order by audit_id desc limit 1')).rows).toEqual([{ action: 'subscriptions.secret-seen' }]);
    await manager.get(`${at}/new-secret`);
    const missing = await manager.request(`${at}/new-secret`, { form: {} });
    expect([missing.status, missing.text.includes('id="former-error"')]).toEqual([422, true]);
    const rolled = (await manager.post(`${at}/new-secret`, { former: 'day' })).text;
    expect(/whsec_[A-Za-z0-9+/=]+/.exec(rolled)?.[0]).not.toBe(secret);
    expect(wordsOf(rolled)).toContain('The old secret may be used until');
  });

  it('change, pause, resume and remove, and tell who came second', async () => {
    const at = await add();
    const edit = await manager.get(`${at}/edit`);
    expect(edit.text).toMatch(/value="cases\.case-opened" checked/);
    const version = /name="version" value="(\d+)"/.exec(edit.text)?.[1] ?? '';
    expect((await manager.post(`${at}/edit`, { version, ...typed({ title: 'Lorries' }) })).path).toBe(`${at}?result=changed`);
    const second = await manager.post(`${at}/edit`, { version, ...typed({ title: 'Vans' }) });
    expect(wordsOf(second.text)).toMatch(/Somebody else has changed this meanwhile.*Lorries/);
    expect(wordsOf((await manager.post(`${at}/pause`, {})).text)).toContain('It is paused.');
    expect(wordsOf((await manager.post(`${at}/resume`, {})).text)).toContain('It is told again.');
    expect(wordsOf((await manager.get(`${at}/remove`)).text)).toContain('Remove Lorries?');
    expect((await manager.post(`${at}/remove`, {})).path).toBe(`${HOME}?result=removed`);
    expect((await manager.get(at)).status).toBe(404);
  });

  it('send a test and say what came of it, show what was sent, and send again what was given up', async () => {
    const at = await add();
    const id = at.split('/').at(-1) ?? '';
    receiver.knows((await running.get<SubscriptionsApi>(SUBSCRIPTIONS.token).revealSecret(running.systemContext(), id)).secret);
    expect(wordsOf((await manager.post(`${at}/test`, {})).text)).toMatch(/The test arrived\..*Test .* Delivered 1 try Nothing/);
    receiver.answersNext({ status: 500 });
    expect(wordsOf((await manager.post(`${at}/test`, {})).text)).toMatch(/The test did not arrive\..*It answered 500/);
    receiver.answersNext({ status: 410 });
    await caseOpened(running.get(Database), running.systemContext(), ids.uuid());
    await running.drainJobs();
    expect(wordsOf((await manager.get(at)).text)).toMatch(/It said that it is gone for good/);
    expect(wordsOf((await manager.get(HOME)).text)).toContain('Stopped');
    expect(await running.get(SubscriptionsOnDesk).badge(running.systemContext())).toEqual({ count: 2, isCapped: false });
    expect(wordsOf((await manager.post(`${at}/pause`, {})).text)).toContain('Nothing can be sent while it is stopped.');
    await manager.post(`${at}/resume`, {});
    const dead = await manager.get(`${at}/deliveries?state=dead`);
    expect(wordsOf(dead.text)).toMatch(/Send all that were given up again .*cases\.case-opened/);
    const event = new RegExp(`${at}/deliveries/[0-9a-f-]{36}`, 'g');
    const one = [...dead.text.matchAll(event)].map(([path]) => path).find((path) => dead.text.includes(`${path}">cases.case-opened`)) ?? '';
    expect(wordsOf((await manager.get(one)).text)).toMatch(/It answered 410.*Send again.*specversion/);
    expect(wordsOf((await manager.post(`${one}/again`, {})).text)).toContain('It will be sent again now.');
    await running.drainJobs();
    expect(receiver.taken.size).toBe(2);
    expect(wordsOf((await manager.post(`${at}/retry`, {})).text)).toContain('There was nothing to send again.');
    await manager.get(`${at}/replay`);
    const wrong = await manager.request(`${at}/replay`, { form: {} });
    expect([wrong.status, wrong.text.includes('id="since-error"'), wrong.text.includes('id="which-error"')]).toEqual([422, true, true]);
    expect(wordsOf((await manager.post(`${at}/replay`, { since: 'month', which: 'all' })).text)).toContain('It will be sent again now.');
    await running.drainJobs();
    expect(receiver.tries.at(-1)).toMatchObject({ isRepeated: true, status: 204 });
  });

  it('are for team managers only', async () => {
    const at = await add();
    const officer = await running.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000b2', roles: ['case-officer', 'adviser'] });
    for (const path of [HOME, `${HOME}/new`, `${HOME}/events`, at, `${at}/deliveries`, `${at}/replay`, `${at}/remove`]) expect((await officer.get(path)).status).toBe(403);
    expect((await running.visitor().request(HOME)).headers['location']).toBe('/desk/sign-in?next=%2Fdesk%2Fsubscriptions');
    for (const path of [`${HOME}/no-id`, `${HOME}/${ids.uuid()}`, `${HOME}/${ids.uuid()}/deliveries`, `${at}/deliveries/no-id`]) expect((await manager.get(path)).status).toBe(404);
    for (const path of [`${HOME}?after=x`, `${at}/deliveries?before=x`]) expect((await manager.get(path)).status).toBe(400);
  });
});
