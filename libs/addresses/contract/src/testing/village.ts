import type { Language, Text } from '@guildhall/kernel-contract';
import type { Address, Area, StreetKind, Uprn, Usrn, Ward, Zone } from '../address';
import type { Point } from '../geometry';
import { parsePostcode } from '../postcode';
import type { Postcode } from '../postcode';
import type { KnownGround } from './known-ground';

/** One street of the village. */
export interface VillageStreet { readonly usrn: Usrn; readonly name: Text; readonly kind: StreetKind; readonly line: readonly [Point, Point]; readonly ward: number }
/** One house of the village. */
export interface VillageHouse { readonly uprn: Uprn; readonly number: number; readonly street: VillageStreet; readonly postcode: Postcode; readonly point: Point }

const CENTRE: Point = { latitude: 53.3, longitude: 2.1 };
const TOWN = 'Little Testing';
export const WARDS: readonly { readonly code: string; readonly name: Text; readonly west: number; readonly east: number }[] = [
  { code: 'E05099991', name: { en: 'West Testing', cy: 'Gorllewin Testing' }, west: -0.01, east: 0 },
  { code: 'E05099992', name: { en: 'East Testing', cy: 'Dwyrain Testing' }, west: 0, east: 0.01 },
];
/** Rounds for bins divide the village as its wards do; two of its conservation areas lie over one another. */
const ZONES: readonly { readonly kind: string; readonly title: Text; readonly code: string; readonly name: Text; readonly west: number; readonly east: number }[] = [
  { kind: 'bin-round', title: { en: 'Bin round', cy: 'Rownd finiau' }, code: 'T1', name: { en: 'Tuesday', cy: 'Dydd Mawrth' }, west: -0.01, east: 0 },
  { kind: 'bin-round', title: { en: 'Bin round', cy: 'Rownd finiau' }, code: 'W1', name: { en: 'Wednesday', cy: 'Dydd Mercher' }, west: 0, east: 0.01 },
  { kind: 'conservation-area', title: { en: 'Conservation area', cy: 'Ardal gadwraeth' }, code: 'C1', name: { en: 'Old Village', cy: 'Yr Hen Bentref' }, west: -0.008, east: 0.008 },
  { kind: 'conservation-area', title: { en: 'Conservation area', cy: 'Ardal gadwraeth' }, code: 'C2', name: { en: 'High Street', cy: 'Stryd Fawr' }, west: -0.004, east: 0.006 },
];
const HALF = 0.01;
const DISTRICT = 'E07000998';

function at(north: number, east: number): Point { return { latitude: CENTRE.latitude + north, longitude: CENTRE.longitude + east }; }

export const STREETS: readonly VillageStreet[] = [
  { usrn: '99000001' as Usrn, name: { en: 'High Street', cy: 'Stryd Fawr' }, kind: 'main-road', line: [at(0, -0.006), at(0, 0.006)], ward: 0 },
  { usrn: '99000002' as Usrn, name: { en: 'Mill Lane', cy: 'Lôn y Felin' }, kind: 'lane', line: [at(0, -0.003), at(0.004, -0.003)], ward: 0 },
  { usrn: '99000003' as Usrn, name: { en: 'St David’s Road', cy: 'Heol Dewi' }, kind: 'road', line: [at(0, 0.003), at(-0.004, 0.003)], ward: 1 },
];

function housesOf(street: VillageStreet, count: number, postcodes: readonly string[], firstUprn: number): VillageHouse[] {
  const [from, to] = street.line;
  return Array.from({ length: count }, (_, index) => {
    const part = (index + 1) / (count + 1);
    return {
      uprn: String(firstUprn + index) as Uprn, number: index + 1, street, postcode: parsePostcode(postcodes[Math.floor((index * postcodes.length) / count)] as string) as Postcode,
      point: { latitude: from.latitude + (to.latitude - from.latitude) * part + (index % 2 ? 0.0001 : -0.0001), longitude: from.longitude + (to.longitude - from.longitude) * part + (index % 2 ? 0.0001 : -0.0001) },
    };
  });
}

/** Forty houses in three streets of a village that does not exist. */
export const HOUSES: readonly VillageHouse[] = [
  ...housesOf(STREETS[0] as VillageStreet, 24, ['ZZ99 9AA', 'ZZ99 9AB'], 990_000_900_001),
  ...housesOf(STREETS[1] as VillageStreet, 8, ['ZZ99 9AD'], 990_000_900_101),
  ...housesOf(STREETS[2] as VillageStreet, 8, ['ZZ99 9AE'], 990_000_900_201),
];

export const VILLAGE = { centre: CENTRE, town: TOWN, bounds: { south: CENTRE.latitude - HALF, north: CENTRE.latitude + HALF, west: CENTRE.longitude - HALF, east: CENTRE.longitude + HALF } } as const;

export function wardOf(place: number, language: Language): Ward {
  const ward = WARDS[place] as (typeof WARDS)[number];
  return { code: ward.code, name: ward.name[language] };
}

export function areaAt(point: Point, language: Language): Area | undefined {
  const east = point.longitude - CENTRE.longitude;
  if (Math.abs(point.latitude - CENTRE.latitude) > HALF) return undefined;
  const place = WARDS.findIndex((ward) => east >= ward.west && east < ward.east);
  return place < 0 ? undefined : { ward: wardOf(place, language), districtCode: DISTRICT };
}

export function zonesAt(point: Point, language: Language): Zone[] {
  const east = point.longitude - CENTRE.longitude;
  if (Math.abs(point.latitude - CENTRE.latitude) > HALF) return [];
  return ZONES.filter((zone) => east >= zone.west && east < zone.east).map(({ kind, title, code, name }) => ({ kind, title: title[language], code, name: name[language] }));
}

export function addressOf(house: VillageHouse, language: Language): Address {
  return { uprn: house.uprn, lines: [`${house.number} ${house.street.name[language]}`, TOWN], postcode: house.postcode, point: house.point, ward: areaAt(house.point, language)?.ward, usrn: house.street.usrn };
}

const known = HOUSES[4] as VillageHouse;

/** What is known of the village, for the kits. @public */
export const villageGround: KnownGround = {
  address: addressOf(known, 'en'), houseNumber: '5', street: 'High Street', addressesInPostcode: 12, emptyPostcode: 'ZZ99 9ZZ' as Postcode,
  area: areaAt(known.point, 'en'), zones: zonesAt(known.point, 'en'), welshLines: addressOf(known, 'cy').lines, outside: { latitude: 49.2, longitude: -11.5 },
};
