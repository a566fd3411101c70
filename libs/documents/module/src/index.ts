export { documents } from './documents.module';
export type { DocumentsOptions } from './options';
