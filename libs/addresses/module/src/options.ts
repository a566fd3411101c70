import type { ProviderInstallation } from '@guildhall/kernel-contract';
import type { AddressProvider } from '@guildhall/addresses-contract';

/** A server of raster map tiles that the council may use. @public */
export interface TileServer {
  /** Address of a tile of 256 pixels: `https://tiles.example/{z}/{x}/{y}.png`. Its origin must be among the council's `contentOrigins.images`. */
  readonly url: string;
  /** Whose data they are, as its licence wants it said. */
  readonly attribution: string;
}

/** What a council may set of addresses. @public */
export interface AddressesOptions {
  /** Sources of addresses, the first that can answer a question answers it. */
  readonly providers: readonly ProviderInstallation<AddressProvider>[];
  /** Maps from tiles in place of the streets that the sources know. */
  readonly tileServer?: TileServer;
}
