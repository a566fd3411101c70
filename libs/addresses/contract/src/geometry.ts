/** A place on the ground in WGS 84 (EPSG:4326), degrees. @public */
export interface Point { readonly latitude: number; readonly longitude: number }

/** A rectangle of WGS 84 degrees. @public */
export interface Bounds { readonly south: number; readonly west: number; readonly north: number; readonly east: number }

/** Mean radius of the Earth (IUGG). */
const EARTH_IN_METRES = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Metres from one point to another along the surface (haversine). @public */
export function distanceInMetres(from: Point, to: Point): number {
  const northward = Math.sin(((to.latitude - from.latitude) * RADIANS) / 2);
  const eastward = Math.sin(((to.longitude - from.longitude) * RADIANS) / 2);
  const square = northward * northward + Math.cos(from.latitude * RADIANS) * Math.cos(to.latitude * RADIANS) * eastward * eastward;
  return 2 * EARTH_IN_METRES * Math.asin(Math.min(1, Math.sqrt(square)));
}

/** The rectangle that reaches so many metres from a point to every side. @public */
export function boundsAround(centre: Point, eastWestInMetres: number, northSouthInMetres: number = eastWestInMetres): Bounds {
  const latitudes = northSouthInMetres / (EARTH_IN_METRES * RADIANS);
  const longitudes = eastWestInMetres / (EARTH_IN_METRES * RADIANS * Math.cos(centre.latitude * RADIANS));
  return { south: centre.latitude - latitudes, north: centre.latitude + latitudes, west: centre.longitude - longitudes, east: centre.longitude + longitudes };
}

/** Whether the point lies in the rectangle, its edges included. @public */
export function isWithin(bounds: Bounds, point: Point): boolean {
  return point.latitude >= bounds.south && point.latitude <= bounds.north && point.longitude >= bounds.west && point.longitude <= bounds.east;
}

/**
 * Whether the point lies in the outline (even-odd rule; the last corner joins the first).
 * @public
 */
export function isInside(outline: readonly Point[], point: Point): boolean {
  let inside = false;
  for (let here = 0, before = outline.length - 1; here < outline.length; before = here++) {
    const a = outline[here] as Point;
    const b = outline[before] as Point;
    const crosses = a.latitude > point.latitude !== b.latitude > point.latitude;
    if (crosses && point.longitude < ((b.longitude - a.longitude) * (point.latitude - a.latitude)) / (b.latitude - a.latitude) + a.longitude) inside = !inside;
  }
  return inside;
}

/**
 * Reads a point that a person or another system wrote: decimal degrees, with a comma, a semicolon or spaces between.
 * @public
 * @returns undefined when it is not a point on the Earth
 * @example parsePoint('51.8642, -2.2382')
 */
export function parsePoint(text: string): Point | undefined {
  const match = /^\s*([+-]?\d{1,2}(?:\.\d{1,20})?)°?\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d{1,20})?)°?\s*$/.exec(text.slice(0, 80));
  return match ? pointOf(Number(match[1]), Number(match[2])) : undefined;
}

/** A point, when both numbers are finite and on the Earth. @public */
export function pointOf(latitude: number, longitude: number): Point | undefined {
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude) || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  return { latitude, longitude };
}
