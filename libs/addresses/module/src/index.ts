export { addresses } from './addresses.module';
export type { AddressesOptions, TileServer } from './options';
