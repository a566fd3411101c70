export { catalogueKit } from './catalogue-kit';
export type { CatalogueHarness } from './catalogue-kit';
export { InMemoryCatalogue } from './in-memory-catalogue';
export { exampleFiles, examplePublisher, exampleRelease, keyPair } from './example';
export type { ExampleFiles, ExamplePublisher, KeyPair } from './example';
