export { simulatedS3 } from './simulated-s3';
export { S3Simulator, startS3 } from './s3-simulator';
export type { S3SimulatorOptions, SeenRequest } from './s3-simulator';
export { S3_FAULTS } from './faults';
export type { S3Fault } from './faults';
export type { S3Operation } from './operation';
export type { SimulatedKey } from './check-signature';
