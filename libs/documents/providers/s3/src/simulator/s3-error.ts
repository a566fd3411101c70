/** An error as S3 says it: a code that programs compare, a status, words, and what else stands in the answer. The codes are those of the API reference, "Error responses". */
export class S3Error extends Error {
  constructor(readonly code: string, readonly status: number, message: string, readonly more: Readonly<Record<string, string>> = {}, readonly headers: Readonly<Record<string, string>> = {}) { super(message); }
}

export function noSuchKey(key: string): S3Error { return new S3Error('NoSuchKey', 404, 'The specified key does not exist.', { Key: key }); }
export function noSuchBucket(bucket: string): S3Error { return new S3Error('NoSuchBucket', 404, 'The specified bucket does not exist', { BucketName: bucket }); }
export function noSuchUpload(id: string): S3Error { return new S3Error('NoSuchUpload', 404, 'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.', { UploadId: id }); }
export function accessDenied(message = 'Access Denied'): S3Error { return new S3Error('AccessDenied', 403, message); }
export function slowDown(): S3Error { return new S3Error('SlowDown', 503, 'Please reduce your request rate.'); }
export function invalid(message: string): S3Error { return new S3Error('InvalidRequest', 400, message); }
export function notImplemented(what: string): S3Error { return new S3Error('NotImplemented', 501, `${what} is not part of this simulator.`); }
