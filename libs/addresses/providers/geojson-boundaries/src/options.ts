import type { Text } from '@guildhall/kernel-contract';

/** What a council sets of its wards' boundaries. @public */
export interface GeojsonBoundariesOptions {
  /** A FeatureCollection of wards (RFC 7946: WGS 84, longitude before latitude), such as the ONS Open Geography Portal gives. */
  readonly file: string;
  /** Names of the properties that hold the ward's GSS code and name: `WD26CD`, `WD26NM`. */
  readonly properties: {
    readonly code: string;
    readonly name: string;
    /** The name in Welsh, where the file has it: `WD26NMW`. A ward without one has its only name in both languages. */
    readonly nameInWelsh?: string;
    /** The GSS code of the ward's council: `LAD26CD`. Needed when the file does not hold one council's wards only. */
    readonly districtCode?: string;
  };
  /** The GSS code of the council, for a file of its own wards. */
  readonly districtCode?: string;
}

/** One kind of zone that the council names: collection rounds, parking zones, conservation areas. @public */
export interface GeojsonZoneKind {
  /** Small letters, digits and hyphens: `garden-waste-round`. */
  readonly kind: string;
  /** What one of them is called: `{ en: 'Garden waste round', cy: 'Rownd gwastraff gardd' }`. */
  readonly title: Text;
  /** A FeatureCollection of zones, like that of wards. They may overlap; one zone may be several features with the same code. */
  readonly file: string;
  /** Names of the properties that hold the zone's code and name, and its name in Welsh where the file has it. */
  readonly properties: { readonly code: string; readonly name: string; readonly nameInWelsh?: string };
}
