import type { Bounds, Point } from './geometry';
import type { Postcode } from './postcode';

/** Unique Property Reference Number: 1 to 12 digits without leading noughts. Text, because other systems write it both as text and as a number. @public */
export type Uprn = string & { readonly __brand: 'Uprn' };
/** Unique Street Reference Number: 1 to 8 digits. @public */
export type Usrn = string & { readonly __brand: 'Usrn' };

/** Reads a UPRN: text or number, leading noughts dropped. @public @returns undefined when it is not 1 to 12 digits */
export function parseUprn(value: string | number): Uprn | undefined {
  const digits = String(value).trim().replace(/^0+(?=\d)/, '');
  return /^[1-9]\d{0,11}$/.test(digits) ? (digits as Uprn) : undefined;
}

/** A ward (electoral division), by its GSS code. @public */
export interface Ward { readonly code: string; readonly name: string }

/** An area of a kind that the council has chosen: a collection round, a parking zone, a conservation area. @public */
export interface Zone {
  /** `garden-waste-round` */
  readonly kind: string;
  /** What the kind is called: `Garden waste round`. */
  readonly title: string;
  readonly code: string;
  readonly name: string;
}

/** What a place belongs to. @public */
export interface Area {
  readonly ward: Ward;
  /** GSS code of the district or unitary council in whose area the place is: compare it with `ctx.council.gssCode`. */
  readonly districtCode: string;
}

/** One address, in the language that was asked for. @public */
export interface Address {
  readonly uprn: Uprn;
  /** As on an envelope, without the postcode: `['14 Weir Lane', 'Riverbourne']`. One to six lines. */
  readonly lines: readonly string[];
  readonly postcode: Postcode;
  readonly point: Point;
  /** Absent when no provider knows areas. */
  readonly ward?: Ward;
  /** In which it lies, kind after kind; absent when no provider knows zones. */
  readonly zones?: readonly Zone[];
  readonly usrn?: Usrn;
}

/** The address in one line, postcode last. @public */
export function oneLine(address: Pick<Address, 'lines' | 'postcode'>): string {
  return [...address.lines, address.postcode].join(', ');
}

/** An address with how far it is from the point that was asked about. @public */
export interface NearbyAddress { readonly address: Address; readonly distanceInMetres: number }

/** A street, for saying where something is when no address fits. @public */
export interface Street {
  readonly usrn: Usrn;
  readonly name: string;
  /** Tells two streets of one name apart: `Riverbourne`. */
  readonly town: string;
  /** The middle of the street. */
  readonly point: Point;
  readonly ward?: Ward;
}

/** What is asked for: a postcode, perhaps with the number or name of the building; or any words (house number, street, town, part of a postcode). @public */
export type AddressQuery =
  | { readonly postcode: string; readonly building?: string; readonly limit?: number }
  | { readonly text: string; readonly limit?: number };

/** The best matches first, and how many there are in all. @public */
export interface AddressMatches {
  readonly addresses: readonly Address[];
  /** How many match; more than were asked for means "narrow it by house number". Counting stops at 1,000. */
  readonly total: number;
}

/** How a street is drawn. @public */
export type StreetKind = 'main-road' | 'road' | 'lane' | 'path';
/** @public */
export interface MapStreet { readonly usrn: Usrn; readonly name: string; readonly kind: StreetKind; readonly line: readonly Point[] }
/** Water, green or built ground, as a closed outline. @public */
export interface MapShape { readonly kind: 'water' | 'green' | 'square'; readonly name: string; readonly outline: readonly Point[] }
/** @public */
export interface MapWard { readonly ward: Ward; readonly outline: readonly Point[] }
/** A building with its number or name, drawn when the map is near enough to read it. @public */
export interface MapBuilding { readonly uprn: Uprn; readonly label: string; readonly point: Point; /** Degrees clockwise from north, of the street it faces. */ readonly bearing: number }

/** What a map of a rectangle is drawn from; lines and outlines may reach beyond the rectangle. @public */
export interface StreetMap {
  readonly bounds: Bounds;
  readonly streets: readonly MapStreet[];
  readonly shapes: readonly MapShape[];
  readonly wards: readonly MapWard[];
  /** Empty when the rectangle is wider than 600 m, or when the provider has none. */
  readonly buildings: readonly MapBuilding[];
}

/** Where the council's area lies, for a map's first view. @public */
export interface Extent { readonly bounds: Bounds; readonly centre: Point }
