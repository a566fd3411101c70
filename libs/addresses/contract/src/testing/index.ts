export { addressProviderKit } from './address-provider-kit';
export type { AddressProviderHarness } from './address-provider-kit';
export { addressesKit } from './addresses-kit';
export type { AddressesHarness } from './addresses-kit';
export { InMemoryAddressProvider } from './in-memory-address-provider';
export { InMemoryAddresses } from './in-memory-addresses';
export { HOSTILE_TEXTS } from './known-ground';
export type { KnownGround } from './known-ground';
export { villageGround } from './village';
