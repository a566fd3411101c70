export { clamAv } from './clam-av';
export type { ClamAvOptions } from './options';
