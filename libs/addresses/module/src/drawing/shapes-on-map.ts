/** A place on a drawing, in its own units, from its upper left corner. */
export interface Dot { readonly x: number; readonly y: number }

/** The side of every drawing: two units to a pixel where it is widest. */
export const SIDE = 1_024;
/** Lines reach this far over the edge, so that their ends do not show. */
const OVER = 24;
const LEAST = -OVER;
const MOST = SIDE + OVER;

/** The parts of a line that lie on the drawing. */
export function clipLine(line: readonly Dot[]): Dot[][] {
  const parts: Dot[][] = [];
  let current: Dot[] = [];
  for (let at = 1; at < line.length; at++) {
    const stretch = clipStretch(line[at - 1] as Dot, line[at] as Dot);
    if (!stretch) { if (current.length > 1) parts.push(current); current = []; continue; }
    const [from, to] = stretch;
    const end = current.at(-1);
    if (!end || end.x !== from.x || end.y !== from.y) { if (current.length > 1) parts.push(current); current = [from]; }
    current.push(to);
  }
  if (current.length > 1) parts.push(current);
  return parts;
}

/** Liang and Barsky's way. */
function clipStretch(a: Dot, b: Dot): readonly [Dot, Dot] | undefined {
  let first = 0;
  let last = 1;
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  for (const [p, q] of [[-dx, a.x - LEAST], [dx, MOST - a.x], [-dy, a.y - LEAST], [dy, MOST - a.y]] as const) {
    if (p === 0) { if (q < 0) return undefined; continue; }
    const part = q / p;
    if (p < 0) first = Math.max(first, part); else last = Math.min(last, part);
    if (first > last) return undefined;
  }
  const on = (part: number): Dot => ({ x: a.x + dx * part, y: a.y + dy * part });
  return [first === 0 ? a : on(first), last === 1 ? b : on(last)];
}

/** The part of an outline that lies on the drawing (Sutherland and Hodgman). */
export function clipOutline(outline: readonly Dot[]): Dot[] {
  const edges: readonly { readonly isIn: (dot: Dot) => boolean; readonly meet: (a: Dot, b: Dot) => Dot }[] = [
    ...([['x', LEAST, 1], ['x', MOST, -1], ['y', LEAST, 1], ['y', MOST, -1]] as const).map(([axis, edge, sign]) => ({
      isIn: (dot: Dot): boolean => (dot[axis] - edge) * sign >= 0,
      meet: (a: Dot, b: Dot): Dot => { const part = (edge - a[axis]) / (b[axis] - a[axis]); return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }; },
    })),
  ];
  return edges.reduce<readonly Dot[]>((left, { isIn, meet }) => left.flatMap((dot, at) => {
    const before = left.at(at - 1) as Dot;
    if (isIn(dot)) return isIn(before) ? [dot] : [meet(before, dot), dot];
    return isIn(before) ? [meet(before, dot)] : [];
  }), outline) as Dot[];
}

/** With as few corners as stay within a unit and a bit of the line (Douglas and Peucker). */
export function thin(line: readonly Dot[], tolerance = 1.2): readonly Dot[] {
  const first = line[0]; const last = line.at(-1);
  if (!first || !last || line.length < 3) return line;
  let farthest = 0; let at = 0;
  const length = Math.hypot(last.x - first.x, last.y - first.y);
  for (let each = 1; each < line.length - 1; each++) {
    const dot = line[each] as Dot;
    const away = length === 0 ? Math.hypot(dot.x - first.x, dot.y - first.y) : Math.abs((last.x - first.x) * (first.y - dot.y) - (first.x - dot.x) * (last.y - first.y)) / length;
    if (away > farthest) { farthest = away; at = each; }
  }
  if (farthest <= tolerance) return [first, last];
  return [...thin(line.slice(0, at + 1), tolerance).slice(0, -1), ...thin(line.slice(at), tolerance)];
}

/** Path data in whole units, each corner from the one before: about five letters a corner. */
export function pathOf(line: readonly Dot[], isClosed = false): string {
  let x = 0; let y = 0;
  let path = '';
  line.forEach((dot, at) => {
    const nextX = Math.round(dot.x); const nextY = Math.round(dot.y);
    if (at === 0) path += `M${nextX} ${nextY}`;
    else if (nextX !== x || nextY !== y) path += nextY === y ? `h${nextX - x}` : nextX === x ? `v${nextY - y}` : `l${nextX - x}${nextY - y < 0 ? '' : ' '}${nextY - y}`;
    x = nextX; y = nextY;
  });
  return path + (isClosed && path ? 'z' : '');
}

export function lengthOf(line: readonly Dot[]): number {
  let length = 0;
  for (let at = 1; at < line.length; at++) length += Math.hypot((line[at] as Dot).x - (line[at - 1] as Dot).x, (line[at] as Dot).y - (line[at - 1] as Dot).y);
  return length;
}

/** The dot so far along the line. */
export function along(line: readonly Dot[], distance: number): Dot {
  let left = distance;
  for (let at = 1; at < line.length; at++) {
    const a = line[at - 1] as Dot; const b = line[at] as Dot;
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (length >= left) { const part = length === 0 ? 0 : left / length; return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }; }
    left -= length;
  }
  return line.at(-1) as Dot;
}
