import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { Text } from '@guildhall/kernel-contract';
import { isWithin } from '@guildhall/addresses-contract';
import type { Bounds, Point } from '@guildhall/addresses-contract';
import type { GeojsonBoundariesOptions } from './options';

type Position = [longitude: number, latitude: number];

/** One area of a file. */
export interface Boundary { readonly code: string; readonly name: Text; /** Empty of a zone. */ readonly districtCode: string; readonly bounds: Bounds; readonly shape: { readonly type: 'MultiPolygon'; readonly coordinates: Position[][][] } }

/** The boundaries of one file, ready to be asked. */
export class Boundaries {
  private constructor(private readonly all: readonly Boundary[]) {}

  /** How many areas there are. */
  get size(): number { return new Set(this.all.map(({ code }) => code)).size; }

  /** The areas that a point lies inside, in the order of the file, none twice. A point on a line, and inside none, belongs to the one that comes first in the file. */
  at(point: Point): readonly Boundary[] {
    const at: Position = [point.longitude, point.latitude];
    const near = this.all.filter(({ bounds }) => isWithin(bounds, point));
    const inside = near.filter(({ shape }) => booleanPointInPolygon(at, shape, { ignoreBoundary: true }));
    const found = inside.length > 0 ? inside : near.filter(({ shape }) => booleanPointInPolygon(at, shape)).slice(0, 1);
    return found.filter(({ code }, place) => found.findIndex((other) => other.code === code) === place);
  }

  /** @throws Error that says what is wrong with the file, and what to do */
  static read(content: unknown, { file, properties, districtCode }: GeojsonBoundariesOptions, of: 'ward' | 'zone'): Boundaries {
    if (!isRecord(content) || content['type'] !== 'FeatureCollection' || !Array.isArray(content['features'])) throw new Error(`${file} is no FeatureCollection. Download the boundaries as GeoJSON.`);
    return new Boundaries(content['features'].map((feature: unknown, place) => {
      const wrong = (what: string): Error => new Error(`The feature ${place + 1} of ${file} ${what}.`);
      if (!isRecord(feature) || !isRecord(feature['properties'])) throw wrong('has no properties');
      const given = feature['properties'];
      const text = (property: string | undefined): string => (property !== undefined && typeof given[property] === 'string' ? given[property].trim() : '');
      const code = text(properties.code);
      const english = text(properties.name);
      const district = text(properties.districtCode) || districtCode || '';
      if (code === '' || english === '') throw wrong(`does not have the ${of}'s code in ${properties.code} and its name in ${properties.name}; it has ${Object.keys(given).slice(0, 20).join(', ')}`);
      if (of === 'ward' && district === '') throw wrong('names no council. Give geojsonBoundaries({ districtCode }), or the property that holds it');
      const coordinates = polygonsOf(feature['geometry'], wrong);
      return { code, name: { en: english, cy: text(properties.nameInWelsh) || english }, districtCode: district, bounds: boundsOf(coordinates), shape: { type: 'MultiPolygon', coordinates } };
    }));
  }
}

function polygonsOf(geometry: unknown, wrong: (what: string) => Error): Position[][][] {
  const { type, coordinates } = isRecord(geometry) ? geometry : {};
  const polygons: unknown = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : undefined;
  if (!Array.isArray(polygons)) throw wrong('is no Polygon and no MultiPolygon');
  return polygons.map((rings: unknown) => {
    if (!Array.isArray(rings) || rings.length === 0) throw wrong('has a polygon without an outline');
    return rings.map((ring: unknown) => {
      if (!Array.isArray(ring) || ring.length < 4) throw wrong('has an outline of less than four corners');
      const corners = ring.map((corner: unknown): Position => {
        const [longitude, latitude] = Array.isArray(corner) ? corner as unknown[] : [];
        if (typeof longitude !== 'number' || typeof latitude !== 'number') throw wrong('has a corner that is no pair of numbers');
        if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) throw wrong('has corners that are no degrees. Download the file in WGS 84 (EPSG:4326), not in the British National Grid');
        return [longitude, latitude];
      });
      if (corners[0]?.join() !== corners.at(-1)?.join()) throw wrong('has an outline that does not end where it begins');
      return corners;
    });
  });
}

function boundsOf(polygons: Position[][][]): Bounds {
  const bounds = { south: 90, west: 180, north: -90, east: -180 };
  for (const [outline = []] of polygons) {
    for (const [longitude, latitude] of outline) {
      bounds.south = Math.min(bounds.south, latitude);
      bounds.north = Math.max(bounds.north, latitude);
      bounds.west = Math.min(bounds.west, longitude);
      bounds.east = Math.max(bounds.east, longitude);
    }
  }
  return bounds;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
