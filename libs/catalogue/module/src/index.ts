export { catalogue } from './catalogue.module';
export type { CatalogueOptions } from './catalogue.options';
