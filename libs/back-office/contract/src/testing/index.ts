export { backOfficeKit } from './back-office-kit';
export type { BackOfficeHarness, FarEndBehaviour, HappenedAtFarEnd, ReceivedCase } from './harness';
export { aCase, aPhoto } from './harness';
export { InMemoryBackOffice } from './in-memory-back-office';
