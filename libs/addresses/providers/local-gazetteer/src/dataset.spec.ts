import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { distanceInMetres, isInside, parsePostcode } from '@guildhall/addresses-contract';
import { glanafon, riverbourne } from './index';
import type { Gazetteer } from './gazetteer';
import { raiseTown } from './raising/raise-town';
import { glanafonPlan } from './towns/glanafon';
import { riverbournePlan } from './towns/riverbourne';

function digest(gazetteer: Gazetteer): string {
  const hash = createHash('sha256');
  for (let at = 0; at < gazetteer.size; at++) {
    const { latitude, longitude } = gazetteer.pointOf(at);
    hash.update([gazetteer.uprnOf(at), ...gazetteer.linesOf(at, 'en'), ...gazetteer.linesOf(at, 'cy'), gazetteer.postcodes[gazetteer.postcodeOf[at] ?? 0], latitude.toFixed(6), longitude.toFixed(6), gazetteer.wardOf[at]].join('|'));
  }
  return hash.digest('hex').slice(0, 16);
}

describe('the invented towns', () => {
  it('are the same for ever: a UPRN in somebody’s database must not move to another house', () => {
    expect({ riverbourne: digest(riverbourne.open().gazetteer), glanafon: digest(glanafon.open().gazetteer) }).toEqual({ riverbourne: 'bb83984bbc492f1c', glanafon: '154294cc20f8b792' });
  });
  it.each([['riverbourne', riverbournePlan], ['glanafon', glanafonPlan]])('%s is in its register as its plan raises it: else run build/raise-towns.mjs', (id, plan) => {
    const register: unknown = JSON.parse(readFileSync(join(__dirname, '../registers', `${id}.json`), 'utf8'));
    // One by one: a difference between whole towns would be a book.
    for (const [part, raised] of Object.entries(raiseTown(plan))) expect({ [part]: (register as Record<string, unknown>)[part] }).toEqual({ [part]: raised });
  });
  it('are opened once per process, whoever asks', () => expect(riverbourne.open()).toBe(riverbourne.open()));

  describe.each([['riverbourne', riverbourne, 7_000], ['glanafon', glanafon, 5_000]] as const)('%s', (_, dataset, atLeast) => {
    const { gazetteer } = dataset.open();
    const all = Array.from({ length: gazetteer.size }, (_each, at) => at);

    it(`has at least ${atLeast} addresses, 140 streets and eight wards`, () => {
      expect(gazetteer.size).toBeGreaterThan(atLeast);
      expect(gazetteer.streets.length).toBeGreaterThan(140);
      expect(gazetteer.wards).toHaveLength(8);
    });
    it('has no address twice, and no street name twice', () => {
      const lines = all.map((at) => [...gazetteer.linesOf(at, 'cy'), gazetteer.postcodes[gazetteer.postcodeOf[at] ?? 0]].join(', '));
      const seen = new Set<string>();
      expect(lines.filter((line) => seen.size === seen.add(line).size)).toEqual([]);
      for (const language of ['en', 'cy'] as const) expect(new Set(gazetteer.streets.map((street) => street.name[language])).size).toBe(gazetteer.streets.length);
    });
    it('uses invented numbers only: UPRNs that begin with 99, postcodes of ZZ99', () => {
      for (const at of all) expect(gazetteer.uprnOf(at)).toMatch(/^99\d{10}$/);
      for (const postcode of gazetteer.postcodes) expect(parsePostcode(postcode)).toMatch(/^ZZ99 /);
      expect(new Set(gazetteer.postcodes).size).toBe(gazetteer.postcodes.length);
    });
    it('has every address in the ward that it names, off the water and the greens', () => {
      for (const at of all) {
        expect(isInside(gazetteer.wards[gazetteer.wardOf[at] ?? 0]?.outline ?? [], gazetteer.pointOf(at))).toBe(true);
        for (const shape of gazetteer.shapes) expect(isInside(shape.outline, gazetteer.pointOf(at))).toBe(false);
      }
    });
    it('has its houses along their streets', () => {
      for (const street of gazetteer.streets) {
        for (let at = street.first; at < street.end; at++) {
          const away = Math.min(...street.line.slice(1).map((corner, index) => awayFrom(gazetteer.pointOf(at), street.line[index] ?? corner, corner)));
          expect(away).toBeLessThan(20);
          expect(away).toBeGreaterThan(6);
        }
      }
    });
  });
});

/** Metres from a point to a stretch, on the plane: good enough within a town. */
function awayFrom(point: { latitude: number; longitude: number }, a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }): number {
  const scale = Math.cos((point.latitude * Math.PI) / 180);
  const bx = (b.longitude - a.longitude) * scale; const by = b.latitude - a.latitude;
  const px = (point.longitude - a.longitude) * scale; const py = point.latitude - a.latitude;
  const part = Math.max(0, Math.min(1, (px * bx + py * by) / (bx * bx + by * by || 1)));
  return distanceInMetres(point, { latitude: a.latitude + by * part, longitude: a.longitude + (bx * part) / scale });
}
