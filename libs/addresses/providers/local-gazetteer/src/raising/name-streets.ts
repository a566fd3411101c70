import type { Text } from '@guildhall/kernel-contract';
import { gap, gapToLine, isInsideOutline, lengthOf, smooth } from './plane';
import type { Spot } from './plane';
import type { LaidStreet } from './lay-streets';
import type { PlannedWard, StreetName, TownPlan } from './town-plan';

export function inBothLanguages(name: StreetName): Text { return typeof name === 'string' ? { en: name, cy: name } : name; }

type Manner = 'quiet' | 'curved' | 'through';
const QUIET = /\b(Close|Court|Yard|Walk|Gardens|Passage|Row|Clos|Llys|Maes|Gerddi)\b/;
const CURVED = /\b(Crescent|Drive|Way|Cilgant|Rhodfa)\b/;

function mannerOfName(name: StreetName): Manner {
  const words = typeof name === 'string' ? name : name.en;
  return QUIET.test(words) ? 'quiet' : CURVED.test(words) ? 'curved' : 'through';
}

function mannerOfStreet(street: LaidStreet): Manner {
  const straightness = gap(street.line[0] as Spot, street.line.at(-1) as Spot) / lengthOf(street.line);
  if (street.isDeadEnd && lengthOf(street.line) < 190) return 'quiet';
  return straightness < 0.94 ? 'curved' : 'through';
}

export function middleOf(line: readonly Spot[]): Spot {
  let left = lengthOf(line) / 2;
  for (let at = 1; at < line.length; at++) {
    const a = line[at - 1] as Spot; const b = line[at] as Spot;
    const length = gap(a, b);
    if (length >= left) return { x: a.x + ((b.x - a.x) * left) / (length || 1), y: a.y + ((b.y - a.y) * left) / (length || 1) };
    left -= length;
  }
  return line.at(-1) as Spot;
}

export function nearestWard(plan: TownPlan, spot: Spot): number {
  let best = 0;
  plan.wards.forEach((ward, at) => { if (gap(ward.centre, spot) < gap((plan.wards[best] as PlannedWard).centre, spot)) best = at; });
  return best;
}

/** Gives every street a name of its own that suits it: by the river, by a green, of its ward's theme, a Close where it ends, a Crescent where it bends. */
export function nameStreets(plan: TownPlan, streets: readonly LaidStreet[]): Text[] {
  const river = smooth(plan.river.through, 40);
  const names = new Array<Text>(streets.length);
  const left = new Map<object, StreetName[]>([[plan.riversideNames, [...plan.riversideNames]], [plan.greensideNames, [...plan.greensideNames]], ...plan.wards.map((ward): [object, StreetName[]] => [ward, [...ward.names]])]);
  const taken = new Set(plan.streets.flatMap(({ name }) => Object.values(inBothLanguages(name))));
  const take = (from: object, manner?: Manner): StreetName | undefined => {
    const names = left.get(from) ?? [];
    const at = names.findIndex((name) => (!manner || mannerOfName(name) === manner) && !Object.values(inBothLanguages(name)).some((word) => taken.has(word)));
    const [name] = at >= 0 ? names.splice(at, 1) : [];
    if (name) for (const word of Object.values(inBothLanguages(name))) taken.add(word);
    return name;
  };
  const inOrder = streets.map((street, at) => ({ street, at, middle: middleOf(street.line) })).sort((a, b) => gap(a.middle, { x: 0, y: 0 }) - gap(b.middle, { x: 0, y: 0 }));
  for (const { street, at, middle } of inOrder) {
    if (street.planned) { names[at] = inBothLanguages(street.planned.name); continue; }
    const manner = mannerOfStreet(street);
    const wards = [...plan.wards].sort((a, b) => gap(a.centre, middle) - gap(b.centre, middle));
    const isRiverside = gapToLine(middle, river) < 95;
    const isGreenside = plan.grounds.some(({ kind, outline }) => kind === 'green' && (isInsideOutline(outline, middle) || gapToLine(middle, [...outline, outline[0] as Spot]) < 55));
    const name = (isRiverside ? take(plan.riversideNames) : undefined) ?? (isGreenside ? take(plan.greensideNames) : undefined)
      ?? take(wards[0] as PlannedWard, manner) ?? take(wards[0] as PlannedWard)
      ?? wards.reduce<StreetName | undefined>((found, ward) => found ?? take(ward), undefined);
    if (name === undefined) throw new Error(`The plan of ${plan.id} has fewer street names than streets: add some to the ward ${wards[0]?.name.en}.`);
    names[at] = inBothLanguages(name);
  }
  return names;
}
