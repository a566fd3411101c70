/** What a council may set. @public */
export interface Open311Options {
  /** The name under which clients know the council, checked when they give one; the council's slug and the host of its address unless told. */
  readonly jurisdictionId?: string;
  /**
   * `anyone`: without a key the facts of what came through Open311 can be read (what, where, since when, how it stands, what the council wrote about it), as GeoReport v2 means it; FixMyStreet sends no
   * key when it reads. `clients` (unless told): nothing without a key. Words, photos and addresses of homes always need one; private reports are for whoever sent them, and for keys with `open311.read-private`.
   */
  readonly reading?: 'anyone' | 'clients';
  /** Says in `discovery` that nothing real comes of what is sent. */
  readonly isTest?: boolean;
  /** Gives a token first, and the number for it: to try out what clients do with one. */
  readonly givesTokens?: boolean;
  /** Codes of services that are not offered to other systems. */
  readonly leavesOut?: readonly string[];
}
