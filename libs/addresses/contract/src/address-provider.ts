import type { Language } from '@guildhall/kernel-contract';
import { definePort } from '@guildhall/kernel-contract';
import type { Address, AddressMatches, Area, Extent, NearbyAddress, Street, StreetMap, Uprn, Zone } from './address';
import type { Bounds, Point } from './geometry';
import type { Postcode } from './postcode';

/**
 * What a source of addresses can do. Few can do everything: a national address service searches but knows no streets to draw, an open UPRN
 * file knows only points, a postcode service only the ward of a postcode. A council names several; each question goes to the first that can answer it.
 * @public
 */
export type AddressAbility = 'postcode-search' | 'text-search' | 'uprn' | 'uprn-points' | 'nearest' | 'street-search' | 'areas' | 'zones' | 'postcode-areas' | 'streets' | 'welsh';

/** A whole postcode, or words; already trimmed, of at least two letters or digits. @public */
export type ProviderQuery =
  | { readonly kind: 'postcode'; readonly postcode: Postcode; readonly building?: string; readonly limit: number; readonly language: Language }
  | { readonly kind: 'text'; readonly text: string; readonly limit: number; readonly language: Language };

/**
 * A source of addresses, of one council. Methods exist as its abilities say. It throws Unavailable when its far end does not answer,
 * and never answers "nothing found" instead.
 * @public
 */
export interface AddressProvider {
  readonly abilities: readonly AddressAbility[];
  /** `postcode-search`, `text-search`. `limit` is 1 to 100. */
  search?(query: ProviderQuery): Promise<AddressMatches>;
  /** `uprn` */
  byUprn?(uprn: Uprn, language: Language): Promise<Address | undefined>;
  /** `uprn-points` */
  pointOfUprn?(uprn: Uprn): Promise<Point | undefined>;
  /** `nearest`: nearest first. */
  nearest?(point: Point, options: { readonly limit: number; readonly withinInMetres: number; readonly language: Language }): Promise<readonly NearbyAddress[]>;
  /** `street-search` */
  searchStreets?(text: string, options: { readonly limit: number; readonly language: Language }): Promise<readonly Street[]>;
  /** `areas` */
  areaOfPoint?(point: Point, language: Language): Promise<Area | undefined>;
  /** `zones`: all in which the point lies, none twice; kinds in the provider's order. */
  zonesOfPoint?(point: Point, language: Language): Promise<readonly Zone[]>;
  /** `postcode-areas`: the area in which most of the postcode lies. */
  areaOfPostcode?(postcode: Postcode, language: Language): Promise<Area | undefined>;
  /** `streets` */
  streetsWithin?(bounds: Bounds, language: Language): Promise<StreetMap>;
  /** `streets` */
  extent?(): Promise<Extent>;
}

/** The port: `addresses({ providers: [localGazetteer({ dataset: riverbourne })] })`. @public */
export const ADDRESS_PROVIDER = definePort<AddressProvider>('addresses.address-provider', '0.1.0');
