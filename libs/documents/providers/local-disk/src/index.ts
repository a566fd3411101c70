export { localDisk } from './local-disk';
export type { LocalDiskOptions } from './local-disk';
