import { distanceInMetres, placeInView, pointInView } from '@guildhall/addresses-contract';
import type { MapBuilding, MapView, Point, StreetKind, StreetMap } from '@guildhall/addresses-contract';
import type { MapLook } from './map-look';
import { LabelPlacer } from './place-labels';
import type { Label } from './place-labels';
import { SIDE, clipLine, clipOutline, lengthOf, pathOf, thin } from './shapes-on-map';
import type { Dot } from './shapes-on-map';

/** What a map is drawn from. */
export interface Drawing {
  readonly view: MapView;
  /** Absent: only the mark and the scale are drawn, to lie over tiles. */
  readonly map?: StreetMap;
  readonly at?: Point;
  readonly look: MapLook;
  readonly language: string;
  readonly title: string;
  readonly description: string;
}

/** Metres that a street is drawn wide, and the least units: zoomed out, a street is still a line. */
const WIDTHS: Readonly<Record<StreetKind, { readonly metres: number; readonly least: number }>> = {
  'main-road': { metres: 13, least: 9 }, road: { metres: 8.5, least: 4 }, lane: { metres: 6, least: 3 }, path: { metres: 2.5, least: 2 },
};
const KINDS: readonly StreetKind[] = ['path', 'lane', 'road', 'main-road'];
const CLASS_OF: Readonly<Record<StreetKind, string>> = { path: 'p', lane: 'r', road: 'r', 'main-road': 'm' };
const SIZE = { mainRoad: 36, road: 34, ground: 32, ward: 40, building: 24 } as const;

/**
 * Draws a map as SVG: no script, no outside reference, under 15 kB for a neighbourhood, with a title and a description in words.
 * A pure function: the same drawing gives the same picture.
 */
export function drawMap(drawing: Drawing): string {
  const { view, map, at, look, language, title, description } = drawing;
  const unitsPerMetre = SIDE / metresAcross(view);
  const onMap = (point: Point): Dot => { const place = placeInView(view, point); return { x: place.x * SIDE, y: place.y * SIDE }; };
  const mark = at && onMap(at);
  const placer = new LabelPlacer();
  if (mark) placer.keepFree({ x: mark.x, y: mark.y - 40 }, 46);
  placer.keepFree({ x: 110, y: SIDE - 40 }, 90);
  const ground = map ? drawGround(map, view, unitsPerMetre, onMap, placer) : '';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}" width="512" height="512" role="img" aria-labelledby="t d" lang="${language}">`,
    `<title id="t">${escaped(title)}</title><desc id="d">${escaped(description)}</desc>`,
    `<style>${stylesheet(look, unitsPerMetre, map !== undefined)}</style>`,
    map ? `<rect class="g" width="${SIDE}" height="${SIDE}"/>` : '',
    ground,
    placer.labels.map((label, number) => labelOf(label, number)).join(''),
    scaleBar(unitsPerMetre),
    mark ? `<g transform="translate(${Math.round(mark.x)} ${Math.round(mark.y)})"><ellipse rx="16" ry="6" class="s"/><path class="k" d="M0 0C-8-26-34-40-34-70a34 34 0 0 1 68 0C34-40 8-26 0 0z"/><circle cy="-70" r="12" fill="#fff"/></g>` : '',
    '</svg>',
  ].join('');
}

function metresAcross(view: MapView): number {
  return distanceInMetres(pointInView(view, { x: 0, y: 0.5 }), pointInView(view, { x: 1, y: 0.5 }));
}

/** Everything that lies on the ground, the lowest first; names are given to the placer, the most important first. */
function drawGround(map: StreetMap, view: MapView, unitsPerMetre: number, onMap: (point: Point) => Dot, placer: LabelPlacer): string {
  const lines = map.streets.map((street) => ({ ...street, parts: clipLine(thin(street.line.map(onMap))) })).filter((street) => street.parts.length > 0);
  const shapes = map.shapes.map((shape) => ({ ...shape, outline: clipOutline(thin(shape.outline.map(onMap))) })).filter((shape) => shape.outline.length > 2);
  const paths = KINDS.map((kind) => {
    const path = lines.filter((line) => line.kind === kind).flatMap((line) => line.parts.map((part) => pathOf(part))).join('');
    return path ? { kind, path } : undefined;
  }).filter((each) => each !== undefined);
  nameStreets(lines, view, placer);
  if (view.zoom >= 14) for (const shape of shapes) if (areaOf(shape.outline) > 16_000) placer.at(shape.name, middleOf(shape.outline), SIZE.ground, shape.kind === 'water' ? 'wl' : 'gl');
  const wards = view.zoom > 15 ? [] : map.wards.map((ward) => ({ name: ward.ward.name, outline: clipOutline(ward.outline.map(onMap)) })).filter((ward) => ward.outline.length > 2);
  if (view.zoom <= 14) for (const ward of wards) placer.at(ward.name, middleOf(ward.outline), SIZE.ward, 'b');
  return [
    ...shapes.map((shape) => `<path class="${shape.kind === 'water' ? 'w' : shape.kind === 'green' ? 'n' : 'q'}" d="${pathOf(shape.outline, true)}"/>`),
    wards.length > 0 ? `<path class="d" d="${wards.map((ward) => pathOf(ward.outline, true)).join('')}"/>` : '',
    map.buildings.length > 0 ? drawBuildings(map.buildings, view, unitsPerMetre, onMap, placer) : '',
    `<defs>${paths.map(({ kind, path }) => `<path id="${kind}" d="${path}"/>`).join('')}</defs>`,
    ...paths.filter(({ kind }) => kind !== 'path').map(({ kind }) => `<use href="#${kind}" class="e" stroke-width="${widthOf(kind, unitsPerMetre) + 3}"/>`),
    ...paths.map(({ kind }) => `<use href="#${kind}" class="${CLASS_OF[kind]}" stroke-width="${widthOf(kind, unitsPerMetre)}"/>`),
  ].join('');
}

function widthOf(kind: StreetKind, unitsPerMetre: number): number {
  return Math.max(WIDTHS[kind].least, Math.round(WIDTHS[kind].metres * unitsPerMetre));
}

function nameStreets(lines: readonly { readonly name: string; readonly kind: StreetKind; readonly parts: readonly (readonly Dot[])[] }[], view: MapView, placer: LabelPlacer): void {
  const ranked = [...lines].map((line) => ({ ...line, longest: [...line.parts].sort((a, b) => lengthOf(b) - lengthOf(a))[0] as readonly Dot[] }))
    .filter((line) => line.kind === 'main-road' || view.zoom >= 15)
    .sort((a, b) => KINDS.indexOf(b.kind) - KINDS.indexOf(a.kind) || lengthOf(b.longest) - lengthOf(a.longest));
  for (const { name, kind, longest } of ranked) placer.alongLine(name, longest, kind === 'main-road' ? SIZE.mainRoad : SIZE.road, kind === 'main-road' ? 'h' : 'l');
}

function drawBuildings(buildings: readonly MapBuilding[], view: MapView, unitsPerMetre: number, onMap: (point: Point) => Dot, placer: LabelPlacer): string {
  const half = { x: 4 * unitsPerMetre, y: 4.5 * unitsPerMetre };
  const path = buildings.map((building) => {
    const { x, y } = onMap(building.point);
    const cos = Math.cos((building.bearing * Math.PI) / 180); const sin = Math.sin((building.bearing * Math.PI) / 180);
    const corner = (across: number, ahead: number): Dot => ({ x: x + across * half.x * cos - ahead * half.y * sin, y: y + across * half.x * sin + ahead * half.y * cos });
    return pathOf([corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)], true);
  }).join('');
  if (view.zoom >= 18) for (const building of buildings) if (building.label.length <= 5) placer.at(building.label, onMap(building.point), SIZE.building, 'u');
  return `<path class="o" d="${path}"/>`;
}

function labelOf({ text, x, y, turn, kind, path }: Label, number: number): string {
  if (path) return `<path id="c${number}" fill="none" d="${pathOf(thin(path, 0.6))}"/><text class="${kind}"><textPath href="#c${number}" startOffset="50%">${escaped(text)}</textPath></text>`;
  return `<text class="${kind}"${turn === 0 ? ` x="${x}" y="${y}"` : ` transform="translate(${x} ${y})rotate(${turn})"`}>${escaped(text)}</text>`;
}

/** The longest round number of metres that takes less than a quarter of the map. */
function scaleBar(unitsPerMetre: number): string {
  const metres = [1_000, 500, 200, 100, 50, 20, 10].find((length) => length * unitsPerMetre < SIDE / 4) ?? 10;
  const width = Math.round(metres * unitsPerMetre);
  return `<path class="z" d="M24 ${SIDE - 40}v14h${width}v-14"/><text class="x" x="${24 + width / 2}" y="${SIDE - 44}">${metres >= 1_000 ? `${metres / 1_000} km` : `${metres} m`}</text>`;
}

function stylesheet(look: MapLook, unitsPerMetre: number, hasGround: boolean): string {
  const outlined = 'stroke:#fff;stroke-width:7;stroke-linejoin:round;paint-order:stroke';
  const scale = `text{font:600 30px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;text-anchor:middle;dominant-baseline:central;fill:${look.words};${outlined}}.z{fill:none;stroke:${look.words};stroke-width:5}.x{font-size:28px;dominant-baseline:auto}`
    + `.k{fill:${look.mark};stroke:#fff;stroke-width:5}.s{fill:#000;opacity:.35}`;
  if (!hasGround) return scale;
  return `${scale}.g{fill:${look.ground}}.w{fill:${look.water}}.n{fill:${look.green}}.q{fill:${look.square}}.o{fill:${look.building}}.d{fill:none;stroke:${look.boundary};stroke-width:3;stroke-dasharray:14 8;opacity:.5}`
    + `.e,.r,.m,.p{fill:none;stroke-linejoin:round;stroke-linecap:round}.e{stroke:${look.edge}}.r{stroke:${look.road}}.m{stroke:${look.mainRoad}}.p{stroke:${look.edge};stroke-dasharray:${Math.max(6, Math.round(4 * unitsPerMetre))} ${Math.max(5, Math.round(3 * unitsPerMetre))};stroke-linecap:butt}`
    + `.h{font-size:${SIZE.mainRoad}px}.l{font-size:${SIZE.road}px;font-weight:500}.b{font-size:${SIZE.ward}px;fill:${look.boundary}}.gl{font-size:${SIZE.ground}px;fill:#23491a;font-weight:500}.wl{font-size:${SIZE.ground}px;fill:#123f5c;font-weight:500;font-style:italic}.u{font-size:${SIZE.building}px;font-weight:500;stroke-width:4}`;
}

function areaOf(outline: readonly Dot[]): number {
  let double = 0;
  outline.forEach((dot, at) => { const before = outline.at(at - 1) as Dot; double += before.x * dot.y - dot.x * before.y; });
  return Math.abs(double) / 2;
}

/** The middle of what is seen of an outline. */
function middleOf(outline: readonly Dot[]): Dot {
  let double = 0; let x = 0; let y = 0;
  outline.forEach((dot, at) => {
    const before = outline.at(at - 1) as Dot;
    const cross = before.x * dot.y - dot.x * before.y;
    double += cross;
    x += (before.x + dot.x) * cross;
    y += (before.y + dot.y) * cross;
  });
  return double === 0 ? (outline[0] as Dot) : { x: x / (3 * double), y: y / (3 * double) };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
function escaped(text: string): string { return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] as string); }
