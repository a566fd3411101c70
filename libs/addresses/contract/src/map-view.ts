import type { Language } from '@guildhall/kernel-contract';
import { parsePoint, pointOf } from './geometry';
import type { Bounds, Point } from './geometry';

/** How near a map is: Web Mercator zoom levels, each twice as near as the one before. 13 shows a town, 18 a few houses. @public */
export const MAP_ZOOMS = [13, 14, 15, 16, 17, 18] as const;
/** @public */
export type MapZoom = (typeof MAP_ZOOMS)[number];

/** A square of ground: what a map shows. @public */
export interface MapView { readonly centre: Point; readonly zoom: MapZoom }

/** Side of a map on wide and on narrow screens, CSS pixels. Fixed, because without JavaScript a click is sent in pixels of the picture as it is shown. @public */
export const MAP_SIDE = { wide: 512, narrow: 288 } as const;

/** A map is two tiles wide and two high, each 256 px in Web Mercator's own measure. */
const TILES = 2;
/** Web Mercator reaches no further (arctan(sinh(π))). */
const FARTHEST_NORTH = 85.0511;

/** A map around a place. @public */
export function mapAround(centre: Point, zoom: MapZoom = 16): MapView {
  return { centre: { latitude: rounded(clamped(centre.latitude, FARTHEST_NORTH)), longitude: rounded(clamped(centre.longitude, 180)) }, zoom };
}

/** Five decimals, a metre: as near as a map is read, and few enough different pictures to be kept by caches. */
function rounded(degrees: number): number { return Math.round(degrees * 1e5) / 1e5 + 0; }
function clamped(value: number, most: number): number { return Math.max(-most, Math.min(most, value)); }

/** Fractions of the whole world's square, from its north-west corner (Web Mercator, EPSG:3857). @public */
export function mercator(point: Point): { readonly x: number; readonly y: number } {
  const sine = Math.sin((clamped(point.latitude, FARTHEST_NORTH) * Math.PI) / 180);
  return { x: point.longitude / 360 + 0.5, y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) };
}
/** The other way. @public */
export function fromMercator({ x, y }: { readonly x: number; readonly y: number }): Point {
  return { latitude: (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, longitude: (x - 0.5) * 360 };
}

/** How wide and high a view is, as a fraction of the world's square. @public */
export function widthOf(view: MapView): number { return TILES / 2 ** view.zoom; }

/** Where a place is in the view: fractions from its upper left corner, outside 0 to 1 when it is outside. @public */
export function placeInView(view: MapView, point: Point): { readonly x: number; readonly y: number } {
  const centre = mercator(view.centre);
  const place = mercator(point);
  const width = widthOf(view);
  return { x: (place.x - centre.x) / width + 0.5, y: (place.y - centre.y) / width + 0.5 };
}
/** The place at fractions of the view. @public */
export function pointInView(view: MapView, { x, y }: { readonly x: number; readonly y: number }): Point {
  const centre = mercator(view.centre);
  const width = widthOf(view);
  const found = fromMercator({ x: centre.x + (x - 0.5) * width, y: centre.y + (y - 0.5) * width });
  // Six decimals: eleven centimetres.
  return { latitude: Math.round(found.latitude * 1e6) / 1e6, longitude: Math.round(found.longitude * 1e6) / 1e6 };
}

/** Whether the place is on the map. @public */
export function isInView(view: MapView, point: Point): boolean {
  const { x, y } = placeInView(view, point);
  return x >= 0 && x <= 1 && y >= 0 && y <= 1;
}

/** The ground that the view shows. @public */
export function boundsOfView(view: MapView): Bounds {
  const northWest = pointInView(view, { x: 0, y: 0 });
  const southEast = pointInView(view, { x: 1, y: 1 });
  return { south: southEast.latitude, west: northWest.longitude, north: northWest.latitude, east: southEast.longitude };
}

/** What the buttons beside a map do. @public */
export type MapMove = 'north' | 'south' | 'east' | 'west' | 'in' | 'out';
/** In the order in which they stand. @public */
export const MAP_MOVES: readonly MapMove[] = ['north', 'west', 'east', 'south', 'in', 'out'];

const STEPS: Readonly<Record<Exclude<MapMove, 'in' | 'out'>, { readonly x: number; readonly y: number }>> = { north: { x: 0.5, y: 0 }, south: { x: 0.5, y: 1 }, east: { x: 1, y: 0.5 }, west: { x: 0, y: 0.5 } };

/** The view after a button: half a map further, or twice as near or far. The nearest and the farthest view stay. @public */
export function movedView(view: MapView, move: MapMove): MapView {
  if (move === 'in' || move === 'out') {
    const zoom = MAP_ZOOMS[MAP_ZOOMS.indexOf(view.zoom) + (move === 'in' ? 1 : -1)] ?? view.zoom;
    return { centre: view.centre, zoom };
  }
  return mapAround(pointInView(view, STEPS[move]), view.zoom);
}

/** Where the picture of a view is: `/map/en/16/53.1,1.95.svg?at=53.1002,1.9511`. @public */
export function mapImagePath(view: MapView, options: { readonly language: Language; readonly at?: Point; readonly isOverlay?: boolean }): string {
  const { latitude, longitude } = view.centre;
  const query = [options.at ? `at=${options.at.latitude},${options.at.longitude}` : '', options.isOverlay ? 'overlay=1' : ''].filter(Boolean).join('&');
  return `/map/${options.language}/${view.zoom}/${latitude},${longitude}.svg${query ? `?${query}` : ''}`;
}

/** Reads a zoom from outside. @public */
export function parseZoom(text: string): MapZoom | undefined { return MAP_ZOOMS.find((zoom) => String(zoom) === text); }

/** Reads a view as a form carries it: `16/53.1,1.95`. @public */
export function parseMapView(text: string): MapView | undefined {
  const [zoomText = '', pointText = ''] = text.slice(0, 60).split('/');
  const zoom = parseZoom(zoomText);
  const centre = parsePoint(pointText);
  return zoom && centre ? mapAround(centre, zoom) : undefined;
}
/** The other way. @public */
export function writeMapView(view: MapView): string { return `${view.zoom}/${view.centre.latitude},${view.centre.longitude}`; }

/** A form's fields as they came. */
type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What somebody did with a map in a form. @public */
export interface MapAnswer {
  readonly view: MapView;
  /** The place that is chosen, now or before. */
  readonly point?: Point;
  /** `picked` a place or `moved` the map: show the page again with the new map and take nothing else as an answer yet. Absent: the form was sent by another button. */
  readonly did?: 'picked' | 'moved';
}

/**
 * Reads what the partial `addresses/map-picker.njk` sends, with or without JavaScript. Its fields begin with the `name` that it was given:
 * `<name>-view`, `<name>-point`, `<name>-move`, `<name>-wide.x`, `<name>-narrow.x` …
 * @public
 * @param start the view when the form carries none
 */
export function readMapForm(fields: Fields, name: string, start: MapView): MapAnswer {
  const field = (suffix: string): string | undefined => {
    const found = fields[`${name}-${suffix}`];
    return typeof found === 'string' ? found : found?.[0];
  };
  const view = parseMapView(field('view') ?? '') ?? start;
  const before = parsePoint(field('point') ?? '');
  for (const side of ['wide', 'narrow'] as const) {
    const x = pixels(field(`${side}.x`), MAP_SIDE[side]);
    const y = pixels(field(`${side}.y`), MAP_SIDE[side]);
    // Pressing Enter on the picture sends 0,0 from the keyboard: nobody pointed at the corner.
    if (x === undefined || y === undefined || (x === 0 && y === 0)) continue;
    const point = pointInView(view, { x: x / MAP_SIDE[side], y: y / MAP_SIDE[side] });
    return { view: mapAround(point, view.zoom), point, did: 'picked' };
  }
  const here = parsePoint(field('here') ?? '');
  if (field('move') === 'here' && here) return { view: mapAround(here, 17), point: pointOf(here.latitude, here.longitude), did: 'picked' };
  const move = MAP_MOVES.find((each) => each === field('move'));
  if (move) return { view: movedView(move === 'in' && before && isInView(view, before) ? mapAround(before, view.zoom) : view, move), point: before, did: 'moved' };
  if (field('move') === 'mark') return { view, point: view.centre, did: 'picked' };
  return { view, point: before };
}

function pixels(text: string | undefined, side: number): number | undefined {
  if (text === undefined || !/^\d{1,4}$/.test(text)) return undefined;
  return Math.min(side, Number(text));
}

/** Everything a page needs to show a map: pictures by address, words for those who do not see it. @public */
export interface MapPicture {
  /** What is shown: with a tile server the centre is moved to the nearest corner of tiles. */
  readonly view: MapView;
  /** The view as a form carries it. */
  readonly viewText: string;
  /** Path of the whole map as SVG; with tiles, of what lies over them: the mark and the scale. */
  readonly image: string;
  /** Two rows of two tiles of the council's tile server, when it has one. */
  readonly tiles?: readonly (readonly [string, string])[];
  /** Whose data the tiles are. */
  readonly attribution?: string;
  /** The text alternative: which streets the map shows, and which is nearest to the mark. */
  readonly description: string;
  readonly at?: Point;
}
