/** What a council sets of its boundaries. @public */
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
