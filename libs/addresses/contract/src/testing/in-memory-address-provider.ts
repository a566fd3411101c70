import type { Language } from '@guildhall/kernel-contract';
import { Unavailable } from '@guildhall/kernel-contract';
import type { Address, AddressMatches, Area, Extent, NearbyAddress, Street, StreetMap, Uprn, Zone } from '../address';
import type { AddressAbility, AddressProvider, ProviderQuery } from '../address-provider';
import { distanceInMetres } from '../geometry';
import type { Bounds, Point } from '../geometry';
import { parsePostcode } from '../postcode';
import type { Postcode } from '../postcode';
import { HOUSES, STREETS, VILLAGE, WARDS, addressOf, areaAt, wardOf, zonesAt } from './village';
import type { VillageHouse } from './village';

function words(text: string): string[] {
  return text.slice(0, 200).normalize('NFKD').replace(/[\p{M}'’]/gu, '').toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
}

/** A village of forty addresses in memory; it can be told to be out of reach. @public */
export class InMemoryAddressProvider implements AddressProvider {
  readonly abilities: readonly AddressAbility[];
  /** Set: every question throws Unavailable. */
  isDown = false;
  constructor(abilities: readonly AddressAbility[] = ['postcode-search', 'text-search', 'uprn', 'uprn-points', 'nearest', 'street-search', 'areas', 'zones', 'postcode-areas', 'streets', 'welsh']) { this.abilities = abilities; }

  #reach(): void { if (this.isDown) throw new Unavailable('The village does not answer.'); }

  async search(query: ProviderQuery): Promise<AddressMatches> {
    this.#reach();
    const found = query.kind === 'postcode' ? HOUSES.filter((house) => house.postcode === query.postcode && (!query.building?.trim() || String(house.number) === query.building.trim())) : this.#byText(query.text);
    return { addresses: found.slice(0, query.limit).map((house) => addressOf(house, query.language)), total: found.length };
  }

  #byText(text: string): VillageHouse[] {
    const postcode = parsePostcode(/[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}/i.exec(text.slice(0, 200))?.[0] ?? '');
    const rest = words(postcode ? text.slice(0, 200).replace(/[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}/i, ' ') : text);
    if (rest.length === 0 && !postcode) return [];
    return HOUSES.filter((house) => {
      const names = [String(house.number), ...words(VILLAGE.town), ...words(house.street.name.en), ...words(house.street.name.cy)];
      return (!postcode || house.postcode === postcode) && rest.every((word) => (/^\d+$/.test(word) ? String(house.number) === word : names.some((name) => name.startsWith(word))));
    });
  }

  async byUprn(uprn: Uprn, language: Language): Promise<Address | undefined> {
    this.#reach();
    const house = HOUSES.find((each) => each.uprn === uprn);
    return house && addressOf(house, language);
  }
  async pointOfUprn(uprn: Uprn): Promise<Point | undefined> {
    this.#reach();
    return HOUSES.find((each) => each.uprn === uprn)?.point;
  }
  async nearest(point: Point, options: { readonly limit: number; readonly withinInMetres: number; readonly language: Language }): Promise<readonly NearbyAddress[]> {
    this.#reach();
    return HOUSES.map((house) => ({ address: addressOf(house, options.language), distanceInMetres: distanceInMetres(point, house.point) }))
      .filter((found) => found.distanceInMetres <= options.withinInMetres).sort((a, b) => a.distanceInMetres - b.distanceInMetres).slice(0, options.limit);
  }
  async searchStreets(text: string, options: { readonly limit: number; readonly language: Language }): Promise<readonly Street[]> {
    this.#reach();
    const wanted = words(text);
    if (wanted.length === 0) return [];
    return STREETS.filter((street) => wanted.every((word) => [...words(street.name.en), ...words(street.name.cy)].some((name) => name.startsWith(word)))).slice(0, options.limit)
      .map((street) => ({ usrn: street.usrn, name: street.name[options.language], town: VILLAGE.town, point: street.line[0], ward: wardOf(street.ward, options.language) }));
  }
  async areaOfPoint(point: Point, language: Language): Promise<Area | undefined> {
    this.#reach();
    return areaAt(point, language);
  }
  async zonesOfPoint(point: Point, language: Language): Promise<readonly Zone[]> {
    this.#reach();
    return zonesAt(point, language);
  }
  async areaOfPostcode(postcode: Postcode, language: Language): Promise<Area | undefined> {
    this.#reach();
    const house = HOUSES.find((each) => each.postcode === postcode);
    return house && areaAt(house.point, language);
  }
  async streetsWithin(bounds: Bounds, language: Language): Promise<StreetMap> {
    this.#reach();
    const meets = (line: readonly Point[]): boolean => Math.min(...line.map((spot) => spot.latitude)) <= bounds.north && Math.max(...line.map((spot) => spot.latitude)) >= bounds.south
      && Math.min(...line.map((spot) => spot.longitude)) <= bounds.east && Math.max(...line.map((spot) => spot.longitude)) >= bounds.west;
    const { south, north } = VILLAGE.bounds;
    const corner = (latitude: number, east: number): Point => ({ latitude, longitude: VILLAGE.centre.longitude + east });
    return {
      bounds,
      streets: STREETS.filter((street) => meets(street.line)).map((street) => ({ usrn: street.usrn, name: street.name[language], kind: street.kind, line: street.line })),
      shapes: [],
      wards: WARDS.map((ward, place) => ({ ward: wardOf(place, language), outline: [corner(south, ward.west), corner(north, ward.west), corner(north, ward.east), corner(south, ward.east)] })),
      buildings: HOUSES.filter((house) => meets([house.point])).map((house) => ({ uprn: house.uprn, label: String(house.number), point: house.point, bearing: 0 })),
    };
  }
  async extent(): Promise<Extent> {
    this.#reach();
    return { bounds: VILLAGE.bounds, centre: VILLAGE.centre };
  }
}
