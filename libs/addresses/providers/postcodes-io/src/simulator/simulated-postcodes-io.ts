import { ADDRESS_PROVIDER } from '@guildhall/addresses-contract';
import type { AddressProvider } from '@guildhall/addresses-contract';
import type { Companion, ProviderInstallation } from '@guildhall/kernel-contract';
import { defineSimulated } from '@guildhall/kernel-contract';
import { postcodesIo } from '../postcodes-io';
import type { SimulatedPostcode } from './directory';
import { inventedPostcodes, startPostcodesIo } from './simulator';

/** What a council sets of a simulated postcodes.io. @public */
export interface SimulatedPostcodesIoOptions {
  /** The directory: read when the simulator starts. Three invented postcodes unless told. */
  readonly postcodes?: () => readonly SimulatedPostcode[];
}

/**
 * postcodes.io, at a simulator that starts beside the council's server. Behind a source that knows the wards of postcodes itself it is never asked.
 * @public
 * @example addresses({ providers: [simulatedOsPlaces(), simulatedPostcodesIo()] })
 */
export function simulatedPostcodesIo({ postcodes = () => inventedPostcodes }: SimulatedPostcodesIoOptions = {}): ProviderInstallation<AddressProvider> {
  const simulator: Companion = {
    id: 'addresses.postcodes-io-simulator', title: 'postcodes.io, simulated: what it was asked, and what can go wrong',
    start: async ({ port }) => {
      const { origin, stop } = await startPostcodesIo({ port, postcodes: postcodes() });
      return { origin, stop };
    },
  };
  return defineSimulated<AddressProvider>({
    port: ADDRESS_PROVIDER, id: 'addresses.postcodes-io', title: { en: 'postcodes.io (simulated)', cy: 'postcodes.io (efelychiad)' }, simulator,
    at: (origin) => postcodesIo({ origin }),
  });
}
