import type { Language } from '@guildhall/kernel-contract';
import { defineProvider } from '@guildhall/kernel-contract';
import type { ProviderInstallation } from '@guildhall/kernel-contract';
import { ADDRESS_PROVIDER, distanceInMetres } from '@guildhall/addresses-contract';
import type { Address, AddressAbility, AddressMatches, AddressProvider, Area, Bounds, Extent, MapBuilding, NearbyAddress, Point, Postcode, ProviderQuery, Street, StreetMap, Uprn, Ward } from '@guildhall/addresses-contract';
import type { GazetteerDataset, OpenDataset } from './dataset';
import type { GazetteerStreet, GazetteerWard } from './gazetteer';

/** Wider than this, buildings are too small to draw. */
const BUILDINGS_WITHIN_METRES = 600;

/** Answers from a set of addresses in memory. */
export class LocalGazetteer implements AddressProvider {
  readonly abilities: readonly AddressAbility[] = ['postcode-search', 'text-search', 'uprn', 'uprn-points', 'nearest', 'street-search', 'areas', 'postcode-areas', 'streets', 'welsh'];

  constructor(private readonly dataset: GazetteerDataset) {}

  async search(query: ProviderQuery): Promise<AddressMatches> {
    const data = this.dataset.open();
    const found = query.kind === 'postcode' ? data.addresses.byPostcode(query.postcode, query.building, query.limit) : data.addresses.byText(query.text, query.limit);
    return { addresses: found.addresses.map((at) => addressAt(data, at, query.language)), total: found.total };
  }

  async byUprn(uprn: Uprn, language: Language): Promise<Address | undefined> {
    const data = this.dataset.open();
    const at = data.gazetteer.find(uprn);
    return at === undefined ? undefined : addressAt(data, at, language);
  }

  async pointOfUprn(uprn: Uprn): Promise<Point | undefined> {
    const { gazetteer } = this.dataset.open();
    const at = gazetteer.find(uprn);
    return at === undefined ? undefined : gazetteer.pointOf(at);
  }

  async nearest(point: Point, options: { readonly limit: number; readonly withinInMetres: number; readonly language: Language }): Promise<readonly NearbyAddress[]> {
    const data = this.dataset.open();
    return data.places.nearest(point, options.limit, options.withinInMetres).map((found) => ({ address: addressAt(data, found.at, options.language), distanceInMetres: found.distanceInMetres }));
  }

  async searchStreets(text: string, options: { readonly limit: number; readonly language: Language }): Promise<readonly Street[]> {
    const { gazetteer, addresses } = this.dataset.open();
    return addresses.streets(text, options.limit).map((at): Street => {
      const street = gazetteer.streets[at] as GazetteerStreet;
      return { usrn: street.usrn, name: street.name[options.language], town: gazetteer.town[options.language], point: street.point, ward: wardIn(gazetteer.wards, street.ward, options.language) };
    });
  }

  async areaOfPoint(point: Point, language: Language): Promise<Area | undefined> {
    const { gazetteer, places } = this.dataset.open();
    const at = places.wardAt(point);
    return at === undefined ? undefined : { ward: wardIn(gazetteer.wards, at, language), districtCode: gazetteer.districtCode };
  }

  async areaOfPostcode(postcode: Postcode, language: Language): Promise<Area | undefined> {
    const { gazetteer, addresses } = this.dataset.open();
    const counts = new Map<number, number>();
    for (const at of addresses.addressesOf(postcode)) counts.set(gazetteer.wardOf[at] ?? 0, (counts.get(gazetteer.wardOf[at] ?? 0) ?? 0) + 1);
    const [most] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return most ? { ward: wardIn(gazetteer.wards, most[0], language), districtCode: gazetteer.districtCode } : undefined;
  }

  async streetsWithin(bounds: Bounds, language: Language): Promise<StreetMap> {
    const { gazetteer } = this.dataset.open();
    const meets = (other: Bounds): boolean => other.south <= bounds.north && other.north >= bounds.south && other.west <= bounds.east && other.east >= bounds.west;
    const width = distanceInMetres({ latitude: bounds.south, longitude: bounds.west }, { latitude: bounds.south, longitude: bounds.east });
    return {
      bounds,
      streets: gazetteer.streets.filter((street) => meets(street.bounds)).map((street) => ({ usrn: street.usrn, name: street.name[language], kind: street.kind, line: street.line })),
      shapes: gazetteer.shapes.filter((shape) => meets(shape.bounds)).map((shape) => ({ kind: shape.kind, name: shape.name[language], outline: shape.outline })),
      wards: gazetteer.wards.map((ward, at) => ({ ward: wardIn(gazetteer.wards, at, language), outline: ward.outline })),
      buildings: width > BUILDINGS_WITHIN_METRES ? [] : buildingsWithin(this.dataset.open(), bounds, language),
    };
  }

  async extent(): Promise<Extent> {
    const { gazetteer } = this.dataset.open();
    return { bounds: gazetteer.bounds, centre: gazetteer.centre };
  }
}

function wardIn(wards: readonly GazetteerWard[], at: number, language: Language): Ward {
  const ward = wards[at] as GazetteerWard;
  return { code: ward.code, name: ward.name[language] };
}

function addressAt({ gazetteer }: OpenDataset, at: number, language: Language): Address {
  return {
    uprn: gazetteer.uprnOf(at),
    lines: gazetteer.linesOf(at, language),
    postcode: gazetteer.postcodes[gazetteer.postcodeOf[at] ?? 0] as Postcode,
    point: gazetteer.pointOf(at),
    ward: wardIn(gazetteer.wards, gazetteer.wardOf[at] ?? 0, language),
    usrn: (gazetteer.streets[gazetteer.streetOf[at] ?? 0] as GazetteerStreet).usrn,
  };
}

/** One building for all the flats in it. */
function buildingsWithin({ gazetteer, places }: OpenDataset, bounds: Bounds, language: Language): MapBuilding[] {
  return places.within(bounds).sort((a, b) => a - b).filter((at, place, all) => {
    const before = all[place - 1];
    return before === undefined || gazetteer.latitudes[before] !== gazetteer.latitudes[at] || gazetteer.longitudes[before] !== gazetteer.longitudes[at];
  }).map((at) => ({ uprn: gazetteer.uprnOf(at), label: gazetteer.houseNumberOf(at) || gazetteer.buildingNameOf(at, language), point: gazetteer.pointOf(at), bearing: gazetteer.bearingOf[at] ?? 0 }));
}

/** @public */
export interface LocalGazetteerOptions { readonly dataset: GazetteerDataset }

/**
 * Addresses, streets and wards from a set in memory: no network, no key.
 * @public
 * @example addresses({ providers: [localGazetteer({ dataset: riverbourne })] })
 */
export function localGazetteer(options: LocalGazetteerOptions): ProviderInstallation<AddressProvider> {
  return defineProvider<AddressProvider>({
    port: ADDRESS_PROVIDER,
    id: 'addresses.local-gazetteer',
    title: { en: 'Gazetteer of an invented town', cy: 'Mynegai tref ddychmygol' },
    isSandbox: options.dataset.isInvented,
    create: () => new LocalGazetteer(options.dataset),
    check: async () => {
      const { gazetteer } = options.dataset.open();
      return { ok: true, message: `${gazetteer.size} addresses in ${gazetteer.streets.length} streets of ${gazetteer.town.en}${options.dataset.isInvented ? ' (invented)' : ''}.` };
    },
  });
}
