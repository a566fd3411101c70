export { s3 } from './s3';
export type { S3Options } from './options';
