import type { Bounds, Point, Postcode, StreetKind, Uprn, Usrn } from '@guildhall/addresses-contract';
import type { Language, Text } from '@guildhall/kernel-contract';

/** @internal */
export interface GazetteerStreet {
  readonly usrn: Usrn;
  readonly name: Text;
  readonly kind: StreetKind;
  readonly line: readonly Point[];
  readonly bounds: Bounds;
  readonly point: Point;
  /** Number of the ward in `wards`. */
  readonly ward: number;
  /** Its addresses: from this number up to, not including, `end`. */
  readonly first: number;
  readonly end: number;
}
/** @internal */
export interface GazetteerWard { readonly code: string; readonly name: Text; readonly outline: readonly Point[] }
/** @internal */
export interface GazetteerShape { readonly kind: 'water' | 'green' | 'square'; readonly name: Text; readonly outline: readonly Point[]; readonly bounds: Bounds }

/** @internal */
export interface AddressRow {
  readonly street: number;
  /** 0: it has a name instead. */
  readonly number: number;
  /** 0, or the letter after the number: 1 for A. */
  readonly suffix: number;
  /** 0, or the number of the flat. */
  readonly flat: number;
  /** 0, or one more than its place in `names`. */
  readonly name: number;
  readonly postcode: number;
  readonly ward: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly bearing: number;
}
/** What an {@link AddressRow} has, in the order in which a register lists it. @internal */
export const ROW = ['street', 'number', 'suffix', 'flat', 'name', 'postcode', 'ward', 'latitude', 'longitude', 'bearing'] as const satisfies readonly (keyof AddressRow)[];

/** A town as its file has it. @internal */
export interface TownRegister {
  readonly town: Text;
  readonly districtCode: string;
  readonly centre: Point;
  /** Of the first address; the others follow. */
  readonly firstUprn: number;
  readonly streets: readonly Omit<GazetteerStreet, 'bounds'>[];
  readonly wards: readonly GazetteerWard[];
  readonly shapes: readonly Omit<GazetteerShape, 'bounds'>[];
  /** Of buildings. */
  readonly names: readonly Text[];
  readonly postcodes: readonly Postcode[];
  /** Each by its parts, in the order of {@link ROW}. */
  readonly addresses: readonly (readonly number[])[];
}

/** An address as a register of properties has it: its parts, in both languages. @public */
export interface GazetteerProperty {
  readonly uprn: Uprn;
  readonly usrn: Usrn;
  /** `Flat 2` */
  readonly inside?: Text;
  readonly building?: Text;
  /** `14A` */
  readonly number?: string;
  readonly street: Text;
  readonly town: Text;
  readonly postcode: Postcode;
  readonly point: Point;
}

const FLAT: Text = { en: 'Flat', cy: 'Fflat' };

/** A town's streets and addresses. Addresses are numbered from nought in the order of their streets, and lie in columns, because objects would take ten times the memory. @internal */
export class Gazetteer {
  readonly town: Text;
  readonly districtCode: string;
  readonly centre: Point;
  readonly bounds: Bounds;
  readonly streets: readonly GazetteerStreet[];
  readonly wards: readonly GazetteerWard[];
  readonly shapes: readonly GazetteerShape[];
  readonly names: readonly Text[];
  readonly postcodes: readonly Postcode[];
  readonly size: number;
  readonly streetOf: Uint16Array;
  readonly numberOf: Uint16Array;
  readonly suffixOf: Uint8Array;
  readonly flatOf: Uint8Array;
  readonly nameOf: Uint16Array;
  readonly postcodeOf: Uint16Array;
  readonly wardOf: Uint8Array;
  readonly bearingOf: Uint16Array;
  readonly latitudes: Float64Array;
  readonly longitudes: Float64Array;
  readonly #firstUprn: number;

  constructor({ town, districtCode, centre, firstUprn, streets, wards, shapes, names, postcodes, addresses }: TownRegister) {
    this.town = town;
    this.districtCode = districtCode;
    this.centre = centre;
    this.bounds = boundsOf(wards.flatMap(({ outline }) => outline));
    this.streets = streets.map((street) => ({ ...street, bounds: boundsOf(street.line) }));
    this.wards = wards;
    this.shapes = shapes.map((shape) => ({ ...shape, bounds: boundsOf(shape.outline) }));
    this.names = names;
    this.postcodes = postcodes;
    this.#firstUprn = firstUprn;
    this.size = addresses.length;
    const column = (part: keyof AddressRow): number[] => addresses.map((row) => row[ROW.indexOf(part)] ?? 0);
    this.streetOf = Uint16Array.from(column('street'));
    this.numberOf = Uint16Array.from(column('number'));
    this.suffixOf = Uint8Array.from(column('suffix'));
    this.flatOf = Uint8Array.from(column('flat'));
    this.nameOf = Uint16Array.from(column('name'));
    this.postcodeOf = Uint16Array.from(column('postcode'));
    this.wardOf = Uint8Array.from(column('ward'));
    this.bearingOf = Uint16Array.from(column('bearing'));
    this.latitudes = Float64Array.from(column('latitude'));
    this.longitudes = Float64Array.from(column('longitude'));
  }

  uprnOf(at: number): Uprn { return String(this.#firstUprn + at) as Uprn; }

  /** The number of the address with this UPRN. */
  find(uprn: Uprn): number | undefined {
    const at = Number(uprn) - this.#firstUprn;
    return Number.isInteger(at) && at >= 0 && at < this.size ? at : undefined;
  }

  pointOf(at: number): Point { return { latitude: this.latitudes[at] ?? 0, longitude: this.longitudes[at] ?? 0 }; }

  /** `14A`, or nothing. */
  houseNumberOf(at: number): string {
    const number = this.numberOf[at] ?? 0;
    const suffix = this.suffixOf[at] ?? 0;
    return number === 0 ? '' : `${number}${suffix === 0 ? '' : String.fromCharCode(64 + suffix)}`;
  }

  buildingNameOf(at: number, language: Language): string { return this.names[(this.nameOf[at] ?? 0) - 1]?.[language] ?? ''; }

  /** As on an envelope. */
  linesOf(at: number, language: Language): string[] {
    const flat = this.flatOf[at] ?? 0;
    const name = this.buildingNameOf(at, language);
    const street = this.streets[this.streetOf[at] ?? 0] as GazetteerStreet;
    const premises = [flat === 0 ? '' : `${FLAT[language]} ${flat}`, name].filter(Boolean).join(', ');
    return [premises, [this.houseNumberOf(at), street.name[language]].filter(Boolean).join(' '), this.town[language]].filter(Boolean);
  }

  propertyOf(at: number): GazetteerProperty {
    const { usrn, name: street } = this.streets[this.streetOf[at] ?? 0] as GazetteerStreet;
    const [flat, number, building] = [this.flatOf[at] ?? 0, this.houseNumberOf(at), this.names[(this.nameOf[at] ?? 0) - 1]];
    return {
      uprn: this.uprnOf(at), usrn, ...(flat && { inside: { en: `${FLAT.en} ${flat}`, cy: `${FLAT.cy} ${flat}` } }), ...(building && { building }), ...(number && { number }),
      street, town: this.town, postcode: this.postcodes[this.postcodeOf[at] ?? 0] as Postcode, point: this.pointOf(at),
    };
  }
}

function boundsOf(points: readonly Point[]): Bounds {
  let [south, west, north, east] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { latitude, longitude } of points) {
    south = Math.min(south, latitude); north = Math.max(north, latitude);
    west = Math.min(west, longitude); east = Math.max(east, longitude);
  }
  return { south, west, north, east };
}
