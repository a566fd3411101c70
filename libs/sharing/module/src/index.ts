export { sharing } from './sharing.module';
export type { SharingOptions } from './sharing.options';
export type { Deployment } from './trusting/deployment';
export type { RecognisedList } from './trusting/recognised-list';
