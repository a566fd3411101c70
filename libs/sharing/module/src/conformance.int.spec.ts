import { OUTBOUND, MACHINE_CREDENTIALS, type MachineCredentials } from '@guildhall/kernel';
import { Secret, defineServicePack, register, testConformance, type Outbound, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { ACT_ON_SHARING, ASK_OTHERS, HttpSharing, READ_AGREEMENTS, SHARING, choiceScope, type SharingApi } from '@guildhall/sharing-contract';
import { sharingKit, type SharingHarness } from '@guildhall/sharing-contract/testing';
import { HOLDER, RECEIVER, startTwoBodies, type TwoBodies } from '../test/two-bodies';
import { Choices } from './choosing/choices';
import { SubjectKeys } from './information/subject-keys';
import { Links } from './linking/links';

const credentials: MachineCredentials = { authenticate: (_ctx, clientId, secret) => Promise.resolve(secret === 'correct' ? { clientId, permissions: clientId === 'hub' ? [ASK_OTHERS.id, READ_AGREEMENTS.id, ACT_ON_SHARING.id] : [] } : undefined) };
const machines = defineServicePack({ id: 'machines', version: '0.1.0', options: {}, requires: [], registers: [register(MACHINE_CREDENTIALS, { id: 'machines', ...credentials } as MachineCredentials)] });

let two: TwoBodies;
let last = 9000;
beforeAll(async () => { two = await startTwoBodies({}, { alsoInstalled: [machines], thirds: ['upstream'] }); });
afterAll(() => two?.close());

const newPerson = (): PersonId => `01990000-0000-7000-8000-${String(++last).padStart(12, '0')}` as PersonId;
const reach = async (isReachable: boolean): Promise<void> => void (await two.app.owner.query(`update sharing.peer set body = jsonb_set(body, '{endpoint}', to_jsonb($2::text)) where council_id = $1`, [two.receiver.council.id, isReachable ? two.bodies.holder.endpoint : 'http://localhost:9/sharing']));

/** Somebody new, of whom the holder knows where they live. */
async function harness(api: SharingApi): Promise<SharingHarness> {
  const [person, stranger, there] = [newPerson(), newPerson(), `account-${last}`];
  const { pairwise } = await two.app.get(Links).add(two.receiver, { peerId: HOLDER, localId: person, provenBy: 'in-person' });
  await two.app.get(Links).add(two.holder, { peerId: RECEIVER, localId: there, provenBy: 'in-person', pairwise });
  two.people.kept.set(there, [{ attribute: 'address.current', value: { lines: ['1 Weir Lane'], postcode: 'ZZ99 1AA' }, asOf: '2026-11-01', source: 'council-tax-register', verified: 'bill' }, { attribute: 'council-tax-reduction.receives', value: true, asOf: '2026-11-01', source: 'council-tax-register', verified: null }]);
  return {
    api, as: (actor) => two.app.context(RECEIVER, { actor }), elsewhere: (actor) => two.app.context('upstream', { actor }), person, stranger, agreement: two.agreement.id, holder: HOLDER, agreed: 'address.current', notAgreed: 'care.receives', reach,
    choose: async (state) => {
      two.clock.advance(1);
      await two.app.get(Choices).choose(two.receiver, { localId: person, subjectKey: await two.app.get(SubjectKeys).make(two.receiver, person), agreementId: two.agreement.id, state, at: two.clock.now(), scope: choiceScope(two.agreement), noticeDigest: `sha256:${'A'.repeat(43)}`, language: 'en', by: 'resident' });
    },
  };
}
const client = (slug: string, credential: string): HttpSharing => new HttpSharing({ origin: two.app.origin(slug), outbound: two.app.get<Outbound>(OUTBOUND), credential: new Secret(credential) });

testConformance<SharingHarness>(sharingKit, { describe: (name, body) => describe(`${name}, the module`, body), it }, { open: () => harness(two.app.get<SharingApi>(SHARING.token)), close: () => reach(true) });
testConformance<SharingHarness>(sharingKit, { describe: (name, body) => describe(`${name}, the module over HTTP`, body), it }, { open: () => harness(SHARING.dispatch(({ council }: RequestContext) => client(council.slug, 'hub.correct'))), close: () => reach(true) });

describe('the HTTP client of sharing', () => {
  it('is let in by its credential, whatever whoever acts may do here, and says when nobody answers', async () => {
    const ctx = two.app.context(RECEIVER, { actor: { kind: 'system', job: 'kit', permissions: new Set([READ_AGREEMENTS.id]) } });
    await expect(client(RECEIVER, 'other.correct').agreements(ctx)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(client(RECEIVER, 'hub.wrong').agreements(ctx)).rejects.toMatchObject({ code: 'not-authenticated' });
    await expect(new HttpSharing({ origin: 'http://localhost:9', outbound: two.app.get<Outbound>(OUTBOUND), credential: new Secret('hub.correct') }).agreements(ctx)).rejects.toMatchObject({ code: 'unavailable' });
  });
  it('leaves on record who looked at somebody’s trail', async () => {
    const { api, as, person } = await harness(client(RECEIVER, 'hub.correct'));
    await api.trail(as({ kind: 'system', job: 'kit', permissions: new Set([ACT_ON_SHARING.id]) }), person);
    expect((await two.app.owner.query<{ action: string }>('select action from kernel.audit where person_id = $1', [person])).rows.map(({ action }) => action)).toContain('sharing.look');
  });
});
