import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { Point } from '@guildhall/addresses-contract';

/** A position of GeoJSON (RFC 7946, 3.1.1) as a point; undefined when it is none. */
export type ReadPosition = (first: number, second: number) => Point | undefined;
type Position = [longitude: number, latitude: number];

/**
 * Whether a point lies in the polygon, or in one of several, of a GeoJSON geometry or feature (RFC 7946, 3.1.6): within its first ring and in none of the others.
 * @returns undefined when it is no polygon
 */
export function polygonIn(body: string, read: ReadPosition): ((point: Point) => boolean) | undefined {
  const polygons = polygonsOf(parsed(body)).map((rings) => (Array.isArray(rings) ? rings.map((ring: unknown) => ringOf(ring, read)) : []));
  if (polygons.length === 0 || polygons.some((rings) => rings.length === 0 || rings.includes(undefined))) return undefined;
  const coordinates = polygons.map((rings) => rings.filter((ring) => ring !== undefined));
  return ({ longitude, latitude }) => booleanPointInPolygon([longitude, latitude], { type: 'MultiPolygon', coordinates });
}

function parsed(body: string): unknown {
  try { return JSON.parse(body); } catch { return undefined; }
}
function polygonsOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, geometry, coordinates } = value as { readonly type?: unknown; readonly geometry?: unknown; readonly coordinates?: unknown };
  if (type === 'Feature') return polygonsOf(geometry);
  if (type === 'Polygon') return [coordinates];
  return type === 'MultiPolygon' && Array.isArray(coordinates) ? coordinates : [];
}

/** At least four positions, of which the last is the first again. */
function ringOf(value: unknown, read: ReadPosition): Position[] | undefined {
  if (!Array.isArray(value) || value.length < 4 || JSON.stringify(value[0]) !== JSON.stringify(value.at(-1))) return undefined;
  const points = value.map((position: unknown) => (Array.isArray(position) ? read(Number(position[0]), Number(position[1])) : undefined));
  return points.every((point) => point !== undefined) ? points.map(({ longitude, latitude }): Position => [longitude, latitude]) : undefined;
}
