export { addresses } from './addresses.module';
export type { AddressesOptions, OpenUprnFile, TileServer } from './options';
