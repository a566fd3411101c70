import { isInside } from '@guildhall/addresses-contract';
import type { Point, Postcode, Usrn } from '@guildhall/addresses-contract';
import { ROW } from '../gazetteer';
import type { AddressRow, GazetteerWard, TownRegister } from '../gazetteer';
import type { Text } from '@guildhall/kernel-contract';
import { bandAround, clipToNearer, simplify, smooth } from './plane';
import type { Spot } from './plane';
import { buildHouses } from './build-houses';
import type { Plot } from './build-houses';
import { layStreets } from './lay-streets';
import { inBothLanguages, middleOf, nameStreets, nearestWard } from './name-streets';
import { SeededRandom } from './random';
import type { TownPlan } from './town-plan';

/** Metres of a degree of latitude on the sphere of the mean radius. */
const DEGREE_IN_METRES = 111_195.08;

/** Raises a whole town from its plan. The same plan gives the same town, to the last decimal, on every machine. */
export function raiseTown(plan: TownPlan): TownRegister {
  const random = new SeededRandom(plan.seed);
  const onEarth = projection(plan.centre);
  const laid = layStreets(plan, random);
  const names = nameStreets(plan, laid);
  const plots = buildHouses(plan, laid, random);
  const buildingNames: Text[] = [];
  const postcodes = new PostcodeBook(plan);
  const rows: AddressRow[] = [];
  const wards = wardsOf(plan, onEarth);
  // By the outline as it is published, so that an address and its point never disagree.
  const wardAt = (spot: Spot): number => { const at = wards.findIndex((ward) => isInside(ward.outline, onEarth(spot))); return at < 0 ? nearestWard(plan, spot) : at; };
  const streets = laid.map((street, at): TownRegister['streets'][number] => {
    const first = rows.length;
    const middle = middleOf(street.line);
    for (const round of deliveryRounds(plots[at] ?? [])) {
      const postcode = postcodes.next(nearestWard(plan, middle));
      for (const plot of round) rows.push(...rowsOf(plot, { street: at, postcode, ward: wardAt(plot), buildingNames, point: onEarth(plot) }));
    }
    const line = street.line.map(onEarth);
    return { usrn: String(plan.firstUsrn + at) as Usrn, name: names[at] as Text, kind: street.kind, line, point: onEarth(middle), ward: wardAt(middle), first, end: rows.length };
  });
  const addresses = rows.map((row) => ROW.map((part) => row[part]));
  return { town: plan.town, districtCode: plan.districtCode, centre: plan.centre, firstUprn: plan.firstUprn, streets, wards, shapes: shapesOf(plan, onEarth), names: buildingNames, postcodes: postcodes.all, addresses };
}

/** Metres to degrees around the town's centre, to six decimals (11 cm), as gazetteers give them. */
function projection(centre: Point): (spot: Spot) => Point {
  const longitudeDegree = DEGREE_IN_METRES * Math.cos((centre.latitude * Math.PI) / 180);
  const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
  return (spot) => ({ latitude: rounded(centre.latitude + spot.y / DEGREE_IN_METRES), longitude: rounded(centre.longitude + spot.x / longitudeDegree) });
}

/** A postcode is one stop of a delivery round: a short street, one side of a part of a long one, a block of flats. */
function deliveryRounds(plots: readonly Plot[]): Plot[][] {
  const blocks = plots.filter((plot) => plot.flats > 5);
  const houses = plots.filter((plot) => plot.flats <= 5);
  const rounds: Plot[][] = [];
  if (houses.length <= 34) rounds.push(houses);
  else for (const side of ['odd', 'even'] as const) {
    const row = houses.filter((plot) => plot.side === side);
    const parts = Math.max(1, Math.round(row.length / 22));
    for (let part = 0; part < parts; part++) rounds.push(row.slice(Math.round((part * row.length) / parts), Math.round(((part + 1) * row.length) / parts)));
  }
  return [...rounds, ...blocks.map((block) => [block])].filter((round) => round.length > 0);
}

function rowsOf(plot: Plot, given: { readonly street: number; readonly postcode: number; readonly ward: number; readonly buildingNames: Text[]; readonly point: Point }): AddressRow[] {
  const name = plot.name ? given.buildingNames.push(plot.name) : 0;
  const row = { street: given.street, number: plot.number, suffix: plot.suffix, name, postcode: given.postcode, ward: given.ward, ...given.point, bearing: plot.bearing };
  const flats = Array.from({ length: plot.flats }, (_, at): AddressRow => ({ ...row, flat: at + 1 }));
  return plot.flats === 0 || plot.hasShop ? [{ ...row, flat: 0 }, ...flats] : flats;
}

/** Letters of an inward code: without C I K M O V. */
const UNIT_LETTERS = 'ABDEFGHJLNPQRSTUWXYZ';

class PostcodeBook {
  readonly all: Postcode[] = [];
  readonly #used = new Map<number, number>();
  constructor(private readonly plan: TownPlan) {}
  next(ward: number): number {
    const sector = this.plan.sectors[ward % this.plan.sectors.length] as number;
    const unit = this.#used.get(sector) ?? 0;
    if (unit >= UNIT_LETTERS.length ** 2) throw new Error(`${this.plan.id} has more delivery rounds than sector ${sector} has postcodes: give it another sector.`);
    this.#used.set(sector, unit + 1);
    return this.all.push(`ZZ99 ${sector}${UNIT_LETTERS[Math.floor(unit / UNIT_LETTERS.length)]}${UNIT_LETTERS[unit % UNIT_LETTERS.length]}` as Postcode) - 1;
  }
}

function wardsOf(plan: TownPlan, onEarth: (spot: Spot) => Point): GazetteerWard[] {
  const area = Array.from({ length: 60 }, (_, at): Spot => {
    const angle = (at * Math.PI) / 30;
    const radius = plan.areaRadius * (1 + 0.05 * Math.sin(2 * angle + plan.seed) + 0.03 * Math.sin(5 * angle));
    return { x: Math.cos(angle) * radius, y: Math.sin(angle) * radius };
  });
  return plan.wards.map((ward) => {
    const outline = plan.wards.reduce<Spot[]>((left, other) => (other === ward ? left : clipToNearer(left, ward.centre, other.centre)), area);
    return { code: ward.code, name: ward.name, outline: outline.map(onEarth) };
  });
}

function shapesOf(plan: TownPlan, onEarth: (spot: Spot) => Point): TownRegister['shapes'] {
  const course = simplify(smooth(plan.river.through, 20), 1);
  const river = bandAround(course, (at) => plan.river.halfWidth * (1 + 0.12 * Math.sin(at * 1.7)));
  const shapes = [{ kind: 'water' as const, name: plan.river.name, outline: river }, ...plan.grounds.map((ground) => ({ ...ground, outline: ground.kind === 'square' ? ground.outline : rounded(ground.outline) }))];
  return shapes.map(({ kind, name, outline }) => ({ kind, name: inBothLanguages(name), outline: outline.map(onEarth) }));
}

/** A closed outline with its corners taken off. */
function rounded(outline: readonly Spot[]): Spot[] {
  return outline.flatMap((corner, at) => {
    const before = outline.at(at - 1) as Spot; const after = outline[(at + 1) % outline.length] as Spot;
    const towards = (other: Spot, part: number): Spot => ({ x: corner.x + (other.x - corner.x) * part, y: corner.y + (other.y - corner.y) * part });
    return [towards(before, 0.22), towards(before, 0.07), towards(after, 0.07), towards(after, 0.22)];
  });
}
