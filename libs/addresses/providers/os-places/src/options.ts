import type { Secret } from '@guildhall/kernel-contract';
import type { Bounds } from '@guildhall/addresses-contract';

/** What a council sets of OS Places. @public */
export interface OsPlacesOptions {
  /** The API key of a project in the OS Data Hub that has the OS Places API. Sent as a header: a key in an address ends up in logs. */
  readonly key: Secret;
  /** Where the service is; `https://api.os.uk` unless told. http only for a simulator on this machine. */
  readonly origin?: string;
  /**
   * `LPI`: the councils' own gazetteers, with USRNs, flats without a letterbox, and land. `DPA`: Royal Mail's delivery points, as on envelopes.
   * LPI unless told. A UPRN that the one does not have is looked for in the other.
   */
  readonly dataset?: 'LPI' | 'DPA';
  /** The rectangle in which words are searched for: without one, `14 High Street` finds every town's. */
  readonly bounds?: Bounds;
  /** For one call; 4 unless told. A call that fails for now is made at most three times. */
  readonly timeoutInSeconds?: number;
}
