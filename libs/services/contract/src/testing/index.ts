export { serviceKit } from './service-kit';
export type { ServiceHarness } from './service-kit';
export { CANARY, candidatesOf, sampleJourneys } from './sample-journeys';
export type { SampleJourney } from './sample-journeys';
export { hedgehogHouses } from './hedgehog-houses';
export { servicesKit } from './services-kit';
export type { ServicesHarness } from './services-kit';
export { inMemoryServices } from './in-memory-services';
