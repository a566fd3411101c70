import { randomUUID } from 'node:crypto';
import { InMemoryIdentity } from '@guildhall/identity-contract/testing';
import type { PersonalRecord } from '@guildhall/information-rights-contract';
import type { Answer, Visitor } from '@guildhall/kernel/testing';
import type { PersonId } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import { InMemoryNotifications } from '@guildhall/notifications-contract/testing';
import type { AnswerTimeStep, Correction } from '@guildhall/sharing-contract';
import { accountPage } from '../../test/account-page';
import { hearsMessages } from '../../test/heard-messages';
import { knowsPeople } from '../../test/known-people';
import { KIM, askAboutKim, kimChooses, linkKim, readable } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { Links } from '../linking/links';
import { SharingOfPerson } from '../rights/personal-data';
import { disputeNews } from './dispute-news';
import { HoldsDisputeClock } from './holds-dispute-clock';
import { KeepsCorrection } from './keeps-correction';
import { OutgoingCorrections } from './outgoing';

const WRONG = '/account/information/wrong/address.current';
const DESK = '/desk/disputes';
const OFFICER = '01990000-0000-7000-8000-0000000000b1';
const DAY = 24 * 60 * 60;

describe('the time for the answer to what somebody says is wrong', () => {
  let two: TwoBodies;
  let messages: InMemoryNotifications;
  let identity: InMemoryIdentity;
  let kim: Visitor;
  let kimAtHolder: Visitor;
  let officer: Visitor;
  const enter = async (): Promise<void> => {
    [kim, kimAtHolder, officer] = [await two.app.residentVisitor(KIM.riverbourne, RECEIVER), await two.app.residentVisitor(KIM.aldermoor, HOLDER), await two.app.officerVisitor({ officerId: OFFICER, roles: ['team-manager'] }, HOLDER)];
  };
  beforeEach(async () => {
    // Sunday, 22 November: an answer is due on Tuesday, 22 December.
    const clock = new FixedClock(new Date('2026-11-22T13:00:00Z'));
    identity = new InMemoryIdentity(clock, new SeededIds());
    messages = new InMemoryNotifications({ templates: [disputeNews], now: () => clock.now() });
    two = await startTwoBodies({}, { clock, alsoInstalled: [knowsPeople(identity), hearsMessages(messages), accountPage()] });
    identity.addPerson(two.holder, { personId: KIM.aldermoor as PersonId, name: 'Kim Canary', email: 'kim.canary@post.example', preferredLanguage: 'cy' });
    await linkKim(two);
    await kimChooses(two, 'given');
    await askAboutKim(two);
    await enter();
  });
  afterEach(() => two?.close());

  const sayWrong = async (visitor: Visitor): Promise<void> => {
    await visitor.get(WRONG);
    await visitor.post(WRONG, {});
    await two.app.drainJobs();
  };
  const disputeId = async (): Promise<string> => (await two.app.owner.query<{ id: string }>('select dispute_id::text as id from sharing.dispute where council_id = $1 order by raised_at desc limit 1', [two.holder.council.id])).rows[0]?.id ?? '';
  const versionOn = (text: string): string => /name="version" value="(\d+)"/.exec(text)?.[1] ?? '';
  const press = async (form: Readonly<Record<string, string>>, by = officer): Promise<Answer> => {
    const at = `${DESK}/${await disputeId()}`;
    const { text } = await by.get(at);
    return by.post(at, { version: versionOn(text), ...form });
  };
  /** An hour later: where somebody said it elsewhere that body is to write to them, and has its time to say so. */
  const arrived = async (): Promise<readonly string[]> => {
    await two.app.drainJobs();
    two.clock.advance(60 * 60 + 1);
    await two.app.drainJobs();
    await enter();
    await messages.work();
    return messages.arrived.map(({ words }) => words.replace(/\s+/g, ' '));
  };

  it('stands still until it is certain who says so, and begins on that day; both are told, in words, also where it was said', async () => {
    await sayWrong(kim);
    const asked = await press({ do: 'ask', reason: 'identity', cy: '', 'ask-cy': 'Ffoniwch ni, os gwelwch yn dda.' });
    expect(readable(asked.text)).toMatch(/They are asked\. The time stands still until it is certain who says so\. .*22 December 2026 Time stands still .*What the resident was told They were asked to show who they are, by aldermoor council , .* Ffoniwch ni, os gwelwch yn dda\./);
    expect(await arrived()).toEqual([expect.stringMatching(/Dywedasoch fod hyn yn anghywir: Cyfeiriad presennol\. .*gofyn i chi ddangos pwy ydych: Cyngor aldermoor\. .*Ffoniwch ni, os gwelwch yn dda\. .*wrong\/address\.current/)]);
    for (const visitor of [kim, kimAtHolder]) expect(readable((await visitor.get(WRONG)).text)).toMatch(/aldermoor council asked you to show who you are\. Ffoniwch ni, os gwelwch yn dda\. The time for the answer stands still until it is certain that it is you/);
    two.clock.advance(40 * DAY);
    await enter();
    expect(readable((await officer.get(DESK)).text)).toMatch(/Current address , .* Time stands still Sunday 22 November 2026/);
    // Friday, 1 January: a month later is Monday, 1 February.
    expect(readable((await press({ do: 'resume' })).text)).toMatch(/The time has begun\. .*Answer by Monday 1 February 2027/);
    expect((await arrived()).at(-1)).toMatch(/Cewch ateb erbyn .*1 Chwefror 2027/);
    for (const visitor of [kim, kimAtHolder]) expect(readable((await visitor.get(WRONG)).text)).toMatch(/had what it asked for\. You have an answer by Monday 1 February 2027/);
    const { rows } = await two.app.owner.query(`select action, person_id from kernel.audit where action like 'sharing.dispute-%' and action <> 'sharing.dispute-looked-at' order by at`);
    expect(rows).toEqual([{ action: 'sharing.dispute-paused', person_id: KIM.aldermoor }, { action: 'sharing.dispute-resumed', person_id: KIM.aldermoor }]);
  });

  it('goes on while somebody is asked what is right: the law stops it for that only where a copy was asked for', async () => {
    await sayWrong(kimAtHolder);
    const { text } = await press({ do: 'ask', reason: 'clarification', 'ask-en': 'Which flat is it?' });
    expect(readable(text)).toMatch(/They are asked\. The time goes on\. .*22 December 2026 What the resident was told They were asked something/);
    expect(readable((await kimAtHolder.get(WRONG)).text)).toMatch(/asked you something\. Which flat is it\? You have an answer by Tuesday 22 December 2026/);
    two.clock.advance(31 * DAY);
    await enter();
    expect(readable((await officer.get(DESK)).text)).toMatch(/Overdue/);
    expect(readable((await press({ do: 'resume' })).text)).toMatch(/The time does not stand still\./);
  });

  it('is extended by two months, once, within the first month, with the reason', async () => {
    await sayWrong(kimAtHolder);
    await sayWrong(kim);
    expect(readable((await press({ do: 'extend', 'extend-en': 'We wait for the Land Registry.' })).text)).toMatch(/There are two more months\. They are told why\. .*Answer by Monday 22 February 2027/);
    await two.app.drainJobs();
    for (const visitor of [kim, kimAtHolder]) expect(readable((await visitor.get(WRONG)).text)).toMatch(/needs two more months\. We wait for the Land Registry\. You have an answer by Monday 22 February 2027/);
    expect((await officer.get(`${DESK}/${await disputeId()}`)).text).not.toContain('extend-en');
    expect(readable((await press({ do: 'extend', 'extend-en': 'Again.' })).text)).toMatch(/It is extended already/);
    await press({ do: 'ask', reason: 'identity', 'ask-en': 'Who are you?' });
    expect(readable((await kimAtHolder.get(WRONG)).text)).toContain('From then on you have an answer within 3 months.');
    expect(readable((await press({ do: 'resume' })).text)).toMatch(/Answer by Monday 22 February 2027/);
    two.clock.advance(40 * DAY);
    await enter();
    expect(readable((await officer.get(DESK)).text)).not.toMatch(/Overdue/);
    const both = await two.app.owner.query(`select time ->> 'isExtended' as extended from sharing.dispute where council_id = $1`, [two.holder.council.id]);
    expect(both.rows).toEqual([{ extended: 'true' }, { extended: 'true' }]);
  });

  it('is not extended after the first month, nor by whoever did not see what was changed meanwhile', async () => {
    await sayWrong(kimAtHolder);
    expect(readable((await press({ do: 'ask', reason: 'identity', 'ask-en': 'Who are you?', version: '7' })).text)).toMatch(/Somebody else has changed this meanwhile/);
    two.clock.advance(31 * DAY);
    await enter();
    expect(readable((await press({ do: 'extend', 'extend-en': 'Late.' })).text)).toMatch(/It can be extended only within the first month\. .*Overdue/);
    await press({ outcome: 'right', en: 'It is.' });
    expect(readable((await press({ do: 'extend', 'extend-en': 'Late.', version: '0' })).text)).toMatch(/This was answered already\. Nothing was changed\./);
    expect(await arrived()).toEqual([]);
  });

  it('is not read where it was said while the body there turns it down, at once, nor while it cannot be reached, once the first tries are over: whoever answers sees that, of all that the person says of the same thing', async () => {
    await sayWrong(kimAtHolder);
    const own = await disputeId();
    two.clock.advance(1);
    await sayWrong(kim);
    const officerSees = async (): Promise<string> => readable((await officer.get(`${DESK}/${own}`)).text);
    const reach = (endpoint: string): Promise<unknown> => two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', to_jsonb($2::text)) where council_id = $1`, [two.holder.council.id, endpoint]);
    await reach('http://localhost:9/sharing');
    await press({ do: 'ask', reason: 'clarification', 'ask-en': 'Which flat is it?' });
    await two.app.drainJobs();
    expect(await officerSees()).toMatch(/^(?!.*where they said it).*Which flat is it\?/);
    two.clock.advance(60 * 60 + 1);
    await enter();
    expect(await officerSees()).toContain('riverbourne council, where they said it, could not be reached yet');
    const { rows } = await two.app.owner.query<{ id: string }>(`select message_id::text as id from sharing.outgoing where kind = 'time'`);
    expect(rows).toHaveLength(1);
    await two.app.get(OutgoingCorrections).settle(two.holder, rows[0]?.id ?? '', 'turned-down', two.clock.now());
    expect(await officerSees()).toContain('riverbourne council, where they said it, does not show them what was said last: its software may be older than ours.');
    expect(readable((await officer.get(`${DESK}/${own}?lang=cy`)).text)).toContain('yn dangos iddynt yr hyn a ddywedwyd ddiwethaf: Cyngor riverbourne.');
    await officer.get(`${DESK}/${own}?lang=en`);
    // What was said last is what counts.
    await reach(two.bodies.receiver.endpoint);
    two.clock.advance(1);
    await press({ do: 'extend', 'extend-en': 'We wait for the Land Registry.' });
    await two.app.drainJobs();
    expect(await officerSees()).toMatch(/^(?!.*where they said it).*We wait for the Land Registry\./);
  });

  it('is asked of nobody once it is answered: whoever was slower than the officer has nothing to wait for', async () => {
    await sayWrong(kimAtHolder);
    await press({ do: 'ask', reason: 'clarification', 'ask-en': 'Which flat is it?' });
    await press({ outcome: 'right', en: 'It is.' });
    expect(await arrived()).toEqual([]);
    expect((await two.app.owner.query(`select 1 from kernel.waiting_job where kind like '%sharing.tell-of-dispute'`)).rows).toEqual([]);
  });

  it('is asked in a message whose subject says nothing of what it is about: others may see that', async () => {
    await sayWrong(kimAtHolder);
    await press({ do: 'ask', reason: 'clarification', 'ask-cy': 'Pa fflat yw hi?' });
    expect(await arrived()).toEqual([expect.stringContaining('Cyfeiriad presennol')]);
    expect(messages.arrived.map(({ rendered }) => (rendered.channel === 'email' ? rendered.subject : ''))).toEqual(['Newyddion am yr hyn y dywedasoch ei fod yn anghywir']);
    for (const subject of [disputeNews.channels.email?.subject, disputeNews.channels.letter?.heading]) expect(JSON.stringify(subject)).toMatch(/^(?!.*\(\().*News of/);
  });

  it('is told them in one message, though either body can write to them: by the one where they said it, and by the other where that one cannot, or turns it down', async () => {
    identity.addPerson(two.receiver, { personId: KIM.riverbourne as PersonId, name: 'Kim Canary', email: 'kim.canary@post.example', preferredLanguage: 'en' });
    // At both, so that the one who answers has a question of their own to ask, too.
    await sayWrong(kimAtHolder);
    two.clock.advance(1);
    await sayWrong(kim);
    const from = (words: readonly string[]): readonly string[] => words.map((one) => /(riverbourne|aldermoor)( Borough Council)?$/.exec(one)?.[1] ?? one);
    await press({ do: 'ask', reason: 'clarification', 'ask-en': 'Which flat is it?' });
    expect(from(await arrived())).toEqual(['riverbourne']);
    const turnDown = jest.spyOn(two.app.get(KeepsCorrection), 'keep').mockResolvedValue('not-known');
    await press({ do: 'ask', reason: 'clarification', 'ask-en': 'Which house is it?' });
    expect(from(await arrived())).toEqual(['riverbourne', 'aldermoor']);
    turnDown.mockRestore();
    const found = jest.spyOn(identity, 'contactOf').mockImplementation((ctx, id) => Promise.resolve(ctx.council.slug === HOLDER ? { name: 'Kim Canary', email: 'kim.canary@post.example', language: 'cy' as const, personId: id } : undefined));
    await press({ do: 'ask', reason: 'clarification', 'ask-en': 'Which town is it?' });
    expect(from(await arrived())).toEqual(['riverbourne', 'aldermoor', 'aldermoor']);
    // An address that no message can go to is none.
    found.mockImplementation((ctx, id) => Promise.resolve({ name: 'Kim Canary', email: ctx.council.slug === HOLDER ? 'kim.canary@post.example' : 'kim.canary', language: 'cy' as const, personId: id }));
    await press({ do: 'ask', reason: 'clarification', 'ask-en': 'Which land is it?' });
    expect(from(await arrived())).toEqual(['riverbourne', 'aldermoor', 'aldermoor', 'aldermoor']);
    found.mockRestore();
  });

  it('is not changed without words, nor where another body answers: what is wrong stands beside its field', async () => {
    await sayWrong(kim);
    for (const [form, field, sentence] of [
      [{ do: 'ask', 'ask-en': 'Who?' }, 'reason', 'Choose what you need from them'], [{ do: 'ask', reason: 'identity' }, 'ask-en', 'Say what you ask them'], [{ do: 'ask', reason: 'identity', 'ask-cy': 'x'.repeat(2001) }, 'ask-cy', '2,000 characters or less'],
      [{ do: 'extend' }, 'extend-en', 'Say why it takes longer'],
    ] as const) {
      const { status, text } = await press(form);
      expect({ field, status, isBeside: new RegExp(`id="${field}-error"[^>]*>[\\s\\S]{0,90}${sentence}`).test(text) }).toEqual({ field, status: 422, isBeside: true });
    }
    const { rows: [passed] } = await two.app.owner.query<{ id: string }>('select dispute_id::text as id from sharing.dispute where council_id = $1', [two.receiver.council.id]);
    const there = two.app.context(RECEIVER, { actor: { kind: 'system', job: 'test', permissions: new Set(['sharing.answer-disputes']) } });
    expect(await two.app.get(HoldsDisputeClock).extend(there, passed?.id ?? '', { version: 0, words: { en: 'No.' } })).toMatchObject({ refusal: { reason: 'passed-on' } });
    expect((await two.app.owner.query('select time from sharing.dispute where time is not null')).rows).toEqual([]);
  });

  it('is of each body its own where two answer; and what the time was before is mailed to nobody who hears at once how it is', async () => {
    identity.addPerson(two.receiver, { personId: KIM.riverbourne as PersonId, name: 'Kim Canary', email: 'kim.canary@post.example', preferredLanguage: 'en' });
    await sayWrong(kim);
    const [id, link] = [await disputeId(), await two.app.get(Links).ofPerson(two.receiver, HOLDER, KIM.riverbourne)];
    if (!link) throw new Error('Kim is not linked.');
    await two.app.owner.query(`insert into sharing.outgoing (council_id, message_id, peer_id, local_id, kind, about, sealed, created_at, taken_at) values ($1, gen_random_uuid(), 'glanafon', $2, 'disputed', $3, 'x', $4, $4)`, [two.receiver.council.id, KIM.riverbourne, id, two.clock.now()]);
    const about = (at: string) => ({ id, subject: link.pairwise, attribute: 'address.current' as const, at: `2026-11-23T${at}:00.000Z` });
    const keep = (peerId: string, message: Correction): Promise<string> => two.app.get(KeepsCorrection).keep(two.receiver, { peerId, link, nonce: { keyid: peerId, nonce: randomUUID(), until: new Date('2026-12-01') }, message });
    const says = (peerId: string, step: AnswerTimeStep, at: string, dueOn: string): Promise<string> => keep(peerId, { kind: 'time', ...about(at), step, words: { en: `Words of ${step} at ${at}.` }, dueOn, isPaused: step === 'paused' });
    const page = async (): Promise<string> => readable((await kim.get(WRONG)).text);
    const mailed = async (): Promise<readonly string[]> => (await arrived()).map((words) => /Words of [^.]+/.exec(words)?.[0] ?? '');
    await says(HOLDER, 'extended', '10:00', '2027-02-22');
    expect(await page()).toMatch(/You have an answer from aldermoor council by Monday 22 February 2027\. You have an answer from glanafon by Tuesday 22 December 2026\./);
    await says('glanafon', 'paused', '10:30', '2026-12-22');
    expect(await page()).toMatch(/You have an answer from aldermoor council by Monday 22 February 2027\. The time for the answer of glanafon stands still until it is certain that it is you who says so\. From then on you have it within a month\./);
    await says('glanafon', 'resumed', '12:00', '2027-01-25');
    expect([await says('glanafon', 'paused', '11:00', '2026-12-22'), await says('glanafon', 'asked', '11:30', '2026-12-22')]).toEqual(['kept', 'kept']);
    expect(await page()).toMatch(/from aldermoor council by Monday 22 February 2027\. You have an answer from glanafon by Monday 25 January 2027\./);
    // That they were to show who they are stands on their page; by a message they hear that it is over. A question they hear however late.
    expect(await mailed()).toEqual(['Words of extended at 10:00', 'Words of resumed at 12:00', 'Words of asked at 11:30']);
    expect(messages.arrived.map(({ words }) => /answer,? by ([^.]+)/.exec(words.replace(/\s+/g, ' '))?.[1])).toEqual(['22 February 2027', '25 January 2027', '25 January 2027']);
    await keep('glanafon', { kind: 'answered', ...about('13:00'), outcome: 'right', words: { en: 'It is.' } });
    expect([await says('glanafon', 'asked', '12:30', '2027-01-25'), await page()]).toEqual(['known', expect.stringMatching(/You have an answer from aldermoor council by Monday 22 February 2027\. Answer of glanafon/)]);
    const { rows } = await two.app.owner.query(`select time -> 'toldBy' as told from sharing.dispute where council_id = $1`, [two.receiver.council.id]);
    expect(rows).toEqual([{ told: { [HOLDER]: { at: '2026-11-23T10:00:00.000Z', dueOn: '2027-02-22', isPaused: false, isExtended: true } } }]);
  });

  it('is told by what was kept before there was more than one body that answers', async () => {
    await sayWrong(kim);
    await press({ do: 'extend', 'extend-en': 'We wait for the Land Registry.' });
    await two.app.drainJobs();
    await two.app.owner.query(`update sharing.dispute set time = (time - 'toldBy') || jsonb_build_object('told', (time #> '{toldBy,${HOLDER}}') - 'isExtended') where council_id = $1`, [two.receiver.council.id]);
    expect(readable((await kim.get(WRONG)).text)).toContain('You have an answer by Monday 22 February 2027');
    two.clock.advance(1);
    await press({ do: 'ask', reason: 'identity', 'ask-en': 'Who are you?' });
    await two.app.drainJobs();
    expect(readable((await kim.get(WRONG)).text)).toContain('From then on you have an answer within 3 months.');
    const { rows } = await two.app.owner.query(`select time -> 'told' as told, time #> '{toldBy,${HOLDER},isPaused}' as paused from sharing.dispute where council_id = $1`, [two.receiver.council.id]);
    expect(rows).toEqual([{ told: null, paused: true }]);
  });

  it('is nobody else’s once it is answered by whom a version before has kept it of', async () => {
    await sayWrong(kim);
    const id = await disputeId();
    const link = await two.app.get(Links).ofPerson(two.receiver, HOLDER, KIM.riverbourne);
    if (!link) throw new Error('Kim is not linked.');
    await two.app.owner.query(`insert into sharing.outgoing (council_id, message_id, peer_id, local_id, kind, about, sealed, created_at, taken_at) values ($1, gen_random_uuid(), 'glanafon', $2, 'disputed', $3, 'x', $4, $4)`, [two.receiver.council.id, KIM.riverbourne, id, two.clock.now()]);
    const keep = (message: Correction): Promise<string> => two.app.get(KeepsCorrection).keep(two.receiver, { peerId: HOLDER, link, nonce: { keyid: HOLDER, nonce: randomUUID(), until: new Date('2026-12-01') }, message });
    const about = (at: string) => ({ id, subject: link.pairwise, attribute: 'address.current' as const, at });
    await keep({ kind: 'time', ...about('2026-11-23T10:00:00.000Z'), step: 'extended', words: { en: 'We wait.' }, dueOn: '2027-02-22', isPaused: false });
    await two.app.owner.query(`update sharing.dispute set time = (time - 'toldBy') || jsonb_build_object('told', (time #> '{toldBy,${HOLDER}}') - 'isExtended') where council_id = $1`, [two.receiver.council.id]);
    await keep({ kind: 'answered', ...about('2026-11-24T10:00:00.000Z'), outcome: 'right', words: { en: 'It is.' } });
    const text = readable((await kim.get(WRONG)).text);
    expect(text).toMatch(/answer[^.]* by Tuesday 22 December 2026/);
    expect(text).not.toContain('2027');
  });

  it('is heard once and in its order, from nobody but whoever answers; and what was said is in the copy of their data, and sealed', async () => {
    await sayWrong(kim);
    const link = await two.app.get(Links).ofPerson(two.receiver, HOLDER, KIM.riverbourne);
    if (!link) throw new Error('Kim is not linked.');
    const says = (at: string, dueOn: string, peerId = HOLDER, step: 'asked' | 'extended' = 'extended'): Promise<string> => two.app.get(KeepsCorrection).keep(two.receiver, { peerId, link, nonce: { keyid: 'k', nonce: at, until: new Date('2026-12-01') }, message: { kind: 'time', id: disputed, subject: link.pairwise, attribute: 'address.current', at, step, words: { en: 'Secret words.' }, dueOn, isPaused: false } });
    const disputed = await disputeId();
    expect([await says('2026-11-23T10:00:00.000Z', '2027-02-22'), await says('2026-11-23T10:00:00.000Z', '2027-02-22'), await says('2026-11-23T09:00:00.000Z', '2027-01-22', HOLDER, 'asked'), await says('2026-11-23T09:00:00.000Z', '2027-01-22', HOLDER, 'asked'), await says('2026-11-24T10:00:00.000Z', '2027-03-22', 'glanafon')]).toEqual(['kept', 'known', 'kept', 'known', 'not-known']);
    expect(readable((await kim.get(WRONG)).text)).toMatch(/Secret words\. You have an answer by Monday 22 February 2027/);
    const rights = two.app.context(RECEIVER, { actor: { kind: 'system', job: 'test', permissions: new Set(['information-rights.read-personal-data']) } });
    const records: PersonalRecord[] = [];
    for await (const one of two.app.get(SharingOfPerson).read(rights, KIM.riverbourne as PersonId)) records.push(one);
    expect(records.find(({ id }) => id.startsWith('dispute/'))?.facts).toContainEqual({ label: { en: 'What they wrote', cy: 'Yr hyn a ysgrifennwyd' }, value: { en: 'Secret words.', cy: 'Secret words.' } });
    const { rows } = await two.app.owner.query(`select to_jsonb(d)::text || encode(said, 'escape') as kept from sharing.dispute d where said is not null union all select data::text from kernel.waiting_job union all select data::text from queue.job`);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify([rows, two.app.log.lines])).not.toContain('Secret');
  });
});
