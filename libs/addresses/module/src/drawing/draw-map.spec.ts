import { MAP_ZOOMS, boundsOfView, mapAround, placeInView } from '@guildhall/addresses-contract';
import type { AddressProvider, MapView, StreetMap, Usrn } from '@guildhall/addresses-contract';
import { testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { glanafon, localGazetteer, riverbourne } from '@guildhall/addresses-provider-local-gazetteer';
import { drawMap } from './draw-map';
import { lookOf } from './map-look';
import { LabelPlacer } from './place-labels';
import { clipLine, clipOutline, pathOf, thin } from './shapes-on-map';

const look = lookOf({ brand: '#00696b', brandDark: '#004a4c', ground: '#f4f1ec' });
const towns = [riverbourne, glanafon].map((dataset) => ({ dataset, provider: localGazetteer({ dataset }).create(testProviderDependencies()) as Required<AddressProvider> }));
const words = { language: 'en', title: 'Map', description: 'Map showing High Street.' };

async function drawnAt(town: (typeof towns)[number], view: MapView): Promise<string> {
  return drawMap({ view, map: await town.provider.streetsWithin(boundsOfView(view), 'en'), at: view.centre, look, ...words });
}

describe('a map of streets', () => {
  it.each(towns.flatMap((town) => MAP_ZOOMS.map((zoom) => [town.dataset.id, zoom, town] as const)))('of %s at zoom %i weighs at most 15 kB, wherever in the town it is', async (_, zoom, town) => {
    const { centre, bounds } = await town.provider.extent();
    for (const part of [0.3, 0.4, 0.5, 0.6]) {
      const view = mapAround({ latitude: bounds.south + (bounds.north - bounds.south) * part, longitude: centre.longitude + (part - 0.45) * 0.01 }, zoom);
      expect((await drawnAt(town, view)).length).toBeLessThan(15_000);
    }
  });
  it('is the same each time it is drawn', async () => {
    const town = towns[0] as (typeof towns)[number];
    const view = mapAround(town.dataset.open().gazetteer.centre);
    expect(await drawnAt(town, view)).toBe(await drawnAt(town, view));
  });
  it('puts the mark where the place is', () => {
    const view = mapAround({ latitude: 53.1, longitude: 1.95 }, 17);
    const at = { latitude: 53.1004, longitude: 1.9494 };
    const place = placeInView(view, at);
    expect(drawMap({ view, at, look, ...words })).toContain(`translate(${Math.round(place.x * 1_024)} ${Math.round(place.y * 1_024)})`);
  });
  it('runs nothing and asks for nothing, whatever a street is called', () => {
    const name = `</text><script>alert("1")</script>&'`;
    const view = mapAround({ latitude: 53.1, longitude: 1.95 }, 16);
    const line = [{ latitude: 53.1, longitude: 1.94 }, { latitude: 53.1, longitude: 1.96 }];
    const map: StreetMap = { bounds: boundsOfView(view), streets: [{ usrn: '1' as Usrn, name, kind: 'main-road', line }], shapes: [], wards: [], buildings: [] };
    const svg = drawMap({ view, map, look, language: 'en', title: name, description: name });
    expect(svg).not.toMatch(/<script|href="(?!#)|url\(|on\w+=|<foreignObject/i);
    expect(svg).toContain('&lt;script&gt;');
    expect(svg.match(/<text[ >]/g)?.length).toBe(2);
  });
  it('shows an empty place as an empty map, with its scale', () => {
    const view = mapAround({ latitude: 0, longitude: 0 }, 13);
    expect(drawMap({ view, map: { bounds: boundsOfView(view), streets: [], shapes: [], wards: [], buildings: [] }, look, ...words })).toContain('>1 km<');
  });
});

describe('names on a map', () => {
  it('stand nowhere on one another, and all within the picture', () => {
    const placer = new LabelPlacer();
    let placed = 0;
    for (let at = 0; at < 300; at++) if (placer.alongLine('Heol y Dderwen', [{ x: (at * 137) % 1_000, y: (at * 71) % 1_000 }, { x: (at * 389) % 1_000, y: (at * 211) % 1_000 }], 34, 'l')) placed++;
    expect(placed).toBeGreaterThan(5);
    for (const [index, one] of placer.labels.entries()) {
      expect(one.x > 0 && one.x < 1_024 && one.y > 0 && one.y < 1_024).toBe(true);
      for (const other of placer.labels.slice(index + 1)) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(30);
    }
  });
  it('are never upside down', () => {
    for (let angle = 0; angle < 360; angle += 15) {
      const placer = new LabelPlacer();
      const away = (sign: number): { x: number; y: number } => ({ x: 512 + sign * 400 * Math.cos((angle * Math.PI) / 180), y: 512 + sign * 400 * Math.sin((angle * Math.PI) / 180) });
      expect(placer.alongLine('Mill Lane', [away(-1), away(1)], 34, 'l')).toBe(true);
      expect(Math.abs(placer.labels[0]?.turn ?? 180)).toBeLessThanOrEqual(90);
    }
  });
  it('are left out where a street is too short for them', () => expect(new LabelPlacer().alongLine('A very long name indeed', [{ x: 100, y: 100 }, { x: 200, y: 100 }], 34, 'l')).toBe(false));
});

describe('lines on a map', () => {
  it('are cut at its edges, in as many parts as they come in', () => {
    expect(clipLine([{ x: -500, y: 500 }, { x: 500, y: 500 }, { x: 500, y: 3_000 }, { x: 600, y: 3_000 }, { x: 600, y: 500 }])).toEqual([
      [{ x: -24, y: 500 }, { x: 500, y: 500 }, { x: 500, y: 1_048 }], [{ x: 600, y: expect.closeTo(1_048, 6) as number }, { x: 600, y: 500 }],
    ]);
    expect(clipLine([{ x: 2_000, y: 0 }, { x: 2_000, y: 900 }])).toEqual([]);
  });
  it('close round what is seen of a park that is larger than the map', () => {
    expect(clipOutline([{ x: -5_000, y: -5_000 }, { x: 5_000, y: -5_000 }, { x: 5_000, y: 5_000 }, { x: -5_000, y: 5_000 }])).toHaveLength(4);
    expect(clipOutline([{ x: 5_000, y: 5_000 }, { x: 6_000, y: 5_000 }, { x: 6_000, y: 6_000 }])).toEqual([]);
  });
  it('keep their ends and lose corners that nobody sees', () => expect(thin([{ x: 0, y: 0 }, { x: 50, y: 0.5 }, { x: 100, y: 0 }, { x: 100, y: 100 }])).toEqual([{ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 100, y: 100 }]));
  it('are written short', () => expect(pathOf([{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 5 }, { x: 7, y: 1 }, { x: 7.2, y: 1 }, { x: 9, y: 3 }], true)).toBe('M0 0h10v5l-3-4l2 2z'));
});
