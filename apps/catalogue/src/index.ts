export { catalogueApp } from './catalogue-config';
export type { CatalogueConfig } from './catalogue-config';
