export { sharing } from './sharing.module';
export type { SharingOptions } from './sharing.options';
