import { randomBytes } from 'node:crypto';
import type { Answer, Visitor } from '@guildhall/kernel/testing';
import type { PersonalRecord } from '@guildhall/information-rights-contract';
import type { PersonId } from '@guildhall/kernel-contract';
import { signRequest, type Correction, type NamedKey, type SignedFor } from '@guildhall/sharing-contract';
import { bodyNamed } from '@guildhall/sharing-contract/testing';
import { KIM, askAboutKim, kimChooses, linesOf, linkKim, readable } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { Links } from '../linking/links';
import { CorrectionsOfPerson } from './personal-data';
import { OwnNode } from '../node/own-node';

const PAGE = '/account/information';
const WRONG = `${PAGE}/wrong/address.current`;
const DESK = '/desk/disputes';
const OFFICER = '01990000-0000-7000-8000-0000000000b1';
const DAY = 24 * 60 * 60;

describe('what somebody says is wrong', () => {
  let two: TwoBodies;
  let kim: Visitor;
  let kimAtHolder: Visitor;
  let officer: Visitor;
  const enter = async (): Promise<void> => {
    [kim, kimAtHolder, officer] = [await two.app.residentVisitor(KIM.riverbourne, RECEIVER), await two.app.residentVisitor(KIM.aldermoor, HOLDER), await two.app.officerVisitor({ officerId: OFFICER, roles: ['team-manager'] }, HOLDER)];
  };
  beforeAll(async () => {
    two = await startTwoBodies();
    await linkKim(two);
    await kimChooses(two, 'given');
    expect(await askAboutKim(two)).toMatchObject({ ok: true });
    await enter();
  });
  afterAll(() => two?.close());
  beforeEach(() => two.clock.advance(60));

  const disputes = async (): Promise<readonly { dispute_id: string; answered: boolean; raised_by: string }[]> => (await two.app.owner.query<{ dispute_id: string; answered: boolean; raised_by: string }>(
    `select dispute_id::text as dispute_id, answered_at is not null as answered, raised_by from sharing.dispute where council_id = $1 order by raised_at`, [two.holder.council.id])).rows;
  const sayWrong = async (visitor = kim): Promise<Answer> => {
    await visitor.get(WRONG);
    return visitor.post(WRONG, {});
  };
  const toHolder = (reachable: boolean): Promise<unknown> => two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', to_jsonb($2::text)) where council_id = $1`, [two.receiver.council.id, reachable ? two.bodies.holder.endpoint : 'http://localhost:9/sharing']);
  const answer = async (form: Readonly<Record<string, string>>): Promise<Answer> => {
    const at = `${DESK}/${(await disputes()).at(-1)?.dispute_id ?? ''}`;
    await officer.get(at);
    return officer.post(at, form);
  };
  /** Something that the receiver keeps of Kim. */
  const keepsFrom = (body: string): Promise<unknown> => two.app.owner.query(`
    insert into sharing.evidence (council_id, evidence_id, local_id, attribute, purposes, sealed, how, as_of, told_by, agreement_id, exchange_id, service, kept_at, until) values ($1, gen_random_uuid(), $2, 'address.current', '{}', 'x', 'told', '2026-11-01', $3, 'an-agreement', gen_random_uuid(), 'garden-waste', $4, '2020-01-01')`, [two.receiver.council.id, KIM.riverbourne, body, two.clock.now()]);
  const addressOnly = { attributes: ['address.current'] } as const;

  it('goes to the body that told it, as soon as it can be reached, and is neither asked for nor told meanwhile', async () => {
    await toHolder(false);
    expect(readable((await sayWrong()).text)).toMatch(/We were told this by aldermoor council, so they look at it and answer you\. They could not be reached yet\. .*You have an answer by Tuesday 22 December 2026/);
    await two.app.drainJobs();
    expect(await disputes()).toEqual([]);
    expect(await askAboutKim(two, addressOnly)).toMatchObject({ ok: false, refusal: { reason: 'refused', message: expect.stringMatching(/says it is wrong: Current address/) } });
    expect((await two.entries('receiver')).at(-1)).toMatchObject({ kind: 'asked', allow: false, failed: ['dispute'] });
    await toHolder(true);
    for (let minutes = 0; minutes < 24 * 60 && (await disputes()).length === 0; minutes += 10) {
      two.clock.advance(600);
      await two.app.drainJobs();
    }
    expect(await disputes()).toEqual([{ dispute_id: expect.any(String), answered: false, raised_by: 'peer' }]);
    await enter();
    expect(readable((await kim.get(WRONG)).text)).toMatch(/They know of it since/);
    expect(linesOf(await kimAtHolder.get(PAGE)).join('|')).toMatch(/You said that something is wrong .* Current address You did it at riverbourne council\./);
  });
  it('is shown to officers, the oldest first, with what is held and the day by which it is due', async () => {
    expect(readable((await officer.get(DESK)).text)).toMatch(/Current address , .* Said at riverbourne To answer Sunday 22 November 2026 at 1:01pm 22 December 2026/);
    const [one] = await disputes();
    expect(readable((await officer.get(`${DESK}/${one?.dispute_id ?? ''}`)).text)).toMatch(/Current address: is it right\? .*2 Weir Lane ZZ99 1AB Council Tax register, as at 1 November 2026/);
    const { rows } = await two.app.owner.query(`select person_id from kernel.audit where action = 'sharing.dispute-looked-at'`);
    expect(rows).toEqual([{ person_id: KIM.aldermoor }]);
  });
  it('is not answered without an outcome, nor found right without a word why', async () => {
    for (const [form, sentence] of [[{}, 'Choose what the answer is'], [{ outcome: 'right', en: '  ' }, 'Say why it is right'], [{ outcome: 'right', en: 'x'.repeat(2001) }, '2,000 characters or less']] as const) {
      const { status, text } = await answer(form);
      expect([status, readable(text)]).toEqual([422, expect.stringContaining(sentence)]);
    }
    expect((await disputes()).filter(({ answered }) => answered)).toEqual([]);
  });
  it('is answered in words that the resident reads on both sides, and whoever was told hears that it was wrong and confirms', async () => {
    for (const body of [HOLDER, 'somebody-else']) await keepsFrom(body);
    expect(readable((await answer({ outcome: 'corrected', en: 'We had your old address.', cy: 'Roedd gennym eich hen gyfeiriad.' })).text)).toMatch(/Who was told that it was wrong riverbourne council They have not confirmed it yet\./);
    await two.app.drainJobs();
    for (const visitor of [kim, kimAtHolder]) {
      const text = readable((await visitor.get(`${WRONG}?lang=en`)).text);
      expect(text).toMatch(/What we answered: Current address .*Answer of aldermoor council, Sunday 22 November 2026 It was wrong, and it has been put right\. We had your old address\./);
      expect(readable((await visitor.get(`${WRONG}?lang=cy`)).text)).toMatch(/Roedd yn anghywir, ac fe’i cywirwyd\. Roedd gennym eich hen gyfeiriad\./);
      await visitor.get(`${WRONG}?lang=en`);
    }
    expect(readable((await kimAtHolder.get(WRONG)).text)).toMatch(/riverbourne council They confirmed it on Sunday 22 November 2026/);
    expect(linesOf(await kim.get(PAGE))[0]).toMatch(/Something was put right .* Current address aldermoor council said so\./);
    expect((await two.app.owner.query('select kind, local_id, attribute, from_peer from sharing.change')).rows).toEqual([{ kind: 'corrected', local_id: KIM.riverbourne, attribute: 'address.current', from_peer: HOLDER }]);
    expect((await two.app.owner.query('select told_by from sharing.evidence')).rows).toEqual([{ told_by: 'somebody-else' }]);
    expect(await askAboutKim(two, addressOnly)).toMatchObject({ ok: true });
    const again = await answer({ outcome: 'right', en: 'It is.' });
    expect(again.status).toBe(409);
  });
  it('can be said again, and found right, also where somebody says it at the body that holds it', async () => {
    await sayWrong(kimAtHolder);
    await sayWrong(kim);
    await two.app.drainJobs();
    expect((await disputes()).filter(({ answered }) => !answered)).toHaveLength(2);
    await answer({ outcome: 'right', cy: 'Gwelsom eich bil.' });
    await two.app.drainJobs();
    expect((await disputes()).filter(({ answered }) => !answered)).toEqual([]);
    for (const visitor of [kim, kimAtHolder]) {
      const { text } = await visitor.get(WRONG);
      expect(readable(text)).toMatch(/It was looked at, and it is right\. Gwelsom eich bil\. Is it still wrong\?/);
      expect(text).toContain('<div lang="cy">');
    }
    expect((await two.entries('holder')).at(-1)).toMatchObject({ kind: 'found-right', peer: null });
    expect((await two.entries('receiver')).at(-1)).toMatchObject({ kind: 'found-right', peer: HOLDER });
  });
  it('is marked when its day has passed', async () => {
    await sayWrong(kimAtHolder);
    two.clock.advance(32 * DAY);
    await enter();
    expect(readable((await officer.get(DESK)).text)).toMatch(/Overdue Sunday 22 November 2026 at .* 22 December 2026/);
    expect(readable((await kimAtHolder.get(WRONG)).text)).toMatch(/You should have had an answer by Tuesday 22 December 2026/);
    await answer({ outcome: 'right', en: 'It is.' });
  });
  it('is for officers who answer, and for nobody else', async () => {
    const [one] = await disputes();
    for (const path of [DESK, `${DESK}/${one?.dispute_id ?? ''}`]) {
      expect((await (await two.app.officerVisitor({ officerId: OFFICER, roles: ['adviser'] }, HOLDER)).request(path)).status).toBe(403);
      expect([303, 401, 403]).toContain((await kim.request(path)).status);
      expect([303, 401]).toContain((await two.app.visitor(HOLDER).request(path)).status);
    }
    const there = await two.app.officerVisitor({ officerId: OFFICER, roles: ['team-manager'] }, RECEIVER);
    for (const id of ['x', '01990000-0000-7000-8000-0000000000ff']) expect((await there.request(`${DESK}/${id}`)).status).toBe(404);
    expect((await officer.request(`${DESK}?after=x`)).status).toBe(400);
  });

  const send = async (changes: Partial<Correction> = {}, { by = two.app.get(OwnNode).signer(two.receiver), tag = 'guildhall-correction' }: { readonly by?: NamedKey; readonly tag?: SignedFor } = {}): Promise<() => Promise<Answer>> => {
    const link = await two.app.get(Links).ofPerson(two.receiver, HOLDER, KIM.riverbourne);
    const body = JSON.stringify({ kind: 'disputed', id: '019b1a2c-7d3e-7a41-9d05-6b1f3f0c51aa', agreement: two.agreement.id, subject: link?.pairwise, attribute: 'address.current', at: two.clock.now().toISOString(), ...changes });
    const message = signRequest({ method: 'POST', targetUri: `${two.bodies.holder.endpoint}/corrections`, body }, by, { tag, created: two.clock.now(), nonce: randomBytes(16).toString('base64url') });
    return () => two.app.visitor(HOLDER).request('/sharing/corrections', { method: 'POST', headers: message.fields as Record<string, string>, body });
  };
  it.each<readonly [string, () => Promise<() => Promise<Answer>>, number]>([
    ['that is signed for something else', () => send({}, { tag: 'guildhall-choice' }), 401], ['by another key of that name', () => send({}, { by: bodyNamed('riverbourne', 'Riverbourne').signer }), 401],
    ['by a body that is not known', () => send({}, { by: bodyNamed('stranger', 'Stranger').signer }), 401], ['from the future', () => send({ at: '2027-12-01T00:00:00Z' }), 400], ['of somebody who is not known by that name', () => send({ subject: `pw:${'x'.repeat(32)}` }), 404],
    ['by an agreement that there is not', () => send({ agreement: 'another' }), 404], ['of what the agreement does not name', () => send({ attribute: 'care.receives' }), 404], ['that answers what nobody has asked', () => send({ kind: 'answered', agreement: undefined, outcome: 'right', words: { en: 'Yes' } } as Partial<Correction>), 404],
    ['that confirms what was never told', () => send({ kind: 'confirmed', agreement: undefined } as Partial<Correction>), 404], ['of a correction by a body that holds nothing', () => send({ kind: 'corrected' }), 404], ['that is none', () => send({ kind: 'maybe' } as never), 400],
  ])('is not taken from a message %s', async (_what, message, status) => {
    const before = [await disputes(), await two.entries('holder')];
    const { status: said, headers } = await (await message())();
    expect({ status: said, isSigned: headers['signature-input']?.includes('tag="guildhall-correction"') }).toEqual({ status, isSigned: true });
    expect([await disputes(), await two.entries('holder')]).toEqual(before);
  });
  it('is taken once, however often the message comes', async () => {
    const before = (await two.entries('holder')).length;
    const message = await send();
    expect([(await message()).status, (await message()).status, (await (await send())()).status]).toEqual([200, 200, 200]);
    expect((await two.entries('holder')).length).toBe(before + 1);
  });
  it('is nowhere by name or value: not in the log of the process, not in jobs, nor in the clear in tables', async () => {
    const { rows } = await two.app.owner.query<{ data: string }>(`
      select data::text as data from kernel.waiting_job union all select data::text from queue.job union all select encode(sealed, 'escape') from sharing.outgoing union all select encode(sealed, 'escape') from sharing.dispute_answer where sealed is not null union all select leaf from sharing.entry`);
    expect(rows.length).toBeGreaterThan(10);
    expect(JSON.stringify([rows, two.app.log.lines])).not.toMatch(/Weir Lane|ZZ99|pw:|old address|hen gyfeiriad|Gwelsom/);
  });
  it('is in the copy of their data and can be erased, but for what another body must still hear', async () => {
    const rights = two.app.context(HOLDER, { actor: { kind: 'system', job: 'test', permissions: new Set(['information-rights.read-personal-data', 'information-rights.erase-personal-data']) } });
    const source = two.app.get(CorrectionsOfPerson);
    const records = async () => {
      const found: PersonalRecord[] = [];
      for await (const one of source.read(rights, KIM.aldermoor as PersonId)) found.push(one);
      return found;
    };
    await two.app.owner.query(`update sharing.outgoing set taken_at = null where council_id = $1 and kind = 'corrected'`, [two.holder.council.id]);
    expect(JSON.stringify(await records())).toMatch(/We had your old address\..*Gwelsom eich bil\..*riverbourne/s);
    for (const { id, onErasure } of await records()) expect([id, await source.erase(rights, KIM.aldermoor as PersonId, id)]).toEqual([id, onErasure.does === 'erase']);
    expect((await records()).map(({ id, onErasure }) => [id.split('/')[0], onErasure.does])).toEqual([['message', 'keep']]);
  });
});
