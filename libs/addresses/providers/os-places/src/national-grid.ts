import proj4 from 'proj4';
import { pointOf } from '@guildhall/addresses-contract';
import type { Bounds, Point } from '@guildhall/addresses-contract';

/** Metres east and north in the British National Grid (EPSG:27700). @public */
export interface GridPoint { readonly easting: number; readonly northing: number }

/*
 * OSGB36 by the seven parameters of Helmert that Ordnance Survey gives in "A guide to coordinate systems in Great Britain", table 4: within
 * five metres everywhere, without the 15 MB of the OSTN15 grid. OS Places converts exactly when it is asked for WGS 84; this is for what it does not convert.
 */
const NATIONAL_GRID = '+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy +towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs';
const grid = proj4('EPSG:4326', NATIONAL_GRID);

/** The extent of the grid's lettered squares, metres. */
const EAST_END = 700_000;
const NORTH_END = 1_300_000;

/** Undefined where the grid does not reach. */
export function toGrid(point: Point): GridPoint | undefined {
  const [easting, northing] = grid.forward([point.longitude, point.latitude]) as [number, number];
  return isOnGrid(easting, northing) ? { easting, northing } : undefined;
}

/** Undefined where the grid does not reach. */
export function fromGrid({ easting, northing }: GridPoint): Point | undefined {
  if (!isOnGrid(easting, northing)) return undefined;
  const [longitude, latitude] = grid.inverse([easting, northing]) as [number, number];
  return pointOf(rounded(latitude), rounded(longitude));
}

/** `left,bottom,right,top` in whole metres, kept within the grid. Undefined when the rectangle lies outside it. */
export function gridBox(bounds: Bounds): string | undefined {
  const corners = [[bounds.south, bounds.west], [bounds.south, bounds.east], [bounds.north, bounds.west], [bounds.north, bounds.east]]
    .map(([latitude, longitude]) => grid.forward([longitude as number, latitude as number]) as [number, number]);
  const within = (value: number, end: number): number => Math.max(0, Math.min(end, value));
  const eastings = corners.map(([easting]) => within(easting, EAST_END));
  const northings = corners.map(([, northing]) => within(northing, NORTH_END));
  const [left, bottom, right, top] = [Math.floor(Math.min(...eastings)), Math.floor(Math.min(...northings)), Math.ceil(Math.max(...eastings)), Math.ceil(Math.max(...northings))] as const;
  return left < right && bottom < top ? [left, bottom, right, top].join(',') : undefined;
}

function isOnGrid(easting: number, northing: number): boolean {
  return easting >= 0 && easting <= EAST_END && northing >= 0 && northing <= NORTH_END;
}
/** Seven decimals of a degree are a centimetre, and as many as OS Places gives. */
function rounded(degrees: number): number { return Math.round(degrees * 1e7) / 1e7; }
