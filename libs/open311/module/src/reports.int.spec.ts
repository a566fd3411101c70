import { CaseMoved, CaseUpdatedPublicly, parseReference, wordsIn, type CaseView } from '@guildhall/cases-contract';
import { Database, publish } from '@guildhall/kernel';
import { readDocument, type DocumentKind, type Documents } from '@guildhall/open311-contract';
import type { Answer } from '@guildhall/kernel/testing';
import { keyOf, startOpen311App, type Open311App } from '../test/council';
import { ClearsUnfinished } from './clearing/clear-unfinished';

const PHOTO = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const POTHOLE = { service_code: 'report-a-problem_pothole', lat: '53.3', long: '2.1', 'attribute[potholeSize]': 'large', 'attribute[potholeSurface]': 'road' };
const STRAY = { service_code: 'stray-animals', lat: '53.3', long: '2.1', first_name: 'Ida', last_name: 'Byrne', 'attribute[kinds][]': ['dog', 'cat'], 'attribute[howMany]': '2', 'attribute[seenOn]': '2026-11-22T23:30:00+00:00', 'attribute[isHurt]': 'no' };
type Form = Readonly<Record<string, string | readonly string[]>>;

let app: Open311App;
beforeAll(async () => { app = await startOpen311App(); });
afterAll(() => app?.close());
beforeEach(async () => {
  app.death.next = undefined;
  await app.owner.query('truncate open311.request, open311.update, open311.sent_update');
});

const send = (form: Form, headers: Readonly<Record<string, string>> = {}, slug?: string): Promise<Answer> => app.visitor(slug).request('/open311/v2/requests.xml', { form: { api_key: keyOf('fixmystreet'), ...form }, headers });
const get = (path: string, key: string | null = keyOf('fixmystreet'), slug?: string): Promise<Answer> => app.visitor(slug).request(`/open311/v2/${path}${key === null ? '' : `${path.includes('?') ? '&' : '?'}api_key=${key}`}`);
const read = <Kind extends DocumentKind>(kind: Kind, { status, text }: Answer): Documents[Kind] => {
  expect([status, status === 200 ? '' : text]).toEqual([200, '']);
  return readDocument(kind, text, 'xml');
};
const errors = (answer: Answer): [number, string] => [answer.status, readDocument('errors', answer.text, 'xml').map(({ description }) => description).join('\n')];
const taken = async (form: Form, headers = {}): Promise<string> => read('taken', await send(form, headers))[0]?.service_request_id ?? '';
const caseOf = async (number: string): Promise<CaseView> => (await app.cases.find(app.officer(), { reference: parseReference(number) ?? '' })) as CaseView;
const allCases = async (): Promise<number> => (await app.cases.count(app.officer(), { status: 'any' })).count;

describe('a report from another system', () => {
  it('becomes a case by the service’s own journey: its answers, place and ward, and nothing that was taken as given', async () => {
    const view = await caseOf(await taken({ ...POTHOLE, description: 'It is deep.', first_name: 'Ida', last_name: 'Byrne', email: 'ida@byrne.example', 'attribute[fixmystreet_id]': '77', 'attribute[unheard_of]': 'x' }));
    expect(view.caseType).toBe('report-a-problem.pothole');
    expect(view.answers.map(({ code, answer }) => [code, wordsIn(answer, 'en')])).toEqual([['description', 'It is deep.'], ['problem', 'A pothole'], ['place', expect.stringContaining('Point on the map near') as string], ['potholeSize', 'Bigger than a dinner plate'], ['potholeSurface', 'The road'], ['fixmystreet_id', '77']]);
    expect(view.contact).toEqual({ name: 'Ida Byrne', email: 'ida@byrne.example', isToldElsewhere: true });
    expect(view.location).toMatchObject({ point: { latitude: 53.3, longitude: 2.1 }, isMarked: true, ward: { code: expect.stringMatching(/^E05/) as string } });
    expect(view.staff?.channel).toBe('api');
  });
  it('has its attributes read by kind: several of a list, numbers, days and what depends on them', async () => {
    const view = await caseOf(await taken(STRAY));
    expect(Object.fromEntries(view.answers.map(({ code, answer }) => [code, wordsIn(answer, 'en')]))).toMatchObject({ kinds: 'Dog\nCat', howMany: '2', seenOn: '22 November 2026', isHurt: 'No' });
    expect(view.contact?.name).toBe('Ida Byrne');
    const hurt = await caseOf(await taken({ ...STRAY, 'attribute[kinds][]': [], 'attribute[kinds]': 'dog,cat', 'attribute[isHurt]': 'yes', 'attribute[wound]': 'a paw' }));
    expect(hurt.answers.map(({ code }) => code)).toContain('wound');
    for (const [changes, says] of [[{ 'attribute[howMany]': '21' }, /howMany/], [{ 'attribute[seenOn]': '2026-12-24' }, /seenOn/], [{ 'attribute[seenOn]': 'lately' }, /seenOn/], [{ 'attribute[isHurt]': 'yes' }, /wound/], [{ first_name: '', last_name: '' }, /first_name/], [{ 'attribute[howMany]': '20' }, /So many need a van/]] as const) {
      const [status, said] = errors(await send({ ...STRAY, ...changes }));
      expect([status, said]).toEqual([400, expect.stringMatching(says) as string]);
    }
  });
  it('about an address has its UPRN looked up, or its words taken, and is refused with neither', async () => {
    const bin = { service_code: 'report-a-problem_missed-bin', 'attribute[binKind]': 'food', 'attribute[collectionDay]': '2026-11-20', 'attribute[binWasOut]': 'yes' };
    expect((await caseOf(await taken({ ...bin, 'attribute[uprn]': '990000900001' }))).location).toMatchObject({ uprn: '990000900001', personal: true, lines: expect.arrayContaining([expect.stringContaining('High Street')]) as string[] });
    expect((await caseOf(await taken({ ...bin, address_string: '1 Mill Lane, Little Testing, ZZ99 9AD' }))).location).toMatchObject({ lines: ['1 Mill Lane', 'Little Testing'], postcode: 'ZZ99 9AD' });
    expect(errors(await send({ ...bin, lat: '53.3', long: '2.1' }))).toEqual([400, expect.stringContaining('uprn') as string]);
    expect(errors(await send({ ...bin, address_id: '123456789' }))).toEqual([400, expect.stringContaining('address_id') as string]);
  });
  it('has its photos with its case; one that is none, or cannot be had, costs an officer a line and not the report', async () => {
    const view = await caseOf(await taken({ ...POTHOLE, media_url: [PHOTO, PHOTO, 'http://127.0.0.1:1/secret', 'data:image/jpeg;base64,bm90IGEgcGhvdG8='] }));
    expect(view.documents).toHaveLength(1);
    const { items } = await app.cases.timeline(app.officer(), { caseId: view.id });
    expect(items[0]).toMatchObject({ kind: 'note', visibility: 'internal', text: expect.stringMatching(/2 photos .* not a public one; it was not a photo/) as string });
  });
});

describe('the same report again', () => {
  it.each([['documents.store', 'before'], ['documents.store', 'after'], ['cases.open', 'before'], ['cases.open', 'after']] as const)('is one case with one photo when it broke at %s, %s it was done', async (call, when) => {
    const before = await allCases();
    const report = { ...POTHOLE, media_url: PHOTO, 'attribute[fixmystreet_id]': `broke-${call.replace('.', '-')}-${when}` };
    app.death.next = { call, when };
    expect((await send(report)).status).toBe(500);
    const number = await taken(report);
    expect(await taken({ ...report, description: 'Told otherwise.' })).toBe(number);
    expect(await allCases()).toBe(before + 1);
    expect((await caseOf(number)).documents).toHaveLength(1);
    app.log.lines.length = 0;
  });
  it('is the first one when it is told otherwise before the first one was answered', async () => {
    const report = { ...POTHOLE, 'attribute[fixmystreet_id]': 'told-otherwise' };
    app.death.next = { call: 'cases.open', when: 'after' };
    await send(report);
    const view = await caseOf(await taken({ ...report, description: 'Other words.' }));
    expect(view.answers.some(({ code }) => code === 'description')).toBe(false);
    app.log.lines.length = 0;
  });
  it('is taken although it would not be taken any more', async () => {
    const report = { ...POTHOLE, 'attribute[fixmystreet_id]': 'long-ago' };
    const number = await taken(report);
    expect(await taken({ ...report, 'attribute[potholeSize]': 'no-such-size', lat: '51', service_code: 'gone-since' })).toBe(number);
  });
  it('is known by a key of its own too, which then stands for nothing else', async () => {
    const headers = { 'idempotency-key': 'a-key-of-its-own' };
    const number = await taken(POTHOLE, headers);
    expect(await taken(POTHOLE, headers)).toBe(number);
    expect(errors(await send({ ...POTHOLE, description: 'Another' }, headers))[0]).toBe(409);
    expect(errors(await send(POTHOLE, { 'idempotency-key': 'short' }))).toEqual([400, expect.stringContaining('Idempotency-Key') as string]);
  });
  it('is the same one when only the keys to its photos are others, as signed links are at each try', async () => {
    const headers = { 'idempotency-key': 'signed-links' };
    const photos = (key: string) => ({ media_url: [`http://127.0.0.1:1/one?until=1&key=${key}`, `http://127.0.0.1:1/two?key=${key}`] });
    const number = await taken({ ...POTHOLE, ...photos('a') }, headers);
    expect(await taken({ ...POTHOLE, ...photos('b') }, headers)).toBe(number);
    expect(errors(await send({ ...POTHOLE, media_url: 'http://127.0.0.1:1/three?key=a' }, headers))[0]).toBe(409);
    const update = async (key: string): Promise<Answer> => app.visitor().request('/open311/v2/servicerequestupdates.xml', { form: { api_key: keyOf('fixmystreet'), service_request_id: number, update_id: 'U-signed', status: 'OPEN', updated_datetime: '2026-11-23T09:00:00Z', description: 'It has grown.', ...photos(key) } });
    expect(read('updates-taken', await update('b'))).toEqual(read('updates-taken', await update('a')));
  });
  it('is another one when another system sends it', async () => {
    const report = { ...POTHOLE, 'attribute[fixmystreet_id]': '1' };
    expect(await taken({ ...report, api_key: keyOf('another-app') })).not.toBe(await taken(report));
  });
  it('leaves nothing behind when it never comes', async () => {
    app.death.next = { call: 'cases.open', when: 'before' };
    await send({ ...POTHOLE, media_url: PHOTO, 'attribute[fixmystreet_id]': 'never-again' });
    const { rows: [row] } = await app.owner.query<{ case_id: string }>('select case_id from open311.request');
    const subject = { type: 'case', id: row?.case_id ?? '' };
    const kept = async (): Promise<number> => (await app.documents.forSubject(app.systemContext(), subject, { vouchedFor: subject })).length;
    expect(await kept()).toBe(1);
    await app.get(ClearsUnfinished).run(app.systemContext());
    expect(await kept()).toBe(1);
    app.clock.advance(25 * 3600);
    await app.get(ClearsUnfinished).run(app.systemContext());
    expect([await kept(), (await app.owner.query('select from open311.request')).rowCount]).toEqual([0, 0]);
    app.log.lines.length = 0;
  });
});

describe('what can be read', () => {
  it('without a key is facts only: no words, no photos, nobody’s home, nothing private', async () => {
    const pothole = await taken({ ...POTHOLE, description: 'Outside my house.', media_url: PHOTO });
    const bin = await taken({ service_code: 'report-a-problem_missed-bin', 'attribute[binKind]': 'food', 'attribute[collectionDay]': '2026-11-20', 'attribute[binWasOut]': 'yes', 'attribute[uprn]': '990000900001' });
    const stray = await taken({ ...STRAY, description: 'It bit me.' });
    const shown = new Map(read('requests', await get('requests.xml', null)).map((one) => [one.service_request_id, one]));
    expect([...shown.keys()].sort()).toEqual([pothole, bin].sort());
    expect(shown.get(pothole)).toMatchObject({ description: '', media_url: '', lat: 53.3, long: 2.1, status: 'open' });
    expect(shown.get(bin)).toMatchObject({ address: '', address_id: '', zipcode: '' });
    expect(shown.get(bin)?.lat).toBeUndefined();
    expect((await get(`requests/${stray}.xml`, null)).status).toBe(404);
    const [withKey] = read('requests', await get(`requests/${pothole}.xml`, keyOf('reader')));
    expect(withKey).toMatchObject({ description: 'Outside my house.', media_url: expect.stringMatching(/^http.*\/documents\/.*shown/) as string });
    expect(read('requests', await get(`requests/${stray}.xml`))[0]?.description).toBe('It bit me.');
  });
  it('of private reports is what the same system sent, and all of them with a permission of its own', async () => {
    const number = await taken({ ...STRAY, description: 'It bit me.', media_url: PHOTO });
    const view = await caseOf(number);
    await app.cases.tell(app.officer(), { caseId: view.id, text: 'We look for it.', idempotencyKey: crypto.randomUUID() });
    const entryId = (await app.cases.timeline(app.officer(), { caseId: view.id })).items[0]?.id ?? '';
    await app.get(Database).run(app.systemContext(), (tx) => Promise.resolve(publish(tx, CaseUpdatedPublicly, { caseId: view.id, caseType: view.caseType, entryId })));
    await app.drainJobs();
    const seenBy = async (key: string | null): Promise<readonly unknown[]> => [(await get(`requests/${number}.xml`, key)).status, read('requests', await get('requests.xml', key)).length, read('requests', await get(`requests.xml?service_request_id=${number}`, key)).length, read('updates', await get('servicerequestupdates.xml', key)).length];
    expect([await seenBy(keyOf('fixmystreet')), await seenBy(keyOf('overseer'))]).toEqual([[200, 1, 1, 1], [200, 1, 1, 1]]);
    for (const key of [keyOf('another-app'), keyOf('reader'), null]) expect(await seenBy(key)).toEqual([404, 0, 0, 0]);
    const update = (clientId: 'another-app' | 'overseer' | 'fixmystreet'): Promise<Answer> => app.visitor().request('/open311/v2/servicerequestupdates.xml', { form: { api_key: keyOf(clientId), service_request_id: number, update_id: `U-${clientId}`, status: 'OPEN', updated_datetime: '2026-11-23T09:00:00Z', description: `Words of ${clientId}.` } });
    expect(errors(await update('another-app'))[0]).toBe(404);
    for (const clientId of ['fixmystreet', 'overseer'] as const) read('updates-taken', await update(clientId));
    const words = JSON.stringify((await app.cases.timeline(app.officer(), { caseId: view.id })).items);
    expect([words.includes('Words of another-app'), words.includes('Words of overseer')]).toEqual([false, true]);
  });
  it('is nothing without a key where the council says so, and never with a wrong one', async () => {
    for (const path of ['requests.xml', 'requests/GL-0000-0000.xml', 'servicerequestupdates.xml']) {
      expect((await get(path, null, 'glanafon')).status).toBe(403);
      for (const key of ['wrong', keyOf('stranger')]) expect((await get(path, key)).status).toBe(403);
    }
    expect((await get('services.xml', null, 'glanafon')).status).toBe(200);
  });
  it('is not opened by a session: a signed-in officer without a key sends nothing', async () => {
    const officer = await app.officerVisitor({ officerId: '01990000-0000-7000-8000-0000000000fe', roles: ['team-manager'] });
    expect((await officer.request('/open311/v2/requests.xml', { form: POTHOLE })).status).toBe(403);
    expect((await send({ ...POTHOLE, api_key: keyOf('reader') })).status).toBe(403);
  });
  it('says by when the whole is to be done, and not by when somebody looks at it', async () => {
    const number = await taken(POTHOLE);
    const expected = async (): Promise<string | undefined> => read('requests', await get(`requests/${number}.xml`))[0]?.expected_datetime;
    expect(await expected()).toBe('');
    await app.cases.move(app.officer(), { caseId: (await caseOf(number)).id, transition: 'plan', idempotencyKey: 'a-plan-for-it' });
    expect(await expected()).toMatch(/^2026-12-\d\dT23:59:59\+00:00$/);
  });
  it('belongs to one council', async () => {
    const number = await taken(POTHOLE);
    expect((await get(`requests/${number}.xml`, keyOf('fixmystreet'), 'glanafon')).status).toBe(404);
  });
});

describe('a council’s settings', () => {
  it('give a token where it says so, which leads to the number', async () => {
    const [first] = read('taken', await send({ ...POTHOLE, jurisdiction_id: 'glanafon.example' }, {}, 'glanafon'));
    expect(first?.service_request_id).toBeUndefined();
    expect(read('tokens', await get(`tokens/${first?.token}.xml`, null, 'glanafon'))[0]?.service_request_id).toMatch(/^GL-/);
    expect((await get(`tokens/${first?.token}.xml`, null)).status).toBe(404);
  });
  it('name its jurisdiction, the services that it leaves out, and whether it is a test', async () => {
    expect((await get('services.xml?jurisdiction_id=riverbourne', null, 'glanafon')).status).toBe(404);
    expect((await get('services.xml?jurisdiction_id=RIVERBOURNE', null)).status).toBe(200);
    const codes = async (slug?: string): Promise<readonly string[]> => read('services', await get('services.xml', null, slug)).map(({ service_code: code }) => code);
    expect(await codes()).toEqual(['report-a-problem_pothole', 'report-a-problem_street-light', 'report-a-problem_fly-tipping', 'report-a-problem_missed-bin', 'stray-animals']);
    expect(await codes('glanafon')).not.toContain('stray-animals');
    expect([read('discovery', await get('discovery.xml')).endpoints[0]?.type, read('discovery', await get('discovery.xml', null, 'glanafon')).endpoints[0]?.type]).toEqual(['test', 'production']);
  });
  it('show in both languages what is asked, and mark what is private', async () => {
    expect(read('services', await get('services.xml?lang=cy', null)).find(({ service_code: code }) => code === 'report-a-problem_pothole')?.service_name).toBe('Twll yn y ffordd');
    expect(read('services', await get('services.xml', null)).find(({ service_code: code }) => code === 'stray-animals')?.keywords).toEqual(['dog', 'cat', 'private']);
    const { attributes } = read('definition', await get('services/report-a-problem_fly-tipping.xml', null));
    expect(attributes.map(({ code, datatype, required, automated }) => [code, datatype, required, automated ?? ''])).toEqual([
      ['rubbishKinds', 'multivaluelist', true, ''], ['rubbishAmount', 'singlevaluelist', true, ''], ['sawIt', 'singlevaluelist', true, ''], ['whatYouSaw', 'text', false, ''],
      ['easting', 'number', false, 'server_set'], ['northing', 'number', false, 'server_set'], ['fixmystreet_id', 'string', false, 'server_set'],
    ]);
  });
});

describe('updates', () => {
  it('fill their page, whatever the one who asks wrote itself: a page that is not full would be taken for the last', async () => {
    const number = await taken(POTHOLE);
    const view = await caseOf(number);
    const happens = async (entryId: string, minutes: number): Promise<void> => { app.clock.advance(minutes * 60); await app.get(Database).run(app.systemContext(), (tx) => Promise.resolve(publish(tx, CaseUpdatedPublicly, { caseId: view.id, caseType: view.caseType, entryId }))); };
    const entries = async (): Promise<readonly string[]> => (await app.cases.timeline(app.officer(), { caseId: view.id }, { limit: 100 })).items.map(({ id }) => id).toReversed();
    const own = app.context(undefined, { actor: { kind: 'machine', clientId: 'fixmystreet', permissions: app.officer().actor.kind === 'officer' ? (app.officer().actor as { permissions: ReadonlySet<string> }).permissions : new Set() } });
    for (const [acting, text] of [[own, 'one of ours'], [own, 'two of ours'], [app.officer(), 'A crew comes.'], [own, 'three of ours'], [app.officer(), 'It came.']] as const) {
      await app.cases.tell(acting, { caseId: view.id, text, idempotencyKey: crypto.randomUUID() });
      await happens((await entries()).at(-1) ?? '', 1);
    }
    await app.drainJobs();
    const page = async (size: number): Promise<readonly string[]> => read('updates', await get(`servicerequestupdates.xml?page_size=${size}`)).map(({ description }) => description);
    expect(await page(1)).toEqual(['A crew comes.']);
    expect(await page(2)).toEqual(['A crew comes.', 'It came.']);
    expect(await page(100)).toEqual(['A crew comes.', 'It came.']);
  });
});

describe('a case that is opened again without a word of why', () => {
  it.each([['en', 'It is not right yet.'], ['cy', 'Nid yw’n iawn eto.']])('says so in its own language (%s)', async (language, words) => {
    const [sent] = read('taken', await app.visitor().request(`/open311/v2/requests.xml?lang=${language}`, { form: { api_key: keyOf('fixmystreet'), ...POTHOLE } }));
    const number = sent?.service_request_id ?? '';
    const { id: caseId } = await caseOf(number);
    await app.cases.move(app.officer(), { caseId, transition: 'finish', idempotencyKey: crypto.randomUUID() });
    read('updates-taken', await app.visitor().request('/open311/v2/servicerequestupdates.xml', { form: { api_key: keyOf('fixmystreet'), service_request_id: number, update_id: `U-${language}`, status: 'REOPEN', updated_datetime: '2026-11-23T09:00:00Z' } }));
    const [newest] = (await app.cases.timeline(app.officer(), { caseId })).items;
    expect([newest?.kind, newest?.reasons]).toEqual(['moved', words]);
  });
});

describe('news of cases', () => {
  it('may come in another order than it happened: the latest move says how a report stands', async () => {
    const view = await caseOf(await taken(POTHOLE));
    const at = app.clock.now().getTime();
    const happen = async (transition: string, to: string, minutes: number): Promise<void> => {
      app.clock.advance((at - app.clock.now().getTime()) / 1000 + minutes * 60);
      await app.get(Database).run(app.systemContext(), (tx) => Promise.resolve(publish(tx, CaseMoved, { caseId: view.id, caseType: view.caseType, caseTypeVersion: 1, transition, from: 'x', to, entryId: crypto.randomUUID() })));
    };
    await happen('finish', 'done', 20);
    await app.drainJobs();
    await app.get(Database).run(app.systemContext(), (tx) => Promise.resolve(publish(tx, CaseUpdatedPublicly, { caseId: view.id, caseType: view.caseType, entryId: crypto.randomUUID() })));
    await happen('look', 'looking', 10);
    await app.drainJobs();
    const { rows } = await app.owner.query('select status, is_closed from open311.request');
    expect(rows).toEqual([{ status: 'fixed', is_closed: true }]);
  });
  it('of cases that did not come through Open311 are nobody’s business there', async () => {
    await app.get(Database).run(app.systemContext(), (tx) => Promise.resolve(publish(tx, CaseMoved, { caseId: crypto.randomUUID(), caseType: 'report-a-problem.pothole', caseTypeVersion: 1, transition: 'finish', from: 'x', to: 'done', entryId: crypto.randomUUID() })));
    await app.drainJobs();
    expect((await app.owner.query('select from open311.update')).rowCount).toBe(0);
  });
});

describe('odd requests', () => {
  it('with a character that cannot be stored are refused', async () => {
    expect(errors(await send({ ...POTHOLE, description: 'a\u0000b' }))[0]).toBe(400);
  });
  it('to no address of ours are answered in the shape of Open311', async () => {
    expect(errors(await get('no-such-thing.xml'))[0]).toBe(404);
    expect(JSON.parse((await get('no-such-thing.json')).text)).toEqual([{ code: 404, description: expect.any(String) as string }]);
    expect((await app.visitor().request('/open311/v2/requests.xml', { method: 'DELETE' })).status).toBe(404);
  });
  it('write nothing personal into the log', async () => {
    app.log.lines.length = 0;
    await taken({ ...STRAY, description: 'It bit me.', email: 'ida@byrne.example' });
    await get('requests.xml?service_code=stray-animals');
    expect(JSON.stringify(app.log.lines)).not.toMatch(/Byrne|byrne|bit me|not-a-secret/);
  });
});
