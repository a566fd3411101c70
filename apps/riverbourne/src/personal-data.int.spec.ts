import { glanafon } from '@guildhall/app-glanafon';
import { ERASE_PERSONAL_DATA, PERSONAL_DATA } from '@guildhall/information-rights-contract';
import { personalDataKit, type PersonalDataHarness } from '@guildhall/information-rights-contract/testing';
import { extensionsOf } from '@guildhall/kernel';
import { testConformance, type PersonId } from '@guildhall/kernel-contract';
import { startTestApp, type TestApp } from '@guildhall/kernel/testing';
import { addPhoto, answerPages, begin, confirmAndGoToPay, confirmationOn, payByCard, photo, problemAnswers, reportAProblem, signInByCode, signInOfficer, type Town } from '../test/journeys';
import { Person } from '../test/person';
import { valueOf } from '../test/two-councils';
import { riverbourne } from './council.config';

/** What these hold is left by the journeys below; `words` are what a resident has written there. The others run the kit in their own folder, beside people of whom they hold something. */
const HERE = { 'identity.details': ['name', 'email'], 'cases.cases': ['name', 'description'], 'services.drafts': ['description'], 'payments.payments': [], 'notifications.messages': ['email'], 'documents.documents': ['file'] } as const;
const ELSEWHERE = ['sharing.sharing', 'sharing.corrections', 'sharing.registers', 'information-rights.requests'];
const SCHEMAS = ['identity', 'cases', 'services', 'payments', 'notifications', 'documents'];

const ONE = { name: 'Quintana Farthingale', email: 'quintana@farthingale.example', description: 'Whimbrel Cottage has sunk', file: 'whimbrel.jpg' } as const;
const OTHER = { name: 'Peregrine Saltmarsh', email: 'peregrine@saltmarsh.example', description: 'Dunlin Lodge is flooded', file: 'dunlin.jpg' } as const;
const STRANGER = '01990000-0000-7000-8000-0000000000ff' as PersonId;

let app: TestApp;
let [person, another]: readonly string[] = [];
let tables: readonly string[] = [];

beforeAll(async () => {
  app = await startTestApp({ councils: [riverbourne, glanafon], withCompanions: true, seed: true });
  const town: Town = { home: app.origin(), work: () => app.drainJobs() };
  const manager = new Person(town.home);
  await signInOfficer(manager, 'helen.shaw');
  [person, another] = [await leaveTraces(town, manager, ONE), await leaveTraces(town, manager, OTHER)];
  const { rows } = await app.owner.query<{ name: string }>(`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = any($1) and tablename <> 'schema_migration'`, [SCHEMAS]);
  tables = rows.map(({ name }) => name);
  await app.owner.query(`create schema as_it_was; ${tables.map((table, at) => `create table as_it_was.t${at} as table ${table};`).join('\n')}`);
}, 180_000);
afterAll(() => app?.close());

/** Everything that these modules can come to hold of somebody: of cases and payments one that is worked on or accounted for, and one that nothing keeps any more. */
async function leaveTraces(town: Town, manager: Person, { name, email, description, file }: typeof ONE | typeof OTHER): Promise<string> {
  const resident = new Person(town.home);
  await signInByCode(town, resident, email, { name });
  const personId = await valueOf(app, 'select person_id::text from identity.person where email = $1', email);
  const report = await reportAProblem(resident, 'pothole', { contact: { name, email }, photos: [photo(file)], description });
  await reportAProblem(resident, 'fly-tipping', { contact: { name, email }, description });
  await begin(resident, 'garden-waste');
  const line = description.split(' ').slice(0, 2).join(' ');
  await answerPages(resident, 'garden-waste', { address: (one) => one.send({ 'property-line1': line, 'property-town': 'Riverbourne', 'property-postcode': 'ZZ99 1AA' }, 'Continue'), gate: { hasLockedGate: 'no' }, 'number-of-bins': { numberOfBins: '1' }, concession: { getsCouncilTaxReduction: 'no' } });
  await confirmAndGoToPay(resident);
  await payByCard(resident, 'succeeds', name);
  confirmationOn(resident);
  await begin(resident, 'report-a-problem');
  await answerPages(resident, 'report-a-problem', { ...problemAnswers('pothole', { description }), photos: (one) => addPhoto(one, 'pictures', photo(file)).then(() => one.open('/account')) }).catch((error: Error) => { if (resident.path !== '/account') throw error; });
  await app.drainJobs();
  await manager.open(`/desk/cases/${report.reference}`);
  await manager.send({ note: `${name} rang` }, 'do=send');
  await app.owner.query(`update cases."case" set is_closed = true, closed_at = now(), retain_until = '2020-01-01' where reference = $1`, [report.reference]);
  await app.owner.query(`insert into payments.payment select (jsonb_populate_record(p, jsonb_build_object('payment_id', gen_random_uuid(), 'reference', $2::text, 'requested_at', '2010-05-01T10:00:00Z', 'paid_at', '2010-05-01T10:00:00Z', 'request_key', gen_random_uuid()))).* from payments.payment p where p.person_id = $1`, [personId, name === ONE.name ? 'RB-0LDD-0LD1' : 'RB-0LDD-0LD2']);
  await app.owner.query(`insert into notifications.preference (council_id, person_id, channel, stops_news, changed_at) values ($1, $2, 'email', false, now())`, [app.context().council.id, personId]);
  await app.drainJobs();
  return personId;
}

/** What these modules hold, as it was before any case. */
async function asItWas(): Promise<void> {
  await app.owner.query(`begin; set local session_replication_role = replica; ${tables.map((table, at) => `delete from ${table}; insert into ${table} select * from as_it_was.t${at};`).join('\n')} commit`);
}

describe.each(Object.entries(HERE))('what %s holds about people', (id, wordsOf) => {
  testConformance<PersonalDataHarness>(personalDataKit, { describe, it }, { open: async () => {
    await asItWas();
    const source = extensionsOf(app.systemContext(), PERSONAL_DATA).find((one) => one.id === id);
    if (!source) throw new Error(`Nobody registers ${id}.`);
    return {
      source, module: id.split('.')[0] ?? '', as: (actor) => app.context('riverbourne', { actor }), elsewhere: (actor) => app.context('glanafon', { actor }), person: person as PersonId, another: another as PersonId, stranger: STRANGER,
      words: { person: wordsOf.map((word) => ONE[word]), another: wordsOf.map((word) => OTHER[word]) },
    };
  } });
});

describe('what modules hold about people', () => {
  it('is, of files, the bytes as well: erasing what is somebody else’s leaves them theirs', async () => {
    await asItWas();
    const source = extensionsOf(app.systemContext(), PERSONAL_DATA).find((one) => one.id === 'documents.documents');
    const theirs = await valueOf(app, 'select document_id::text from documents.document where owner = $1 limit 1', `person:${another}`);
    await source?.erase(app.context('riverbourne', { actor: { kind: 'system', job: 'kit', permissions: new Set([ERASE_PERSONAL_DATA.id]) } }), person as PersonId, theirs);
    expect((await (await app.residentVisitor(another ?? '')).request(`/documents/${theirs}`)).status).toBe(200);
  });
  it('is tried of every one that registers something', () => {
    const registered = extensionsOf(app.systemContext(), PERSONAL_DATA).map(({ id }) => id);
    expect(registered.toSorted()).toEqual([...Object.keys(HERE), ...ELSEWHERE].toSorted());
  });
});
