/** A place on the town's plan: metres east and north of its centre. */
export interface Spot { readonly x: number; readonly y: number }

/** By the square root alone, which every machine computes alike to the last bit; Math.hypot need not. */
export function gap(a: Spot, b: Spot): number {
  const dx = a.x - b.x;
  const dy = a.y - b.y;
  return Math.sqrt(dx * dx + dy * dy);
}

/** The closest place to `spot` on the stretch from `a` to `b`. */
export function closestOnStretch(spot: Spot, a: Spot, b: Spot): Spot {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const square = dx * dx + dy * dy;
  const part = square === 0 ? 0 : Math.max(0, Math.min(1, ((spot.x - a.x) * dx + (spot.y - a.y) * dy) / square));
  return { x: a.x + part * dx, y: a.y + part * dy };
}

/** How far the spot is from the line. */
export function gapToLine(spot: Spot, line: readonly Spot[]): number {
  let least = Infinity;
  for (let at = 1; at < line.length; at++) least = Math.min(least, gap(spot, closestOnStretch(spot, line[at - 1] as Spot, line[at] as Spot)));
  return least;
}

export function lengthOf(line: readonly Spot[]): number {
  let length = 0;
  for (let at = 1; at < line.length; at++) length += gap(line[at - 1] as Spot, line[at] as Spot);
  return length;
}

/** Where two stretches cross, and how far along the first (0 to 1). */
export function crossing(a: Spot, b: Spot, c: Spot, d: Spot): { readonly spot: Spot; readonly part: number } | undefined {
  const rx = b.x - a.x; const ry = b.y - a.y; const sx = d.x - c.x; const sy = d.y - c.y;
  const cross = rx * sy - ry * sx;
  if (Math.abs(cross) < 1e-9) return undefined;
  const part = ((c.x - a.x) * sy - (c.y - a.y) * sx) / cross;
  const other = ((c.x - a.x) * ry - (c.y - a.y) * rx) / cross;
  return part >= 0 && part <= 1 && other >= 0 && other <= 1 ? { spot: { x: a.x + part * rx, y: a.y + part * ry }, part } : undefined;
}

/** A smooth line through the given spots (Catmull-Rom), a spot about every `step` metres. */
export function smooth(through: readonly Spot[], step = 12): Spot[] {
  const line: Spot[] = [];
  for (let at = 0; at < through.length - 1; at++) {
    const b = through[at] as Spot; const c = through[at + 1] as Spot;
    const a = through[at - 1] ?? { x: 2 * b.x - c.x, y: 2 * b.y - c.y };
    const d = through[at + 2] ?? { x: 2 * c.x - b.x, y: 2 * c.y - b.y };
    const steps = Math.max(1, Math.round(gap(b, c) / step));
    for (let part = 0; part < steps; part++) {
      const t = part / steps;
      const along = (p: number, q: number, r: number, s: number): number => 0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t * t * t);
      line.push({ x: along(a.x, b.x, c.x, d.x), y: along(a.y, b.y, c.y, d.y) });
    }
  }
  const last = through.at(-1);
  if (last) line.push(last);
  return line;
}

/** The line with as few corners as stay within `tolerance` metres of it (Douglas-Peucker). */
export function simplify(line: readonly Spot[], tolerance: number): Spot[] {
  const first = line[0]; const last = line.at(-1);
  if (!first || !last || line.length < 3) return [...line];
  let farthest = 0; let at = 0;
  for (let i = 1; i < line.length - 1; i++) {
    const away = gap(line[i] as Spot, closestOnStretch(line[i] as Spot, first, last));
    if (away > farthest) { farthest = away; at = i; }
  }
  if (farthest <= tolerance) return [first, last];
  return [...simplify(line.slice(0, at + 1), tolerance).slice(0, -1), ...simplify(line.slice(at), tolerance)];
}

export function isInsideOutline(outline: readonly Spot[], spot: Spot): boolean {
  let inside = false;
  for (let here = 0, before = outline.length - 1; here < outline.length; before = here++) {
    const a = outline[here] as Spot; const b = outline[before] as Spot;
    if (a.y > spot.y !== b.y > spot.y && spot.x < ((b.x - a.x) * (spot.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/** The part of the outline that is nearer to `mine` than to `other`. */
export function clipToNearer(outline: readonly Spot[], mine: Spot, other: Spot): Spot[] {
  const middle = { x: (mine.x + other.x) / 2, y: (mine.y + other.y) / 2 };
  const side = (spot: Spot): number => (spot.x - middle.x) * (other.x - mine.x) + (spot.y - middle.y) * (other.y - mine.y);
  const kept: Spot[] = [];
  outline.forEach((here, at) => {
    const before = outline.at(at - 1) as Spot;
    const now = side(here); const then = side(before);
    if (now > 0 !== then > 0) {
      const part = then / (then - now);
      kept.push({ x: before.x + part * (here.x - before.x), y: before.y + part * (here.y - before.y) });
    }
    if (now <= 0) kept.push(here);
  });
  return kept;
}

/** The outline of a band of so many metres to each side of the line. */
export function bandAround(line: readonly Spot[], halfWidth: (at: number) => number): Spot[] {
  const left: Spot[] = []; const right: Spot[] = [];
  line.forEach((spot, at) => {
    const a = line[Math.max(0, at - 1)] as Spot; const b = line[Math.min(line.length - 1, at + 1)] as Spot;
    const length = gap(a, b) || 1;
    const nx = -(b.y - a.y) / length; const ny = (b.x - a.x) / length;
    const width = halfWidth(at);
    left.push({ x: spot.x + nx * width, y: spot.y + ny * width });
    right.push({ x: spot.x - nx * width, y: spot.y - ny * width });
  });
  return [...left, ...right.reverse()];
}

/** Spots by the square of ground they lie in, to find neighbours without looking at all. */
export class SpotGrid<Item extends Spot> {
  readonly #cells = new Map<number, Item[]>();
  constructor(readonly cell: number) {}
  #key(column: number, row: number): number { return (column + 32_768) * 65_536 + row + 32_768; }
  add(item: Item): void {
    const key = this.#key(Math.floor(item.x / this.cell), Math.floor(item.y / this.cell));
    const there = this.#cells.get(key);
    if (there) there.push(item); else this.#cells.set(key, [item]);
  }
  /** Whether an item (that passes) lies within so many metres. */
  has(spot: Spot, within: number, passes: (item: Item) => boolean = () => true): boolean {
    const reach = Math.ceil(within / this.cell);
    const column = Math.floor(spot.x / this.cell); const row = Math.floor(spot.y / this.cell);
    for (let i = column - reach; i <= column + reach; i++) {
      for (let j = row - reach; j <= row + reach; j++) {
        for (const item of this.#cells.get(this.#key(i, j)) ?? []) if (gap(item, spot) < within && passes(item)) return true;
      }
    }
    return false;
  }
}

/** Stretches of lines by the squares of ground they touch, to find crossings and neighbours without looking at all. */
export class StretchIndex {
  readonly #cells = new Map<number, { readonly owner: number; readonly a: Spot; readonly b: Spot }[]>();
  readonly #cell = 40;
  add(owner: number, line: readonly Spot[]): void {
    for (let at = 1; at < line.length; at++) {
      const a = line[at - 1] as Spot; const b = line[at] as Spot;
      const stretch = { owner, a, b };
      this.#visit(a, b, 0, (key) => {
        const there = this.#cells.get(key);
        if (there) there.push(stretch); else this.#cells.set(key, [stretch]);
        return false;
      });
    }
  }
  /** Where the way from `a` to `b` first meets a line of another owner. */
  firstCrossing(a: Spot, b: Spot, except = -1): Spot | undefined {
    let best: { readonly spot: Spot; readonly part: number } | undefined;
    this.#visit(a, b, 0, (key) => {
      for (const stretch of this.#cells.get(key) ?? []) {
        if (stretch.owner === except) continue;
        const hit = crossing(a, b, stretch.a, stretch.b);
        if (hit && hit.part > 1e-6 && (!best || hit.part < best.part)) best = hit;
      }
      return false;
    });
    return best?.spot;
  }
  /** The owners of lines that this line crosses, or that one of its ends touches. */
  ownersMeeting(line: readonly Spot[]): Set<number> {
    const owners = new Set<number>();
    const ends = new Set([line[0], line.at(-1)]);
    for (let at = 1; at < line.length; at++) {
      const a = line[at - 1] as Spot; const b = line[at] as Spot;
      this.#visit(a, b, 4, (key) => {
        for (const stretch of this.#cells.get(key) ?? []) {
          if (owners.has(stretch.owner)) continue;
          const touches = [a, b].some((spot) => ends.has(spot) && gap(spot, closestOnStretch(spot, stretch.a, stretch.b)) < 3);
          if (touches || crossing(a, b, stretch.a, stretch.b)) owners.add(stretch.owner);
        }
        return false;
      });
    }
    return owners;
  }
  /** Whether a line of another owner comes nearer than so many metres. */
  isNear(spot: Spot, within: number, except = -1): boolean {
    return this.#visit(spot, spot, within, (key) => (this.#cells.get(key) ?? []).some((stretch) => stretch.owner !== except && gap(spot, closestOnStretch(spot, stretch.a, stretch.b)) < within));
  }
  #visit(a: Spot, b: Spot, reach: number, look: (key: number) => boolean): boolean {
    const column = (x: number): number => Math.floor(x / this.#cell);
    for (let i = column(Math.min(a.x, b.x) - reach); i <= column(Math.max(a.x, b.x) + reach); i++) {
      for (let j = column(Math.min(a.y, b.y) - reach); j <= column(Math.max(a.y, b.y) + reach); j++) if (look((i + 32_768) * 65_536 + j + 32_768)) return true;
    }
    return false;
  }
}
