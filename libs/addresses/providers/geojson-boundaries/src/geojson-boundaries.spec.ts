import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Boundaries } from './boundaries';
import { GeojsonBoundaries } from './geojson-boundaries.provider';
import { GeojsonZones, geojsonZones } from './geojson-zones.provider';
import type { GeojsonBoundariesOptions, GeojsonZoneKind } from './options';

const options: GeojsonBoundariesOptions = { file: 'wards.geojson', properties: { code: 'CD', name: 'NM', nameInWelsh: 'NMW', districtCode: 'LAD' } };
const square = (west: number, south: number, side: number): number[][] => [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]];
const ward = (code: string, geometry: object, more: object = {}): object => ({ type: 'Feature', properties: { CD: code, NM: `Ward ${code}`, LAD: 'W06000998', ...more }, geometry });
const read = (features: unknown[], changes: Partial<GeojsonBoundariesOptions> = {}): Boundaries => Boundaries.read({ type: 'FeatureCollection', features }, { ...options, ...changes }, 'ward');
const wardAt = (boundaries: Boundaries, longitude: number, latitude: number): string | undefined => boundaries.at({ longitude, latitude })[0]?.code;

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'guildhall-boundaries-')); });
afterAll(() => rm(folder, { recursive: true }));
const fileOf = (name: string): string => join(folder, `${name}.geojson`);
const write = (name: string, features: readonly unknown[]): Promise<void> => writeFile(fileOf(name), JSON.stringify({ type: 'FeatureCollection', features }));

describe('the ward of a point', () => {
  it('is not the one in whose hole it lies', () => {
    const boundaries = read([ward('ring', { type: 'Polygon', coordinates: [square(0, 50, 10), square(4, 54, 2)] }), ward('core', { type: 'Polygon', coordinates: [square(4, 54, 2)] })]);
    expect([wardAt(boundaries, 1, 51), wardAt(boundaries, 5, 55), wardAt(boundaries, 11, 51)]).toEqual(['ring', 'core', undefined]);
  });
  it('may be in several pieces, as islands are', () => {
    const boundaries = read([ward('isles', { type: 'MultiPolygon', coordinates: [[square(0, 50, 1)], [square(3, 50, 1)]] })]);
    expect([wardAt(boundaries, 0.5, 50.5), wardAt(boundaries, 2, 50.5), wardAt(boundaries, 3.5, 50.5)]).toEqual(['isles', undefined, 'isles']);
  });
  it('is always the same one on the line between two', () => {
    const boundaries = read([ward('first', { type: 'Polygon', coordinates: [square(0, 50, 1)] }), ward('second', { type: 'Polygon', coordinates: [square(1, 50, 1)] })]);
    expect([wardAt(boundaries, 1, 50.5), wardAt(boundaries, 1, 50), wardAt(boundaries, 2, 51)]).toEqual(['first', 'first', 'second']);
  });
  it('has its Welsh name for who reads Welsh, and its only name where it has one', async () => {
    await write('wards', [ward('a', { type: 'Polygon', coordinates: [square(0, 50, 1)] }, { NMW: 'Ward y Cei' }), ward('b', { type: 'Polygon', coordinates: [square(2, 50, 1)] })]);
    const boundaries = new GeojsonBoundaries({ ...options, file: fileOf('wards') });
    expect(await boundaries.areaOfPoint({ longitude: 0.5, latitude: 50.5 }, 'cy')).toEqual({ ward: { code: 'a', name: 'Ward y Cei' }, districtCode: 'W06000998' });
    expect((await boundaries.areaOfPoint({ longitude: 2.5, latitude: 50.5 }, 'cy'))?.ward.name).toBe('Ward b');
  });
});

describe('the zones of a point', () => {
  const zone = (code: string, coordinates: number[][][], more: object = {}): object => ({ type: 'Feature', properties: { CD: code, NM: `Zone ${code}`, ...more }, geometry: { type: 'Polygon', coordinates } });
  const kindOf = (kind: string, file: string): GeojsonZoneKind => ({ kind, title: { en: `Kind of ${kind}`, cy: `Math o ${kind}` }, file, properties: { code: 'CD', name: 'NM', nameInWelsh: 'NMW' } });
  const codesAt = async (zones: GeojsonZones, longitude: number, latitude: number): Promise<string[]> => (await zones.zonesOfPoint({ longitude, latitude }, 'en')).map(({ kind, code }) => `${kind} ${code}`);

  it('are all in which it lies, of every kind in its order, in the reader’s language', async () => {
    await write('rounds', [zone('mon', [square(0, 50, 2)], { NMW: 'Dydd Llun' })]);
    await write('parking', [zone('A', [square(1, 50, 2)]), zone('B', [square(1, 50, 1)])]);
    const zones = new GeojsonZones([kindOf('parking', fileOf('parking')), kindOf('round', fileOf('rounds'))]);
    expect(await codesAt(zones, 1.5, 50.5)).toEqual(['parking A', 'parking B', 'round mon']);
    expect(await codesAt(zones, 2.5, 51.5)).toEqual(['parking A']);
    expect(await zones.zonesOfPoint({ longitude: 0.5, latitude: 50.5 }, 'cy')).toEqual([{ kind: 'round', title: 'Math o round', code: 'mon', name: 'Dydd Llun' }]);
    expect(await codesAt(zones, 9, 50.5)).toEqual([]);
    expect(await zones.check()).toEqual({ ok: true, message: `${fileOf('parking')} has the boundaries of 2 zones. ${fileOf('rounds')} has the boundaries of 1 zone.` });
  });
  it('are not those in whose hole it lies; on the edge of a hole it is in the zone, unless another fills the hole that comes before it', async () => {
    await write('rounds', [zone('core', [square(4, 54, 2)]), zone('ring', [square(0, 50, 10), square(4, 54, 2), square(7, 51, 1)])]);
    const zones = new GeojsonZones([kindOf('round', fileOf('rounds'))]);
    expect(await Promise.all([[1, 51], [5, 55], [4, 55], [7.5, 51.5], [7, 51.5]].map(([longitude = 0, latitude = 0]) => codesAt(zones, longitude, latitude)))).toEqual([['round ring'], ['round core'], ['round core'], [], ['round ring']]);
  });
  it('are one on the line that two share, the first of the file; a zone that holds the line inside it goes before both', async () => {
    await write('rounds', [zone('west', [square(0, 50, 1)]), zone('east', [square(1, 50, 1)])]);
    await write('parking', [zone('edge', [square(0, 50, 1)]), zone('around', [square(0.5, 50, 1)])]);
    const zones = new GeojsonZones([kindOf('round', fileOf('rounds')), kindOf('parking', fileOf('parking'))]);
    expect(await codesAt(zones, 1, 50.5)).toEqual(['round west', 'parking around']);
  });
  it('are named once where several features with one code make a zone', async () => {
    await write('rounds', [zone('mon', [square(0, 50, 2)]), zone('mon', [square(1, 50, 2)])]);
    const zones = new GeojsonZones([kindOf('round', fileOf('rounds'))]);
    expect(await Promise.all([codesAt(zones, 0.5, 50.5), codesAt(zones, 1.5, 50.5), codesAt(zones, 2.5, 50.5)])).toEqual([['round mon'], ['round mon'], ['round mon']]);
    expect(await zones.check()).toMatchObject({ message: expect.stringContaining('1 zone.') as string });
  });
  it('are Unavailable as long as one file is wrong, and doctor names the file and the feature', async () => {
    await write('rounds', [zone('mon', [square(0, 50, 1)])]);
    await write('parking', [zone('A', [square(0, 50, 1)]), zone('', [square(1, 50, 1)])]);
    const zones = new GeojsonZones([kindOf('round', fileOf('rounds')), kindOf('parking', fileOf('parking'))]);
    await expect(zones.zonesOfPoint({ longitude: 0.5, latitude: 50.5 }, 'en')).rejects.toMatchObject({ code: 'unavailable' });
    expect(await zones.check()).toEqual({ ok: false, message: `The feature 2 of ${fileOf('parking')} does not have the zone's code in CD and its name in NM; it has CD, NM.` });
    await write('parking', [zone('A', [square(0, 50, 1)])]);
    expect(await codesAt(zones, 0.5, 50.5)).toEqual(['round mon', 'parking A']);
    await write('parking', []);
    expect(await codesAt(zones, 0.5, 50.5)).toEqual(['round mon', 'parking A']);
  });
  it('are refused at the start when a kind has no usable name, or one that another has', () => {
    expect(() => geojsonZones([kindOf('Parking Zone', 'a.geojson')])).toThrow(/"Parking Zone" is no name .*parking-zone/);
    expect(() => geojsonZones([kindOf('round', 'a.geojson'), kindOf('round', 'b.geojson')])).toThrow(/two kinds of zone are called "round"/);
  });
});

describe('a file that cannot be used', () => {
  const good = { type: 'Polygon', coordinates: [square(0, 50, 1)] };
  it.each<[string, unknown[], Partial<GeojsonBoundariesOptions>, RegExp]>([
    ['in the National Grid', [ward('a', { type: 'Polygon', coordinates: [square(400_000, 300_000, 100)] })], {}, /WGS 84/],
    ['with other properties', [ward('a', good)], { properties: { code: 'WD26CD', name: 'NM' } }, /WD26CD.*it has CD, NM, LAD/],
    ['without a council', [ward('a', good, { LAD: undefined })], {}, /districtCode/],
    ['of points', [ward('a', { type: 'Point', coordinates: [1, 2] })], {}, /no Polygon/],
    ['with an outline of three corners', [ward('a', { type: 'Polygon', coordinates: [[[0, 0], [1, 1], [0, 0]]] })], {}, /four corners/],
    ['with corners that are no numbers', [ward('a', { type: 'Polygon', coordinates: [[['0', 0], [1, 1], [1, 0], [0, 0]]] })], {}, /pair of numbers/],
    ['with an outline that is not closed', [ward('a', { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 1]]] })], {}, /end where it begins/],
    ['with a hole that is not closed', [ward('a', { type: 'Polygon', coordinates: [square(0, 50, 1), [[0.2, 50.2], [0.4, 50.2], [0.4, 50.4], [0.2, 50.4]]] })], {}, /end where it begins/],
    ['with corners beyond the Earth', [ward('a', { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, Infinity], [0, 0]]] })], {}, /WGS 84/],
    ['with a feature that is none', [null], {}, /properties/],
  ])('%s says what to do', (_, features, changes, remedy) => expect(() => read(features, changes)).toThrow(remedy));

  it('is Unavailable to those who ask, says why to doctor, and is read when it is mended', async () => {
    const file = fileOf('mended');
    const provider = new GeojsonBoundaries({ ...options, file });
    await writeFile(file, '{"type":"FeatureColl');
    await expect(provider.areaOfPoint({ longitude: 0.5, latitude: 50.5 }, 'en')).rejects.toMatchObject({ code: 'unavailable' });
    expect(await provider.check()).toEqual({ ok: false, message: expect.stringContaining('is no JSON') as string });
    await writeFile(file, '\uFEFF{"type":"FeatureCollection","features":[]}');
    expect(await provider.check()).toEqual({ ok: false, message: expect.stringContaining('no boundaries') as string });
    const mended = new GeojsonBoundaries({ ...options, file });
    await writeFile(file, JSON.stringify({ type: 'FeatureCollection', features: [ward('a', good)] }));
    expect(await mended.check()).toEqual({ ok: true, message: `${file} has the boundaries of 1 ward.` });
    expect((await mended.areaOfPoint({ longitude: 0.5, latitude: 50.5 }, 'en'))?.ward.code).toBe('a');
  });
  it('that another took the place of is read anew; while the other is half there, or gone, the boundaries of before stand and doctor says so', async () => {
    const file = fileOf('replaced');
    const provider = new GeojsonBoundaries({ ...options, file });
    const wardThere = async (): Promise<string | undefined> => (await provider.areaOfPoint({ longitude: 0.5, latitude: 50.5 }, 'en'))?.ward.code;
    await write('replaced', [ward('old', good)]);
    expect([await wardThere(), await provider.check()]).toEqual(['old', { ok: true, message: `${file} has the boundaries of 1 ward.` }]);
    await writeFile(file, '{"type":"FeatureColl');
    expect([await wardThere(), await provider.check()]).toEqual(['old', { ok: false, message: expect.stringMatching(/is no JSON.* what was read from it before stands/) as string }]);
    await rm(file);
    expect([await wardThere(), await provider.check()]).toEqual(['old', { ok: false, message: expect.stringContaining('replaced.geojson') as string }]);
    await write('replaced', [ward('newest', good)]);
    expect([await wardThere(), await provider.check()]).toEqual(['newest', { ok: true, message: `${file} has the boundaries of 1 ward.` }]);
  });
});
