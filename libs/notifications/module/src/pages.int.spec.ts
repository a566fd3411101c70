import { Module } from '@nestjs/common';
import { CASES, CASE_PERMISSIONS, type CasesApi } from '@guildhall/cases-contract';
import { InMemoryIdentity } from '@guildhall/identity-contract/testing';
import { defineModule, implement } from '@guildhall/kernel';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { inMemoryCases, testPothole } from '@guildhall/cases-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp, type Visitor } from '@guildhall/kernel/testing';
import { NOTIFICATIONS, messageOf, type NotificationsApi, type SendMessage } from '@guildhall/notifications-contract';
import { kitOrdinary, kitSecret, kitTemplates } from '@guildhall/notifications-contract/testing';
import { FarEnd, KeepingFarEnd, kitPack, knowsPeople } from '../test/council';
import { notifications } from './index';
import { WipeOldMessages } from './keeping/wipe-old';

const ids = new SeededIds(23);
const officer = (roles: readonly string[]): { officerId: string; roles: readonly string[] } => ({ officerId: ids.uuid(), roles });

function ordinary(changes: Partial<Omit<SendMessage, 'templateId'>> = {}): SendMessage {
  return { ...messageOf(kitOrdinary, { messageId: ids.uuid(), idempotencyKey: ids.uuid(), language: 'en', to: { email: 'ann@riverbourne.example' }, values: { name: 'Ann', reference: 'RB-7K3F-92QD' } }), ...changes };
}

/** Cases that are only remembered, as a module of a council. */
abstract class RememberedCases {}
const remembered = inMemoryCases({ types: [testPothole], clock: new FixedClock(), ids: new SeededIds(29) });
@Module({ providers: [{ provide: RememberedCases, useValue: remembered }] })
class RememberedCasesModule {}
const cases = defineModule({ id: 'cases', version: '0.1.0', packageFolder: __dirname, nest: RememberedCasesModule, provides: [implement<CasesApi>(CASES, RememberedCases as never)], permissions: CASE_PERMISSIONS });

describe('pages about messages', () => {
  const clock = new FixedClock();
  const farEnd = new FarEnd();
  const identity = new InMemoryIdentity(clock, ids);
  let running: TestApp;
  let api: NotificationsApi;
  let ctx: RequestContext;
  beforeAll(async () => {
    const modules = [notifications({ providers: [farEnd.provider()] }), kitPack(kitTemplates), knowsPeople(identity)];
    running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [...modules, cases()]), testCouncilDefinition('glanafon', 2, modules)], clock });
    api = running.get<NotificationsApi>(NOTIFICATIONS.token);
    ctx = running.systemContext();
  });
  afterAll(() => running.close());
  beforeEach(() => { clock.advance(60); farEnd.does = 'accepts'; });
  const send = async (message: SendMessage): Promise<string> => {
    await api.send(ctx, message);
    await running.drainJobs();
    return message.messageId;
  };

  describe('in the account', () => {
    const personId = ids.uuid() as PersonId;
    let resident: Visitor;
    beforeAll(async () => { resident = await running.residentVisitor(personId); });

    it('say so when there are none', async () => {
      expect((await resident.get('/account/messages')).text).toContain('We have not sent you any messages yet');
    });
    it('list what was sent, page after page, and open it', async () => {
      const messageIds: string[] = [];
      for (let count = 0; count < 23; count++) messageIds.unshift(await send(ordinary({ to: { email: 'ann@riverbourne.example', personId }, values: { name: `Ann ${count}`, reference: 'RB-7K3F-92QD' } })));
      const first = await resident.get('/account/messages');
      const listed = (text: string): string[] => [...text.matchAll(/\/account\/messages\/([0-9a-f-]{36})"/g)].map(([, id]) => id ?? '');
      expect(listed(first.text)).toEqual(messageIds.slice(0, 20));
      const older = /href="(\/account\/messages\?before=[^"]+)"/.exec(first.text)?.[1] ?? '';
      expect(listed((await resident.get(older)).text)).toEqual(messageIds.slice(20));
      const one = await resident.get(`/account/messages/${messageIds[0]}`);
      expect(one.text).toContain('Hello Ann 22, your reference is RB-7K3F-92QD.');
      expect(one.text).toContain('a…@riverbourne.example');
      expect(one.text).toContain('Delivered');
    });
    it('are in Welsh for who reads Welsh', async () => {
      expect((await resident.get('/account/messages?lang=cy')).text).toContain('Negeseuon gennym ni');
      await resident.get('/account/messages?lang=en');
    });
    it('tell of a secret message without its words', async () => {
      const id = await send({ ...messageOf(kitSecret, { messageId: ids.uuid(), idempotencyKey: ids.uuid(), language: 'en', to: { phone: '07700 900123', personId }, values: { code: '493021' } }) });
      const { text } = await resident.get(`/account/messages/${id}`);
      expect(text).toContain('held a code');
      expect(text).not.toContain('493021');
    });
    it('say what to do about one that did not arrive', async () => {
      farEnd.does = 'permanent';
      const id = await send(ordinary({ to: { email: 'ann@riverbourne.example', personId } }));
      expect((await resident.get(`/account/messages/${id}`)).text).toContain('If we cannot reach you there any more, change it under “Your details” in your account');
    });
    it('are nobody else\'s', async () => {
      const id = await send(ordinary({ to: { email: 'ann@riverbourne.example', personId } }));
      const other = await running.residentVisitor(ids.uuid());
      expect((await other.get(`/account/messages/${id}`)).status).toBe(404);
      expect((await other.get('/account/messages')).text).not.toContain(id);
      expect((await running.visitor().request(`/account/messages/${id}`)).headers['location']).toMatch(/^\/sign-in\?next=/);
      expect((await running.residentVisitor(personId, 'glanafon').then((visitor) => visitor.get(`/account/messages/${id}`))).status).toBe(404);
      expect((await resident.get('/account/messages/not-an-id')).status).toBe(404);
    });
  });

  describe('on the desk', () => {
    let manager: Visitor;
    beforeAll(async () => { manager = await running.officerVisitor(officer(['team-manager'])); });
    const failed = async (changes: Partial<SendMessage> = {}): Promise<string> => {
      farEnd.does = 'permanent';
      return send(ordinary(changes));
    };

    it('list the failures with why, and open one; looking is written down', async () => {
      const id = await failed();
      const list = await manager.get('/desk/messages');
      expect(list.text).toContain(`/desk/messages/${id}`);
      expect(list.text).toContain('There is no such address or number');
      const one = await manager.get(`/desk/messages/${id}`);
      expect(one.text).toContain('Hello Ann, your reference is RB-7K3F-92QD.');
      const { rows } = await running.owner.query<{ actor_kind: string }>(`select actor_kind from kernel.audit where action = 'notifications.look' and subject_id = $1`, [id]);
      expect(rows).toEqual([{ actor_kind: 'officer' }]);
    });
    it('send a message again', async () => {
      const id = await failed();
      farEnd.does = 'accepts';
      await manager.get('/desk/messages');
      const after = await manager.post(`/desk/messages/${id}/retry`, {});
      expect(after.path).toBe('/desk/messages?result=sent-again');
      expect(after.text).toContain('will be sent again now');
      expect(after.text).not.toContain(`/desk/messages/${id}`);
      await running.drainJobs();
      expect(await api.find(ctx, id)).toMatchObject({ state: 'delivered' });
      const again = await manager.post(`/desk/messages/${id}/retry`, {});
      expect(again.text).toContain('cannot be sent again');
    });
    it('send one another way, as that channel has its words, and take it off the list; of two who press, one sends it', async () => {
      const about = { type: 'payment', id: ids.uuid() };
      const id = await failed({ to: { email: 'ann@riverbourne.example', phone: '07700 900123', postalLines: ['Ann', '1 Mill Lane', 'ZZ99 1AA'] }, about });
      const page = (await manager.get(`/desk/messages/${id}`)).text;
      expect(page).toContain('Send as a text to 07700 …123');
      expect(page).toContain('Send as a letter to ZZ99 1AA');
      expect(page).not.toContain('Send as an email');
      // Nobody is where it failed: to send it there again comes last.
      expect(page.lastIndexOf('/another-way')).toBeLessThan(page.indexOf(`/${id}/retry`));
      farEnd.does = 'accepts';
      farEnd.arrived.length = 0;
      const after = await Promise.all([1, 2].map(() => manager.post(`/desk/messages/${id}/another-way`, { channel: 'sms' })));
      expect(after.map(({ path }) => path).sort()).toEqual([`/desk/messages/${id}?result=no-such-way`, '/desk/messages?result=sent-another-way']);
      expect(after.map(({ text }) => text).join('')).toMatch(/will be sent the other way now/);
      await running.drainJobs();
      expect(farEnd.seen()).toEqual([expect.objectContaining({ channel: 'sms', to: '+447700900123', words: 'Ann: RB-7K3F-92QD' })]);
      expect((await manager.get('/desk/messages')).text).not.toContain(`/desk/messages/${id}`);
      expect(await api.forSubject(ctx, about)).toMatchObject([{ state: 'delivered', channel: 'sms' }, { id, state: 'failed' }]);
      const { rows } = await running.owner.query(`select actor_kind, detail->>'channel' as channel from kernel.audit where action = 'notifications.another-way' and subject_id = $1`, [id]);
      expect(rows).toEqual([{ actor_kind: 'officer', channel: 'sms' }]);
    });
    it('send one to where the person can be reached now', async () => {
      const personId = ids.uuid() as PersonId;
      const id = await failed({ to: { email: 'ann@riverbourne.example', personId } });
      expect((await manager.get(`/desk/messages/${id}`)).text).not.toContain('/another-way');
      identity.addPerson(ctx, { personId, name: 'Ann', email: 'new@riverbourne.example' });
      expect((await manager.get(`/desk/messages/${id}`)).text).toContain('Send as an email to n…@riverbourne.example');
      farEnd.does = 'accepts';
      farEnd.arrived.length = 0;
      await manager.post(`/desk/messages/${id}/another-way`, { channel: 'email' });
      await running.drainJobs();
      expect(farEnd.seen()).toMatchObject([{ channel: 'email', to: 'new@riverbourne.example' }]);
    });
    it.each(['email', 'pigeon', ''])('send nothing by a way that there is not: "%s"', async (channel) => {
      const id = await failed({ to: { email: 'ann@riverbourne.example', phone: '07700 900123' } });
      await manager.get(`/desk/messages/${id}`);
      farEnd.arrived.length = 0;
      expect((await manager.post(`/desk/messages/${id}/another-way`, { channel })).text).toContain('cannot be sent that way');
      await running.drainJobs();
      expect((await manager.post(`/desk/messages/${ids.uuid()}/another-way`, { channel })).status).toBe(404);
      expect([farEnd.arrived, (await manager.get('/desk/messages')).text.includes(`/desk/messages/${id}`)]).toEqual([[], true]);
    });
    it('send nothing another way of what was secret, or is no longer kept', async () => {
      farEnd.does = 'permanent';
      const secret = await send(messageOf(kitSecret, { messageId: ids.uuid(), idempotencyKey: ids.uuid(), language: 'en', to: { email: 'ann@riverbourne.example', phone: '07700 900123' }, values: { code: '493021' } }));
      const old = await failed({ to: { email: 'ann@riverbourne.example', phone: '07700 900123' } });
      await running.owner.query(`update notifications.message set wipe_at = '2000-01-01' where message_id = $1`, [old]);
      await running.get(WipeOldMessages).run(ctx);
      for (const id of [secret, old]) expect((await manager.get(`/desk/messages/${id}`)).text).not.toContain('/another-way');
      expect((await running.owner.query('select asked from notifications.message where message_id = any ($1)', [[secret, old]])).rows).toEqual([{ asked: null }, { asked: null }]);
    });
    it('take one off the list that was dealt with another way, and it stays failed', async () => {
      const id = await failed();
      await manager.get('/desk/messages');
      const after = await manager.post(`/desk/messages/${id}/dealt-with`, {});
      expect(after.text).toContain('marked as dealt with');
      expect(after.text).not.toContain(`/desk/messages/${id}`);
      expect(await api.find(ctx, id)).toMatchObject({ state: 'failed' });
      expect((await manager.get(`/desk/messages/${id}`)).text).toContain('Dealt with');
      await manager.post(`/desk/messages/${id}/dealt-with`, {});
      expect((await running.owner.query(`select from kernel.audit where action = 'notifications.dealt-with' and subject_id = $1`, [id])).rowCount).toBe(1);
    });
    it('lead to the case that a message is about, where the council has cases and the officer may see them', async () => {
      const opened = await remembered.open(running.systemContext(), { caseId: ids.uuid(), idempotencyKey: ids.uuid(), caseType: testPothole.id, channel: 'web', summary: { en: 'A pothole', cy: 'Twll' }, answers: [] } as never);
      if (!opened.ok) throw new Error(opened.refusal.message);
      const { id: caseId, reference } = opened.value;
      const about = await failed({ about: { type: 'case', id: caseId } });
      expect((await manager.get(`/desk/messages/${about}`)).text).toContain(`/desk/messages/${about}/case`);
      expect(await manager.request(`/desk/messages/${about}/case`)).toMatchObject({ status: 303, headers: { location: `/desk/cases/${reference}` } });
      const lost = await failed({ about: { type: 'case', id: ids.uuid() } });
      expect((await manager.get(`/desk/messages/${lost}/case`)).status).toBe(404);
      const elsewhere = await failed({ about: { type: 'payment', id: caseId } });
      expect((await manager.get(`/desk/messages/${elsewhere}`)).text).not.toContain('/case"');
      expect((await manager.get(`/desk/messages/${elsewhere}/case`)).status).toBe(404);
    });
    it('page by page', async () => {
      for (let count = 0; count < 27; count++) { clock.advance(1); await failed(); }
      const first = await manager.get('/desk/messages');
      const older = /href="(\/desk\/messages\?after=[^"]+)"/.exec(first.text)?.[1] ?? '';
      const listed = (text: string): string[] => [...text.matchAll(/href="\/desk\/messages\/([0-9a-f-]{36})"/g)].map(([, id]) => id ?? '');
      const second = await manager.get(older);
      expect(listed(first.text)).toHaveLength(25);
      expect(listed(second.text).length).toBeGreaterThanOrEqual(2);
      expect(listed(first.text).filter((id) => listed(second.text).includes(id))).toEqual([]);
    });
    it('are for officers with the permission only', async () => {
      const id = await failed();
      const adviser = await running.officerVisitor(officer(['adviser']));
      const nobody = await running.officerVisitor(officer([]));
      expect((await adviser.get('/desk/messages')).status).toBe(200);
      expect((await adviser.get('/desk/messages')).text).not.toContain('Send again');
      for (const act of ['retry', 'another-way']) expect((await adviser.post(`/desk/messages/${id}/${act}`, { channel: 'sms' })).status).toBe(403);
      expect((await nobody.get('/desk/messages')).status).toBe(403);
      expect((await nobody.get(`/desk/messages/${id}`)).status).toBe(403);
      expect((await (await running.residentVisitor(ids.uuid())).get('/desk/messages')).status).toBe(403);
      expect((await (await running.officerVisitor(officer(['team-manager']), 'glanafon')).get(`/desk/messages/${id}`)).status).toBe(404);
    });
    it('say what they show only in their own words', async () => {
      expect((await manager.get('/desk/messages?result=%3Cscript%3E')).text).not.toContain('govuk-notification-banner');
    });
  });

  it('show no outbox where messages are really sent', async () => {
    expect((await running.visitor().get('/outbox')).status).toBe(404);
  });
});

describe('the outbox', () => {
  let running: TestApp;
  let production: TestApp;
  beforeAll(async () => {
    const modules = [notifications({ providers: [new KeepingFarEnd().provider()] }), kitPack(kitTemplates)];
    running = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, modules), testCouncilDefinition('glanafon', 2, modules)] });
    production = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, modules, { acceptedSandboxes: ['test.keeping'] })], isDevelopment: false, settings: { PUBLIC_ORIGIN: 'http://localhost' } });
  });
  afterAll(async () => {
    await running.close();
    await production.close();
  });
  const send = async (message: SendMessage, slug?: string): Promise<string> => {
    await running.get<NotificationsApi>(NOTIFICATIONS.token).send(running.systemContext(slug), message);
    await running.drainJobs();
    return message.messageId;
  };

  it('is empty at first', async () => {
    expect((await running.visitor().get('/outbox')).text).toContain('Nothing has been sent yet');
  });
  it('shows e-mails, texts and letters as a person would see them', async () => {
    const visitor = running.visitor();
    const email = await send(ordinary({ to: { email: 'ann@riverbourne.example', name: 'Ann Resident' } }));
    const text = await send(ordinary({ to: { phone: '07700 900123' }, language: 'cy' }));
    const letter = await send(ordinary({ to: { postalLines: ['Ann Resident', '1 Mill Lane', 'ZZ99 1AA'] } }));
    const list = (await visitor.get('/outbox')).text;
    for (const id of [email, text, letter]) expect(list).toContain(`/outbox/${id}`);
    expect((await visitor.get(`/outbox/${email}`)).text).toContain('Ann Resident &lt;ann@riverbourne.example&gt;');
    const phone = (await visitor.get(`/outbox/${text}`)).text;
    expect(phone).toContain('I Ann: RB-7K3F-92QD');
    expect(phone).toContain('1 text message of 19 characters');
    const sheet = (await visitor.get(`/outbox/${letter}`)).text;
    expect(sheet).toContain('Ann Resident<br>1 Mill Lane<br>ZZ99 1AA');
    expect(sheet).toContain('Your reference is RB-7K3F-92QD.');
  });
  it('shows an e-mail as a mail program does, which runs nothing', async () => {
    const id = await send(ordinary());
    const answer = await running.visitor().get(`/outbox/${id}/html`);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['content-security-policy']).toMatch(/default-src 'none'; style-src 'unsafe-inline'; sandbox/);
    expect(answer.headers['content-security-policy']).not.toContain('allow-scripts');
    expect(answer.text).toContain('<!doctype html>');
    expect((await running.visitor().get(`/outbox/${await send(ordinary({ to: { phone: '07700 900123' } }))}/html`)).status).toBe(404);
  });
  it('finds what was sent to one address or number', async () => {
    const id = await send(ordinary({ to: { phone: '07700 900777' } }));
    const visitor = running.visitor();
    await visitor.get('/outbox');
    const { text } = await visitor.post('/outbox', { to: '07700 900 777' });
    expect([...text.matchAll(/href="\/outbox\/([0-9a-f-]{36})"/g)].map(([, found]) => found)).toEqual([id]);
    expect(text).toMatch(/<form method="post" action="\/outbox\?lang=cy">.*<input type="hidden" name="to" value="07700 900 777">/);
    const welsh = (await visitor.post('/outbox?lang=cy', { to: '07700 900 777' })).text;
    expect(welsh).toContain(`href="/outbox/${id}"`);
    for (const said of ['Blwch anfon', 'Neges destun', 'Dangos popeth']) expect(welsh).toContain(said);
    expect((await visitor.get(`/outbox/${id}`)).text).toContain('Yn ôl i’r blwch anfon');
    expect((await visitor.post('/outbox?lang=en', { to: 'nobody@riverbourne.example' })).text).toContain('Nothing has been sent to nobody@riverbourne.example');
  });
  it('is one council\'s own', async () => {
    const id = await send(ordinary());
    expect((await running.visitor('glanafon').get('/outbox')).text).not.toContain(id);
    expect((await running.visitor('glanafon').get(`/outbox/${id}`)).status).toBe(404);
  });
  it('has no page for what is not in it', async () => {
    for (const reference of [ids.uuid(), '..%2f..%2fmaster.key', 'x']) expect((await running.visitor().get(`/outbox/${reference}`)).status).toBe(404);
  });
  it('is shut in production to everybody who may not read messages', async () => {
    const id = await send(ordinary());
    expect((await production.visitor().request('/outbox')).headers['location']).toMatch(/^\/sign-in/);
    expect((await production.visitor().request(`/outbox/${id}/html`)).status).toBe(303);
    const stranger = production.visitor();
    await stranger.get('/sign-in');
    expect((await stranger.request('/outbox', { form: { to: 'ann@riverbourne.example' } })).status).toBeGreaterThanOrEqual(400);
    expect((await (await production.residentVisitor(ids.uuid())).get('/outbox')).status).toBe(403);
    expect((await (await production.officerVisitor(officer(['adviser']))).get(`/outbox/${id}`)).status).toBe(200);
  });
});
