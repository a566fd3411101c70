import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition } from '@guildhall/kernel/testing';
import type { TestApp } from '@guildhall/kernel/testing';
import { ADDRESSES } from '@guildhall/addresses-contract';
import type { AddressesApi, Uprn } from '@guildhall/addresses-contract';
import { geojsonBoundaries, geojsonZones } from '@guildhall/addresses-provider-geojson-boundaries';
import { osPlaces } from '@guildhall/addresses-provider-os-places';
import { startOsPlaces } from '@guildhall/addresses-provider-os-places/simulator';
import type { OsPlacesSimulator } from '@guildhall/addresses-provider-os-places/simulator';
import { addresses } from './index';

const WARDS = { type: 'FeatureCollection', features: [{ type: 'Feature', properties: { CD: 'W05099991', NM: 'Seamark', NMW: 'Nod-y-Môr' }, geometry: { type: 'Polygon', coordinates: [[[2.05, 53.25], [2.2, 53.25], [2.2, 53.35], [2.05, 53.35], [2.05, 53.25]]] } }] };
const PARKING = { type: 'FeatureCollection', features: [{ type: 'Feature', properties: { ZONE: 'P1', NAME: 'Harbour', CYM: 'Yr Harbwr' }, geometry: WARDS.features[0]?.geometry }] };

const clock = new FixedClock();
let folder: string;
let far: OsPlacesSimulator;
let app: TestApp;
let api: AddressesApi;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildhall-outside-sources-'));
  const file = join(folder, 'wards.geojson');
  await writeFile(file, JSON.stringify(WARDS));
  const parking = join(folder, 'parking.geojson');
  await writeFile(parking, JSON.stringify(PARKING));
  far = await startOsPlaces();
  app = await startTestApp({ councils: [testCouncilDefinition('seamark', 1, [addresses({ providers: [
    osPlaces({ key: new Secret(far.key), origin: far.origin }), geojsonBoundaries({ file, properties: { code: 'CD', name: 'NM', nameInWelsh: 'NMW' }, districtCode: 'W06000998' }),
    geojsonZones([{ kind: 'parking-zone', title: { en: 'Parking zone', cy: 'Parth parcio' }, file: parking, properties: { code: 'ZONE', name: 'NAME', nameInWelsh: 'CYM' } }]),
  ] })])], clock });
  api = app.get<AddressesApi>(ADDRESSES.token);
});
afterAll(async () => {
  await app.close();
  await far.stop();
  await rm(folder, { recursive: true });
});

describe('OS Places for addresses, and files for wards and zones', () => {
  it('together give an address with its ward and its zones, in the reader’s language', async () => {
    const found = await api.search(app.context('seamark', { language: 'cy' }), { postcode: 'zz997aa', building: '5' });
    expect(found.ok && found.value.addresses).toMatchObject([{ uprn: '990007001004', lines: ['5 Stryd Fawr', 'Nod-y-Môr'], ward: { code: 'W05099991', name: 'Nod-y-Môr' }, zones: [{ kind: 'parking-zone', title: 'Parth parcio', code: 'P1', name: 'Yr Harbwr' }] }]);
  });
  it('find the ward of a UPRN that has no address, such as a park', async () => {
    expect(await api.areaOf(app.context('seamark', { language: 'en' }), { uprn: '990007006004' as Uprn })).toEqual({ ward: { code: 'W05099991', name: 'Seamark' }, districtCode: 'W06000998' });
  });
  it('say that addresses cannot be searched just now when the far end is gone, and still know the ward of a point', async () => {
    far.failNext('key-refused');
    const ctx = app.context('seamark', { language: 'en' });
    await expect(api.search(ctx, { text: 'high street' })).rejects.toMatchObject({ code: 'unavailable' });
    expect((await api.areaOf(ctx, { point: { latitude: 53.3, longitude: 2.1 } }))?.ward.name).toBe('Seamark');
    expect(JSON.stringify(app.log.lines)).not.toMatch(/high street/i);
  });
  it('leave a far end alone for half a minute that did not answer three times in a row, and ask it again then', async () => {
    const ctx = app.context('seamark', { language: 'en' });
    const search = (): Promise<unknown> => api.search(ctx, { text: 'high street' });
    clock.advance(60);
    await search();
    far.clear();
    far.failNext('key-refused', 4);
    for (let time = 1; time <= 5; time++) await expect(search()).rejects.toMatchObject({ code: 'unavailable' });
    expect(far.seen).toHaveLength(3);
    expect((await api.areaOf(ctx, { point: { latitude: 53.3, longitude: 2.1 } }))?.ward.name).toBe('Seamark');
    clock.advance(37);
    for (let time = 1; time <= 2; time++) await expect(search()).rejects.toMatchObject({ code: 'unavailable' });
    expect(far.seen).toHaveLength(4);
    clock.advance(37);
    for (let time = 1; time <= 2; time++) expect(await search()).toMatchObject({ ok: true });
    expect(far.seen).toHaveLength(6);
  });
});
