import { aCase, aPhoto } from '@guildhall/back-office-contract/testing';
import { NotAllowed, Secret, type Outbound, type OutboundRequest } from '@guildhall/kernel-contract';
import { FixedClock, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { writeDocument, type AttributeDefinition } from '@guildhall/open311-contract';
import { checkConnection } from './check-connection';
import type { Open311ClientOptions } from './open311-client.options';
import { open311Client } from './index';
import { Open311ClientProvider } from './open311-client.provider';
import { GeoReportSimulator, type GeoReportSimulatorOptions } from './simulator';

const NOW = '2026-11-23T12:00:00Z';
const asked = (code: string, datatype: AttributeDefinition['datatype'], more: Partial<AttributeDefinition> = {}): AttributeDefinition => ({ variable: true, code, datatype, required: false, datatype_description: '', order: 1, description: code, ...more });
const attributes = [
  asked('size', 'singlevaluelist', { required: true, values: [{ key: 'L', name: 'Bigger than a dinner plate' }, { key: 'S', name: 'Smaller' }] }), asked('kinds', 'multivaluelist', { values: [{ key: 'd', name: 'Dog' }, { key: 'c', name: 'Cat' }] }), asked('seen', 'datetime'),
  asked('fixmystreet_id', 'string', { automated: 'server_set' }), asked('said', 'string', { variable: false }),
];

let works: GeoReportSimulator;
afterEach(() => works?.stop());
async function client(options: Partial<Open311ClientOptions> = {}, simulator: Partial<GeoReportSimulatorOptions> = {}): Promise<Open311ClientProvider> {
  works = await GeoReportSimulator.start({ apiKey: 'a-key', services: [{ code: 'kit_pothole', name: 'Pothole', attributes }, { code: 'plain', name: 'Plain' }], now: () => new Date(NOW), ...simulator });
  return new Open311ClientProvider({ endpoint: works.endpoint, apiKey: new Secret('a-key'), ...options }, testProviderDependencies({ clock: new FixedClock(NOW) }));
}
const answers = [{ question: 'How wide?', answer: ' bigger than a  dinner plate', code: 'potholeSize' }, { question: 'Which?', answer: 'Dog\nCat', code: 'kinds' }, { question: 'When?', answer: '22 November 2026', code: 'seen' }, { question: 'Said', answer: 'x', code: 'said' }];
const sent = (): Record<string, string[]> => Object.fromEntries([...new Set(works.book.reports.at(-1)?.fields.map(([name]) => name))].map((name) => [name, works.book.reports.at(-1)?.fields.filter(([one]) => one === name).map(([, value]) => value) ?? []]));

describe('a report', () => {
  it('has the attributes that the service asks for, by the keys of its lists, and our reference where it has a place for it', async () => {
    const provider = await client({ attributes: { potholeSize: 'size' } });
    const handed = aCase({ answers, contact: { name: 'Ida Mary Byrne' } });
    expect(await provider.handOver(handed)).toEqual({ ok: true, value: { farReference: 'W-1001' } });
    expect(sent()).toMatchObject({ service_code: ['kit_pothole'], 'attribute[size]': ['L'], 'attribute[kinds][]': ['d', 'c'], 'attribute[seen]': ['2026-11-22T12:00:00+00:00'], 'attribute[fixmystreet_id]': [handed.reference], first_name: ['Ida Mary'], last_name: ['Byrne'], lat: ['52.1'], long: ['-1.5'], address_string: ['4 Mill Lane, Testham, ZZ99 4AB'] });
    expect(Object.keys(sent())).not.toContain('attribute[said]');
    expect(sent()['description']?.[0]).toMatch(new RegExp(`^Pothole in Mill Lane\\n\\n.*\\n\\n${handed.reference}$`, 's'));
  });
  it.each([['all', 2], ['first', 1]] as const)('names of its photos %s', async (photos, count) => {
    const given = [aPhoto(), aPhoto()];
    await (await client({ services: { 'kit.pothole': 'plain' }, photos })).handOver(aCase({ photos: given }));
    expect(sent()['media_url']).toEqual(given.slice(0, count).map(({ url }) => url));
  });
  it('goes to the service that the council named; one that the system has not is refused with what to do, after one more look', async () => {
    const provider = await client({ services: { 'kit.pothole': 'plain', 'kit.gone': 'GONE' } });
    expect((await provider.handOver(aCase())).ok).toBe(true);
    expect(works.seen).not.toContain('GET services/plain');
    expect(await provider.handOver(aCase({ caseType: 'kit.gone' }))).toMatchObject({ ok: false, refusal: { reason: 'not-accepted', code: 'open311-no-service', message: expect.stringContaining('“GONE”') as string } });
    expect(works.seen.filter((path) => path === 'GET services')).toHaveLength(2);
  });
  it('that lacks what the system wants is refused in the system’s words', async () => {
    expect(await (await client()).handOver(aCase())).toMatchObject({ ok: false, refusal: { reason: 'not-accepted', code: 'open311-400', message: 'It says: attribute[size] is missing' } });
  });
  it('is not looked for on the first try, and is sent once more where the system lists nothing', async () => {
    const provider = await client({ services: { 'kit.pothole': 'plain' } });
    const handed = aCase();
    await provider.handOver(handed);
    expect(works.seen).not.toContain('GET requests');
    works.faults.plan('key-refused', 1);
    // The services are known already: the refusal meets the list of reports.
    expect(await provider.handOver({ ...handed, attempt: 2 })).toEqual({ ok: true, value: { farReference: 'W-1002' } });
  });
  it.each([['unavailable', 120], ['cut-off', undefined], ['document-type', undefined], ['lose-connection', undefined]] as const)('whose answer is %s is of unknown outcome', async (fault, retryAfterInSeconds) => {
    const provider = await client({ services: { 'kit.pothole': 'plain' } });
    await provider.calls.services();
    works.failNext(fault);
    await expect(provider.handOver(aCase())).rejects.toMatchObject({ code: 'unavailable', ...(retryAfterInSeconds && { retryAfterInSeconds }) });
  });
  it('is not sent after a redirection, with the key', async () => {
    const provider = await client({ services: { 'kit.pothole': 'plain' } });
    await provider.calls.services();
    works.failNext('moved');
    expect(await provider.handOver(aCase())).toMatchObject({ ok: false, refusal: { reason: 'technical', code: 'open311-302' } });
  });
});

describe('following', () => {
  it('asks for each half when a list is as long as lists may be, so that nothing is left out', async () => {
    const provider = await client({ services: { 'kit.pothole': 'plain' } }, { mostListed: 1000 });
    await provider.handOver(aCase());
    for (let minute = 0; minute < 1500; minute++) works.book.happens('W-1001', 'in_progress', new Date(Date.parse('2026-11-21T12:00:00Z') + minute * 60_000));
    const told = await provider.progress({ since: new Date('2026-11-21T12:00:00Z'), farReferences: [] });
    expect(new Set(told.map(({ progressId }) => progressId)).size).toBe(1500);
  });
  it('knows how reports stand where the system has only the standard: once for each change, and nothing while nothing has happened', async () => {
    const provider = await client({ services: { 'kit.pothole': 'plain' }, follows: 'requests' });
    await provider.handOver(aCase());
    const ask = (): ReturnType<typeof provider.progress> => provider.progress({ since: new Date(0), farReferences: ['W-1001', 'W-9'] });
    expect(await ask()).toEqual([]);
    works.book.happens('W-1001', 'fixed', new Date('2026-11-23T11:00:00Z'), 'Filled.');
    const [told] = await ask();
    expect(told).toMatchObject({ farReference: 'W-1001', status: 'closed', text: 'Filled.', at: new Date('2026-11-23T11:00:00Z') });
    expect(await ask()).toEqual([told]);
  });
});

describe('a discovery document', () => {
  const discovering = async (url: string, kinds: ((request: OutboundRequest | undefined) => void)[] = []) => {
    const document = writeDocument('discovery', { changeset: '', contact: '', key_service: '', endpoints: [{ specification: 'http://wiki.open311.org/GeoReport_v2', url, changeset: '', type: 'production', formats: [] }] }, 'xml');
    const answered: { readonly url: string; readonly request: OutboundRequest | undefined }[] = [];
    const outbound: Outbound = { fetch: async (asked, request) => {
      answered.push({ url: asked, request });
      for (const kind of kinds) kind(request);
      return Promise.resolve({ status: 200, headers: {}, text: () => (asked.includes('discovery') ? document : '<services/>'), json: () => undefined, bytes: () => new Uint8Array() });
    } };
    const provider = new Open311ClientProvider({ endpoint: 'https://works.example/discovery.xml', apiKey: new Secret('a-key') }, testProviderDependencies({ clock: new FixedClock(NOW), outbound }));
    return { provider, answered };
  };
  it.each([['https://works.example/open311/v2', undefined], ['https://elsewhere.example/v2', { except: ['https://works.example'] }], ['https://10.0.0.7/v2', { except: ['https://works.example'] }]] as const)('that leads to %s has it called with the guard %j', async (url, onlyPublic) => {
    const { provider, answered } = await discovering(url);
    await provider.calls.services();
    expect(answered.map((one) => one.request?.onlyPublic)).toEqual([undefined, onlyPublic]);
    expect(answered[0]?.url).not.toContain('a-key');
  });
  it('that leads into the council’s own network is Unavailable, and says so', async () => {
    const { provider } = await discovering('https://10.0.0.7/v2', [(request) => { if (request?.onlyPublic) throw new NotAllowed('10.0.0.7 is not on the public internet, so it is not called.'); }]);
    await expect(provider.handOver(aCase())).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('not the public internet') as string });
  });
});

describe('the connection', () => {
  it.each([
    [{}, undefined, { ok: true, message: 'Works answers, accepts the key and offers 2 services.' }],
    [{ services: { a: 'GONE' } }, undefined, { ok: false, message: 'Works has no service “GONE”. Say in "services" which of its services to use; it has kit_pothole, plain.' }],
    [{ apiKey: new Secret('wrong') }, undefined, { ok: false, message: 'Works does not accept the key (403). Ask whoever runs it for a new one.' }],
    [{}, 'sign-in-page', { ok: false, message: expect.stringMatching(/^Works does not answer as GeoReport v2 does: .* Check its endpoint\.$/) as string }],
  ] as const)('is looked at: %#', async (options, fault, found) => {
    const provider = await client({ title: 'Works', ...options });
    if (fault) works.failNext(fault);
    expect(await checkConnection(provider, { endpoint: works.endpoint, apiKey: new Secret('a-key'), ...options })).toEqual(found);
  });
  it('refuses options that cannot work', () => {
    expect(() => open311Client({ endpoint: 'works', apiKey: new Secret('k') })).toThrow('"works" is not an address');
    expect(() => open311Client({ endpoint: 'https://works.example', apiKey: new Secret('k'), name: 'A b' })).toThrow('lower-case words');
    expect(open311Client({ endpoint: 'https://works.example', apiKey: new Secret('k'), name: 'highways' }).id).toBe('back-office.open311-highways');
  });
});
