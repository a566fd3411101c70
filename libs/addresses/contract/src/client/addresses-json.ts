import { Unavailable } from '@guildhall/kernel-contract';
import { parseUprn } from '../address';
import type { Address, AddressMatches, Area, Extent, MapBuilding, MapShape, MapStreet, MapWard, NearbyAddress, Street, StreetKind, StreetMap, Usrn, Ward, Zone } from '../address';
import { pointOf } from '../geometry';
import type { Bounds, Point } from '../geometry';
import { parseMapView } from '../map-view';
import type { MapPicture } from '../map-view';
import { parsePostcode } from '../postcode';

/*
 * What comes from another deployment is read field by field: unknown fields are ignored, a missing or misshapen one means that the two
 * sides do not speak the same version.
 */

type Fields = Readonly<Record<string, unknown>>;

function misshapen(what: string): Unavailable {
  return new Unavailable(`The addresses service answered with a misshapen ${what}. Compare the versions of the contract on both sides.`);
}
function fields(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw misshapen(what);
  return value as Fields;
}
function text(value: unknown, what: string): string {
  if (typeof value !== 'string') throw misshapen(what);
  return value;
}
function number(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw misshapen(what);
  return value;
}
function present<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw misshapen(what);
  return value;
}
function oneOf<Word extends string>(words: readonly Word[], value: unknown, what: string): Word {
  return present(words.find((word) => word === value), what);
}

export function list<Item>(value: unknown, what: string, parse: (item: unknown) => Item): Item[] {
  if (!Array.isArray(value)) throw misshapen(what);
  return value.map(parse);
}

function point(value: unknown): Point {
  const { latitude, longitude } = fields(value, 'point');
  return present(pointOf(number(latitude, 'latitude'), number(longitude, 'longitude')), 'point');
}
function bounds(value: unknown): Bounds {
  const { south, west, north, east } = fields(value, 'rectangle');
  return { south: number(south, 'rectangle'), west: number(west, 'rectangle'), north: number(north, 'rectangle'), east: number(east, 'rectangle') };
}
function ward(value: unknown): Ward {
  const { code, name } = fields(value, 'ward');
  return { code: text(code, 'ward'), name: text(name, 'ward') };
}
function zone(value: unknown): Zone {
  const { kind, title, code, name } = fields(value, 'zone');
  return { kind: text(kind, 'zone'), title: text(title, 'zone'), code: text(code, 'zone'), name: text(name, 'zone') };
}
function usrn(value: unknown): Usrn {
  if (!/^\d{1,8}$/.test(text(value, 'USRN'))) throw misshapen('USRN');
  return value as Usrn;
}
function uprn(value: unknown): Address['uprn'] { return present(parseUprn(text(value, 'UPRN')), 'UPRN'); }

export function address(value: unknown): Address {
  const given = fields(value, 'address');
  return {
    uprn: uprn(given['uprn']),
    lines: list(given['lines'], 'address', (line) => text(line, 'address')),
    postcode: present(parsePostcode(text(given['postcode'], 'postcode')), 'postcode'),
    point: point(given['point']),
    ...(given['ward'] === undefined ? {} : { ward: ward(given['ward']) }),
    ...(given['zones'] === undefined ? {} : { zones: zones(given) }),
    ...(given['usrn'] === undefined ? {} : { usrn: usrn(given['usrn']) }),
  };
}
export function addressMatches(value: unknown): AddressMatches {
  const given = fields(value, 'list of addresses');
  return { addresses: list(given['addresses'], 'list of addresses', address), total: number(given['total'], 'total') };
}
export function nearbyAddresses(value: unknown): NearbyAddress[] {
  return list(fields(value, 'list of addresses')['nearby'], 'list of addresses', (item) => {
    const given = fields(item, 'address');
    return { address: address(given['address']), distanceInMetres: number(given['distanceInMetres'], 'distance') };
  });
}
export function streets(value: unknown): Street[] {
  return list(fields(value, 'list of streets')['streets'], 'list of streets', (item): Street => {
    const given = fields(item, 'street');
    return { usrn: usrn(given['usrn']), name: text(given['name'], 'street'), town: text(given['town'], 'street'), point: point(given['point']), ...(given['ward'] === undefined ? {} : { ward: ward(given['ward']) }) };
  });
}
export function area(value: unknown): Area | undefined {
  const given = fields(value, 'area')['area'];
  if (given === null || given === undefined) return undefined;
  const found = fields(given, 'area');
  return { ward: ward(found['ward']), districtCode: text(found['districtCode'], 'area') };
}
export function zones(value: unknown): Zone[] {
  return list(fields(value, 'list of zones')['zones'], 'list of zones', zone);
}
export function extent(value: unknown): Extent {
  const given = fields(value, 'extent');
  return { bounds: bounds(given['bounds']), centre: point(given['centre']) };
}

const STREET_KINDS: readonly StreetKind[] = ['main-road', 'road', 'lane', 'path'];
const SHAPE_KINDS: readonly MapShape['kind'][] = ['water', 'green', 'square'];

export function streetMap(value: unknown): StreetMap {
  const given = fields(value, 'map');
  return {
    bounds: bounds(given['bounds']),
    streets: list(given['streets'], 'map', (item): MapStreet => {
      const street = fields(item, 'street');
      return { usrn: usrn(street['usrn']), name: text(street['name'], 'street'), kind: oneOf(STREET_KINDS, street['kind'], 'street'), line: list(street['line'], 'street', point) };
    }),
    shapes: list(given['shapes'], 'map', (item): MapShape => {
      const shape = fields(item, 'shape');
      return { kind: oneOf(SHAPE_KINDS, shape['kind'], 'shape'), name: text(shape['name'], 'shape'), outline: list(shape['outline'], 'shape', point) };
    }),
    wards: list(given['wards'], 'map', (item): MapWard => {
      const found = fields(item, 'ward');
      return { ward: ward(found['ward']), outline: list(found['outline'], 'ward', point) };
    }),
    buildings: list(given['buildings'], 'map', (item): MapBuilding => {
      const building = fields(item, 'building');
      return { uprn: uprn(building['uprn']), label: text(building['label'], 'building'), point: point(building['point']), bearing: number(building['bearing'], 'building') };
    }),
  };
}

export function picture(value: unknown): MapPicture {
  const given = fields(value, 'map');
  const viewText = text(given['viewText'], 'map');
  const tiles = given['tiles'] === undefined ? undefined : list(given['tiles'], 'map', (row): readonly [string, string] => {
    const [left, right] = list(row, 'map', (tile) => text(tile, 'map'));
    return [present(left, 'map'), present(right, 'map')];
  });
  return {
    view: present(parseMapView(viewText), 'map'), viewText, image: text(given['image'], 'map'), description: text(given['description'], 'map'),
    ...(tiles ? { tiles } : {}), ...(given['attribution'] === undefined ? {} : { attribution: text(given['attribution'], 'map') }), ...(given['at'] === undefined ? {} : { at: point(given['at']) }),
  };
}
