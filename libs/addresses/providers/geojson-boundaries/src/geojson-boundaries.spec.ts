import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Boundaries } from './boundaries';
import { GeojsonBoundaries } from './geojson-boundaries.provider';
import type { GeojsonBoundariesOptions } from './options';

const options: GeojsonBoundariesOptions = { file: 'wards.geojson', properties: { code: 'CD', name: 'NM', nameInWelsh: 'NMW', districtCode: 'LAD' } };
const square = (west: number, south: number, side: number): number[][] => [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]];
const ward = (code: string, geometry: object, more: object = {}): object => ({ type: 'Feature', properties: { CD: code, NM: `Ward ${code}`, LAD: 'W06000998', ...more }, geometry });
const read = (features: unknown[], changes: Partial<GeojsonBoundariesOptions> = {}): Boundaries => Boundaries.read({ type: 'FeatureCollection', features }, { ...options, ...changes });
const wardAt = (boundaries: Boundaries, longitude: number, latitude: number): string | undefined => boundaries.areaOf({ longitude, latitude }, 'en')?.ward.code;

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
    expect(wardAt(boundaries, 1, 50.5)).toBe('first');
  });
  it('has its Welsh name for who reads Welsh, and its only name where it has one', () => {
    const boundaries = read([ward('a', { type: 'Polygon', coordinates: [square(0, 50, 1)] }, { NMW: 'Ward y Cei' }), ward('b', { type: 'Polygon', coordinates: [square(2, 50, 1)] })]);
    expect(boundaries.areaOf({ longitude: 0.5, latitude: 50.5 }, 'cy')).toEqual({ ward: { code: 'a', name: 'Ward y Cei' }, districtCode: 'W06000998' });
    expect(boundaries.areaOf({ longitude: 2.5, latitude: 50.5 }, 'cy')?.ward.name).toBe('Ward b');
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
    ['with a feature that is none', [null], {}, /properties/],
  ])('%s says what to do', (_, features, changes, remedy) => expect(() => read(features, changes)).toThrow(remedy));

  it('is Unavailable to those who ask, says why to doctor, and is read when it is mended', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guildhall-boundaries-'));
    const file = join(folder, 'wards.geojson');
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
    await rm(folder, { recursive: true });
  });
});
