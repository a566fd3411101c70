import { startTestApp, type TestApp, type Visitor } from '@guildhall/kernel/testing';
import { CANARY, signsIn } from '../test/canary';
import { closely, heldValues, rowsNaming, textsIn } from '../test/held-values';
import { addPhoto, answerPages, assist, begin, confirmAndGoToPay, payByCard, photo, problemAnswers, reportAProblem, signInByCode, signInOfficer, confirmationOn, type Town } from '../test/journeys';
import { Person } from '../test/person';
import { valueOf } from '../test/two-councils';
import { riverbourne } from './council.config';

let app: TestApp;
let town: Town;
let resident: Person;
let manager: Person;
let personId: string;
/** A request that was answered, and one that is worked on. */
let closed: { readonly reference: string; readonly caseId: string };

interface CopiedRecord { readonly id: string; readonly title: { readonly en: string }; readonly data?: unknown; readonly isLeftOut?: boolean }
interface Copy { readonly sections: readonly { readonly id: string; readonly records: readonly CopiedRecord[] }[] }

const typedAddress = (id: string): Record<string, string> => ({ [`${id}-line1`]: CANARY.line1, [`${id}-town`]: CANARY.town, [`${id}-postcode`]: 'ZZ99 1AA' });

beforeAll(async () => {
  app = await startTestApp({ councils: [riverbourne], withCompanions: true, seed: true });
  town = { home: app.origin(), work: () => app.drainJobs() };
  resident = new Person(town.home);
  await signInByCode(town, resident, CANARY.email, { name: CANARY.name });
  personId = await valueOf(app, 'select person_id::text from identity.person where email = $1', CANARY.email);
  manager = new Person(town.home);
  await signInOfficer(manager, 'helen.shaw');
  await leaveTraces();
}, 180_000);
afterAll(() => app.close());
afterEach(() => { expect(app.log.lines.splice(0).filter(({ level }) => level === 'error')).toEqual([]); });

/** Everything that a module can come to hold of somebody. */
async function leaveTraces(): Promise<void> {
  const report = await reportAProblem(resident, 'pothole', { contact: { name: CANARY.name, email: CANARY.email }, photos: [photo(CANARY.file)], description: CANARY.words });
  const open = await reportAProblem(resident, 'fly-tipping', { contact: { name: CANARY.name, email: CANARY.email }, description: `${CANARY.words}, the second time` });
  await begin(resident, 'garden-waste');
  await answerPages(resident, 'garden-waste', { address: (one) => one.send(typedAddress('property'), 'Continue'), gate: { hasLockedGate: 'no' }, 'number-of-bins': { numberOfBins: '1' }, concession: { getsCouncilTaxReduction: 'no' } });
  await confirmAndGoToPay(resident);
  await payByCard(resident, 'succeeds', CANARY.name);
  confirmationOn(resident);
  await app.drainJobs();
  // Begun and not sent: a form with a photo, and an address that waits for its proof.
  await begin(resident, 'report-a-problem');
  await answerPages(resident, 'report-a-problem', { ...problemAnswers('pothole', { description: CANARY.words }), photos: (person) => addPhoto(person, 'pictures', photo('second.jpg')).then(() => person.open('/account')) }).catch((error: Error) => { if (resident.path !== '/account') throw error; });
  await resident.open(`${town.home}/sign-in?add=`);
  await resident.send({ contact: CANARY.phone });
  await app.drainJobs();
  for (const { reference } of [report, open]) {
    await manager.open(`/desk/cases/${reference}`);
    await manager.send({ note: `${CANARY.name} rang from ${CANARY.phone}` }, 'do=send');
  }
  await manager.open(`/desk/cases/${report.reference}`);
  await manager.send({ tell: `Dear ${CANARY.name}, ${CANARY.words}` }, 'do=send');
  await app.owner.query(`insert into notifications.preference (council_id, person_id, channel, stops_news, changed_at) values ($1, $2, 'email', false, now())`, [app.context().council.id, personId]);
  // Answered, as long ago as its service keeps what was answered.
  await app.owner.query(`update cases."case" set is_closed = true, closed_at = now(), retain_until = '2020-01-01' where reference = $1`, [report.reference]);
  closed = { reference: report.reference, caseId: await valueOf(app, 'select case_id::text from cases."case" where reference = $1', report.reference) };
  // Somebody else, whom no copy of theirs may show.
  const adviser = new Person(town.home);
  await signInOfficer(adviser, 'gwen.parry');
  await assist(adviser, 'report-a-problem', { problem: 'pothole', isDangerous: 'no', 'place-described': 'By the bridge', potholeSize: 'small', potholeSurface: 'road', description: '', updates: 'no' }, { name: 'Ira Ling', phone: '07700 900444' });
  await app.drainJobs();
}

const wordsOf = (html: string): string => (/<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const latest = (kind: string): Promise<string> => valueOf(app, 'select request_id::text from information_rights.request where kind = $1 order by received_at desc limit 1', kind);
const stateOf = (requestId: string): Promise<string> => valueOf(app, 'select state from information_rights.request where request_id = $1', requestId);
const recordsIn = (copy: Copy): readonly CopiedRecord[] => copy.sections.flatMap(({ records }) => records);
/** Posts the officer's form of a request as it stands. */
async function act(requestId: string, fields: Record<string, string | readonly string[]>): Promise<Awaited<ReturnType<Visitor['get']>>> {
  const visitor = manager.visitor();
  const { text } = await visitor.get(`/desk/rights/${requestId}`);
  return visitor.post(`/desk/rights/${requestId}`, { version: /name="version" value="(\d+)"/.exec(text)?.[1] ?? '', ...fields });
}

describe('a copy of everything that is held about somebody', () => {
  let requestId: string;
  let copy: Copy;

  it('is asked for with one press that is confirmed, once however often', async () => {
    await resident.open('/account');
    expect(resident.text).toContain('Your data rights');
    await resident.open('/account/data/ask/access');
    await resident.send();
    await resident.open('/account/data/ask/access');
    await resident.send();
    requestId = await latest('access');
    expect(resident.path).toBe(`/account/data/${requestId}`);
    expect((await app.owner.query('select from information_rights.request')).rowCount).toBe(1);
    await app.drainJobs();
  });

  it('is not given before an officer has read what others may be named in', async () => {
    expect(await stateOf(requestId)).toBe('to-read');
    expect((await resident.visitor().request(`/account/data/${requestId}/copy/json`)).status).toBe(404);
    await manager.open('/desk/rights');
    await manager.open(`/desk/rights/${requestId}`);
    expect(manager.text).toContain('An officer’s note on');
    // The note on the case that is worked on is about somebody else.
    const { rows } = await app.owner.query<{ number: number }>(`select number from information_rights.item where request_id = $1 and title ->> 'en' not like $2`, [requestId, `%${closed.reference}`]);
    expect((await act(requestId, { do: 'give', leaveOut: rows.map(({ number }) => String(number)) })).path).toMatch(/result=given$/);
    await app.drainJobs();
    expect(await stateOf(requestId)).toBe('ready');
  });

  it('is downloaded by its owner alone, for machines and to be read, each time on record', async () => {
    const [json, pdf] = [await resident.visitor().request(`/account/data/${requestId}/copy/json`), await resident.visitor().request(`/account/data/${requestId}/copy/pdf`)];
    copy = json.json<Copy>();
    expect([json.headers['content-type'], json.headers['content-disposition'], json.headers['cache-control']]).toEqual(['application/json', expect.stringMatching(/RB-.*\.json/), 'no-store']);
    expect([pdf.headers['content-type'], pdf.text.slice(0, 8)]).toEqual(['application/pdf', '%PDF-1.7']);
    for (const visitor of [await app.residentVisitor('01990000-0000-7000-8000-0000000000aa'), app.visitor()]) expect((await visitor.request(`/account/data/${requestId}/copy/json`)).status).not.toBe(200);
    expect((await manager.visitor().request(`/desk/rights/${requestId}/copy/json`)).status).toBe(404);
    expect((await app.owner.query(`select from kernel.audit where action = 'information-rights.download-copy' and person_id = $1`, [personId])).rowCount).toBe(2);
  });

  it('shows every text of theirs that any table of any module holds', async () => {
    const shown = closely(textsIn(copy).join('\n'));
    const held = await heldValues(app.owner);
    const tables = new Set(held.map(({ table }) => table));
    for (const table of ['identity.person', 'identity.challenge', 'cases."case"', 'cases.timeline_entry', 'cases.search_word', 'services.draft', 'notifications.message', 'documents.document']) expect(tables).toContain(table);
    expect(held.filter(({ value }) => !shown.includes(closely(value))).map(({ table, column, value }) => `${table}.${column}: ${value}`)).toEqual([]);
  });

  it('shows every row that names them, by something of its own', async () => {
    const shown = textsIn(copy).join('\n');
    const own = (row: Readonly<Record<string, unknown>>): readonly string[] => Object.entries(row).flatMap(([column, value]) => (column === 'council_id' ? [] : textsIn(value))).filter((value) => value.length >= 16 && !value.includes(personId)).map((value) => (/^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value).toISOString() : value));
    // What happened is told by the audit trail's subjects; work and repeated requests are nothing that is kept of anybody.
    const machinery = ['kernel.audit', 'kernel.event', 'kernel.inbox', 'kernel.waiting_job', 'kernel.idempotency'];
    const missing = (await rowsNaming(app.owner, personId)).filter(({ table, row }) => !machinery.includes(table) && !own(row).some((value) => shown.includes(value)));
    expect(missing.map(({ table, row }) => `${table}: ${JSON.stringify(row)}`)).toEqual([]);
  });

  it('has nobody else in it: no officer, no other resident, nothing that was left out', () => {
    const text = JSON.stringify(copy);
    for (const other of ['Helen Shaw', 'helen.shaw', 'Gwen Parry', 'Ira Ling', '900444']) expect(text).not.toContain(other);
    expect(recordsIn(copy).filter(({ isLeftOut }) => isLeftOut)).toHaveLength(1);
  });

  it('expires, and is gone then', async () => {
    await app.owner.query(`update information_rights.request set expires_at = now() - interval '1 day' where request_id = $1`, [requestId]);
    expect((await resident.visitor().request(`/account/data/${requestId}/copy/json`)).status).toBe(404);
    await app.queueJob('do:information-rights.forget-old');
    await app.drainJobs();
    expect([await stateOf(requestId), (await app.owner.query('select from information_rights.copy_part')).rowCount]).toEqual(['expired', 0]);
  });

  it('is made once when the job comes twice, and from the beginning when it broke', async () => {
    await resident.open('/account/data/ask/access');
    await resident.send();
    const again = await latest('access');
    // What a job wrote before it died.
    await app.owner.query(`insert into information_rights.copy_part (council_id, request_id, run_id, format, number, sealed) values ($1, $2, gen_random_uuid(), 'json', 0, 'half')`, [app.context().council.id, again]);
    await app.queueJob('do:information-rights.prepare-copy', { data: { requestId: again } });
    await app.drainJobs();
    const { rows } = await app.owner.query<{ runs: string }>('select count(distinct run_id) as runs from information_rights.copy_part where request_id = $1', [again]);
    expect([await stateOf(again), rows[0]?.runs]).toEqual(['to-read', '1']);
    expect((await app.owner.query('select from information_rights.step where request_id = $1', [again])).rowCount).toBe(1);
  });

  it('lies sealed: whoever reads the database finds nothing of it', async () => {
    const { rows } = await app.owner.query<{ sealed: Buffer }>('select sealed from information_rights.copy_part');
    expect(rows.length).toBeGreaterThan(1);
    for (const { sealed } of rows) expect(signsIn(sealed.toString('latin1'))).toEqual([]);
  });
});

describe('the time in which an answer is due', () => {
  it('stands still, goes on, is extended once, each with words to the person; nothing is changed without them, or over what somebody else has changed', async () => {
    const requestId = await latest('access');
    const dueOn = (): Promise<string> => valueOf(app, 'select due_on::text from information_rights.request where request_id = $1', requestId);
    const first = await dueOn();
    const refused = await act(requestId, { do: 'extend', words: ' ' });
    expect([refused.status, wordsOf(refused.text)]).toEqual([400, expect.stringContaining('Say why, in words to the person')]);
    expect(await dueOn()).toBe(first);
    expect((await act(requestId, { do: 'extend', words: 'There is much of it.' })).path).toMatch(/result=extended$/);
    expect((await dueOn()) > first).toBe(true);
    expect((await act(requestId, { do: 'extend', words: 'Again.' })).path).toMatch(/result=is-extended$/);
    expect((await act(requestId, { do: 'pause', reason: 'clarification', words: 'Which years do you mean?' })).path).toMatch(/result=paused$/);
    expect((await act(requestId, { do: 'give' })).path).toMatch(/result=is-paused$/);
    expect((await act(requestId, { do: 'resume' })).path).toMatch(/result=resumed$/);
    expect((await act(requestId, { do: 'resume', version: '1' })).path).toMatch(/result=changed-meanwhile$/);
    await resident.open(`/account/data/${requestId}`);
    expect(resident.text).toMatch(/We took two more months.*There is much of it\..*We asked what you mean.*Which years do you mean\?.*We had your answer/s);
    await app.drainJobs();
    expect((await app.owner.query(`select from notifications.message where template_id = 'information-rights.request-news' and about_id = $1`, [requestId])).rowCount).toBe(3);
  });

  it('ends with a refusal that says why and where to complain', async () => {
    const requestId = await latest('access');
    expect((await act(requestId, { do: 'refuse', words: 'You asked for the same yesterday.' })).path).toMatch(/result=refused$/);
    expect((await act(requestId, { do: 'give' })).path).toMatch(/result=not-to-read$/);
    await resident.open(`/account/data/${requestId}`);
    expect(resident.text).toMatch(/We have refused your request.*You asked for the same yesterday\..*Complain to the Information Commissioner/s);
    await app.drainJobs();
  });

  it('is kept to also for whoever calls: an adviser asks, an officer makes sure who it is, and prints the copy', async () => {
    const adviser = await app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000bc', roles: ['adviser'] });
    const caller = await valueOf(app, `select person_id::text from identity.person where name = 'Ira Ling'`);
    await adviser.get(`/desk/rights/people/${caller}`);
    expect((await adviser.post(`/desk/rights/people/${caller}`, { kind: 'access', language: 'cy' })).status).toBe(400);
    const asked = await adviser.post(`/desk/rights/people/${caller}`, { kind: 'access', language: 'cy', authority: 'caller-for-themselves', checks: ['called-back'] });
    expect(wordsOf(asked.text)).toMatch(/It is asked: RB-/);
    expect((await adviser.get('/desk/rights')).status).toBe(403);
    await app.drainJobs();
    const requestId = await latest('access');
    expect(await stateOf(requestId)).toBe('to-read');
    await act(requestId, { do: 'give' });
    await app.drainJobs();
    const printed = await manager.visitor().request(`/desk/rights/${requestId}/copy/json`);
    expect([printed.status, printed.json<Copy & { language: string }>().language]).toEqual([200, 'cy']);
    expect(printed.text).toContain('Ira Ling');
    expect(signsIn(printed.text)).toEqual([]);
  });
});

describe('erasure', () => {
  let requestId: string;

  it('is proposed record by record, and decided only whole and with reasons', async () => {
    await resident.open('/account/data/ask/erasure');
    await resident.send();
    await app.drainJobs();
    requestId = await latest('erasure');
    await manager.open(`/desk/rights/${requestId}`);
    expect(manager.text).toMatch(/financial records are kept for six years/);
    expect(manager.text).toMatch(/we are still working on it/);
    const nothing = await act(requestId, { do: 'decide' });
    expect([nothing.status, wordsOf(nothing.text)]).toEqual([400, expect.stringContaining('Decide on Your details')]);
    const decided = await decisions();
    const payment = await valueOf(app, `select number::text from information_rights.item where request_id = $1 and source_id = 'payments.payments' limit 1`, requestId);
    expect((await act(requestId, { do: 'decide', ...decided, [`item-${payment}`]: 'erase' })).status).toBe(400);
    const details = await valueOf(app, `select number::text from information_rights.item where request_id = $1 and record_id = 'person'`, requestId);
    const without = await act(requestId, { do: 'decide', ...decided, [`item-${details}`]: 'keep' });
    expect([without.status, wordsOf(without.text)]).toEqual([400, expect.stringContaining('Say why Your details is kept')]);
    expect(await stateOf(requestId)).toBe('to-decide');
    expect((await act(requestId, { do: 'decide', ...decided })).path).toMatch(/result=decided$/);
  });

  it('is carried out once, goes on where it broke, and tells its owner of each record before the way to them is gone', async () => {
    await app.drainJobs();
    await app.queueJob('do:information-rights.carry-out-erasure', { data: { requestId } });
    await app.drainJobs();
    expect(await stateOf(requestId)).toBe('erased');
    expect((await app.owner.query(`select from information_rights.step where request_id = $1 and kind = 'erased'`, [requestId])).rowCount).toBe(1);
    const told = await valueOf(app, `select content::text from notifications.message where about_id = $1`, requestId);
    expect(told).toMatch(/Your details: Is being erased/);
    expect(told).toMatch(/Kept until 31 March 20\d\d, because financial records are kept/);
    expect((await resident.visitor().request('/account')).status).toBe(303);
  });

  it('has left nothing of what was said to be erased, and all of what was said to be kept', async () => {
    const { rows: items } = await app.owner.query<{ source_id: string; record_id: string; outcome: string }>('select source_id, record_id, outcome from information_rights.item where request_id = $1', [requestId]);
    expect(items.every(({ outcome }) => outcome === 'erased' || outcome === 'kept')).toBe(true);
    const kept = items.filter(({ outcome }) => outcome === 'kept').flatMap(({ record_id: id }) => id.split('/'));
    const held = await heldValues(app.owner);
    // Whatever is left belongs to a record that was kept, or is the letter that tells of it.
    const left = held.filter(({ row }) => !kept.some((id) => id.length >= 16 && row.includes(id)) && !row.includes(requestId)).map(({ table, column, value }) => `${table}.${column}: ${value}`);
    expect(left).toEqual([]);
    expect(new Set(held.map(({ table }) => table))).toEqual(new Set(['cases."case"', 'cases.search_word', 'cases.timeline_entry', 'notifications.message']));
    expect(await rowsNaming(app.owner, closed.caseId).then((rows) => rows.filter(({ table }) => table === 'cases."case"'))).toHaveLength(1);
  });

  /** What the modules propose, as the form has it. */
  async function decisions(): Promise<Record<string, string>> {
    const { rows } = await app.owner.query<{ number: number; proposal: string }>('select number, proposal from information_rights.item where request_id = $1', [requestId]);
    return Object.fromEntries(rows.map(({ number, proposal }) => [`item-${number}`, proposal]));
  }
});

describe('the records of processing', () => {
  it('name what every installed module does with personal data, on a page and as a file', async () => {
    const visitor = manager.visitor();
    const text = wordsOf((await visitor.get('/desk/records-of-processing')).text);
    for (const part of ['Taking your payment', 'Photos and documents that you send', 'Answering requests in time and proving it']) expect(text).toContain(part);
    const csv = await visitor.request('/desk/records-of-processing/records.csv');
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    // All that article 30(1) asks for.
    expect(csv.text.split('\r\n')[0]).toBe('\ufeffController,Contact,Data protection officer,Id,Purpose,Of whom,Data,Lawful basis,Recipients,To other countries,Kept for,Kept safe by');
    expect(csv.text).toMatch(/Riverbourne Borough Council,help@riverbourne\.example,"Gwen Pritchard, dpo@riverbourne\.example, 01632 960015",payments\./);
    const lines = csv.text.split('\r\n').slice(1, -1);
    expect(lines.filter((line) => !/Residents, and others|People about whom/.test(line) || !/,None,/.test(line) || !/Encrypted on the way|encrypted on the way/.test(line))).toEqual([]);
    for (const part of ['Gwen Pritchard, dpo@riverbourne.example', 'To other countries', 'Kept safe by', 'Of whom']) expect(text).toContain(part);
    // What a manifest says is in English whoever reads it: a Welsh reader’s voice reads it as English.
    const welsh = (await visitor.get('/desk/records-of-processing?lang=cy')).text;
    expect(welsh).toMatch(/<html[^>]* lang="cy"/);
    expect(welsh.match(/<tr class="govuk-table__row" lang="en">/g)?.length).toBeGreaterThan(5);
    await visitor.get('/desk/records-of-processing?lang=en');
  });
});
