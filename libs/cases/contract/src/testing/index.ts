export { casesKit } from './cases-kit';
export type { CasesHarness } from './harness';
export { inMemoryCases } from './in-memory-cases';
export type { InMemoryCasesOptions } from './in-memory-cases';
export { testPothole } from './pothole';
