import proj4 from 'proj4';
import { pointOf } from '@guildhall/addresses-contract';
import type { Point } from '@guildhall/addresses-contract';

const mercator = proj4('EPSG:4326', 'EPSG:3857');

/** Metres of the web's maps (EPSG:3857), which proj4 knows by itself. */
export function toMercator({ longitude, latitude }: Point): { readonly x: number; readonly y: number } {
  const [x, y] = mercator.forward([longitude, latitude]) as [number, number];
  return { x, y };
}

/** Undefined where there is no such place on Earth. */
export function fromMercator(x: number, y: number): Point | undefined {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return undefined;
  const [longitude, latitude] = mercator.inverse([x, y]) as [number, number];
  return pointOf(latitude, longitude);
}
