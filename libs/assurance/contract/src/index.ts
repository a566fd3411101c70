export { ASSESSMENT_TYPE, STATEMENT_TYPE, assessmentSchema, readAssessment, signAssessment } from './assessment';
export type { Assessment, AssessmentStatement, Finding, Subject } from './assessment';
export { assuranceGaps, computeAssurance } from './compute-assurance';
export type { Assurance, Assured, Judged, KnownSigners } from './compute-assurance';
export { NCSC_CLOUD_PRINCIPLES, NCSC_PRINCIPLES } from './principles';
