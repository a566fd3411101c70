import { OUTBOUND } from '@guildhall/kernel';
import { defineProvider, type Outbound, type PersonId } from '@guildhall/kernel-contract';
import { EVIDENCE_SOURCE, STARTER_ATTRIBUTES, STARTER_PURPOSES, type AttributeId, type Evidence } from '@guildhall/sharing-contract';
import { InMemoryEvidenceSource } from '@guildhall/sharing-contract/testing';
import { accountPage } from '../../test/account-page';
import { PAT, RECEIVER, HOLDER, startTwoBodies, type TwoBodies } from '../../test/two-bodies';
import { EvidenceStore } from '../evidence/evidence-store';
import { OnceOnly } from '../once-only/once-only';

const known = (attribute: AttributeId, value: Evidence['value'], asOf = '2026-11-01'): Evidence => ({ attribute, value, asOf, source: 'register', verified: null });
const vocabulary = { purposes: STARTER_PURPOSES, attributes: STARTER_ATTRIBUTES.map((one) => (one.id === 'address.current' ? { ...one, freshFor: 'P30D' } : one)) };
const ATTRIBUTES: readonly AttributeId[] = ['age.over18', 'address.current'];

describe('what a body tells', () => {
  let two: TwoBodies;
  const reads: AttributeId[][] = [];
  beforeAll(async () => {
    const register = new InMemoryEvidenceSource(['person.date-of-birth', 'address.current'], [{ localId: PAT.aldermoor, evidence: [known('person.date-of-birth', '2008-11-23'), known('address.current', { lines: ['1 Weir Lane'], postcode: 'ZZ99 1AA' })] }]);
    const read = register.read.bind(register);
    register.read = (ctx, localId, attributes) => { reads.push([...attributes]); return read(ctx, localId, attributes); };
    two = await startTwoBodies({ attributes: ATTRIBUTES }, { alsoInstalled: [accountPage()], options: { [HOLDER]: { vocabulary, providers: [defineProvider({ port: EVIDENCE_SOURCE, id: 'sharing.register', isSandbox: true, create: () => register })] } } });
  });
  afterAll(() => two?.close());
  beforeEach(async () => { reads.length = 0; two.clock.advance(60); await two.choose('given'); two.clock.advance(1); });
  const told = async (attributes: readonly AttributeId[]) => { const asked = await two.ask({ attributes }); if (!asked.ok) throw new Error(asked.refusal.message); return asked.value.evidence; };

  it('is worked out where its register only knows what that is worked out from, which stays there', async () => {
    const evidence = await told(ATTRIBUTES);
    expect(evidence).toEqual([{ ...known('age.over18', false), asOf: '2026-11-22' }, known('address.current', { lines: ['1 Weir Lane'], postcode: 'ZZ99 1AA' })]);
    expect(JSON.stringify(evidence)).not.toContain('2008');
    expect(reads).toEqual([['person.date-of-birth', 'address.current']]);
    // What is not needed is not read either.
    await told(['address.current']);
    expect(reads.at(-1)).toEqual(['address.current']);
  });

  it('is told without what its register is called where nobody has said that', async () => {
    const asked = await two.ask({ attributes: ['address.current'] });
    expect(asked).toMatchObject({ ok: true, value: { evidence: [{ source: 'register' }] } });
    expect(asked.ok && Object.keys(asked.value).includes('sourceTitles')).toBe(false);
  });

  it('is neither told nor worked out while they say that what it is worked out from is wrong', async () => {
    await two.app.owner.query(`insert into sharing.dispute (council_id, dispute_id, local_id, attribute, raised_at) values ($1, gen_random_uuid(), $2, 'person.date-of-birth', $3)`, [two.holder.council.id, PAT.aldermoor, two.clock.now()]);
    expect(await two.ask({ attributes: ['age.over18'] })).toMatchObject({ ok: false, refusal: { reason: 'refused' } });
    await two.app.owner.query('delete from sharing.dispute');
    two.clock.advance(24 * 60 * 60);
    await two.choose('given');
    expect(await told(['age.over18'])).toMatchObject([{ value: true }]);
  });

  it('is not what is too old, and who asked is told so in words when another body tells it all the same', async () => {
    two.clock.advance(10 * 24 * 60 * 60);
    await two.choose('given');
    expect(await told(['address.current'])).toEqual([]);
    const asked = await two.ask({ attributes: ATTRIBUTES });
    expect(asked).toMatchObject({ ok: true, value: { evidence: [{ attribute: 'age.over18' }], tooOld: ['address.current'] } });
    // A body of the version before says nothing of what it reads, and gets no member that it does not know.
    const outbound = two.app.get<Outbound>(OUTBOUND);
    const fetch = outbound.fetch.bind(outbound);
    jest.spyOn(outbound, 'fetch').mockImplementation((url, { headers, ...request } = {}) => fetch(url, { ...request, headers: Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => name !== 'guildhall-reads')) }));
    const before = await two.ask({ attributes: ATTRIBUTES });
    jest.restoreAllMocks();
    expect(before).toMatchObject({ ok: true, value: { evidence: [{ attribute: 'age.over18' }] } });
    expect(before.ok && before.value.tooOld).toBeFalsy();
    const source = two.app.get(OnceOnly);
    const resident = two.app.context(RECEIVER, { actor: { kind: 'resident', personId: PAT.riverbourne as PersonId, confidence: 'low' } });
    const wanted = { personId: PAT.riverbourne as PersonId, service: { slug: 'garden-waste', title: { en: 'Garden waste collection', cy: 'Casglu gwastraff gardd' } }, attribute: 'address.current' as const, purposes: ['garden-waste-concession'] };
    const { offer } = await source.look(resident, wanted);
    expect(offer && (await source.get(resident, wanted, { id: offer.id, shown: offer.shown, returnTo: '/x' }))).toMatchObject({ ok: false, refusal: { reason: 'not-known', words: 'What aldermoor council knows of this is too old, so we have to ask you.' } });
  });
});

describe('what a body uses', () => {
  let two: TwoBodies;
  beforeAll(async () => { two = await startTwoBodies({}, { alsoInstalled: [accountPage()], options: { [RECEIVER]: { vocabulary } } }); });
  afterAll(() => two?.close());

  it('is asked again when it is too old: what is kept, and what another body tells; and its owner reads why', async () => {
    const source = two.app.get(OnceOnly);
    const resident = two.app.context(RECEIVER, { actor: { kind: 'resident', personId: PAT.riverbourne as PersonId, confidence: 'low' } });
    const wanted = { personId: PAT.riverbourne as PersonId, service: { slug: 'garden-waste', title: { en: 'Garden waste collection', cy: 'Casglu gwastraff gardd' } }, attribute: 'address.current' as const, purposes: ['garden-waste-concession'] };
    await two.choose('given');
    two.clock.advance(60);
    const { offer } = await source.look(resident, wanted);
    if (!offer) throw new Error('Nothing is offered.');
    expect(await source.get(resident, wanted, { id: offer.id, shown: offer.shown, returnTo: '/x' })).toMatchObject({ ok: true, value: { origin: { how: 'told', asAt: '2026-11-01' } } });
    expect((await source.look(resident, wanted)).told).toBeDefined();
    two.clock.advance(10 * 24 * 60 * 60);
    await two.choose('given');
    two.clock.advance(60);
    const later = await source.look(resident, wanted);
    expect([later.told, later.offer?.id]).toEqual([undefined, two.agreement.id]);
    const again = later.offer && (await source.get(resident, wanted, { id: later.offer.id, shown: later.offer.shown, returnTo: '/x' }));
    expect(again).toMatchObject({ ok: false, refusal: { reason: 'not-known', words: 'What aldermoor council knows of this is too old, so we have to ask you.' } });
    expect((await two.app.get(EvidenceStore).newest(two.receiver, PAT.riverbourne)).map(({ attribute }) => attribute)).toContain('address.current');
    const visitor = await two.app.residentVisitor(PAT.riverbourne, RECEIVER);
    expect((await visitor.get('/account/information')).text).toContain('It is too old: we tell nobody, and ask you when it is needed.');
    expect((await visitor.get('/account/information?lang=cy')).text).toContain('Mae’n rhy hen: ni ddywedwn wrth neb');
  });
});
