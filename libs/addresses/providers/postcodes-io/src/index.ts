export { postcodesIo } from './postcodes-io';
export type { PostcodesIoOptions } from './options';
