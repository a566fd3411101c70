import { InvalidInput } from '@guildhall/kernel-contract';
import { parsePoint, pointOf } from '@guildhall/addresses-contract';
import type { Bounds, Point } from '@guildhall/addresses-contract';

/** The parameters of a query as they came: a name given twice is an array. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One text. @throws InvalidInput when the name was given more than once */
export function textOf(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || typeof value === 'string') return value;
  throw wrong(name, 'is given more than once');
}

/** @throws InvalidInput when it is there and is no number */
export function numberOf(query: Query, name: string): number | undefined {
  const text = textOf(query, name);
  if (text === undefined) return undefined;
  if (!/^[+-]?\d{1,9}(\.\d{1,20})?(e-\d{1,2})?$/.test(text)) throw wrong(name, 'must be a number');
  return Number(text);
}

/** `latitude` and `longitude`, when either is there. @throws InvalidInput when they are no place on the Earth */
export function pointIn(query: Query): Point | undefined {
  const latitude = numberOf(query, 'latitude');
  const longitude = numberOf(query, 'longitude');
  if (latitude === undefined && longitude === undefined) return undefined;
  const point = pointOf(latitude ?? Number.NaN, longitude ?? Number.NaN);
  if (!point) throw wrong('latitude', 'and longitude must be degrees, like latitude=53.1&longitude=1.95');
  return point;
}

/** `53.1,1.95`. @throws InvalidInput when it is there and is no place */
export function writtenPoint(query: Query, name: string): Point | undefined {
  const text = textOf(query, name);
  const point = text === undefined ? undefined : parsePoint(text);
  if (text !== undefined && !point) throw wrong(name, 'must be a place, like 53.1,1.95');
  return point;
}

/** The use case looks whether it is a rectangle: a missing side is NaN. */
export function boundsIn(query: Query): Bounds {
  const side = (name: string): number => numberOf(query, name) ?? Number.NaN;
  return { south: side('south'), west: side('west'), north: side('north'), east: side('east') };
}

export function wrong(field: string, message: string): InvalidInput {
  return new InvalidInput(`The parameter ${field} ${message}.`, [{ field, message }]);
}
