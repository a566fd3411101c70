import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NotAllowed, Secret, Unavailable, type OutboundRequest } from '@guildhall/kernel-contract';
import { FixedClock, RecordedLog, plainOutbound, testContext, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { PersonKeys } from '@guildhall/sharing-contract';
import { restRegister } from './rest-register';
import type { RestRegisterOptions } from './rest-register.options';
import type { RestRegister } from './rest-register.provider';
import { REST_REGISTER_FAULTS, inventedMapping, inventedPeople, simulatedRestRegister, startRestRegister, type RestRegisterFault, type RestRegisterSimulator, type SimulatedPerson } from './simulator';

const ctx = testContext();
const PEOPLE: readonly SimulatedPerson[] = [...inventedPeople, { id: 'TEST-5', name: 'Ann Example', born: '1951-02-28' }];
let far: RestRegisterSimulator;
let log: RecordedLog;
let asked: { readonly url: string; readonly request: OutboundRequest }[];

beforeEach(async () => {
  far = await startRestRegister({ people: PEOPLE });
  log = new RecordedLog();
  asked = [];
});
afterEach(() => far.stop());

function open(changes: Partial<RestRegisterOptions> = {}, fetch = plainOutbound.fetch): RestRegister {
  return restRegister({ address: `${far.origin}/api/people/{id}`, credential: new Secret(far.key), person: '/person', mapping: inventedMapping, find: { address: `${far.origin}/api/people?born={dateOfBirth}`, people: '/people', total: '/total' }, timeoutInSeconds: 20, ...changes })
    .create(testProviderDependencies({ log, clock: new FixedClock('2026-07-01T23:30:00Z'), outbound: { fetch: (url, request = {}) => { asked.push({ url, request }); return fetch(url, request); } } })) as RestRegister;
}
/** Something that answers any question with this. */
const answering = (document: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): typeof plainOutbound.fetch => {
  const bytes = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
  return () => Promise.resolve({ status, headers, bytes: () => bytes, text: () => bytes.toString('utf8'), json: () => JSON.parse(bytes.toString('utf8')) as unknown });
};
const readAll = (register: RestRegister, localId = 'TEST-1') => register.read(ctx, localId, register.attributes);
async function unavailable(asking: Promise<unknown> | undefined): Promise<string> {
  const error: unknown = await asking?.then(() => undefined, (thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'unavailable' });
  // Node keeps the bytes of an answer in its errors.
  expect((error as Error).cause).toBeUndefined();
  return (error as Error).message;
}
const KEYS: PersonKeys = { name: 'Bea Example', dateOfBirth: '1960-01-31', postcode: 'ZZ99 1AB' };

describe('a person', () => {
  it('is told of by what stands at the pointers', async () => {
    expect(await readAll(open())).toEqual([
      { attribute: 'person.name', value: 'Ann Example' }, { attribute: 'person.date-of-birth', value: '1951-02-28' }, { attribute: 'address.current', value: { lines: ['7 High Street', 'Testham'], postcode: 'ZZ99 1AB', uprn: '990000012345' } }, { attribute: 'council-tax-reduction.receives', value: true },
    ].map((told) => ({ ...told, asOf: '2026-11-01', source: 'council-tax-register', verified: null })));
    expect(far.seen).toEqual(['GET /api/people/TEST-1']);
  });
  it('is not told of with values of the wrong type, and each is counted', async () => {
    expect(await readAll(open(), 'TEST-3')).toEqual([]);
    expect(log.lines.map(({ event, ids }) => [event, ids])).toEqual(['person.name', 'person.date-of-birth', 'council-tax-reduction.receives'].map((what) => ['sharing-rest.not-told', { source: 'rest', what }]));
  });
  it.each<readonly [string, object]>([
    ['a name that is yes', { name: true }], ['a name that is a list', { name: ['Ann'] }], ['a postcode that is a number', { address: { lines: ['7 High Street'], postcode: 991 } }], ['lines that are a text', { address: { lines: 'High Street', postcode: 'ZZ99 1AB' } }], ['a line that is an object', { address: { lines: [{ text: '7' }], postcode: 'ZZ99 1AB' } }],
    ['a UPRN with a part', { address: { lines: ['7 High Street'], postcode: 'ZZ99 1AB', uprn: 99.5 } }], ['a UPRN that has lost digits', { address: { lines: ['7 High Street'], postcode: 'ZZ99 1AB', uprn: 1e20 } }], ['a birthday that is a number of seconds', { born: -594_000_000 }], ['a yes that is a list', { reduction: [true] }], ['a yes that is 2', { reduction: 2 }], ['a day that is none', { name: 'Ann', asOf: 20261101 }],
  ])('has %s: it is not told', async (_what, fields) => expect(await readAll(open({}, answering({ person: { id: 'TEST-1', asOf: '2026-11-01', ...fields } })))).toEqual([]));
  it('has numbers and words for yes and no, as any register', async () => {
    for (const [reduction, value] of [[1, true], [0, false], ['Y', true], [false, false]]) expect((await readAll(open({}, answering({ person: { id: 'TEST-1', asOf: '2026-11-01', reduction } })))).map((told) => told.value)).toEqual([value]);
  });
  it('counts from today in the United Kingdom where the mapping names no day', async () => expect((await readAll(open({ mapping: { ...inventedMapping, asOf: undefined } })))[0]?.asOf).toBe('2026-07-02'));
  it('may be called by a number', async () => expect((await readAll(open({ mapping: { ...inventedMapping, asOf: undefined } }, answering({ person: { id: 12345, name: 'Number Example' } })), '12345'))[0]?.value).toBe('Number Example'));
  it('is the one who was asked for: of another, or of one whose id is written otherwise, nothing is told', async () => {
    far.failNext('somebody-else');
    expect(await readAll(open())).toEqual([]);
    expect(await readAll(open(), 'test-1')).toEqual([]);
    expect(await readAll(open({}, answering({ person: [{ id: 'TEST-10', name: 'Other' }, { id: 'TEST-1', name: 'Ann', asOf: '2026-11-01' }] })))).toMatchObject([{ value: 'Ann' }]);
  });
  it.each([[{ person: null }], [{ person: [] }]])('is nobody where %j is answered', async (document) => expect(await readAll(open({}, answering(document)))).toEqual([]));
  it('is asked for with an id that changes nothing but its own part of the path', async () => {
    for (const id of ['../admin', '..', 'TEST-1/../TEST-2', 'TEST-1/secrets', 'TEST-1?all=yes', 'TEST-1#', '%2e%2e%2fadmin', 'x;y', '//evil.example/x']) expect(await readAll(open(), id)).toEqual([]);
    expect(far.seen).toEqual(['TEST-1%2Fsecrets', 'TEST-1%3Fall%3Dyes', 'TEST-1%23', '%252e%252e%252fadmin', 'x%3By', '%2F%2Fevil.example%2Fx'].map((written) => `GET /api/people/${written}`));
  });
});

describe('an API that gives no answer', () => {
  const WHY = {
    unavailable: 'it fails (503)', 'lose-connection': '(no-answer)', 'too-many': 'too many questions (429)', forbidden: 'does not let the credential read this (403)', 'sign-in-page': 'not JSON', 'cut-off': 'not JSON', huge: 'too large', redirect: 'leads to another address, and that is not followed', 'error-as-answer': 'names nobody at /id',
  } satisfies Partial<Record<RestRegisterFault, string>>;
  it.each(Object.entries(WHY))('(%s) is Unavailable, never nobody, and says why: %s', async (fault, why) => {
    far.failNext(fault as RestRegisterFault, Number.POSITIVE_INFINITY);
    const register = open();
    expect(await unavailable(readAll(register))).toContain(why);
    await unavailable(register.find?.(ctx, KEYS));
    expect(await register.check()).toMatchObject({ ok: false, message: expect.stringContaining(why) as string });
    expect(JSON.stringify(log.lines)).not.toMatch(/TEST-1|Ann|1951|1960|simulator-key/);
  });
  it('every fault of the simulator is one that is looked at here', () => expect(REST_REGISTER_FAULTS.filter((fault) => !(fault in WHY))).toEqual(['hang', 'somebody-else', 'first-page', 'next-link']));
  it('is waited for no longer than is set', async () => {
    far.failNext('hang');
    await unavailable(readAll(open({ timeoutInSeconds: 0.05 })));
    expect(asked[0]?.request.timeoutInSeconds).toBe(0.05);
  });
  it('does not know the credential', async () => {
    expect(await unavailable(readAll(open({ credential: new Secret('another') })))).toBe('The register rest cannot be read: it does not accept the credential (401).');
    expect(far.seen).toHaveLength(1);
  });
  it.each<readonly [string, unknown]>([['nothing', ''], ['a text', '"TEST-1"'], ['an empty object', {}], ['another shape', { data: { id: 'TEST-1' } }], ['somebody without an id', { person: { name: 'Ann' } }], ['an id of the wrong type', { person: { id: { number: 1 } } }], ['people one of whom has no id', { person: [{ id: 'TEST-1' }, 'Ann'] }]])('answers %s: then it is not known whether there is somebody', async (_what, document) => {
    await unavailable(readAll(open({}, answering(document))));
  });
  it('answers with the first of several lists', async () => {
    expect(await unavailable(readAll(open({}, answering({ person: [] }, 200, { link: '</2>; rel="next"' }))))).toContain('not everybody with that id');
  });
  it('answers with anything but 200 or 404', async () => {
    for (const status of [201, 204, 206, 301, 307, 400, 407, 410, 422, 500, 504]) await unavailable(readAll(open({}, answering({ person: null }, status))));
    expect(await readAll(open({}, answering('', 404)))).toEqual([]);
  });
  it('leads elsewhere: what is there is never asked, and never gets the credential', async () => {
    const got: unknown[] = [];
    const inner: Server = createServer((request, response) => { got.push(request.headers); response.end(JSON.stringify({ person: { id: 'TEST-1', name: 'Inner' } })); });
    const outer: Server = createServer((_request, response) => { response.writeHead(307, { location: `http://127.0.0.1:${(inner.address() as AddressInfo).port}/` }).end(); });
    for (const server of [inner, outer]) await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    await unavailable(readAll(open({ address: `http://127.0.0.1:${(outer.address() as AddressInfo).port}/{id}`, find: undefined })));
    expect(got).toEqual([]);
    for (const server of [inner, outer]) { server.closeAllConnections(); await new Promise((resolve) => { server.close(resolve); }); }
  });
});

describe('where it is called', () => {
  const address = 'https://office.example/api/{id}';
  it.each<readonly [string, Partial<RestRegisterOptions>, readonly string[]]>([
    ['only on the public internet', { address }, []], ['in the own network where that is said', { address, isInOwnNetwork: true }, ['https://office.example']], ['on this machine', { address: 'http://localhost:4101/{id}' }, ['http://localhost:4101']],
  ])('%s', async (_where, changes, except) => {
    await readAll(open({ ...changes, find: undefined }, answering({ person: null })));
    expect(asked.map(({ request }) => [request.method ?? 'GET', request.onlyPublic, request.mostBytes])).toEqual([['GET', { except }, 2_000_000]]);
  });
  it('says what to do where it is not let out', async () => {
    const refusing = (): Promise<never> => Promise.reject(new NotAllowed('office.example does not lead to the public internet, so it is not called.'));
    expect((await open({ address, find: undefined }, refusing).check()).message).toBe('The register rest cannot be read: its address does not lead to the public internet. If it is in your own network, say so with isInOwnNetwork (not-public).');
  });
  it('tells nobody what an answer was that could not be read', async () => {
    const broken = (): Promise<never> => Promise.reject(Object.assign(new Unavailable('office.example did not answer: Parse Error'), { cause: { rawPacket: Buffer.from('CANARY') } }));
    await unavailable(readAll(open({}, broken)));
  });
  it('sends the credential as it is set, and nowhere else', async () => {
    for (const credentialHeader of [undefined, 'X-API-Key']) {
      const register = open({ credentialHeader });
      expect(await readAll(register)).toHaveLength(4);
      expect(JSON.stringify(register)).not.toContain(far.key);
    }
    expect(asked.map(({ url, request }) => [url.includes(far.key), request.headers])).toEqual([[false, { accept: 'application/json', authorization: `Bearer ${far.key}` }], [false, { accept: 'application/json', 'x-api-key': far.key }]]);
  });
});

describe('finding somebody', () => {
  const people = [{ id: 'A', name: 'Bea Example', born: '1960-01-31', address: { lines: ['1 Mill Lane'], postcode: 'ZZ99 1AB' }, asOf: '2026-11-01' }, { id: 'B', name: 'Cy Example', born: '1960-01-31' }];
  const office = (changes: object): typeof plainOutbound.fetch => (url) => answering(url.includes('?born=') ? { people, total: people.length, ...changes } : { person: people[0] })(url);
  it('asks for everybody with the date of birth, and compares here', async () => {
    expect(await open({}, office({})).find?.(ctx, { ...KEYS, name: ' bea EXAMPLE' })).toEqual({ match: 'one', localId: 'A' });
    expect(asked.map(({ url }) => url)).toEqual([`${far.origin}/api/people?born=1960-01-31`, `${far.origin}/api/people/A`]);
  });
  it('finds nobody by a search that finds too many or leaves the date of birth out', async () => {
    expect(await open({}, office({ people: [{ ...people[0], born: '1961-01-31' }], total: 1 })).find?.(ctx, KEYS)).toEqual({ match: 'none' });
    expect(await open({}, office({ people: [people[0], { ...people[0], id: 'C' }] })).find?.(ctx, KEYS)).toEqual({ match: 'several' });
  });
  it.each<readonly [string, object]>([['fewer than it says there are', { total: 3 }], ['no number of all', { total: undefined }], ['no list', { people: { 0: people[0] } }], ['more than any register has', { people: Array.from({ length: 5001 }, () => 1), total: 5001 }]])('is Unavailable where the API tells %s', async (_what, changes) => {
    await unavailable(open({}, office(changes)).find?.(ctx, KEYS));
  });
  it.each(['first-page', 'next-link'] as const)('is Unavailable where only a part comes: %s', async (fault) => {
    far.failNext(fault);
    expect(await unavailable(open().find?.(ctx, { ...KEYS, name: 'Ann Example', dateOfBirth: '1951-02-28' }))).toContain('not everybody');
    expect(await open().find?.(ctx, { ...KEYS, name: 'Ann Example', dateOfBirth: '1951-02-28' })).toEqual({ match: 'several' });
  });
  it('writes the day as the register does', async () => {
    await open({ mapping: { ...inventedMapping, dates: 'dd/mm/yyyy' } }).find?.(ctx, KEYS);
    expect(far.seen).toEqual(['GET /api/people?born=31%2F01%2F1960']);
  });
  it('is left out where there is no search', () => expect(open({ find: undefined }).find).toBeUndefined());
});

describe('the check', () => {
  it('reads the test person, and says what is not there or does not fit', async () => {
    expect(await open({ testPerson: 'TEST-1' }).check()).toEqual({ ok: true, message: `rest: ${far.origin} answers, and knows the test person.` });
    expect((await open({ testPerson: 'TEST-2' }).check()).message).toContain('The test person has nothing at /born, /address/lines/1, /address/uprn.');
    expect((await open({ testPerson: 'TEST-3' }).check()).message).toContain('Of the test person this does not fit: person.name, person.date-of-birth, council-tax-reduction.receives.');
  });
  it('sees a path that is wrong, with a test person; without one it says that it cannot', async () => {
    const wrong = { address: `${far.origin}/api/persons/{id}` };
    expect(await open({ ...wrong, testPerson: 'TEST-1' }).check()).toMatchObject({ ok: false, message: expect.stringContaining('does not know the test person. Look at the path') as string });
    expect(await open(wrong).check()).toMatchObject({ ok: true, message: expect.stringContaining('a wrong path would look like nobody') as string });
  });
  it('tries the search too', async () => {
    const register = open({ testPerson: 'TEST-1', find: { address: `${far.origin}/api/people?born={dateOfBirth}`, people: '/items' } });
    expect(await register.check()).toMatchObject({ ok: false, message: expect.stringContaining('its answer to a search has no list at "/items"') as string });
  });
  it('counts what did not fit since the start', async () => {
    const register = open({ testPerson: 'TEST-1' });
    for (let times = 0; times < 2; times++) await readAll(register, 'TEST-3');
    expect((await register.check()).message).toContain('2 times since the start person.name did not fit and was not told.');
  });
});

describe('what cannot work is refused at the start', () => {
  const twice = { ...inventedMapping, attributes: { 'person.name': { column: '/name' } } };
  it.each<readonly [Partial<RestRegisterOptions>, string]>([
    [{ name: 'Council Tax' }, 'lower-case words'], [{ address: 'https://office.example/' }, 'must have {id}'], [{ find: { address: 'https://office.example/people?name={name}' } }, 'must have {dateOfBirth}'], [{ credentialHeader: 'X-Key: a\r\nHost' }, 'must be a name like X-API-Key'], [{ credential: new Secret('two\nlines') }, 'one line'], [{ credential: new Secret('') }, 'one line'],
    [{ timeoutInSeconds: 0 }, 'more than 0'], [{ person: 'person' }, '"person" is no JSON Pointer'], [{ mapping: { ...inventedMapping, localId: 'id' } }, '"id" is no JSON Pointer'], [{ mapping: { ...inventedMapping, asOf: '/as~Of' } }, '"/as~Of" is no JSON Pointer'], [{ mapping: twice }, 'nobody can be found without person.date-of-birth'],
    [{ mapping: { ...inventedMapping, attributes: { 'shoe.size': { column: '/shoe' } } } }, 'There is no attribute shoe.size'], [{ testPerson: '..' }, 'nobody can be called ".."'],
  ])('%j: %s', (changes, sentence) => expect(() => open(changes)).toThrow(sentence));
});

it('the simulated one is the real one at a simulator, with the key of its council', async () => {
  const installed = simulatedRestRegister();
  const dependencies = testProviderDependencies();
  const running = await installed.companion?.start({ port: 0, dataFolder: '', councils: [dependencies.council], outbound: dependencies.outbound, log, secret: (_council, _provider, name) => dependencies.secret(name) });
  const register = installed.create({ ...dependencies, companionOrigin: running?.origin });
  expect(await installed.check?.(register)).toMatchObject({ ok: true });
  expect((await register.read(ctx, 'TEST-1', ['person.name']))[0]?.value).toBe('Ann Example');
  await running?.stop();
});
