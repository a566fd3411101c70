import { randomBytes } from 'node:crypto';
import { defineProvider, defineServicePack, register as registers, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import type { Answer, Visitor } from '@guildhall/kernel/testing';
import { InMemoryIdentity } from '@guildhall/identity-contract/testing';
import { EVIDENCE_SOURCE, KEY_ATTRIBUTES, PROVED_PERSON, signRequest, type Evidence, type LinkMessage, type NamedKey, type PersonKeys, type SignedFor } from '@guildhall/sharing-contract';
import { InMemoryEvidenceSource, bodyNamed } from '@guildhall/sharing-contract/testing';
import { knowsPeople } from '../../test/known-people';
import { linesOf } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { OwnNode } from '../node/own-node';
import { Links } from './links';
import { MakesLink } from './makes-link';

const CANARIES = /Canary|1951-02-28|ZZ99 ?7|990000077777|CT-77/;

/** A person of the receiver, by a number. */
const personOf = (number: number): PersonId => `01990000-0000-7000-8000-${String(number).padStart(12, '0')}` as PersonId;
const told = (attribute: Evidence['attribute'], value: Evidence['value'], verified: string | null = 'one-login'): Evidence => ({ attribute, value, asOf: '2026-11-01', source: 'identity', verified });
const keysOf = (name: string, changes: Partial<PersonKeys> = {}): PersonKeys => ({ name, dateOfBirth: '1951-02-28', postcode: 'ZZ99 7AA', uprn: '990000077777', ...changes });
const evidenceOf = ({ name, dateOfBirth, postcode, uprn }: PersonKeys, verified?: string | null): readonly Evidence[] => [told('person.name', name, verified), told('person.date-of-birth', dateOfBirth, verified), told('address.current', { lines: ['7 Canary Row'], postcode, ...(uprn !== undefined && { uprn }) }, verified)];

describe('a link between somebody’s records at two bodies', () => {
  let two: TwoBodies;
  let register: InMemoryEvidenceSource;
  let last = 5000;
  /** What people proved when they signed in at the receiver. */
  const provedAtSignIn = new Map<string, readonly Evidence[]>();
  const signsIn = defineServicePack({ id: 'kit-sign-in', version: '0.1.0', options: {}, requires: [], registers: [registers(PROVED_PERSON, { id: 'kit-sign-in.proved', proved: (_ctx: RequestContext, personId: PersonId) => Promise.resolve(provedAtSignIn.get(personId) ?? []) })] });
  const clock = new FixedClock(new Date('2026-11-22T13:00:00Z'));
  beforeAll(async () => {
    register = new InMemoryEvidenceSource(KEY_ATTRIBUTES);
    two = await startTwoBodies({}, { clock, alsoInstalled: [knowsPeople(new InMemoryIdentity(clock, new SeededIds())), signsIn], sources: { [HOLDER]: [defineProvider({ port: EVIDENCE_SOURCE, id: 'sharing.register', isSandbox: true, create: () => register })] } });
  });
  afterAll(() => two?.close());

  const makes = (): MakesLink => two.app.get(MakesLink);
  const as = (personId: PersonId, confidence: 'none' | 'low' = 'low'): RequestContext => two.app.context(RECEIVER, { actor: { kind: 'resident', personId, confidence } });
  const linkOf = (where: 'receiver' | 'holder', localId: string) => two.app.get(Links).ofPerson(two[where], where === 'receiver' ? HOLDER : RECEIVER, localId);
  /** Somebody new at the receiver, who has proved this. */
  const somebody = (keys?: PersonKeys, verified?: string | null): PersonId => {
    const personId = personOf(++last);
    if (keys) two.people.kept.set(personId, evidenceOf(keys, verified));
    return personId;
  };
  const linked = async (): Promise<number> => Number((await two.app.owner.query<{ count: string }>('select count(*) from sharing.link')).rows[0]?.count);
  /** What stands on record at the holder of looks for which nobody was linked. */
  const matchesRefused = async (): Promise<readonly unknown[]> => (await two.app.owner.query<{ found: string }>(`select detail ->> 'found' as found from kernel.audit where action = 'sharing.match-refused' and council_id = $1 order by at, audit_id`, [two.holder.council.id])).rows.map(({ found }) => found);
  const reachable = (isReachable: boolean): Promise<unknown> => two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', to_jsonb($2::text)) where council_id = $1`, [two.receiver.council.id, isReachable ? two.bodies.holder.endpoint : 'http://localhost:9/sharing']);
  const message = (said: LinkMessage | object, { by = two.app.get(OwnNode).signer(two.receiver), tag = 'guildhall-link', created = two.clock.now() }: { by?: NamedKey; tag?: SignedFor; created?: Date } = {}): (() => Promise<Answer>) => {
    const { fields, body } = signRequest({ method: 'POST', targetUri: `${two.bodies.holder.endpoint}/links`, body: JSON.stringify(said) }, by, { tag, created, nonce: randomBytes(16).toString('base64url') });
    return () => two.app.visitor(HOLDER).request('/sharing/links', { method: 'POST', headers: fields as Record<string, string>, body });
  };

  describe('by what they have proved here', () => {
    it('LNK-010 is made when it fits one record there and no other: one name on both sides, in both logs', async () => {
      const keys = keysOf('Canary One');
      register.set({ localId: 'CT-771', evidence: evidenceOf({ ...keys, name: 'CANARY  ONE' }) });
      const personId = somebody(keys);
      expect(await makes().ways(as(personId), HOLDER)).toEqual(['sign-in', 'match']);
      const made = await makes().match(as(personId), HOLDER, personId);
      expect(made).toMatchObject({ ok: true });
      expect((await linkOf('receiver', personId))?.pairwise).toMatch(/^pw:/);
      expect((await linkOf('holder', 'CT-771'))?.pairwise).toBe((await linkOf('receiver', personId))?.pairwise);
      for (const where of ['receiver', 'holder'] as const) expect((await two.entries(where)).at(-1)).toMatchObject({ kind: 'linked', attributes: [...KEY_ATTRIBUTES], req: null, res: null, agreement: null });
      const { rows } = await two.app.owner.query<{ action: string }>(`select action from kernel.audit where council_id = $1 and person_id = $2 order by action`, [two.receiver.council.id, personId]);
      expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(['sharing.linked', 'sharing.match-asked']));
    });
    it('LNK-010 is made by what they proved when they signed in, although no record here knows them; a part of it is no key', async () => {
      const keys = keysOf('Canary Signed In', { postcode: 'ZZ99 7SI', uprn: undefined });
      register.set({ localId: 'CT-779', evidence: evidenceOf(keys) });
      const personId = somebody();
      provedAtSignIn.set(personId, evidenceOf(keys).slice(1));
      expect(await makes().match(as(personId), HOLDER, personId)).toMatchObject({ ok: false, refusal: { reason: 'not-possible' } });
      provedAtSignIn.set(personId, evidenceOf(keys));
      expect(await makes().match(as(personId), HOLDER, personId)).toMatchObject({ ok: true });
      expect((await linkOf('holder', 'CT-779'))?.pairwise).toBe((await linkOf('receiver', personId))?.pairwise);
    });
    it('LNK-011 is one link however often it is pressed, also when the first answer was lost', async () => {
      const keys = keysOf('Canary Again');
      register.set({ localId: 'CT-772', evidence: evidenceOf(keys) });
      const personId = somebody(keys);
      expect(await makes().match(as(personId), HOLDER, personId)).toMatchObject({ ok: true });
      const first = (await linkOf('receiver', personId))?.pairwise;
      await two.app.owner.query('delete from sharing.link where council_id = $1 and local_id = $2', [two.receiver.council.id, personId]);
      expect(await makes().match(as(personId), HOLDER, personId)).toMatchObject({ ok: true, value: { pairwise: first } });
      expect((await linkOf('holder', 'CT-772'))?.pairwise).toBe(first);
    });
    it('LNK-012 is not made when it fits nobody, or two with one name and one date of birth: "we could not be sure it is you"', async () => {
      for (const localId of ['CT-773', 'CT-774']) register.set({ localId, evidence: evidenceOf(keysOf('Canary Twin', localId === 'CT-773' ? {} : { postcode: 'ZZ99 7BB', uprn: '990000077778' })) });
      const before = await linked();
      for (const [keys, reason] of [[keysOf('Canary Nobody'), 'nobody'], [keysOf('Canary Twin'), 'several'], [keysOf('Canary One', { dateOfBirth: '1951-02-27' }), 'nobody'], [keysOf('Canary One', { uprn: undefined, postcode: 'ZZ99 7AB' }), 'nobody']] as const) {
        const personId = somebody(keys);
        expect({ keys, ...(await makes().match(as(personId), HOLDER, personId)) }).toMatchObject({ keys, ok: false, refusal: { reason, message: 'We could not be sure it is you.' } });
      }
      expect(await linked()).toBe(before);
      expect(await matchesRefused()).toEqual(['none', 'several', 'none', 'none']);
      const { status, headers, text } = await message({ kind: 'match', keys: keysOf('Canary Twin') })();
      expect({ status, isSigned: headers['signature-input']?.includes('tag="guildhall-link"'), said: JSON.parse(text) as unknown }).toEqual({ status: 200, isSigned: true, said: { match: 'several' } });
    });
    it('LNK-013 takes nobody for a second person: whoever has the same keys is refused', async () => {
      const personId = somebody(keysOf('Canary One'));
      expect(await makes().match(as(personId), HOLDER, personId)).toMatchObject({ ok: false, refusal: { reason: 'several' } });
      expect(await linkOf('receiver', personId)).toBeUndefined();
      expect((await matchesRefused()).at(-1)).toBe('several');
    });
    it('LNK-014 asks nothing by what somebody has only told, and nothing for whoever only holds a mailbox', async () => {
      const keys = keysOf('Canary Told');
      register.set({ localId: 'CT-775', evidence: evidenceOf(keys) });
      const [typed, mailbox, unknown] = [somebody(keys, null), somebody(keys), somebody()];
      for (const ctx of [as(typed), as(mailbox, 'none'), as(unknown)]) {
        expect(await makes().ways(ctx, HOLDER)).toEqual(['sign-in']);
        expect(await makes().match(ctx, HOLDER, ctx.actor.kind === 'resident' ? ctx.actor.personId : '')).toMatchObject({ ok: false, refusal: { reason: 'not-possible' } });
      }
      expect(await linkOf('holder', 'CT-775')).toBeUndefined();
    });
    it('LNK-015 is not tried for long: five times a day for one person here, and for one name there, whoever asks', async () => {
      const keys = keysOf('Canary Birthday');
      const personId = somebody(keys);
      for (let day = 1; day <= 5; day++) {
        two.people.kept.set(personId, evidenceOf({ ...keys, dateOfBirth: `1960-01-0${day}` }));
        expect(await makes().match(as(personId), HOLDER, personId)).toMatchObject({ refusal: { reason: 'nobody' } });
      }
      register.set({ localId: 'CT-776', evidence: evidenceOf(keys) });
      two.people.kept.set(personId, evidenceOf(keys));
      expect(await makes().match(as(personId), HOLDER, personId)).toMatchObject({ refusal: { reason: 'not-possible', message: expect.stringContaining('too often') as string } });
      const other = somebody(keys);
      expect(await makes().match(as(other), HOLDER, other)).toMatchObject({ refusal: { reason: 'not-possible', message: expect.stringContaining('429') as string } });
      two.clock.advance(24 * 3600 + 1);
      expect(await makes().match(as(other), HOLDER, other)).toMatchObject({ ok: true });
    });
    it('LNK-016 is asked for oneself alone, under an agreement in force, of a body that answers', async () => {
      const personId = somebody(keysOf('Canary Sixteen'));
      await expect(makes().match(as(somebody()), HOLDER, personId)).rejects.toMatchObject({ code: 'not-allowed' });
      await expect(makes().match(two.app.context(RECEIVER), HOLDER, personId)).rejects.toThrow();
      expect(await makes().match(as(personId), 'stranger', personId)).toMatchObject({ refusal: { reason: 'not-possible' } });
      await reachable(false);
      expect(await makes().match(as(personId), HOLDER, personId)).toMatchObject({ refusal: { reason: 'unreachable' } });
      await expect(makes().beginSignIn(as(personId), HOLDER, personId, '/account')).rejects.toMatchObject({ code: 'unavailable' });
      await reachable(true);
      register.isDown = true;
      expect(await makes().match(as(personId), HOLDER, personId)).toMatchObject({ refusal: { reason: 'unreachable' } });
      register.isDown = false;
      const suspended = (notes: readonly string[] | null): Promise<unknown> => two.app.owner.query('update sharing.peer set contradiction = $2 where council_id = $1', [two.holder.council.id, notes]);
      await suspended(['one', 'other']);
      register.set({ localId: 'CT-777', evidence: evidenceOf(keysOf('Canary Sixteen')) });
      for (const said of [{ kind: 'match', keys: keysOf('Canary Sixteen') }, { kind: 'begin', state: 's'.repeat(43) }, { kind: 'redeem', code: 'c'.repeat(43), state: 's'.repeat(43) }]) expect([said.kind, (await message(said)()).status]).toEqual([said.kind, 403]);
      expect(await linkOf('holder', 'CT-777')).toBeUndefined();
      await suspended(null);
      await two.app.owner.query(`update sharing.agreement set ended_on = '2026-11-22' where council_id = $1`, [two.holder.council.id]);
      expect(await makes().match(as(personId), HOLDER, personId)).toMatchObject({ refusal: { reason: 'not-possible', message: expect.stringContaining('403') as string } });
      await two.app.owner.query(`update sharing.agreement set ended_on = case when council_id = $1 then null else '2026-11-22'::date end`, [two.holder.council.id]);
      expect(await makes().ways(as(personId), HOLDER)).toEqual([]);
      await two.app.owner.query('update sharing.agreement set ended_on = null');
    });
    it.each<readonly [string, () => () => Promise<Answer>, number]>([
      ['signed for something else', () => message({ kind: 'match', keys: keysOf('Canary Hostile') }, { tag: 'guildhall-choice' }), 401],
      ['by another key of that name', () => message({ kind: 'match', keys: keysOf('Canary Hostile') }, { by: bodyNamed(RECEIVER, 'Riverbourne').signer }), 401],
      ['by a body that is not known', () => message({ kind: 'match', keys: keysOf('Canary Hostile') }, { by: bodyNamed('stranger', 'Stranger').signer }), 401],
      ['made too long ago', () => message({ kind: 'match', keys: keysOf('Canary Hostile') }, { created: new Date(two.clock.now().getTime() - 331_000) }), 401],
      ['with a key that is none', () => message({ kind: 'match', keys: { ...keysOf('Canary Hostile'), nhsNumber: '9990000000' } }), 400],
      ['without a date of birth', () => message({ kind: 'match', keys: { name: 'Canary Hostile', postcode: 'ZZ99 7AA' } }), 400],
      ['of a kind that is none', () => message({ kind: 'list' }), 400],
    ])('LNK-017 is not made for a message %s', async (_what, send, status) => {
      register.set({ localId: 'CT-777', evidence: evidenceOf(keysOf('Canary Hostile')) });
      const answer = await send()();
      expect({ status: answer.status, isSigned: answer.headers['signature-input']?.includes('tag="guildhall-link"') }).toEqual({ status, isSigned: true });
      expect(answer.text).not.toMatch(CANARIES);
      expect(await linkOf('holder', 'CT-777')).toBeUndefined();
    });
    it('LNK-018 is told once for one message: what comes again is refused', async () => {
      const send = message({ kind: 'match', keys: keysOf('Canary Replayed') });
      expect([(await send()).status, (await send()).status]).toEqual([200, 409]);
    });
  });

  describe('by signing in at both', () => {
    const HERE = personOf(701);
    const hrefOf = (text: string, part: string): string => new RegExp(`href="([^"]*${part}[^"]*)"`).exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const pathOf = (address: string): string => { const { pathname, search } = new URL(address); return `${pathname}${search}`; };
    interface On { readonly here: Visitor; readonly there: Visitor; readonly visit: string; readonly state: string }
    /** Somebody who has pressed here, and stands at the other body's page. */
    const onTheWay = async (personId: PersonId, there: PersonId): Promise<On> => {
      const here = await two.app.residentVisitor(personId, RECEIVER);
      const away = await makes().beginSignIn(as(personId), HOLDER, personId, '/account/information?from=link');
      const page = await here.get(away);
      expect(page.status).toBe(200);
      return { here, there: await two.app.residentVisitor(there, HOLDER), visit: hrefOf(page.text, '/links/visits/'), state: away.split('/').at(-1) ?? '' };
    };
    const pressed = async ({ there, visit }: On): Promise<string> => {
      const at = pathOf(visit);
      await there.get(at);
      return hrefOf((await there.post(at.split('?')[0] ?? '', {})).text, '/links/back');
    };

    it('LNK-020 is made when they have signed in there too, read what is linked and pressed', async () => {
      const on = await onTheWay(HERE, personOf(801));
      expect(on.visit.startsWith(`${two.bodies.holder.endpoint}/links/visits/`)).toBe(true);
      const page = await on.there.get(pathOf(on.visit));
      expect(page.text).toContain('will know that you are the same person');
      expect(await linkOf('holder', personOf(801))).toBeUndefined();
      const back = await pressed(on);
      expect(back.startsWith(`${two.bodies.receiver.endpoint}/links/back?`)).toBe(true);
      const landed = await on.here.request(pathOf(back), { method: 'GET' });
      expect({ status: landed.status, location: landed.headers['location'] }).toEqual({ status: 303, location: '/account/information?from=link' });
      expect((await linkOf('receiver', HERE))?.pairwise).toBeDefined();
      expect((await linkOf('holder', personOf(801)))?.pairwise).toBe((await linkOf('receiver', HERE))?.pairwise);
      for (const address of [on.visit, back]) expect(address).not.toMatch(new RegExp(`${HERE}|${personOf(801)}|pw:`));
      // Nothing is left of the way.
      const { rows } = await two.app.owner.query('select 1 from sharing.link_visit where local_id is not null union all select 1 from sharing.link_attempt where local_id = $1', [HERE]);
      expect(rows).toEqual([]);
    });
    it('LNK-021 is not made a second time by the same return, nor by a code that was used', async () => {
      const on = await onTheWay(personOf(702), personOf(802));
      const back = await pressed(on);
      const code = new URL(back).searchParams.get('code') ?? '';
      expect((await on.here.request(pathOf(back))).status).toBe(303);
      expect((await on.here.request(pathOf(back))).status).toBe(409);
      expect((await message({ kind: 'redeem', code, state: on.state })()).status).toBe(409);
    });
    it('LNK-022 is not made when it was too long ago: the ticket, the code, the way back', async () => {
      const late = await onTheWay(personOf(703), personOf(803));
      two.clock.advance(21 * 60);
      expect((await late.there.get(pathOf(late.visit))).status).toBe(404);
      const pressedLate = await onTheWay(personOf(703), personOf(803));
      const back = await pressed(pressedLate);
      two.clock.advance(11 * 60);
      expect((await pressedLate.here.request(pathOf(back))).status).toBe(409);
      const slow = await onTheWay(personOf(703), personOf(803));
      two.clock.advance(31 * 60);
      expect((await slow.here.get(`/account/information/links/away/${slow.state}`)).status).toBe(404);
      expect(await linkOf('receiver', personOf(703))).toBeUndefined();
      expect(await linkOf('holder', personOf(803))).toBeUndefined();
    });
    it('LNK-023 is not made for another person: neither by whoever comes back, nor by whoever opens a page that was pressed', async () => {
      const on = await onTheWay(personOf(704), personOf(804));
      const [otherHere, otherThere] = [await two.app.residentVisitor(personOf(705), RECEIVER), await two.app.residentVisitor(personOf(805), HOLDER)];
      expect((await otherHere.get(`/account/information/links/away/${on.state}`)).status).toBe(404);
      const back = await pressed(on);
      expect((await otherThere.get(pathOf(on.visit))).status).toBe(404);
      await otherThere.get('/account/information');
      expect((await otherThere.post(pathOf(on.visit).split('?')[0] ?? '', {})).status).toBe(404);
      expect((await otherHere.request(pathOf(back))).status).toBe(409);
      for (const number of [704, 705]) expect(await linkOf('receiver', personOf(number))).toBeUndefined();
      for (const number of [804, 805]) expect(await linkOf('holder', personOf(number))).toBeUndefined();
    });
    it('LNK-024 is not made by a mixture of two ways, nor by what was never given', async () => {
      const [one, other] = [await onTheWay(personOf(706), personOf(806)), await onTheWay(personOf(707), personOf(807))];
      const code = new URL(await pressed(one)).searchParams.get('code') ?? '';
      expect((await other.here.request(`/sharing/links/back?code=${code}&state=${other.state}`)).status).toBe(409);
      for (const query of ['', '?code=x&state=y', `?code=${'A'.repeat(43)}&state=${'B'.repeat(43)}`, `?state=${one.state}`, `?code=${code}&state=${one.state}&state=${one.state}`]) expect((await one.here.request(`/sharing/links/back${query}`)).status).toBe(409);
      for (const number of [706, 707]) expect(await linkOf('receiver', personOf(number))).toBeUndefined();
    });
    it('LNK-025 leads nowhere but back into this site, and to the other body where it is known to be', async () => {
      for (const returnTo of ['', 'https://evil.example/', '//evil.example', '/\\evil.example', '/.//evil.example', 'account', 'javascript:alert(1)', '/account\n']) await expect(makes().beginSignIn(as(HERE), HOLDER, HERE, returnTo)).rejects.toMatchObject({ code: 'invalid-input' });
      const on = await onTheWay(personOf(708), personOf(808));
      const page = await on.there.get(`${pathOf(on.visit).split('?')[0] ?? ''}?return=https://evil.example&state=x`);
      expect([...page.text.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, address = '']) => address).filter((address) => address.startsWith('http') || address.startsWith('//'))).toEqual([]);
    });
    it('LNK-026 is for who is signed in, and for the body that was asked', async () => {
      const on = await onTheWay(personOf(709), personOf(809));
      const at = pathOf(on.visit);
      expect((await two.app.visitor(HOLDER).request(at)).status).toBe(303);
      expect((await on.here.get(at)).status).toBe(404);
      await expect(makes().beginSignIn(as(personOf(709)), HOLDER, personOf(710), '/account')).rejects.toMatchObject({ code: 'not-allowed' });
      expect((await message({ kind: 'begin', state: 'short' })()).status).toBe(400);
      expect((await on.here.get('/account/information/links/away/nobody')).status).toBe(404);
    });
    it('LNK-027 is not made with somebody who is linked with another record', async () => {
      const on = await onTheWay(personOf(711), personOf(801));
      const answer = await on.here.request(pathOf(await pressed(on)));
      expect(answer.status).toBe(409);
      expect(answer.text).toContain('linked with another one already');
      expect(await linkOf('receiver', personOf(711))).toBeUndefined();
    });
  });

  describe('that is there', () => {
    it('LNK-030 is shown to its person, and removed in two presses; the other body is told, as soon as it answers', async () => {
      const personId = somebody(keysOf('Canary Leaves'));
      register.set({ localId: 'CT-778', evidence: evidenceOf(keysOf('Canary Leaves')) });
      expect(await makes().match(as(personId), HOLDER, personId)).toMatchObject({ ok: true });
      const visitor = await two.app.residentVisitor(personId, RECEIVER);
      const page = await visitor.get('/account/information');
      expect(page.text).toContain('fits one record there and no other');
      expect(linesOf(page)[0]).toContain('were linked');
      await reachable(false);
      const remove = `/account/information/links/${HOLDER}/remove`;
      expect(page.text).toContain(`href="${remove}"`);
      await visitor.get(remove);
      await visitor.post(remove, {});
      expect(await linkOf('receiver', personId)).toBeUndefined();
      await two.app.drainJobs();
      expect(await linkOf('holder', 'CT-778')).toBeDefined();
      await reachable(true);
      // The list that named it has run out: it is not known here, and may be again.
      const listed = (until: string | null): Promise<unknown> => two.app.owner.query(`update sharing.peer set list_id = case when $2::timestamptz is null then null else 'gone' end, known_until = $2 where council_id = $1`, [two.receiver.council.id, until]);
      await listed('2026-01-01T00:00:00Z');
      two.clock.advance(3600);
      await two.app.drainJobs();
      expect((await two.app.owner.query('select from sharing.link_end')).rowCount).toBe(1);
      await listed(null);
      for (let hours = 0; hours < 48 && (await linkOf('holder', 'CT-778')); hours++) {
        two.clock.advance(3600);
        await two.app.drainJobs();
      }
      expect(await linkOf('holder', 'CT-778')).toBeUndefined();
      for (const where of ['receiver', 'holder'] as const) expect((await two.entries(where)).at(-1)).toMatchObject({ kind: 'unlinked' });
      expect((await two.app.owner.query('select from sharing.link_end')).rowCount).toBe(0);
      const after = await (await two.app.residentVisitor(personId, RECEIVER)).get('/account/information');
      expect(linesOf(after)[0]).toContain('was removed');
      expect(after.text).toContain('linked with none');
    });
    it('LNK-031 is removed by its person alone', async () => {
      const remove = `/account/information/links/${HOLDER}/remove`;
      const stranger = await two.app.residentVisitor(somebody(), RECEIVER);
      expect((await stranger.get(remove)).status).toBe(404);
      const before = await linked();
      await stranger.get('/account/information');
      await stranger.post(remove, {});
      expect((await two.app.visitor(RECEIVER).request(remove)).status).toBe(303);
      expect(await linked()).toBe(before);
    });
    it('LNK-032 has left no key and no name of anybody in logs, jobs, addresses or tables', async () => {
      expect(JSON.stringify(two.app.log.lines)).not.toMatch(CANARIES);
      expect(JSON.stringify(two.app.log.lines)).not.toMatch(/pw:|"[A-Za-z0-9_-]{43}"/);
      const tables = ['sharing.link_attempt', 'sharing.link_visit', 'sharing.link_try', 'sharing.link_end', 'sharing.entry', 'sharing.nonce', 'kernel.waiting_job', 'queue.job', 'kernel.audit'];
      for (const table of tables) {
        const { rows } = await two.app.owner.query<{ row: string }>(`select t::text as row from ${table} t`);
        expect({ table, found: rows.filter(({ row }) => CANARIES.test(row)) }).toEqual({ table, found: [] });
      }
    });
  });
});
