import type { CaseView } from '@guildhall/cases-contract';
import { Database } from '@guildhall/kernel';
import { InMemoryIdentity } from '@guildhall/identity-contract/testing';
import type { OfficerId, PersonId, RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp, type Visitor } from '@guildhall/kernel/testing';
import { CHANGE_MESSAGE_PREFERENCES, NOTIFICATIONS, READ_MESSAGES, messageOf, type NotificationsApi, type OutgoingEmail, type Recipient } from '@guildhall/notifications-contract';
import { kitNews, kitOrdinary, kitSecret, kitTemplates } from '@guildhall/notifications-contract/testing';
import { FarEnd, kitPack, knowsPeople } from '../test/council';
import { notifications } from './index';
import { ChoicesOnCase } from './preferring/choices-on-case';

const clock = new FixedClock('2026-11-23T12:00:00Z');
const ids = new SeededIds(31);
const farEnd = new FarEnd();
const identity = new InMemoryIdentity(clock, ids);
let running: TestApp;
let api: NotificationsApi;
let ctx: RequestContext;

beforeAll(async () => {
  const council = (slug: string, number: number, quietHours?: { readonly from: string; readonly to: string }): ReturnType<typeof testCouncilDefinition> => testCouncilDefinition(slug, number, [notifications({ providers: [farEnd.provider()], quietHours }), kitPack(kitTemplates), knowsPeople(identity)]);
  running = await startTestApp({ councils: [council('riverbourne', 1, { from: '21:00', to: '08:00' }), council('glanafon', 2)], clock });
  api = running.get<NotificationsApi>(NOTIFICATIONS.token);
  ctx = running.systemContext();
});
afterAll(() => running.close());
beforeEach(() => { farEnd.arrived.length = 0; farEnd.does = 'accepts'; });

/** Sends news; its e-mail as it arrived. */
async function news(to: Recipient, language: 'en' | 'both' = 'en', where = ctx): Promise<OutgoingEmail | undefined> {
  const message = messageOf(kitNews, { messageId: ids.uuid(), idempotencyKey: ids.uuid(), language, to, values: { name: 'Ann' } });
  await api.send(where, message);
  await running.drainJobs();
  return farEnd.arrived.find((each): each is OutgoingEmail => each.reference === message.messageId && each.channel === 'email');
}
const pathOf = (address: string | undefined): string => (address ?? '').replace(/^https?:\/\/[^/]+/, '');
const pageIn = (email: OutgoingEmail | undefined): string => pathOf(/https?:\/\/\S+\/messages\/stop\/\S+/.exec(email?.text ?? '')?.[0]);

describe('an e-mail with news', () => {
  it('says in each of its languages how to stop, in its text and in its form, and to mail programs', async () => {
    const email = await news({ email: 'both@riverbourne.example' }, 'both');
    expect(email?.text).toMatch(/Stopio newyddion fel hyn: http\S+[\s\S]*Stop news like this: http\S+/);
    expect(email?.html.match(/\/messages\/stop\//g)).toHaveLength(2);
    expect(pathOf(email?.stopAddress)).toMatch(/^\/api\/notifications\/v1\/stops\/[0-9a-f-]{36}\?key=[\w-]{22}$/);
  });

  it('is the only one that does: what must be said cannot be stopped', async () => {
    const message = messageOf(kitOrdinary, { messageId: ids.uuid(), idempotencyKey: ids.uuid(), language: 'en', to: { email: 'ann@riverbourne.example' }, values: { name: 'Ann', reference: 'RB-7K3F-92QD' } });
    await api.send(ctx, message);
    await running.drainJobs();
    expect(farEnd.arrived).toHaveLength(1);
    expect(farEnd.arrived[0]).not.toHaveProperty('stopAddress');
    expect(farEnd.arrived[0]?.text).not.toContain('/messages/stop/');
    const link = pageIn(await news({ email: 'ann2@riverbourne.example' }));
    const [id = ''] = /[0-9a-f-]{36}/.exec(link) ?? [];
    expect((await running.visitor().get(link.replace(id, message.messageId))).status).toBe(404);
  });
});

it('a message is kept in one transaction, its recipient\'s wishes read in it: whoever sends waits for no other round', async () => {
  const personId = ids.uuid() as PersonId;
  await api.changePreferences(ctx, personId, { channel: 'sms', stopsNews: false });
  const [alone, transactions] = [jest.spyOn(running.get(Database), 'query'), jest.spyOn(running.get(Database), 'run')];
  try {
    for (const to of [{ email: 'once@riverbourne.example', phone: '07700 900123', personId }, { email: 'once@riverbourne.example' }]) {
      transactions.mockClear();
      expect(await api.send(ctx, messageOf(kitNews, { messageId: ids.uuid(), idempotencyKey: ids.uuid(), language: 'en', to, values: { name: 'Ann' } }))).toMatchObject({ ok: true });
      expect([alone.mock.calls.length, transactions.mock.calls.length]).toEqual([0, 1]);
    }
  } finally {
    alone.mockRestore();
    transactions.mockRestore();
  }
});

describe('the link in it', () => {
  it('changes nothing when it is only looked at, stops news when its button is pressed, and starts it again', async () => {
    const to = { email: 'stopper@riverbourne.example' };
    const link = pageIn(await news(to));
    const visitor = running.visitor();
    const first = await visitor.get(link);
    expect(first.text).toContain('Stop news from us?');
    expect(await news(to)).toBeDefined();

    await visitor.post(link, { news: 'stop' });
    expect((await visitor.get(link)).text).toContain('News is stopped');
    expect(await news(to)).toBeUndefined();
    expect(await news({ email: 'STOPPER@riverbourne.example' })).toBeUndefined();
    expect(await news({ email: 'another@riverbourne.example' })).toBeDefined();
    expect(await news(to, 'en', running.systemContext('glanafon'))).toBeDefined();

    await visitor.post(link, { news: 'start' });
    expect((await visitor.get(link)).text).toContain('Stop news from us?');
    expect(await news(to)).toBeDefined();
  });

  it('of somebody with an account changes what their account says, and keeps how they wish to be reached', async () => {
    const personId = ids.uuid() as PersonId;
    await api.changePreferences(ctx, personId, { channel: 'email', stopsNews: false });
    const link = pageIn(await news({ email: 'person@riverbourne.example', personId }));
    const visitor = running.visitor();
    await visitor.get(link);
    await visitor.post(link, { news: 'stop' });
    expect(await api.preferencesOf(ctx, personId)).toEqual({ channel: 'email', stopsNews: true });
    expect(await news({ email: 'elsewhere@riverbourne.example', personId })).toBeUndefined();
    expect(await news({ email: 'person@riverbourne.example' })).toBeDefined();
  });

  it('is pressed by mail programs with one POST, again and again, without a cookie, in both forms of RFC 8058', async () => {
    const to = { email: 'oneclick@riverbourne.example' };
    const address = running.origin() + pathOf((await news(to))?.stopAddress);
    const form = new FormData();
    form.set('List-Unsubscribe', 'One-Click');
    for (const body of [new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), form, new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })]) expect((await fetch(address, { method: 'POST', body })).status).toBe(200);
    expect(await news(to)).toBeUndefined();
  });

  it('opens nothing with another key, another message or in another council, and changes nothing there', async () => {
    const to = { email: 'guarded@riverbourne.example' };
    const email = await news(to);
    const [page, oneClick] = [pageIn(email), pathOf(email?.stopAddress)];
    const other = pageIn(await news({ email: 'other@riverbourne.example' }));
    const id = (link: string): string => /[0-9a-f-]{36}/.exec(link)?.[0] ?? '';
    const visitor = running.visitor();
    for (const link of [page.replace(/key=.*/, 'key=AAAAAAAAAAAAAAAAAAAAAA'), page.replace(/\?key=.*/, ''), page.replace(/key=/, 'key=x&key='), page.replace(id(page), id(other)), page.replace(id(page), 'nonsense'), page.replace(id(page), ids.uuid())]) {
      const answer = await visitor.get(link);
      expect([link, answer.status, answer.text.includes('This link no longer works')]).toEqual([link, 404, true]);
      await visitor.get(page);
      expect((await visitor.post(link, { news: 'stop' })).status).toBe(404);
      expect((await fetch(running.origin() + oneClick.replace(/\?.*/, '') + (/\?.*/.exec(link)?.[0].replace(/key=(?=[\w-]{22}$)/, 'key=x') ?? ''), { method: 'POST', body: '' })).status).toBe(404);
    }
    expect((await running.visitor('glanafon').get(page)).status).toBe(404);
    expect(await news(to)).toBeDefined();
  });

  it('says so when it is too old to know whose it is', async () => {
    const link = pageIn(await news({ email: 'old@riverbourne.example' }));
    await running.owner.query(`update notifications.message set address = null, content = null where message_id = $1`, [/[0-9a-f-]{36}/.exec(link)?.[0]]);
    const answer = await running.visitor().get(link);
    expect([answer.status, answer.text.includes('This link no longer works')]).toEqual([404, true]);
  });

  it('leaves an entry in the audit trail and no address in the table', async () => {
    const to = { email: 'traced@riverbourne.example' };
    const link = pageIn(await news(to));
    const visitor = running.visitor();
    await visitor.get(link);
    for (const again of [1, 2]) { void again; await visitor.post(link, { news: 'stop' }); }
    const { rows } = await running.owner.query<{ action: string }>(`select action from kernel.audit where subject_id = $1 and action like 'notifications.%'`, [/[0-9a-f-]{36}/.exec(link)?.[0]]);
    expect(rows.map(({ action }) => action)).toEqual(['notifications.stop-news']);
    expect(JSON.stringify((await running.owner.query('select * from notifications.stopped_address')).rows)).not.toContain('traced');
  });
});

describe('in the account', () => {
  const personId = ids.uuid() as PersonId;
  let resident: Visitor;
  beforeAll(async () => { resident = await running.residentVisitor(personId); });

  it('somebody says how they wish to hear from us, and finds it there again', async () => {
    expect((await resident.get('/account/messages')).text).toContain('/account/messages/choices');
    const page = (await resident.get('/account/messages/choices')).text;
    for (const way of ['email', 'sms', 'letter', 'any']) expect(page).toContain(`value="${way}"`);
    await resident.post('/account/messages/choices', { channel: 'letter', news: 'stop' });
    expect(await api.preferencesOf(ctx, personId)).toEqual({ channel: 'letter', stopsNews: true });
    const again = (await resident.get('/account/messages/choices?saved=yes')).text;
    expect(again).toContain('Saved. We will contact you as you asked.');
    expect(again).toMatch(/value="letter" checked/);
    await resident.post('/account/messages/choices', { channel: 'any', news: 'send' });
    expect(await api.preferencesOf(ctx, personId)).toEqual({ stopsNews: false });
  });

  it.each([{ channel: 'pigeon', news: 'send' }, { channel: 'email' }, { news: 'send' }, { channel: 'email', news: 'perhaps' }])('refuses %j and changes nothing', async (fields) => {
    await resident.get('/account/messages/choices');
    expect((await resident.post('/account/messages/choices', fields as Record<string, string>)).status).toBe(400);
    expect(await api.preferencesOf(ctx, personId)).toEqual({ stopsNews: false });
  });

  it('is nobody else\'s', async () => {
    const stranger = running.visitor();
    expect((await stranger.get('/account/messages/choices')).status).not.toBe(200);
  });
});

describe('on the desk', () => {
  const personId = ids.uuid() as PersonId;
  const page = `/desk/messages/people/${personId}`;
  const officerId = ids.uuid();
  const chosen = { channel: 'letter', news: 'stop', authority: 'power-of-attorney', checks: 'called-back' };
  let officer: Visitor;
  beforeAll(async () => {
    identity.addPerson(ctx, { personId, name: 'Olwen Pugh', phone: '01632 960123', isAssisted: true });
    officer = await running.officerVisitor({ officerId, roles: ['adviser'] });
  });
  beforeEach(async () => { await running.owner.query('delete from notifications.preference where person_id = $1', [personId]); });

  it('an adviser changes it for somebody, who finds it in their account; the trail says who did, on what authority, and after which checks', async () => {
    const before = (await officer.get(page)).text;
    expect(before).toContain('How Olwen Pugh hears from us');
    expect(before).not.toMatch(/name="authority"[^>]* checked/);
    expect((await officer.post(page, chosen)).text).toContain('Saved. We will contact them as they asked.');
    const resident = await running.residentVisitor(personId);
    expect((await resident.get('/account/messages/choices')).text).toMatch(/value="letter" checked[\s\S]*value="stop" checked/);
    const { rows } = await running.owner.query(`select actor_kind, actor_id, person_id::text, detail from kernel.audit where subject_id = $1 and action = 'notifications.change-preferences'`, [personId]);
    expect(rows).toEqual([{ actor_kind: 'officer', actor_id: officerId, person_id: personId, detail: { channel: 'letter', stopsNews: true, authority: 'power-of-attorney', checks: ['called-back'] } }]);
  });

  it('without an authority it says so, keeps what was chosen on the page, and changes nothing', async () => {
    await officer.get(page);
    for (const authority of ['', 'none-of-ours']) {
      const again = await officer.post(page, { ...chosen, authority, from: '/desk/cases/RB-7K3F-92QD' });
      expect(again.status).toBe(400);
      expect(again.text).toMatch(/<title>Error: [\s\S]*href="#authority">Select on what authority you act[\s\S]*value="letter" checked[\s\S]*value="stop" checked[\s\S]*value="called-back" checked/);
      expect(again.text).toContain('href="/desk/cases/RB-7K3F-92QD"');
    }
    expect(await api.preferencesOf(ctx, personId)).toEqual({ stopsNews: false });
  });

  it.each([{ channel: 'pigeon' }, { news: 'perhaps' }, { channel: '' }])('refuses %j and changes nothing', async (fields) => {
    await officer.get(page);
    expect((await officer.post(page, { ...chosen, ...fields } as Record<string, string>)).status).toBe(400);
    expect(await api.preferencesOf(ctx, personId)).toEqual({ stopsNews: false });
  });

  it('leads back to where the officer came from, and nowhere else', async () => {
    const backOf = ({ text }: { readonly text: string }): string | undefined => /<a href="([^"]*)" class="govuk-back-link"/.exec(text)?.[1];
    const wayBack = async (from: string): Promise<string | undefined> => backOf(await officer.get(`${page}?from=${encodeURIComponent(from)}`));
    expect(await wayBack('/desk/cases/RB-7K3F-92QD')).toBe('/desk/cases/RB-7K3F-92QD');
    expect(backOf(await officer.post(page, { ...chosen, from: '/desk/cases/RB-7K3F-92QD' }))).toBe('/desk/cases/RB-7K3F-92QD');
    for (const from of ['https://evil.example/', '//evil.example', '/desk/cases/../../account', '/account']) expect(await wayBack(from)).toBeUndefined();
  });

  it('has no page for whom there is no such person, in this council or at all, and none for whoever may not change it', async () => {
    const elsewhere = ids.uuid() as PersonId;
    identity.addPerson(running.systemContext('glanafon'), { personId: elsewhere, name: 'Not Ours' });
    for (const id of [elsewhere, ids.uuid(), 'nonsense']) {
      expect((await officer.get(`/desk/messages/people/${id}`)).status).toBe(404);
      await officer.get(page);
      expect((await officer.post(`/desk/messages/people/${id}`, chosen)).status).toBe(404);
    }
    expect((await (await running.residentVisitor(personId)).get(page)).status).not.toBe(200);
    const nobodys = await running.officerVisitor({ officerId, roles: [] });
    expect((await nobodys.get(page)).status).toBe(403);
  });

  it('stands beside a case, for whoever may read messages, with the way to change it for whoever may', async () => {
    const caseView = { id: ids.uuid(), reference: 'RB-7K3F-92QD', personId } as unknown as CaseView;
    const panel = running.get(ChoicesOnCase);
    const as = (permissions: readonly string[]): RequestContext => running.context('riverbourne', { actor: { kind: 'officer', officerId: officerId as OfficerId, name: 'Sam Officer', roles: [], teams: [], permissions: new Set(permissions) } });
    await api.changePreferences(ctx, personId, { channel: 'sms', stopsNews: false });
    expect(await panel.load(as([READ_MESSAGES.id, CHANGE_MESSAGE_PREFERENCES.id]), caseView)).toEqual({ title: 'How they hear from us', template: 'notifications/case-panel.njk', data: { preferences: { channel: 'sms', stopsNews: false }, changeHref: `${page}?from=/desk/cases/RB-7K3F-92QD` } });
    expect((await panel.load(as([READ_MESSAGES.id]), caseView))?.data).toEqual({ preferences: { channel: 'sms', stopsNews: false } });
    expect(await panel.load(as([]), caseView)).toBeUndefined();
    expect(await panel.load(as([READ_MESSAGES.id]), { ...caseView, personId: undefined })).toBeUndefined();
  });
});

describe('at night', () => {
  const text = { phone: '07700 900123' };
  const ordinary = (to: Recipient): Parameters<NotificationsApi['send']>[1] => messageOf(kitOrdinary, { messageId: ids.uuid(), idempotencyKey: ids.uuid(), language: 'en', to, values: { name: 'Ann', reference: 'RB-7K3F-92QD' } });
  const arrived = (id: string): boolean => farEnd.arrived.some(({ reference }) => reference === id);

  it('a text waits until the morning; an e-mail and a code do not; and the day in which it is tried begins then', async () => {
    clock.set(new Date('2026-11-23T22:30:00Z'));
    const [sms, email, code] = [ordinary(text), ordinary({ email: 'ann@riverbourne.example' }), messageOf(kitSecret, { messageId: ids.uuid(), idempotencyKey: ids.uuid(), language: 'en', to: text, values: { code: '493021' } })];
    for (const message of [sms, email, code]) expect((await api.send(ctx, message)).ok).toBe(true);
    await running.drainJobs();
    expect([sms, email, code].map(({ messageId }) => arrived(messageId))).toEqual([false, true, true]);
    expect((await api.find(ctx, sms.messageId)).state).toBe('created');
    clock.set(new Date('2026-11-24T07:59:00Z'));
    await running.drainJobs();
    expect(arrived(sms.messageId)).toBe(false);
    clock.set(new Date('2026-11-24T08:00:00Z'));
    await running.drainJobs();
    expect(arrived(sms.messageId)).toBe(true);
  });

  it('a text goes at once in a council without quiet hours', async () => {
    clock.set(new Date('2026-11-24T20:30:00Z'));
    clock.advance(3600);
    const sms = ordinary(text);
    await api.send(running.systemContext('glanafon'), sms);
    await running.drainJobs();
    expect(arrived(sms.messageId)).toBe(true);
  });

  it('quiet hours that are no times of the day are refused at start, by the council\'s name', async () => {
    await expect(startTestApp({ councils: [testCouncilDefinition('aldermoor', 3, [notifications({ providers: [farEnd.provider()], quietHours: { from: '9pm', to: '08:00' } })])], clock })).rejects.toThrow('aldermoor, notifications: quietHours: "9pm" is no time of the day');
  });

  it('a text that failed in the evening is tried again in the morning', async () => {
    clock.set(new Date('2026-11-25T20:59:30Z'));
    farEnd.does = 'temporary';
    const sms = ordinary(text);
    await api.send(ctx, sms);
    await running.drainJobs();
    farEnd.does = 'accepts';
    clock.set(new Date('2026-11-26T03:00:00Z'));
    await running.drainJobs();
    expect(arrived(sms.messageId)).toBe(false);
    clock.set(new Date('2026-11-26T08:00:00Z'));
    await running.drainJobs();
    expect(arrived(sms.messageId)).toBe(true);
  });
});
