import type { ProviderInstallation } from '@guildhall/kernel-contract';
import type { AddressProvider, Bounds } from '@guildhall/addresses-contract';

/** A server of raster map tiles that the council may use. @public */
export interface TileServer {
  /** Address of a tile of 256 pixels: `https://tiles.example/{z}/{x}/{y}.png`. Its origin must be among the council's `contentOrigins.images`. */
  readonly url: string;
  /** Whose data they are, as its licence wants it said. */
  readonly attribution: string;
}

/** OS Open UPRN as the council has downloaded it: where every UPRN of Great Britain is, as open data. @public */
export interface OpenUprnFile {
  /** The unpacked CSV, on the machine of the worker. A new file in its place is imported within the hour. */
  readonly file: string;
  /** Only what lies in this rectangle is kept; without one, all forty million. */
  readonly within?: Bounds;
}

/** What a council may set of addresses. @public */
export interface AddressesOptions {
  /** Sources of addresses, the first that can answer a question answers it. */
  readonly providers: readonly ProviderInstallation<AddressProvider>[];
  /** Points of UPRNs in the council's own database, asked before any source. */
  readonly openUprn?: OpenUprnFile;
  /** Maps from tiles in place of the streets that the sources know. */
  readonly tileServer?: TileServer;
}
