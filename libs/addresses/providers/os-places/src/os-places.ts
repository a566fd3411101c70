import { defineProvider } from '@guildhall/kernel-contract';
import type { ProviderInstallation } from '@guildhall/kernel-contract';
import { ADDRESS_PROVIDER } from '@guildhall/addresses-contract';
import type { AddressProvider } from '@guildhall/addresses-contract';
import type { OsPlacesOptions } from './options';
import { OsPlacesClient } from './os-places.client';
import { OsPlacesProvider } from './os-places.provider';

/**
 * Addresses of Great Britain from the OS Places API. It knows no wards and no streets to draw: name another source after it for those.
 * @public
 * @example addresses({ providers: [osPlaces({ key: env.secret('OS_PLACES_KEY') })] })
 */
export function osPlaces(options: OsPlacesOptions): ProviderInstallation<AddressProvider> {
  return defineProvider<AddressProvider>({
    port: ADDRESS_PROVIDER, id: 'addresses.os-places', title: { en: 'OS Places', cy: 'OS Places' }, isSandbox: false,
    create: (dependencies) => {
      refuseToSendKeyInClear(options.origin);
      return new OsPlacesProvider(new OsPlacesClient(options, dependencies), options);
    },
    check: async (provider) => (provider instanceof OsPlacesProvider ? provider.check() : { ok: false, message: 'This is not OS Places.' }),
  });
}

function refuseToSendKeyInClear(origin: string | undefined): void {
  if (origin === undefined) return;
  const { protocol, hostname } = new URL(origin);
  const isHere = hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]';
  if (protocol !== 'https:' && !isHere) throw new Error(`OS Places would get its key in clear at ${origin}. Give osPlaces({ origin }) an https address.`);
}
