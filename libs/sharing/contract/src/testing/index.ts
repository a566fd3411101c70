export { HOSTILE_LOCAL_IDS, evidenceSourceKit } from './evidence-source-kit';
export type { EvidenceSourceHarness } from './evidence-source-kit';
export { agreementBetween, bodyNamed, requestUnder, riverbourneAndAldermoor, worldOf } from './example';
export type { BodyWithKey } from './example';
export { InMemoryEvidenceSource } from './in-memory-evidence-source';
export { DOUBLE, HALF_KNOWN, KNOWN_ATTRIBUTES, MANY, MISFIT, NAMESAKES, WELL_KNOWN } from './known-people';
export type { KnownPerson } from './known-people';
