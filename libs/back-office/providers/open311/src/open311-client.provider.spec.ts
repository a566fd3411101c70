import { aCase, aPhoto } from '@guildhall/back-office-contract/testing';
import type { PushedForm, PushedMessage } from '@guildhall/back-office-contract';
import { InvalidInput, NotAllowed, NotAuthenticated, Secret, atRest, type Outbound, type OutboundRequest } from '@guildhall/kernel-contract';
import { FixedClock, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { readDocument, writeDocument, type AttributeDefinition } from '@guildhall/open311-contract';
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
  it('of a place that was only described goes there with those words: the standard wants a place', async () => {
    const provider = await client({ services: { 'kit.pothole': 'plain' } });
    const note = 'Under the railway bridge, by the old mill';
    expect(await provider.handOver(aCase({ place: { note } }))).toEqual({ ok: true, value: { farReference: 'W-1001' } });
    expect(sent()['address_string']).toEqual([note]);
    await provider.handOver(aCase({ place: { point: { latitude: 52.1, longitude: -1.5 }, note } }));
    expect(Object.keys(sent())).not.toContain('address_string');
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
  it('is looked for on every page of the list, and not sent again', async () => {
    const provider = await client({ services: { 'kit.pothole': 'plain' } }, { mostListed: 2 });
    const cases = [1, 2, 3, 4, 5].map(() => aCase());
    for (const one of cases) await provider.handOver(one);
    works.seen.length = 0;
    expect(await provider.handOver({ ...(cases[0] as (typeof cases)[number]), attempt: 2 })).toEqual({ ok: true, value: { farReference: 'W-1001' } });
    expect(works.seen.filter((path) => path.startsWith('GET requests'))).toHaveLength(3);
    expect(works.book.reports).toHaveLength(5);
    // One that is on no page: the page after the last is empty.
    expect(await provider.handOver({ ...aCase(), attempt: 2 })).toEqual({ ok: true, value: { farReference: 'W-1006' } });
    expect(works.seen.filter((path) => path.startsWith('GET requests'))).toHaveLength(3 + 4);
  });
  describe('whose answer was lost, at a system to which many others were reported', () => {
    const handed = aCase({ openedAt: new Date('2026-11-23T08:30:00Z') });
    const lastTriedAt = new Date('2026-11-23T08:31:00Z');
    /** The case's own report, and others that came after it, one every so many seconds. */
    const opened = async (others: number, every: number): Promise<Open311ClientProvider> => {
      const provider = await client({ services: { 'kit.pothole': 'plain' } }, { mostListed: 50 });
      const took = (description: string, at: number): unknown => works.book.take([['service_code', 'plain'], ['description', description]], new Date(at), { sender: 'a-key', isSettled: true });
      took(`Pothole\n\n${handed.reference}`, lastTriedAt.getTime());
      for (let other = 1; other <= others; other++) took('Another', lastTriedAt.getTime() + other * every * 1000);
      return provider;
    };
    const listings = (): number => works.seen.filter((path) => path === 'GET requests').length;

    it('is found without reading what came after its last try', async () => {
      const provider = await opened(600, 7200);
      expect(await provider.handOver({ ...handed, attempt: 9, lastTriedAt })).toEqual({ ok: true, value: { farReference: 'W-1001' } });
      expect(listings()).toBe(1);
    });
    it('is found behind more others than are read at once, by halves of the time', async () => {
      const provider = await opened(400, 8);
      expect(await provider.handOver({ ...handed, attempt: 2, lastTriedAt })).toEqual({ ok: true, value: { farReference: 'W-1001' } });
      expect(works.book.reports).toHaveLength(401);
    });
    it('is found when the tries count anew, because an officer asked for one more', async () => {
      const provider = await opened(0, 1);
      expect(await provider.handOver({ ...handed, attempt: 1, lastTriedAt })).toEqual({ ok: true, value: { farReference: 'W-1001' } });
    });
    it('is not sent again where there are too many others to look through, and officers read what to do', async () => {
      const provider = await opened(4000, 0.01);
      expect(await provider.handOver({ ...aCase({ openedAt: handed.openedAt }), attempt: 2, lastTriedAt })).toMatchObject({ ok: false, refusal: { reason: 'temporary', code: 'open311-too-many', message: expect.stringMatching(/Look for KT-0000-\d+ there/) as string } });
      expect(listings()).toBeLessThanOrEqual(60);
    });
  });
  it.each<[string, (page: number) => number | readonly string[], number]>([
    ['gives the same list again', () => ['1', '2'], 2], ['refuses a page', (page) => (page === 1 ? ['1', '2'] : 400), 2],
  ])('is sent when a system %s', async (_, pageOf, calls) => {
    const asked: (string | null)[] = [];
    const outbound: Outbound = { fetch: async (url, request) => {
      const text = ((): number | string => {
        if (request?.method === 'POST') return writeDocument('taken', [{ service_request_id: 'new', service_notice: '', account_id: '' }], 'xml');
        if (!url.includes('/requests.xml')) return writeDocument('services', [{ service_code: 'plain', service_name: 'Plain', description: '', metadata: false, type: 'realtime', keywords: [], group: '', groups: [] }], 'xml');
        const { searchParams } = new URL(url);
        asked.push(searchParams.get('page'));
        const page = pageOf(Number(searchParams.get('page') ?? 1));
        return typeof page === 'number' ? page : `<service_requests>${page.map((number) => `<request><service_request_id>${number}</service_request_id><status>open</status><service_code>plain</service_code><description>Another</description><requested_datetime>${NOW}</requested_datetime></request>`).join('')}</service_requests>`;
      })();
      return Promise.resolve({ status: typeof text === 'number' ? text : 200, headers: {}, text: () => String(text), json: () => undefined, bytes: () => new Uint8Array() });
    } };
    const provider = new Open311ClientProvider({ endpoint: 'https://works.example/v2', apiKey: new Secret('a-key'), services: { 'kit.pothole': 'plain' } }, testProviderDependencies({ clock: new FixedClock(NOW), outbound }));
    expect(await provider.handOver({ ...aCase(), attempt: 2 })).toEqual({ ok: true, value: { farReference: 'new' } });
    expect(asked).toEqual([null, '2', '3', '4', '5'].slice(0, calls));
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

describe('an update that is pushed with photos', () => {
  const fields = { api_key: 'push', update_id: 'U-1', service_request_id: 'W-1001', status: 'FIXED', updated_datetime: '2026-11-23T10:00:00Z', description: 'Filled.' };
  const picture = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
  const file = { ...atRest(picture), field: 'photo1', filename: 'after.jpg', mimetype: 'image/jpeg', isTruncated: false };
  const pushed = (form: PushedForm): PushedMessage => ({ path: 'servicerequestupdates.xml', headers: { 'content-type': 'multipart/form-data; boundary=x' }, bytes: new Uint8Array(), form });

  it('has them as addresses, several under one name, and as files of the form', async () => {
    const provider = await client({ pushKey: new Secret('push') });
    expect((await provider.receive?.(pushed({ fields: { ...fields, 'media_url[]': ['https://works.example/1.jpg', 'https://works.example/2.jpg'] }, files: [file] })))?.progress).toMatchObject([
      { progressId: 'U-1', farReference: 'W-1001', status: 'fixed', text: 'Filled.', photos: ['https://works.example/1.jpg', 'https://works.example/2.jpg', `data:image/jpeg;base64,${picture.toString('base64')}`] },
    ]);
    expect(provider.photoOrigins).toEqual([works.origin]);
  });
  it('is refused with a wrong key, with a photo that was cut off, and with more than may be kept', async () => {
    const provider = await client({ pushKey: new Secret('push') });
    const receive = (form: PushedForm): Promise<unknown> => provider.receive?.(pushed(form)) ?? Promise.resolve();
    await expect(receive({ fields: { ...fields, api_key: 'pushx' }, files: [file] })).rejects.toMatchObject({ code: 'not-authenticated' });
    await expect(receive({ fields, files: [{ ...file, isTruncated: true }] })).rejects.toMatchObject({ code: 'invalid-input', fields: [{ field: 'photo1' }] });
    await expect(receive({ fields, files: [{ ...file, sizeInBytes: 9_000_000 }, { ...file, sizeInBytes: 9_000_000 }] })).rejects.toMatchObject({ code: 'invalid-input', fields: [{ field: 'photo1' }] });
  });
});

describe('an update that is pushed and refused', () => {
  const mistakes = new InvalidInput('The request has mistakes.', [{ field: 'status', message: 'is missing' }, { field: 'updated_datetime', message: 'must be a W3C date-time with its offset' }]);
  it.each(['xml', 'json'] as const)('is answered with the errors of GeoReport v2 as %s, one for each mistake', async (format) => {
    const provider = await client({ pushKey: new Secret('push') });
    const { status, contentType, body } = provider.writeRefusal(mistakes, { path: `servicerequestupdates.${format}` });
    expect([status, contentType]).toEqual([400, format === 'json' ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8']);
    expect(readDocument('errors', body, format)).toEqual([{ code: '400', description: 'status is missing' }, { code: '400', description: 'updated_datetime must be a W3C date-time with its offset' }]);
  });
  it('whose key is wrong is answered with 403, in XML where no format is named', async () => {
    const provider = await client({ pushKey: new Secret('push') });
    expect(provider.writeRefusal(new NotAuthenticated('The api_key is missing or wrong.'), { path: '' })).toMatchObject({ status: 403, body: expect.stringContaining('<errors><error><code>403</code><description>The api_key is missing or wrong.</description></error></errors>') as string });
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
    expect(answered.map((one) => one.request?.timeoutInSeconds)).toEqual([10, 10]);
    expect(answered.map((one) => one.request?.onlyPublic)).toEqual([undefined, onlyPublic]);
    expect(answered[0]?.url).not.toContain('a-key');
  });
  it('that leads into the council’s own network is Unavailable, and says so', async () => {
    const { provider } = await discovering('https://10.0.0.7/v2', [(request) => { if (request?.onlyPublic) throw new NotAllowed('10.0.0.7 is not on the public internet, so it is not called.'); }]);
    await expect(provider.handOver(aCase())).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('not the public internet') as string });
  });
});

it('a call waits for as long as the council says', async () => {
  const waits: (number | undefined)[] = [];
  const outbound: Outbound = { fetch: async (_, request) => { waits.push(request?.timeoutInSeconds); return Promise.resolve({ status: 200, headers: {}, text: () => '<services/>', json: () => undefined, bytes: () => new Uint8Array() }); } };
  await new Open311ClientProvider({ endpoint: 'https://works.example/v2', apiKey: new Secret('a-key'), timeoutInSeconds: 4 }, testProviderDependencies({ outbound })).calls.services();
  expect(waits).toEqual([4]);
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
    for (const timeoutInSeconds of [0, 21, Number.NaN]) expect(() => open311Client({ endpoint: 'https://works.example', apiKey: new Secret('k'), timeoutInSeconds })).toThrow('1 to 20 seconds');
    expect(open311Client({ endpoint: 'https://works.example', apiKey: new Secret('k'), name: 'highways' }).id).toBe('back-office.open311-highways');
  });
});
