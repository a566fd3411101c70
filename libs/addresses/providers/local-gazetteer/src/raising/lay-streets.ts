import type { StreetKind } from '@guildhall/addresses-contract';
import { SeededRandom } from './random';
import { SpotGrid, StretchIndex, gap, isInsideOutline, lengthOf, simplify, smooth } from './plane';
import type { Spot } from './plane';
import type { PlannedStreet, Pull, TownPlan } from './town-plan';

/** A street before it has a name. */
export interface LaidStreet { readonly kind: StreetKind; readonly line: readonly Spot[]; readonly planned?: PlannedStreet; readonly isDeadEnd: boolean }

/** Streets run along the pulls (`along`) and across them; blocks are as deep as two gardens and as long as a row of houses. */
const SPACING = { along: 74, across: 138 } as const;
type Family = keyof typeof SPACING;
const STEP = 6;
const SHORTEST = 55;
const LONGEST = 430;

/**
 * Lays the streets of a town: the main ones as planned, the rest grown along a field of directions, each keeping its distance from its
 * neighbours and stopping at water, greens and main roads (after Chen et al., "Interactive Procedural Street Modeling", 2008).
 */
export function layStreets(plan: TownPlan, random: SeededRandom): LaidStreet[] {
  const ground = new Ground(plan);
  const planned = plan.streets.map((street): LaidStreet => ({ kind: street.kind, line: smooth(street.through), planned: street, isDeadEnd: false }));
  const walls = new StretchIndex();
  planned.forEach((street, at) => walls.add(at, street.line));
  const grown = (['along', 'across'] as const).flatMap((family) => growFamily(family, plan, ground, planned, walls, random));
  const joined = joinEnds(grown, planned);
  const network = networkOf(joined, planned);
  return onlyReachable([...planned, ...joined.flatMap((line, at) => cutIntoStreets(line, planned.length + at, network, random))]);
}

/** Without the streets to which no other street leads. */
function onlyReachable(streets: readonly LaidStreet[]): LaidStreet[] {
  const network = new StretchIndex();
  streets.forEach((street, at) => network.add(at, street.line));
  const meeting = streets.map((street) => network.ownersMeeting(street.line));
  // An end may touch the middle of another street, which does not know of it: look both ways.
  meeting.forEach((others, at) => { for (const other of others) meeting[other]?.add(at); });
  const reached = new Set<number>([0]);
  for (const at of reached) for (const other of meeting[at] ?? []) reached.add(other);
  return streets.filter((_, at) => reached.has(at));
}

/** Every line with its number: the planned streets first. */
function networkOf(lines: readonly (readonly Spot[])[], planned: readonly LaidStreet[]): StretchIndex {
  const network = new StretchIndex();
  planned.forEach((street, at) => network.add(at, street.line));
  lines.forEach((line, at) => network.add(planned.length + at, line));
  return network;
}

/** Where a street may run, and in which direction. */
class Ground {
  readonly #river = new StretchIndex();
  readonly #margin: number;
  constructor(private readonly plan: TownPlan) {
    this.#river.add(0, smooth(plan.river.through, 20));
    this.#margin = plan.river.halfWidth + 20;
  }
  isFree(spot: Spot): boolean {
    const angle = Math.atan2(spot.y, spot.x);
    const edge = this.plan.radius * (1 + 0.1 * Math.sin(3 * angle + this.plan.seed) + 0.06 * Math.sin(7 * angle));
    if (gap(spot, { x: 0, y: 0 }) > edge) return false;
    if (this.#river.isNear(spot, this.#margin)) return false;
    return this.plan.grounds.every(({ outline }) => !isInsideOutline(outline, spot));
  }
  /** Direction in radians: the pulls are added as tensors, so that opposite directions agree. */
  direction(spot: Spot): number {
    let cos = 0; let sin = 0;
    for (const pull of this.plan.pulls) {
      const away = gap(spot, pull.at);
      const weight = Math.exp(-(away * away) / (pull.reach * pull.reach));
      const twice = 2 * angleOf(pull, spot);
      cos += weight * Math.cos(twice);
      sin += weight * Math.sin(twice);
    }
    return Math.atan2(sin, cos) / 2;
  }
}

function angleOf(pull: Pull, spot: Spot): number {
  return pull.kind === 'along' ? (pull.degrees * Math.PI) / 180 : Math.atan2(spot.y - pull.at.y, spot.x - pull.at.x) + Math.PI / 2;
}

function growFamily(family: Family, plan: TownPlan, ground: Ground, planned: readonly LaidStreet[], walls: StretchIndex, random: SeededRandom): Spot[][] {
  const spacing = SPACING[family];
  const taken = new SpotGrid<Spot & { readonly owner: number }>(spacing);
  const turn = family === 'along' ? 0 : Math.PI / 2;
  const heading = (spot: Spot): number => ground.direction(spot) + turn;
  // A main road that runs the same way is a neighbour to keep away from; one that crosses is only a wall.
  for (const { line: wall } of planned) {
    for (let at = 1; at < wall.length; at++) {
      const a = wall[at - 1] as Spot; const b = wall[at] as Spot;
      if (Math.abs(Math.cos(Math.atan2(b.y - a.y, b.x - a.x) - heading(b))) > 0.8) taken.add({ ...b, owner: -1 });
    }
  }
  const lines: Spot[][] = [];
  const candidates: Spot[] = [];
  for (let count = 0; count < 900; count++) candidates.push({ x: random.between(-1, 1) * plan.radius, y: random.between(-1, 1) * plan.radius });
  candidates.sort((a, b) => gap(b, { x: 0, y: 0 }) - gap(a, { x: 0, y: 0 }));
  for (let candidate = candidates.pop(); candidate; candidate = candidates.pop()) {
    if (!ground.isFree(candidate) || taken.has(candidate, spacing * 0.98)) continue;
    const owner = lines.length;
    const isBlocked = (spot: Spot): boolean => !ground.isFree(spot) || taken.has(spot, spacing * 0.72);
    const line = [...walk(candidate, Math.PI, heading, isBlocked, walls).reverse(), candidate, ...walk(candidate, 0, heading, isBlocked, walls)];
    if (lengthOf(line) < SHORTEST) continue;
    lines.push(line);
    for (const spot of line) taken.add({ ...spot, owner });
    // The next streets start beside this one.
    for (let at = 0; at < line.length; at += 5) {
      const spot = line[at] as Spot;
      const sideways = heading(spot) + Math.PI / 2;
      for (const sign of [1, -1]) candidates.push({ x: spot.x + sign * Math.cos(sideways) * spacing * 1.01, y: spot.y + sign * Math.sin(sideways) * spacing * 1.01 });
    }
  }
  return lines;
}

/** Follows the field from a spot, one way, until it is blocked or meets a wall. */
function walk(from: Spot, turn: number, heading: (spot: Spot) => number, isBlocked: (spot: Spot) => boolean, walls: StretchIndex): Spot[] {
  const path: Spot[] = [];
  let here = from;
  let before = heading(from) + turn;
  for (let steps = 0; steps < 140; steps++) {
    // The field has no front and back: keep to the way that was walked so far.
    const along = (spot: Spot): number => { const angle = heading(spot); return Math.cos(angle - before) >= 0 ? angle : angle + Math.PI; };
    const first = along(here);
    const middle = along({ x: here.x + (Math.cos(first) * STEP) / 2, y: here.y + (Math.sin(first) * STEP) / 2 });
    if (Math.cos(middle - before) < 0.7) break;
    const next = { x: here.x + Math.cos(middle) * STEP, y: here.y + Math.sin(middle) * STEP };
    const hit = walls.firstCrossing(here, next);
    if (hit) { path.push(hit); break; }
    if (isBlocked(next)) break;
    path.push(next);
    here = next;
    before = middle;
  }
  return path;
}

/** Lengthens an end to the street that it nearly reaches, and cuts an end that only just overshoots one. */
function joinEnds(lines: readonly Spot[][], planned: readonly LaidStreet[]): Spot[][] {
  const network = networkOf(lines, planned);
  return lines.map((line, at) => {
    const me = planned.length + at;
    return joinEnd(joinEnd(line, me, network).reverse(), me, network).reverse();
  });
}

function joinEnd(line: readonly Spot[], me: number, network: StretchIndex): Spot[] {
  let walked = 0;
  for (let at = line.length - 1; at > 1 && walked < 26; at--) {
    const hit = network.firstCrossing(line[at] as Spot, line[at - 1] as Spot, me);
    if (hit) return [...line.slice(0, at), hit];
    walked += gap(line[at] as Spot, line[at - 1] as Spot);
  }
  const end = line.at(-1) as Spot; const before = line.at(-2) as Spot;
  const length = gap(before, end) || 1;
  const reach = 84;
  const hit = network.firstCrossing(end, { x: end.x + ((end.x - before.x) / length) * reach, y: end.y + ((end.y - before.y) / length) * reach }, me);
  return hit ? [...line, hit] : [...line];
}

/** Cuts a long line into streets at crossings, now and then leaving a gap: a street that stops, and another name beyond it. */
function cutIntoStreets(line: readonly Spot[], me: number, network: StretchIndex, random: SeededRandom): LaidStreet[] {
  const streets: LaidStreet[] = [];
  let current: Spot[] = [line[0] as Spot];
  let limit = random.between(170, LONGEST);
  const finish = (): void => {
    if (lengthOf(current) >= SHORTEST) {
      const isDeadEnd = [current[0] as Spot, current.at(-1) as Spot].some((end) => !network.isNear(end, 4, me));
      streets.push({ kind: 'road', line: simplify(current, 0.6), isDeadEnd });
    }
  };
  for (let at = 1; at < line.length; at++) {
    const hit = network.firstCrossing(current.at(-1) as Spot, line[at] as Spot, me);
    if (hit && lengthOf(current) > limit && at < line.length - 12) {
      current.push(hit);
      finish();
      limit = random.between(170, LONGEST);
      if (random.isLucky(0.3)) {
        // The gap runs to the next crossing: the block behind it belongs to the gardens.
        let skip = at + 1;
        while (skip < line.length - 1 && !network.firstCrossing(line[skip - 1] as Spot, line[skip] as Spot, me)) skip++;
        const start = network.firstCrossing(line[skip - 1] as Spot, line[skip] as Spot, me) ?? (line[skip] as Spot);
        at = skip;
        current = [start];
      } else {
        current = [hit];
      }
    }
    current.push(line[at] as Spot);
  }
  finish();
  return streets;
}
