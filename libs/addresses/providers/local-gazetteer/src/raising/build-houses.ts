import type { Text } from '@guildhall/kernel-contract';
import { SpotGrid, StretchIndex, gap, isInsideOutline, lengthOf, smooth } from './plane';
import type { Spot } from './plane';
import type { LaidStreet } from './lay-streets';
import { inBothLanguages } from './name-streets';
import type { SeededRandom } from './random';
import type { TownPlan } from './town-plan';

/** A plot with what stands on it; several addresses when there are flats. */
export interface Plot extends Spot {
  readonly side: 'odd' | 'even';
  number: number;
  suffix: number;
  name?: Text;
  /** How many flats; 0 for a house. */
  flats: number;
  /** Over a shop: the number itself is an address too. */
  hasShop: boolean;
  readonly bearing: number;
}

/** Of the town. */
const MIDDLE: Spot = { x: 0, y: 0 };

/** Puts houses along every street, numbered from the end that is nearer to the middle of the town: odd on the left, even on the right. */
export function buildHouses(plan: TownPlan, streets: readonly LaidStreet[], random: SeededRandom): Plot[][] {
  const network = new StretchIndex();
  streets.forEach((street, at) => network.add(at, street.line));
  const river = new StretchIndex();
  river.add(0, smooth(plan.river.through, 20));
  const edges = new StretchIndex();
  plan.grounds.forEach(({ outline }, at) => edges.add(at, [...outline, outline[0] as Spot]));
  const built = new SpotGrid<Spot>(12);
  const isFree = (spot: Spot, street: number): boolean => !network.isNear(spot, 9.5, street) && !built.has(spot, 7) && !river.isNear(spot, plan.river.halfWidth + 9) && !edges.isNear(spot, 5)
    && plan.grounds.every(({ outline }) => !isInsideOutline(outline, spot));
  const blockNames = random.shuffled(plan.blockNames).map(inBothLanguages);
  const houseNames = random.shuffled(plan.houseNames).map(inBothLanguages);
  const plots = streets.map((street, at) => {
    const line = gap(street.line[0] as Spot, MIDDLE) <= gap(street.line.at(-1) as Spot, MIDDLE) ? street.line : [...street.line].reverse();
    return street.kind === 'path' ? [] : (['odd', 'even'] as const).flatMap((side) => buildSide({ plan, street, line, side, random, blockNames, houseNames, isFree: (spot) => isFree(spot, at), built, river }));
  });
  nameBuildings(plan, plots);
  return plots;
}

interface Side {
  readonly plan: TownPlan;
  readonly street: LaidStreet;
  readonly line: readonly Spot[];
  readonly side: 'odd' | 'even';
  readonly random: SeededRandom;
  /** Names that are not taken yet: taken from the end. */
  readonly blockNames: Text[];
  readonly houseNames: Text[];
  readonly isFree: (spot: Spot) => boolean;
  readonly built: SpotGrid<Spot>;
  readonly river: StretchIndex;
}

function buildSide({ plan, street, line, side, random, blockNames, houseNames, isFree, built, river }: Side): Plot[] {
  const plots: Plot[] = [];
  const length = lengthOf(line);
  const hasShops = street.planned?.isBusy ?? false;
  const back = street.kind === 'main-road' ? 16 : 13;
  let number = side === 'odd' ? 1 : 2;
  for (let along = 15; along < length - 8;) {
    const { spot, angle } = at(line, along);
    const away = gap(spot, MIDDLE);
    const isBusy = hasShops && away < 650;
    const frontage = isBusy ? random.between(7.5, 10) : away < 450 ? random.between(8, 11) : away < plan.radius * 0.75 ? random.between(11, 14.5) : away < plan.radius * 1.05 ? random.between(14, 20) : random.between(70, 180);
    const turn = side === 'odd' ? Math.PI / 2 : -Math.PI / 2;
    const place = { x: spot.x + Math.cos(angle + turn) * back, y: spot.y + Math.sin(angle + turn) * back };
    along += frontage;
    if (away > plan.areaRadius * 0.88 || !isFree(place)) continue;
    built.add(place);
    // Degrees clockwise from north, towards the street.
    const bearing = Math.round((((Math.PI / 2 - (angle + turn + Math.PI)) * 180) / Math.PI + 720) % 360);
    const plot: Plot = { ...place, side, number, suffix: 0, flats: 0, hasShop: false, bearing };
    const chance = random.next();
    const before = plots.at(-1);
    if (isBusy && chance < 0.35) { plot.flats = 1 + random.below(3); plot.hasShop = true; }
    else if (!isBusy && away < plan.radius && chance < 0.05 && blockNames.length > 0 && river.isNear(place, 190)) {
      plot.name = blockNames.pop();
      plot.flats = 6 + random.below(13);
      plot.number = 0;
      along += 14;
    } else if ((street.kind === 'lane' || away > plan.radius || chance > 0.992) && houseNames.length > 0 && chance > 0.35) {
      plot.name = houseNames.pop();
      plot.number = 0;
    } else if (chance > 0.975 && before && before.number > 0) {
      // Built later, between two that had their numbers: 14A.
      plot.number = before.number;
      plot.suffix = before.suffix + 1;
    }
    if (plot.number === number) number += number === 11 && chance < 0.4 ? 4 : 2;
    plots.push(plot);
  }
  return plots;
}

/** The spot so many metres along the line, and the way the line runs there. */
function at(line: readonly Spot[], along: number): { readonly spot: Spot; readonly angle: number } {
  let left = along;
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1] as Spot; const b = line[i] as Spot;
    const length = gap(a, b);
    if (length >= left || i === line.length - 1) {
      const part = length === 0 ? 0 : Math.min(1, left / length);
      return { spot: { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }, angle: Math.atan2(b.y - a.y, b.x - a.x) };
    }
    left -= length;
  }
  throw new Error('A street needs two corners.');
}

/** The town hall, the schools, the inns: each takes the nearest plot that has a plain number. */
function nameBuildings(plan: TownPlan, plots: readonly (readonly Plot[])[]): void {
  const all = plots.flat();
  for (const building of plan.buildings) {
    let best: Plot | undefined;
    let nearest = Infinity;
    for (const plot of all) {
      const away = gap(plot, building.near);
      if (away < nearest && !plot.name && plot.flats === 0 && plot.suffix === 0) { best = plot; nearest = away; }
    }
    if (!best) throw new Error(`No plot is free for ${inBothLanguages(building.name).en}.`);
    best.name = inBothLanguages(building.name);
  }
}
