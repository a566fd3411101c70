import { InMemoryIdentity } from '@guildhall/identity-contract/testing';
import { defineProvider, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { FixedClock, SeededIds } from '@guildhall/kernel-contract/testing';
import type { OfferPressed, SourceHas, WantedAnswer } from '@guildhall/services-contract';
import { EVIDENCE_SOURCE, KEY_ATTRIBUTES, type Evidence } from '@guildhall/sharing-contract';
import { InMemoryEvidenceSource } from '@guildhall/sharing-contract/testing';
import { knowsPeople } from '../../test/known-people';
import { KIM, LEE, kimChooses, linesOf, linkKim, readable } from '../../test/residents';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { Peers } from '../knowing/peers';
import { OnceOnly } from './once-only';

const GARDEN = { slug: 'garden-waste', title: { en: 'Garden waste collection', cy: 'Casglu gwastraff gardd' } };
/** Has proved who she is here, and stands in the register there. */
const NIA = '01990000-0000-7000-8000-0000000000f1';
const proved = (attribute: Evidence['attribute'], value: Evidence['value']): Evidence => ({ attribute, value, asOf: '2026-11-01', source: 'register', verified: 'one-login' });
const NIA_PROVED = [proved('person.name', 'Nia Example'), proved('person.date-of-birth', '1951-02-28'), proved('address.current', { lines: ['7 Mill Row'], postcode: 'ZZ99 7AA', uprn: '990000077777' })];
const wanted = (changes: Partial<WantedAnswer> = {}): WantedAnswer => ({ personId: KIM.riverbourne as PersonId, service: GARDEN, attribute: 'address.current', purposes: ['garden-waste-concession'], ...changes });

describe('an answer that need not be asked', () => {
  let two: TwoBodies;
  let source: OnceOnly;
  let kim: RequestContext;
  beforeAll(async () => {
    const clock = new FixedClock(new Date('2026-11-22T13:00:00Z'));
    const register = new InMemoryEvidenceSource(KEY_ATTRIBUTES, [{ localId: 'CT-771', evidence: NIA_PROVED }]);
    const identity = new InMemoryIdentity(clock, new SeededIds());
    two = await startTwoBodies({}, { clock, alsoInstalled: [knowsPeople(identity)], sources: { [HOLDER]: [defineProvider({ port: EVIDENCE_SOURCE, id: 'sharing.register', isSandbox: true, create: () => register })] } });
    two.people.kept.set(NIA, NIA_PROVED);
    identity.addPerson(two.receiver, { personId: KIM.riverbourne as PersonId, name: 'Kim Resident' });
    await linkKim(two);
    source = two.app.get(OnceOnly);
    kim = two.app.context(RECEIVER, { actor: { kind: 'resident', personId: KIM.riverbourne as PersonId, confidence: 'low' } });
  });
  afterAll(() => two?.close());
  beforeEach(() => two.clock.advance(60));
  const evidence = async () => (await two.app.owner.query<Record<string, unknown>>('select * from sharing.evidence where local_id = $1 order by kept_at', [KIM.riverbourne])).rows;
  const asked = async () => (await two.entries('receiver')).filter(({ kind }) => kind === 'asked').length;
  const offered = ({ offer }: SourceHas): OfferPressed => { if (!offer) throw new Error('Nothing is offered.'); return { id: offer.id, shown: offer.shown, returnTo: '/services/garden-waste/address' }; };

  it('is offered in the words of the agreement, of this question alone, and nobody is asked meanwhile', async () => {
    const { offer, keeps, told } = await source.look(kim, wanted());
    expect(told).toBeUndefined();
    expect(offer).toMatchObject({
      id: 'garden-waste-concession', from: 'aldermoor council', sentence: 'riverbourne council may check your address with aldermoor council, to decide what you pay for garden waste.', saves: 'No proof to upload, and decided now', needsPress: true,
      more: ['You say yes to this: riverbourne council may check your address and whether you get Council Tax Reduction with aldermoor council, to decide what you pay for garden waste.', 'You can upload a letter instead.', 'You can stop this at any time in “Your information”.', expect.any(String)],
    });
    expect(keeps).toBe('We keep what you type here for a year, to decide what you pay for garden waste, and do not ask you for it again.');
    // Every purpose for which it is kept is said.
    expect((await source.look(kim, wanted({ purposes: ['garden-waste-concession', 'council-tax-reduction'] }))).keeps).toMatch(/^We keep what you type here for a year, to decide what you pay for garden waste, and to .*Council Tax/);
    const inWelsh = await source.look({ ...kim, language: 'cy' }, wanted());
    expect(inWelsh.offer?.sentence).toBe('Caiff Cyngor riverbourne wirio\'r canlynol: eich cyfeiriad. Oddi wrth: Cyngor aldermoor. Er mwyn: penderfynu beth rydych yn ei dalu am wastraff gardd.');
    expect([await asked(), (await two.entries('holder')).length]).toEqual([0, 0]);
  });

  it('is offered to nobody who has not signed in, and for nothing that this body has no words for', async () => {
    expect(await source.look(two.app.context(RECEIVER), wanted({ personId: undefined }))).toEqual({});
    expect(await source.look(kim, wanted({ attribute: 'garden-waste.bins' }))).toEqual({});
    expect(await source.look(kim, wanted({ purposes: ['no-such-purpose'] }))).toEqual({});
    expect((await source.look(kim, wanted({ purposes: ['council-tax-reduction'] }))).offer).toBeUndefined();
  });

  it('is not got below other words than were shown, nor by another agreement', async () => {
    const right = offered(await source.look(kim, wanted()));
    for (const changes of [{ shown: 'sha256:other' }, { id: 'another' }]) expect(await source.get(kim, wanted(), { ...right, ...changes })).toMatchObject({ ok: false, refusal: { reason: 'words-changed' } });
    expect([await asked(), await evidence()]).toEqual([0, []]);
  });

  it('is asked at once where the other body does not answer, and can be had when it does', async () => {
    const { offer } = await source.look(kim, wanted());
    const silent = { ...two.bodies.holder, endpoint: 'http://127.0.0.1:9/sharing' };
    await two.app.get(Peers).pin(two.receiver, { body: silent });
    const unreachable = await source.get(kim, wanted(), offered({ offer }));
    await two.app.get(Peers).pin(two.receiver, { body: two.bodies.holder });
    expect(unreachable).toMatchObject({ ok: false, refusal: { reason: 'unreachable', words: 'aldermoor council does not answer at the moment, so we have to ask you.' } });
    expect(await evidence()).toEqual([]);
  });

  it('is asked for again later where they had said yes and had to type it, and used from then on; once, and not of what was stopped', async () => {
    const silent = { ...two.bodies.holder, endpoint: 'http://127.0.0.1:9/sharing' };
    const kept = async () => (await evidence()).map(({ how, because }) => [how, because]);
    await two.app.get(Peers).pin(two.receiver, { body: silent });
    await source.typed(kim, wanted(), { value: { lines: ['2 Weir Lain'], postcode: 'ZZ99 1AB' }, because: 'unreachable' });
    for (const reached of [false, true, true]) {
      await two.app.get(Peers).pin(two.receiver, { body: reached ? two.bodies.holder : silent });
      two.clock.advance(2 * 60 * 60);
      await two.app.drainJobs();
      expect(await kept()).toEqual([['typed', 'unreachable'], ...(reached ? [['told', null]] : [])]);
    }
    expect((await source.look(kim, wanted())).told).toMatchObject({ value: { lines: ['2 Weir Lane'] }, origin: { how: 'told' } });
    await two.app.owner.query('delete from sharing.evidence');
    // Typed again, and stopped meanwhile: nobody is asked.
    await source.typed(kim, wanted(), { value: { lines: ['2 Weir Lain'], postcode: 'ZZ99 1AB' }, because: 'unreachable' });
    await kimChooses(two, 'withdrawn');
    two.clock.advance(2 * 60 * 60);
    await two.app.drainJobs();
    expect(await kept()).toEqual([['typed', 'unreachable']]);
    await kimChooses(two, 'given');
    await two.app.owner.query('delete from sharing.evidence; delete from sharing.asking_figure');
  });

  it('is got by one press that says yes with a receipt, kept sealed for its purpose, and not asked for again', async () => {
    // The press before has said yes, and so the offer now says no more about it.
    const has = await source.look(kim, wanted());
    const offer = offered(has);
    expect(has.offer?.more).not.toContainEqual(expect.stringContaining('You say yes to this'));
    const before = await asked();
    const got = await source.get(kim, wanted(), offer);
    expect(got).toMatchObject({ ok: true, value: { value: { lines: ['2 Weir Lane'], postcode: 'ZZ99 1AB' }, origin: { how: 'told', by: { en: 'aldermoor council', cy: 'Cyngor aldermoor' }, asAt: '2026-11-01' }, stop: { href: '/account/information/agreements/garden-waste-concession', words: 'Stop sharing this' } } });
    expect(await source.get(kim, wanted(), offer)).toEqual(got);
    expect((await source.look(kim, wanted({ service: { ...GARDEN, slug: 'another-service' } }))).told).toEqual(got.ok && got.value);
    expect(await asked()).toBe(before + 1);
    expect((await two.app.owner.query('select state from sharing.receipt')).rows).toEqual([{ state: 'given' }]);
    const [row] = await evidence();
    expect(row).toMatchObject({ how: 'told', told_by: HOLDER, agreement_id: 'garden-waste-concession', purposes: ['garden-waste-concession'], record: 'council-tax-register', verified: 'bill', service: 'garden-waste' });
    expect(JSON.stringify((await two.app.owner.query('select encode(sealed, \'escape\') as sealed, e::text as row from sharing.evidence e')).rows)).not.toMatch(/Weir|ZZ99/);
    expect((row?.['until'] as Date).toISOString()).toBe('2027-11-22T00:00:00.000Z');
    // Of all that was agreed, only this question's was asked for.
    expect((await two.entries('holder')).at(-1)).toMatchObject({ kind: 'answered', attributes: ['address.current'] });
    // For another purpose it is not there.
    expect((await source.look(kim, wanted({ purposes: ['council-tax-reduction'] }))).told).toBeUndefined();
  });

  it('is a yes or no where that is all that is asked for', async () => {
    const concession = wanted({ attribute: 'council-tax-reduction.receives' });
    const got = await source.get(kim, concession, offered(await source.look(kim, concession)));
    expect(got).toMatchObject({ ok: true, value: { value: false } });
  });

  it('stands in “Your information”, and what an officer sees of it there is on record', async () => {
    const own = readable((await (await two.app.residentVisitor(KIM.riverbourne, RECEIVER)).get('/account/information')).text);
    expect(own).toMatch(/Current address 2 Weir Lane ZZ99 1AB aldermoor council, as at 1 November 2026 It is wrong/);
    const officer = await two.app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000e1', roles: ['adviser'] }, RECEIVER);
    expect(readable((await officer.get(`/desk/information/people/${KIM.riverbourne}`)).text)).toContain('2 Weir Lane');
    const { rows } = await two.app.owner.query<{ detail: object }>(`select detail from kernel.audit where action = 'sharing.evidence-read' and person_id = $1 and actor_id = '01990000-0000-7000-8000-0000000000e1'`, [KIM.riverbourne]);
    expect(rows).toEqual([{ detail: { attributes: ['address.current', 'council-tax-reduction.receives'] } }]);
  });

  it('is not used any more when it is stopped, by two presses, and nothing is offered again', async () => {
    await kimChooses(two, 'withdrawn');
    expect(await source.look(kim, wanted())).toEqual({ keeps: expect.any(String) as string });
    await source.typed(kim, wanted(), { value: { lines: ['5 New Road'], postcode: 'ZZ99 1AB' }, because: 'asked' });
    expect((await source.look(kim, wanted())).told).toMatchObject({ value: { lines: ['5 New Road'], postcode: 'ZZ99 1AB' }, origin: { how: 'resident', asAt: '2026-11-22' }, words: 'You told us this on 22 November 2026' });
    two.clock.advance(60);
    await kimChooses(two, 'given');
  });

  it('is in dispute once it is said to be wrong, stands so in the trail, and is neither used nor fetched again; what is typed then is', async () => {
    const concession = wanted({ attribute: 'council-tax-reduction.receives' });
    expect(await source.wrong(kim, concession)).toMatch(/^You said that this is wrong, and .* looks at it\./);
    const before = await asked();
    expect(await source.look(kim, concession)).toEqual({ keeps: expect.any(String) as string });
    two.clock.advance(60);
    await source.typed(kim, concession, { value: true, because: 'wrong' });
    expect((await source.look(kim, concession)).told).toMatchObject({ value: true, origin: { how: 'resident' } });
    expect(await asked()).toBe(before);
    expect(linesOf(await (await two.app.residentVisitor(KIM.riverbourne, RECEIVER)).get('/account/information')).join()).toContain('Gets Council Tax Reduction');
  });

  it('is counted by month, for each purpose; what is not a value of its form is not kept', async () => {
    await source.typed(kim, wanted(), { value: 'somewhere', because: 'asked' });
    const { rows } = await two.app.owner.query<{ figure: string; count: string }>('select attribute, figure, count::int as count, to_char(month, \'YYYY-MM\') as month from sharing.asking_figure order by attribute, figure');
    expect(rows).toEqual([
      { attribute: 'address.current', figure: 'told', count: 1, month: '2026-11' }, { attribute: 'address.current', figure: 'typed', count: 1, month: '2026-11' },
      { attribute: 'council-tax-reduction.receives', figure: 'told', count: 1, month: '2026-11' }, { attribute: 'council-tax-reduction.receives', figure: 'typed', count: 1, month: '2026-11' },
    ]);
  });

  it('is had of whoever is not known there only after they have been: by what they have proved, where it fits one record, or by signing in there', async () => {
    const [nia, lee] = [NIA, LEE].map((personId) => two.app.context(RECEIVER, { actor: { kind: 'resident', personId: personId as PersonId, confidence: 'low' } })) as [RequestContext, RequestContext];
    const hers = wanted({ personId: NIA as PersonId });
    const before = await source.look(nia, hers);
    expect(before.offer?.more[0]).toBe('To find your record, we first tell aldermoor council your name, date of birth and address. Only if one record there fits, and no other, do we know that it is you.');
    expect(await source.get(nia, hers, offered(before))).toMatchObject({ ok: true, value: { value: { lines: ['7 Mill Row'] }, origin: { how: 'told' } } });
    const theirs = wanted({ personId: LEE as PersonId });
    const has = await source.look(lee, theirs);
    expect(has.offer?.more[0]).toBe('You sign in at aldermoor council first, so that we know which record is yours. Then you come back here.');
    expect(await source.get(lee, theirs, offered(has))).toMatchObject({ ok: false, refusal: { reason: 'sign-in', goTo: expect.stringMatching(/^\/account\/information\/links\/away\/[\w-]+$/) as string } });
    // Nothing is said yes to before it is known who they are there.
    expect((await two.app.owner.query('select local_id from sharing.choice where local_id = any($1)', [[NIA, LEE]])).rows).toEqual([{ local_id: NIA }]);
  });

  it('is gone when it was kept as long as it may be', async () => {
    two.clock.advance(400 * 24 * 60 * 60);
    expect((await source.look(kim, wanted())).told).toBeUndefined();
    await two.app.queueJob('do:sharing.forget-old', { data: {} }, RECEIVER);
    await two.app.drainJobs();
    expect(await evidence()).toEqual([]);
  });
});
