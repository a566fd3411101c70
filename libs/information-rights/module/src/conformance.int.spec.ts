import { HttpInformationRights, INFORMATION_RIGHTS, ASK_FOR_RESIDENTS, HANDLE_REQUESTS, type InformationRightsApi } from '@guildhall/information-rights-contract';
import { informationRightsKit, personalDataKit, type InformationRightsHarness, type PersonalDataHarness } from '@guildhall/information-rights-contract/testing';
import { MACHINE_CREDENTIALS, OUTBOUND, type MachineCredentials } from '@guildhall/kernel';
import { Secret, defineServicePack, register, testConformance, type Clock, type Outbound, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import { erased, notes, town } from '../test/town';
import { informationRights } from './information-rights.module';
import { RequestsOfPerson } from './requests/requests-of-person';
import { AsksForRights } from './requests/asks-for-rights';

const credentials: MachineCredentials = { authenticate: (_ctx, clientId, secret) => Promise.resolve(secret === 'correct' ? { clientId, permissions: clientId === 'hub' ? [ASK_FOR_RESIDENTS.id, HANDLE_REQUESTS.id] : [] } : undefined) };
const machines = defineServicePack({ id: 'machines', version: '0.1.0', options: {}, requires: [], registers: [register(MACHINE_CREDENTIALS, { id: 'machines', ...credentials } as MachineCredentials)] });
const BASIS = { authority: 'caller-for-themselves', checks: ['called-back'] } as const;

const clock = new FixedClock(new Date('2026-11-23T10:00:00Z'));
let app: TestApp;
let last = 9000;
beforeAll(async () => {
  app = await startTestApp({ councils: [testCouncilDefinition('riverbourne', 1, [town(), informationRights(), machines]), testCouncilDefinition('elsewhere', 2, [informationRights(), machines])], clock: clock as Clock });
});
afterAll(() => app?.close());

const newPerson = (): PersonId => `01990000-0000-7000-8000-${String(++last).padStart(12, '0')}` as PersonId;

async function harness(api: InformationRightsApi): Promise<InformationRightsHarness> {
  erased.length = 0;
  notes.areThere = false;
  return {
    api, as: (actor) => app.context('riverbourne', { actor }), elsewhere: (actor) => app.context('elsewhere', { actor }), person: newPerson(), newPerson,
    titles: { erasable: 'Library card', lawKeeps: 'Fine for a late book', mayKeep: 'Books borrowed' },
    work: async () => { await app.drainJobs(); },
    pass: async (days) => { clock.advance(days * 24 * 60 * 60); await app.drainJobs(); },
    held: () => Promise.resolve([...(erased.includes('card') ? [] : ['Library card']), 'Fine for a late book', ...(erased.includes('loan') ? [] : ['Books borrowed'])]),
  };
}
const client = (slug: string, credential: string): HttpInformationRights => new HttpInformationRights({ origin: app.origin(slug), outbound: app.get<Outbound>(OUTBOUND), credential: new Secret(credential) });

testConformance<InformationRightsHarness>(informationRightsKit, { describe: (name, body) => describe(`${name}, the module`, body), it }, { open: () => harness(app.get<InformationRightsApi>(INFORMATION_RIGHTS.token)) });
testConformance<InformationRightsHarness>(informationRightsKit, { describe: (name, body) => describe(`${name}, the module over HTTP`, body), it }, { open: () => harness(INFORMATION_RIGHTS.dispatch(({ council }: RequestContext) => client(council.slug, 'hub.correct'))) });

testConformance<PersonalDataHarness>(personalDataKit, { describe: (name, body) => describe(`${name}, requests`, body), it }, { open: async () => {
  const [person, another] = [newPerson(), newPerson()];
  const officer = app.context('riverbourne', { actor: { kind: 'system', job: 'kit', permissions: new Set([ASK_FOR_RESIDENTS.id, HANDLE_REQUESTS.id]) } });
  for (const one of [person, another]) await app.get(AsksForRights).ask(officer, one, 'access', BASIS);
  const { id, version } = await app.get<InformationRightsApi>(INFORMATION_RIGHTS.token).find(officer, (await app.get(AsksForRights).ask(officer, person, 'erasure', BASIS)).requestId);
  await app.get<InformationRightsApi>(INFORMATION_RIGHTS.token).refuse(officer, id, { version, words: 'You have asked before.' });
  return {
    source: app.get(RequestsOfPerson), module: 'information-rights', as: (actor) => app.context('riverbourne', { actor }), elsewhere: (actor) => app.context('elsewhere', { actor }), person, another,
    words: { person: ['You have asked before.'], another: [] }, stranger: newPerson(),
  };
} });

describe('the HTTP client of information rights', () => {
  it('is let in by its credential, whatever whoever acts may do here, and says when nobody answers', async () => {
    const ctx = app.context('riverbourne', { actor: { kind: 'system', job: 'kit', permissions: new Set([HANDLE_REQUESTS.id]) } });
    await expect(client('riverbourne', 'other.correct').open(ctx)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(client('riverbourne', 'hub.wrong').open(ctx)).rejects.toMatchObject({ code: 'not-authenticated' });
    await expect(new HttpInformationRights({ origin: 'http://localhost:9', outbound: app.get<Outbound>(OUTBOUND), credential: new Secret('hub.correct') }).open(ctx)).rejects.toMatchObject({ code: 'unavailable' });
  });
  it('leaves on record whose requests were looked at', async () => {
    const ctx = app.context('riverbourne', { actor: { kind: 'system', job: 'kit', permissions: new Set([HANDLE_REQUESTS.id]) } });
    const person = newPerson();
    await client('riverbourne', 'hub.correct').requestsOf(ctx, person);
    expect((await app.owner.query<{ action: string }>('select action, actor_id from kernel.audit where person_id = $1', [person])).rows).toEqual([{ action: 'information-rights.look', actor_id: 'hub' }]);
  });
});

describe('what is left of a list when it was erased', () => {
  it('is no id and no moment of what is gone, in this list and in those before, but for one that is worked on', async () => {
    const { person, work, api } = await harness(app.get<InformationRightsApi>(INFORMATION_RIGHTS.token));
    const officer = app.context('riverbourne', { actor: { kind: 'system', job: 'kit', permissions: new Set([ASK_FOR_RESIDENTS.id, HANDLE_REQUESTS.id]) } });
    notes.areThere = true;
    const copy = await api.ask(officer, { personId: person, kind: 'access', basis: BASIS });
    const { id } = await api.ask(officer, { personId: person, kind: 'erasure', basis: BASIS });
    await work();
    const decisions = (await api.records(officer, id)).map(({ number, proposal }) => ({ number, decision: proposal === 'erase' ? 'erase' as const : 'keep' as const }));
    const { version } = await api.find(officer, id);
    expect(await api.decideErasure(officer, id, { version, decisions })).toMatchObject({ ok: true });
    await work();
    const left = async (request: string) => (await app.owner.query<{ record_id: string; since: Date }>('select record_id, since from information_rights.item where request_id = $1 order by number', [request])).rows.map(({ record_id: record, since }) => [record, since.toISOString()]);
    expect((await left(id)).map(([record]) => record).slice(0, 4)).toEqual(['1', 'fine', 'loan', '4']);
    expect((await left(id)).every(([, since]) => since?.endsWith('T00:00:00.000Z'))).toBe(true);
    expect(await left(copy.id)).toEqual([['note', '2026-03-02T10:00:00.000Z']]);
  });
});
