import { fromMercator, isInView, mapAround, mercator } from '@guildhall/addresses-contract';
import type { MapView, Point } from '@guildhall/addresses-contract';
import type { TileServer } from '../options';

/** A view whose centre is a corner of four tiles, and the tiles. */
export interface TiledView { readonly view: MapView; readonly tiles: readonly (readonly [string, string])[] }

/** Moves the view to the nearest corner of tiles, so that two rows of two tiles show it without any styling; around the mark when it would be lost. */
export function tiledView(view: MapView, server: TileServer, at?: Point): TiledView {
  const corner = cornerNear(view.centre, view.zoom);
  const moved = mapAround(fromMercator({ x: corner.x / 2 ** view.zoom, y: corner.y / 2 ** view.zoom }), view.zoom);
  if (at && isInView(view, at) && !isInView(moved, at)) return tiledView(mapAround(at, view.zoom), server);
  const address = (x: number, y: number): string => server.url.replace('{z}', String(view.zoom)).replace('{x}', String(x)).replace('{y}', String(y));
  return { view: moved, tiles: [[address(corner.x - 1, corner.y - 1), address(corner.x, corner.y - 1)], [address(corner.x - 1, corner.y), address(corner.x, corner.y)]] };
}

function cornerNear(point: Point, zoom: number): { readonly x: number; readonly y: number } {
  const { x, y } = mercator(point);
  const inWorld = (corner: number): number => Math.max(1, Math.min(2 ** zoom - 1, Math.round(corner * 2 ** zoom)));
  return { x: inWorld(x), y: inWorld(y) };
}
