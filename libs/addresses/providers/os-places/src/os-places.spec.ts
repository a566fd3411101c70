import { Secret, Unavailable } from '@guildhall/kernel-contract';
import type { Outbound, OutboundResponse } from '@guildhall/kernel-contract';
import { FixedClock, RecordedLog, plainOutbound, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import type { Postcode, Uprn } from '@guildhall/addresses-contract';
import { osPlaces } from './index';
import type { OsPlacesOptions } from './index';
import { OsPlacesClient } from './os-places.client';
import { OsPlacesProvider } from './os-places.provider';
import { seamark, startOsPlaces } from './simulator';
import type { OsPlacesFault, OsPlacesSimulator } from './simulator';

let far: OsPlacesSimulator;
let now: Date;
let log: RecordedLog;
let clock: FixedClock;
let waits: number[];
let sent: { url: string; headers: Readonly<Record<string, string>> }[];

beforeEach(async () => {
  now = new Date('2026-11-23T09:00:00Z');
  clock = new FixedClock(now);
  log = new RecordedLog();
  waits = [];
  sent = [];
  far = await startOsPlaces({ requestsPerMinute: 50, now: () => now, keysWithoutPlaces: ['no-places'] });
});
afterEach(() => far.stop());

const noting: Outbound = { fetch: (url, request) => { sent.push({ url, headers: request?.headers ?? {} }); return plainOutbound.fetch(url, request); } };
function provider(changes: Partial<OsPlacesOptions> = {}, outbound: Outbound = noting): OsPlacesProvider {
  const options = { key: new Secret(far.key), origin: far.origin, timeoutInSeconds: 30, ...changes };
  return new OsPlacesProvider(new OsPlacesClient(options, testProviderDependencies({ outbound, clock, log }), async (milliseconds) => { waits.push(milliseconds); }), options);
}
const flats = { kind: 'postcode', postcode: 'ZZ99 7AF' as Postcode, limit: 10, language: 'en' } as const;
const words = (text: string, language: 'en' | 'cy' = 'en') => ({ kind: 'text', text, limit: 10, language }) as const;
const HOUSE = '990007001004' as Uprn;

describe('the question', () => {
  it('carries the key as a header and never in the address', async () => {
    await provider().byUprn(HOUSE, 'en');
    expect(sent[0]?.headers['key']).toBe(far.key);
    expect(sent[0]?.url).not.toContain(far.key);
  });
  it('asks for WGS 84, for what is approved, and for what can be an address', async () => {
    await provider().search(flats);
    const query = new URL(sent[0]?.url ?? '').searchParams;
    expect([query.get('output_srs'), query.get('dataset'), query.get('maxresults')]).toEqual(['WGS84', 'LPI', '100']);
    expect(query.getAll('fq')).toEqual([expect.stringMatching(/CLASSIFICATION_CODE:R\*/), 'LPI_LOGICAL_STATUS_CODE:1']);
  });
  it('keeps words within the council’s rectangle', async () => {
    expect((await provider({ bounds: { south: 53.29, west: 2.09, north: 53.32, east: 2.2 } }).search(words('5 High Street'))).addresses[0]?.uprn).toBe(HOUSE);
    expect((await provider({ bounds: { south: 53.4, west: 2.2, north: 53.5, east: 2.3 } }).search(words('5 High Street'))).total).toBe(0);
  });
  it('does not ask about words in which there is nothing to find, nor about places off the National Grid', async () => {
    await provider().search(words('%%% _ \u0000'));
    await provider().searchStreets('!!', { limit: 5, language: 'en' });
    await provider().nearest({ latitude: 40, longitude: 40 }, { limit: 1, withinInMetres: 500, language: 'en' });
    expect(sent).toEqual([]);
  });
  it('is refused to an origin where the key would go in clear', () => {
    const created = (origin: string): unknown => osPlaces({ key: new Secret('k'), origin }).create(testProviderDependencies());
    expect(() => created('http://api.example')).toThrow(/https/);
    expect(() => created('http://localhost:4300')).not.toThrow();
  });
});

describe('the answer', () => {
  it('gives all of a postcode that fills more than one page, in the order of the stairs', async () => {
    const found = await provider().search({ ...flats, limit: 100 });
    expect(found.total).toBe(130);
    expect(found.addresses.slice(0, 11).map(({ lines }) => lines[0])).toEqual(Array.from({ length: 11 }, (_, index) => `Flat ${index + 1}, Heron Court`));
    expect(far.seen.map(({ question }) => /offset=(\d+)/.exec(question)?.[1])).toEqual([undefined, '100', '200']);
  });
  it('finds one flat among them by its number', async () => {
    expect((await provider().search({ ...flats, building: 'apartment 12' })).addresses.map(({ lines }) => lines[0])).toEqual(['Flat 12, Heron Court']);
  });
  it('gives no address twice because it is there in two languages', async () => {
    const found = await provider().search(words('Mill Lane'));
    expect(new Set(found.addresses.map(({ uprn }) => uprn)).size).toBe(found.addresses.length);
  });
  it('gives an address in the language in which it is recorded, when it is not recorded in the reader’s', async () => {
    await far.stop();
    far = await startOsPlaces({ places: seamark.filter(({ uprn }) => uprn === HOUSE).map((place) => ({ ...place, street: { en: 'Heol Unig', cy: 'Heol Unig' }, town: { en: 'Unig', cy: 'Unig' } })) });
    expect((await provider().byUprn(HOUSE, 'cy'))?.lines).toEqual(['5 Heol Unig', 'Unig']);
  });
  it('leaves out the planned, the pulled down, the shells and the street records', async () => {
    const { addresses } = await provider().search({ ...flats, postcode: 'ZZ99 7AE' as Postcode, limit: 100 });
    expect(addresses.some(({ lines }) => /^9[02] /.test(lines[0] ?? ''))).toBe(false);
    expect((await provider().search({ ...flats, limit: 100 })).addresses.every(({ lines }) => /^Flat/.test(lines[0] ?? ''))).toBe(true);
  });
  it('finds a letterbox by its UPRN in the other data set, and the point of a park that has no address', async () => {
    expect((await provider({ dataset: 'DPA' }).byUprn('990007006003' as Uprn, 'en'))?.lines).toEqual(['St David\'s Church', 'St David\'s Road', 'Seamark']);
    expect(await provider().byUprn('990007006004' as Uprn, 'en')).toBeUndefined();
    expect(await provider().pointOfUprn('990007006004' as Uprn)).toEqual(seamark.find(({ uprn }) => uprn === '990007006004')?.point);
  });
  it('gives the nearest of a hundred and thirty flats by looking at the whole circle', async () => {
    const at = seamark.find(({ uprn }) => uprn === '990007005001')?.point ?? { latitude: 0, longitude: 0 };
    const found = await provider().nearest(at, { limit: 100, withinInMetres: 400, language: 'en' });
    expect(found).toHaveLength(100);
    expect(found.every(({ distanceInMetres }) => distanceInMetres < 1)).toBe(true);
  });
  it('widens the circle until there are enough, and stops where it was told to', async () => {
    const at = seamark.find(({ uprn }) => uprn === HOUSE)?.point ?? { latitude: 0, longitude: 0 };
    expect(await provider().nearest(at, { limit: 7, withinInMetres: 1_000, language: 'en' })).toHaveLength(7);
    expect(far.seen.map(({ question }) => /radius=(\d+)/.exec(question)?.[1])).toEqual(['50', '150', '450']);
    expect((await provider().nearest(at, { limit: 100, withinInMetres: 100, language: 'en' })).every(({ distanceInMetres }) => distanceInMetres <= 100)).toBe(true);
  });
  it('trusts the postcode more than the street beside it', async () => {
    expect((await provider().search(words('5 Hihg Sret ZZ99 7AA'))).total).toBeGreaterThan(20);
    expect((await provider().search(words('5 high street zz99 7aa'))).addresses.map(({ uprn }) => uprn)).toEqual([HOUSE]);
  });
  it('steps over records that it cannot read, and takes the rest', async () => {
    far.failNext('odd-records');
    expect((await provider().byUprn(HOUSE, 'en'))?.lines).toEqual(['5 High Street', 'Seamark']);
  });
});

describe('trouble at the far end', () => {
  /** Only what never answers is given up soon: all else comes, however slow this machine is. */
  const patienceFor = (fault: OsPlacesFault): Partial<OsPlacesOptions> => (fault === 'hang' ? { timeoutInSeconds: 1 } : {});
  it.each<[OsPlacesFault, number]>([['too-many', 2], ['unavailable', 2], ['gateway-timeout', 2], ['lose-connection', 1], ['hang', 1]])('%s passes: it asks again after a wait that is never the same for all', async (fault, times) => {
    far.failNext(fault, times);
    expect((await provider(patienceFor(fault)).byUprn(HOUSE, 'en'))?.uprn).toBe(HOUSE);
    expect(waits).toHaveLength(times);
    for (const [at, wait] of waits.entries()) expect(wait >= 100 * 2 ** at && wait <= 300 * 2 ** at).toBe(true);
  });
  it.each<[OsPlacesFault, number]>([['too-many', 3], ['unavailable', 3], ['hang', 2], ['lose-connection', 2], ['key-refused', 1], ['not-in-plan', 1], ['sign-in-page', 1], ['cut-off', 1], ['no-header', 1], ['oversize', 1]])('%s that stays is Unavailable, after %i calls, and never "nothing found"', async (fault, calls) => {
    far.failNext(fault, Number.POSITIVE_INFINITY);
    await expect(provider(patienceFor(fault)).search(flats)).rejects.toMatchObject({ code: 'unavailable' });
    expect(far.seen).toHaveLength(calls);
  });
  it('leaves the far end alone after a 429 that stayed, says for how long, and asks again afterwards', async () => {
    const asking = provider();
    far.failNext('too-many', 3);
    const error = await asking.byUprn(HOUSE, 'en').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Unavailable);
    expect((error as Unavailable).retryAfterInSeconds).toBeGreaterThan(0);
    await expect(asking.byUprn(HOUSE, 'en')).rejects.toMatchObject({ code: 'unavailable' });
    expect(far.seen).toHaveLength(3);
    clock.advance(60);
    expect((await asking.byUprn(HOUSE, 'en'))?.uprn).toBe(HOUSE);
  });
  it('does not sleep for a day because a header says so', async () => {
    const busy: OutboundResponse = { status: 429, headers: { 'retry-after': '86400' }, text: () => '', json: () => ({}), bytes: () => new Uint8Array() };
    await expect(provider({}, { fetch: async () => busy }).byUprn(HOUSE, 'en')).rejects.toMatchObject({ retryAfterInSeconds: 60 });
  });
  it('logs what failed, and neither the key nor what somebody looked for', async () => {
    far.failNext('key-refused');
    await expect(provider().search(words('5 High Street'))).rejects.toThrow(/Copy the API key/);
    expect(log.lines).toEqual([{ level: 'error', event: 'os-places.refused', ids: { council: 'testham', resource: 'find', status: 401 } }]);
  });
});

describe('the connection check', () => {
  it('says which gazetteer answers', async () => expect(await provider().check()).toEqual({ ok: true, message: 'OS Places answers and accepts the key (LPI of AddressBase epoch 124).' }));
  it.each([['a wrong key', 'wrong', /Copy the API key/], ['a project without the API', 'no-places', /Add the OS Places API to the project/]])('says what to do about %s', async (_, key, remedy) => {
    expect(await provider({ key: new Secret(key) }).check()).toEqual({ ok: false, message: expect.stringMatching(remedy) as string });
  });
  it('says where to look when nobody answers', async () => {
    far.failNext('lose-connection', Number.POSITIVE_INFINITY);
    expect(await provider().check()).toEqual({ ok: false, message: expect.stringContaining(`Look whether this server may call ${new URL(far.origin).host}`) as string });
  });
  it('knows that a proxy answered in its place', async () => {
    far.failNext('sign-in-page');
    expect(await provider().check()).toEqual({ ok: false, message: expect.stringContaining('a proxy') as string });
  });
});
