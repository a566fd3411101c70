import { ADDRESS_PROVIDER } from '@guildhall/addresses-contract';
import type { AddressProvider } from '@guildhall/addresses-contract';
import type { Companion, ProviderInstallation } from '@guildhall/kernel-contract';
import { Secret, defineSimulated } from '@guildhall/kernel-contract';
import type { OsPlacesOptions } from '../options';
import { osPlaces } from '../os-places';
import type { SimulatedPlace } from './place';
import { startOsPlaces } from './simulator';
import { seamark } from './village';

const ID = 'addresses.os-places';
const keyFrom = (secret: Uint8Array): string => Buffer.from(secret).toString('hex').slice(0, 32);

/** What a council sets of a simulated OS Places. @public */
export interface SimulatedOsPlacesOptions extends Pick<OsPlacesOptions, 'dataset' | 'bounds'> {
  /** The gazetteer that is searched: read when the simulator starts. The invented village of Seamark unless told. */
  readonly places?: () => readonly SimulatedPlace[];
}

/**
 * OS Places as a council will have it, at a simulator that starts beside the council's server: every address is invented.
 * @public
 * @example addresses({ providers: [simulatedOsPlaces()] })
 */
export function simulatedOsPlaces({ places = () => seamark, ...options }: SimulatedOsPlacesOptions = {}): ProviderInstallation<AddressProvider> {
  const simulator: Companion = {
    id: 'addresses.os-places-simulator', title: 'OS Places, simulated: what it was asked, and what can go wrong',
    start: async ({ port, councils, secret }) => {
      const [first, ...others] = councils.map((council) => keyFrom(secret(council, ID, 'simulator key')));
      const { origin, stop } = await startOsPlaces({ port, places: places(), ...(first && { key: first, otherKeys: others }) });
      return { origin, stop };
    },
  };
  return defineSimulated<AddressProvider>({
    port: ADDRESS_PROVIDER, id: ID, title: { en: 'OS Places (simulated)', cy: 'OS Places (efelychiad)' }, simulator,
    at: (origin, { secret }) => osPlaces({ ...options, origin, key: new Secret(keyFrom(secret('simulator key'))) }),
  });
}
