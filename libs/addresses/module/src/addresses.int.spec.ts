import { gunzipSync } from 'node:zlib';
import { Secret, defineProvider, testConformance } from '@guildhall/kernel-contract';
import type { CouncilDefinition } from '@guildhall/kernel-contract';
import { plainOutbound } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition } from '@guildhall/kernel/testing';
import type { TestApp } from '@guildhall/kernel/testing';
import { ADDRESSES, ADDRESS_PROVIDER, HttpAddresses, mapAround } from '@guildhall/addresses-contract';
import type { AddressAbility, AddressProvider, AddressesApi, Postcode } from '@guildhall/addresses-contract';
import { InMemoryAddressProvider, addressesKit, villageGround } from '@guildhall/addresses-contract/testing';
import { glanafon, localGazetteer, riverbourne } from '@guildhall/addresses-provider-local-gazetteer';
import { journeyWithMap } from '../test/journey-with-map';
import { addresses } from './index';

const village = (provider: AddressProvider = new InMemoryAddressProvider()): ReturnType<typeof defineProvider<AddressProvider>> => defineProvider<AddressProvider>({ port: ADDRESS_PROVIDER, id: `addresses.village-${Math.random().toString(36).slice(2, 8)}`, isSandbox: true, create: () => provider });

/** Knows only the ward of a point. */
const onlyAreas = new InMemoryAddressProvider(['areas']);
/** Knows only the zones of a point. */
const onlyZones = new InMemoryAddressProvider(['zones']);
/** Knows addresses but no wards, like a national address service. */
class WithoutWards extends InMemoryAddressProvider {
  constructor() { super(['postcode-search', 'text-search', 'uprn']); }
  override async byUprn(...asked: Parameters<InMemoryAddressProvider['byUprn']>): ReturnType<InMemoryAddressProvider['byUprn']> {
    const found = await super.byUprn(...asked);
    return found && { ...found, ward: undefined };
  }
  override async search(...asked: Parameters<InMemoryAddressProvider['search']>): ReturnType<InMemoryAddressProvider['search']> {
    const found = await super.search(...asked);
    return { ...found, addresses: found.addresses.map((address) => ({ ...address, ward: undefined })) };
  }
}
/** Knows only the wards of postcodes. */
const directory = new InMemoryAddressProvider(['postcode-areas']);
const first = new InMemoryAddressProvider();

const councils: readonly CouncilDefinition[] = [
  testCouncilDefinition('villageham', 1, [addresses({ providers: [village()] }), journeyWithMap()]),
  testCouncilDefinition('riverbourne', 2, [addresses({ providers: [localGazetteer({ dataset: riverbourne })] }), journeyWithMap()]),
  testCouncilDefinition('glanafon', 3, [addresses({ providers: [localGazetteer({ dataset: glanafon })] })]),
  testCouncilDefinition('twosources', 4, [addresses({ providers: [village(new WithoutWards()), village(onlyAreas)] })]),
  testCouncilDefinition('fallback', 5, [addresses({ providers: [village(first), village()] })]),
  testCouncilDefinition('tiled', 6, [addresses({ providers: [village()], tileServer: { url: 'https://tiles.example/{z}/{x}/{y}.png', attribution: '© Tile makers' } }), journeyWithMap()], { contentOrigins: { images: ['https://tiles.example'] } }),
  testCouncilDefinition('zoned', 8, [addresses({ providers: [village(new WithoutWards()), village(onlyZones)] })]),
  testCouncilDefinition('directory', 9, [addresses({ providers: [village(directory), village(new WithoutWards()), village(onlyAreas)] })]),
  testCouncilDefinition('without', 7, [journeyWithMap()]),
];

let app: TestApp;
let api: AddressesApi;
beforeAll(async () => {
  app = await startTestApp({ councils });
  api = app.get<AddressesApi>(ADDRESSES.token);
});
afterAll(() => app.close());

describe('the module', () => {
  testConformance(addressesKit, { describe, it }, { abilities: ['both-languages', 'zones'], open: async () => ({ addresses: api, ground: villageGround, ctx: app.context('villageham', { language: 'en' }) }) });
});
describe('its HTTP client', () => {
  testConformance(addressesKit, { describe, it }, { abilities: ['both-languages', 'zones'], open: async () => ({
    addresses: new HttpAddresses({ origin: app.origin('villageham'), outbound: plainOutbound, credential: new Secret('neighbour.correct') }), ground: villageGround, ctx: app.context('villageham', { language: 'en' }),
  }) });
});

describe('who may ask over HTTP', () => {
  const path = '/api/addresses/v1/addresses?postcode=ZZ99%209AA';
  it.each([['nobody', {}, 401], ['a machine without the permission', { authorization: 'Bearer stranger.any' }, 403], ['a machine with it', { authorization: 'Bearer neighbour.correct' }, 200]] as const)('%s: %j is answered with %i', async (_, headers, status) => {
    expect((await app.visitor('villageham').request(path, { headers })).status).toBe(status);
  });
  it('a council without the module has no such address', async () => expect((await app.visitor('without').request('/map/en/16/53.1,1.95.svg')).status).toBe(404));
  it('names the parameter that is wrong', async () => {
    const answer = await app.visitor('villageham').request('/api/addresses/v1/nearest?latitude=north', { headers: { authorization: 'Bearer neighbour.correct' } });
    expect([answer.status, answer.json<{ errors: { field: string }[] }>().errors[0]?.field]).toEqual([400, 'latitude']);
    const zones = await app.visitor('villageham').request('/api/addresses/v1/zones?postcode=ZZ99%209AA', { headers: { authorization: 'Bearer neighbour.correct' } });
    expect([zones.status, zones.json<{ errors: { field: string }[] }>().errors[0]?.field]).toEqual([400, 'uprn']);
  });
});

describe('several councils in one process', () => {
  it('find each their own addresses, in their own languages', async () => {
    const search = async (slug: string, language: 'en' | 'cy'): Promise<string | undefined> => {
      const found = await api.search(app.context(slug, { language }), { text: '7 high street' });
      return found.ok ? found.value.addresses[0]?.lines.join(', ') : undefined;
    };
    expect(await search('riverbourne', 'cy')).toBe('7 High Street, Riverbourne');
    expect(await search('glanafon', 'en')).toBe('7 High Street, Glanafon');
    expect(await search('glanafon', 'cy')).toBe('7 Stryd Fawr, Glanafon');
  });
});

describe('several sources', () => {
  it('complete one another: the ward comes from who knows wards', async () => {
    const found = await api.search(app.context('twosources', { language: 'en' }), { text: '5 high street' });
    expect(found.ok && found.value.addresses[0]?.ward).toEqual(villageGround.area?.ward);
    expect((await api.areaOf(app.context('twosources', { language: 'en' }), { postcode: villageGround.address.postcode }))?.ward).toEqual(villageGround.area?.ward);
  });
  it('leave the ward out, not the address, when who knows wards cannot be reached', async () => {
    onlyAreas.isDown = true;
    try {
      const found = await api.search(app.context('twosources', { language: 'en' }), { text: '5 high street' });
      expect(found.ok && found.value.addresses[0]).toMatchObject({ uprn: villageGround.address.uprn, ward: undefined });
    } finally { onlyAreas.isDown = false; }
  });
  it('find the ward of a postcode by its addresses when the directory of postcodes cannot be reached; what those do not know is not known', async () => {
    const ctx = app.context('directory', { language: 'en' });
    directory.isDown = true;
    try {
      expect(await api.areaOf(ctx, { postcode: villageGround.address.postcode })).toEqual(villageGround.area);
      await expect(api.areaOf(ctx, { postcode: 'ZZ99 1ZZ' as Postcode })).rejects.toMatchObject({ code: 'unavailable' });
      onlyAreas.isDown = true;
      await expect(api.areaOf(ctx, { postcode: villageGround.address.postcode })).rejects.toMatchObject({ code: 'unavailable' });
    } finally { directory.isDown = onlyAreas.isDown = false; }
  });
  it('leave the zones out, not the address, when who knows zones cannot be reached: who asks for the zones themselves is told', async () => {
    const ctx = app.context('zoned', { language: 'en' });
    expect((await api.byUprn(ctx, villageGround.address.uprn))?.zones).toEqual(villageGround.zones);
    onlyZones.isDown = true;
    try {
      expect(await api.byUprn(ctx, villageGround.address.uprn)).toEqual({ ...villageGround.address, ward: undefined });
      await expect(api.zonesOf(ctx, { uprn: villageGround.address.uprn })).rejects.toMatchObject({ code: 'unavailable' });
    } finally { onlyZones.isDown = false; }
  });
  it('are not needed for zones: a council that has chosen none has none', async () => {
    const ctx = app.context('twosources', { language: 'en' });
    expect(await api.zonesOf(ctx, { point: villageGround.address.point })).toEqual([]);
    expect(await api.byUprn(ctx, villageGround.address.uprn)).not.toHaveProperty('zones');
  });
  it('stand in for one another, and the log says who failed', async () => {
    first.isDown = true;
    try {
      expect((await api.byUprn(app.context('fallback', { language: 'en' }), villageGround.address.uprn))?.uprn).toBe(villageGround.address.uprn);
      expect(app.log.lines).toContainEqual(expect.objectContaining({ level: 'warn', event: 'addresses.provider-unavailable' }));
    } finally { first.isDown = false; }
  });
  it('say what is missing when nobody can answer', async () => {
    const missing: AddressAbility = 'streets';
    await expect(api.extent(app.context('twosources'))).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining(missing) as string });
  });
});

describe('maps', () => {
  const centre = riverbourne.open().gazetteer.centre;
  const path = `/map/en/16/${centre.latitude},${centre.longitude}.svg`;
  it('come as a picture that runs nothing, compressed, and are kept for a day', async () => {
    const answer = await fetchBytes(`${app.origin('riverbourne')}${path}`, { 'accept-encoding': 'gzip' });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'content-type': 'image/svg+xml; charset=utf-8', 'content-encoding': 'gzip', vary: 'accept-encoding', 'cache-control': 'public, max-age=86400', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox", 'x-content-type-options': 'nosniff' });
    const svg = gunzipSync(answer.bytes).toString();
    expect(svg).toMatch(/^<svg [^>]*role="img"[^>]*lang="en">.*High Street.*<\/svg>$/s);
    expect(svg.length).toBeLessThan(15_000);
  });
  it('are not sent again when the browser has them', async () => {
    const { headers } = await app.visitor('riverbourne').request(path);
    const again = await app.visitor('riverbourne').request(path, { headers: { 'if-none-match': headers['etag'] ?? '' } });
    expect([again.status, again.text]).toEqual([304, '']);
  });
  it('speak the language of their path and wear the colours of their council', async () => {
    const welsh = (await app.visitor('glanafon').request(`/map/cy/16/${glanafon.open().gazetteer.centre.latitude},${glanafon.open().gazetteer.centre.longitude}.svg`)).text;
    expect(welsh).toContain('Stryd Fawr');
    expect(welsh).toContain('#003d30');
  });
  it.each(['/map/fr/16/53.1,1.95.svg', '/map/en/12/53.1,1.95.svg', '/map/en/16/953.1,1.95.svg', '/map/en/16/53.1,1.95.png', '/map/en/16/x.svg', '/map/en/16/..%2f..%2fetc.svg'])('%s is not there', async (wrong) => expect((await app.visitor('riverbourne').request(wrong)).status).toBe(404));
  it('refuse a mark that is no place', async () => expect((await app.visitor('riverbourne').request(`${path}?at=here`)).status).toBe(400));
  it('describe themselves in words', async () => {
    const gazetteer = riverbourne.open().gazetteer;
    const at = gazetteer.pointOf(0);
    const picture = await api.picture(app.context('riverbourne', { language: 'en' }), mapAround(at, 17), { at });
    expect(picture.description).toMatch(/^Map showing High Street, .*\. The mark is near 1 High Street, Riverbourne, ZZ99 1AA\.$/);
    const welsh = await api.picture(app.context('riverbourne', { language: 'cy' }), mapAround(at, 17), { at });
    expect(welsh.description).toMatch(/^Map yn dangos High Street.* Mae’r marc ger 1 High Street/);
  });
  it('lie over tiles where the council has a tile server', async () => {
    const at = villageGround.address.point;
    const picture = await api.picture(app.context('tiled', { language: 'en' }), mapAround(at, 16), { at });
    expect(picture.tiles?.flat()).toHaveLength(4);
    for (const tile of picture.tiles?.flat() ?? []) expect(tile).toMatch(/^https:\/\/tiles\.example\/16\/\d+\/\d+\.png$/);
    expect(picture).toMatchObject({ attribution: '© Tile makers', image: expect.stringMatching(/overlay=1/) as string });
    const overlay = await app.visitor('tiled').request(picture.image);
    expect(overlay.text).not.toContain('class="g"');
    expect(overlay.text).toContain('class="k"');
    const page = await app.visitor('tiled').request('/where');
    expect(page.text).toContain('https://tiles.example/16/');
    expect(page.headers['content-security-policy']).toMatch(/img-src [^;]*https:\/\/tiles\.example/);
  });
});

describe('choosing a place without JavaScript', () => {
  it('by pointing, by moving and by marking the middle; other answers of the form stay', async () => {
    const visitor = app.visitor('riverbourne');
    const start = await visitor.request('/where');
    expect(start.status).toBe(200);
    const fields = (text: string): { 'where-view': string; 'where-point': string; details: string } => ({ 'where-view': /name="where-view" value="([^"]*)"/.exec(text)?.[1] ?? '', 'where-point': /name="where-point" value="([^"]*)"/.exec(text)?.[1] ?? '', details: /id="details"[^>]*value="([^"]*)"/.exec(text)?.[1] ?? '' });
    const moved = await visitor.request('/where', { form: { ...fields(start.text), details: 'by the tree', 'where-move': 'north' } });
    expect(fields(moved.text).details).toBe('by the tree');
    expect(fields(moved.text)['where-view']).not.toBe(fields(start.text)['where-view']);
    const picked = await visitor.request('/where', { form: { ...fields(moved.text), 'where-narrow.x': '144', 'where-narrow.y': '144' } });
    expect(fields(picked.text)['where-point']).toMatch(/^53\.\d+,1\.\d+$/);
    expect(picked.text).not.toContain('id="answer"');
    expect(picked.text).toMatch(/The mark is near \d+/);
    const sent = await visitor.request('/where', { form: { ...fields(picked.text), 'where-wide.x': '0', 'where-wide.y': '0' } });
    expect(sent.text).toContain(`<p class="govuk-body" id="answer">${fields(picked.text)['where-point']}</p>`);
  });
  it('on a page that weighs little', async () => {
    const { text } = await app.visitor('riverbourne').request('/where');
    expect(text.length).toBeLessThan(12_000);
  });
});

async function fetchBytes(url: string, headers: Record<string, string>): Promise<{ status: number; headers: Record<string, string>; bytes: Buffer }> {
  const { request } = await import('node:http');
  const target = new URL(url);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: target.port, path: target.pathname + target.search, headers: { host: target.host, ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers as Record<string, string>, bytes: Buffer.concat(chunks) }));
    }).on('error', reject).end();
  });
}
