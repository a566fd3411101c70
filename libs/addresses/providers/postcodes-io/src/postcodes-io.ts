import { defineProvider } from '@guildhall/kernel-contract';
import type { ProviderInstallation } from '@guildhall/kernel-contract';
import { ADDRESS_PROVIDER } from '@guildhall/addresses-contract';
import type { AddressProvider } from '@guildhall/addresses-contract';
import type { PostcodesIoOptions } from './options';
import { PostcodesIoProvider } from './postcodes-io.provider';

/**
 * The ward and the council of a postcode, from postcodes.io or a server like it: open data, no key. It knows no addresses.
 * @public
 * @example addresses({ providers: [osPlaces({ key: env.secret('OS_PLACES_KEY') }), postcodesIo()] })
 */
export function postcodesIo(options: PostcodesIoOptions = {}): ProviderInstallation<AddressProvider> {
  return defineProvider<AddressProvider>({
    port: ADDRESS_PROVIDER, id: 'addresses.postcodes-io', title: { en: 'postcodes.io', cy: 'postcodes.io' }, isSandbox: false,
    create: (dependencies) => new PostcodesIoProvider(options, dependencies),
    check: async (provider) => (provider instanceof PostcodesIoProvider ? provider.check() : { ok: false, message: 'This is not postcodes.io.' }),
  });
}
