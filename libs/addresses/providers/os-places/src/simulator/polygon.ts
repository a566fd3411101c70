import type { Point } from '@guildhall/addresses-contract';

/** A position of GeoJSON (RFC 7946, 3.1.1) as a point; undefined when it is none. */
export type ReadPosition = (first: number, second: number) => Point | undefined;
type Ring = readonly Point[];

/**
 * Whether a point lies in the polygon, or in one of several, of a GeoJSON geometry or feature (RFC 7946, 3.1.6): within its first ring and in none of the others.
 * @returns undefined when it is no polygon
 */
export function polygonIn(body: string, read: ReadPosition): ((point: Point) => boolean) | undefined {
  const polygons = polygonsOf(parsed(body)).map((rings) => (Array.isArray(rings) ? rings.map((ring: unknown) => ringOf(ring, read)) : []));
  if (polygons.length === 0 || polygons.some((rings) => rings.length === 0 || rings.includes(undefined))) return undefined;
  return (point) => polygons.some(([outside, ...holes]) => outside !== undefined && holds(outside, point) && !holes.some((hole) => hole !== undefined && holds(hole, point)));
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
function ringOf(value: unknown, read: ReadPosition): Ring | undefined {
  if (!Array.isArray(value) || value.length < 4 || JSON.stringify(value[0]) !== JSON.stringify(value.at(-1))) return undefined;
  const points = value.map((position: unknown) => (Array.isArray(position) ? read(Number(position[0]), Number(position[1])) : undefined));
  return points.every((point) => point !== undefined) ? points : undefined;
}

/** A line to the east crosses the ring's sides an odd number of times. */
function holds(ring: Ring, { latitude, longitude }: Point): boolean {
  return ring.slice(1).filter((end, at) => {
    const begin = ring[at] as Point;
    return begin.latitude > latitude !== end.latitude > latitude && longitude < begin.longitude + ((latitude - begin.latitude) / (end.latitude - begin.latitude)) * (end.longitude - begin.longitude);
  }).length % 2 === 1;
}
