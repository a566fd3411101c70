import type { IncomingMessage } from 'node:http';
import { rm } from 'node:fs/promises';
import { parseRange } from '@guildhall/documents-contract';
import type { Answer } from './answer';
import { objectOf } from './bucket-folder';
import type { BucketFolder, KeptObject, ObjectHeaders } from './bucket-folder';
import { headerOf } from './check-signature';
import type { CheckedSignature } from './check-signature';
import { receive } from './read-payload';
import { S3Error, accessDenied, invalid, noSuchKey } from './s3-error';

/** Which server-side encryption a bucket's policy insists on, as councils often have it. */
export type DemandedEncryption = 'AES256' | 'aws:kms';

const LONGEST_KEY_IN_BYTES = 1_024;
const MOST_METADATA_IN_BYTES = 2_048;

export async function putObject(bucket: BucketFolder, key: string, request: IncomingMessage, signature: CheckedSignature, options: { readonly mostInBytes: number; readonly demanded?: DemandedEncryption; readonly now: Date }): Promise<Answer> {
  const headers = objectHeaders(key, request, options.demanded);
  if (headerOf(request.headers, 'if-none-match') === '*' && await bucket.find(key)) throw new S3Error('PreconditionFailed', 412, 'At least one of the pre-conditions you specified did not hold');
  const file = bucket.newBytesFile();
  try {
    const received = await receive(request, signature, file, options.mostInBytes);
    await bucket.put(objectOf(key, headers, file, received, options.now));
    return { status: 200, headers: { etag: `"${received.md5}"`, ...encryptionHeaders(headers), ...checksumHeaders(received.checksums) } };
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** @throws S3Error NoSuchKey, InvalidRange, PreconditionFailed */
export async function getObject(bucket: BucketFolder, key: string, request: IncomingMessage, isHead: boolean): Promise<Answer> {
  try { return await look(bucket, key, request, isHead); } catch (error) {
    // Replaced between the look and the reading: look again.
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    return look(bucket, key, request, isHead);
  }
}

async function look(bucket: BucketFolder, key: string, request: IncomingMessage, isHead: boolean): Promise<Answer> {
  const object = await bucket.find(key);
  if (!object) throw noSuchKey(key);
  const matches = (name: string): boolean => headerOf(request.headers, name).split(',').some((tag) => ['*', `"${object.etag}"`, object.etag].includes(tag.trim()));
  if (request.headers['if-match'] !== undefined && !matches('if-match')) throw new S3Error('PreconditionFailed', 412, 'At least one of the pre-conditions you specified did not hold', { Condition: 'If-Match' });
  if (request.headers['if-none-match'] !== undefined && matches('if-none-match')) return { status: 304, headers: { etag: `"${object.etag}"` } };
  const range = parseRange(request.headers.range, object.sizeInBytes);
  if (range === 'unsatisfiable') throw new S3Error('InvalidRange', 416, 'The requested range is not satisfiable', { RangeRequested: request.headers.range ?? '', ActualObjectSize: String(object.sizeInBytes) }, { 'content-range': `bytes */${object.sizeInBytes}` });
  const start = range?.start ?? 0;
  const end = range?.end ?? object.sizeInBytes - 1;
  // The checksum is of the whole: it is not sent with a part.
  const checksums = headerOf(request.headers, 'x-amz-checksum-mode').toUpperCase() === 'ENABLED' && !range ? checksumHeaders(object.checksums) : {};
  return {
    status: range ? 206 : 200,
    headers: { ...describing(object), ...checksums, 'content-length': String(end - start + 1), ...(range ? { 'content-range': `bytes ${start}-${end}/${object.sizeInBytes}` } : {}) },
    ...(isHead ? {} : { stream: await bucket.read(object, start, end) }),
  };
}

/** What a client says of an object that it sends. @throws S3Error when it cannot be kept so */
export function objectHeaders(key: string, request: IncomingMessage, demanded: DemandedEncryption | undefined): ObjectHeaders {
  const { headers } = request;
  if (Buffer.byteLength(key) > LONGEST_KEY_IN_BYTES) throw new S3Error('KeyTooLongError', 400, 'Your key is too long', { Size: String(Buffer.byteLength(key)), MaxSizeAllowed: String(LONGEST_KEY_IN_BYTES) });
  const encryption = headerOf(headers, 'x-amz-server-side-encryption');
  if (encryption && encryption !== 'AES256' && encryption !== 'aws:kms') throw new S3Error('InvalidEncryptionAlgorithmError', 400, 'The encryption request you specified is not valid. Supported values: AES256, aws:kms.');
  if (demanded && encryption !== demanded) throw accessDenied();
  const metadata = Object.fromEntries(Object.keys(headers).filter((name) => name.startsWith('x-amz-meta-')).map((name) => [name.slice('x-amz-meta-'.length), headerOf(headers, name)]));
  if (Object.entries(metadata).reduce((sum, [name, value]) => sum + name.length + value.length, 0) > MOST_METADATA_IN_BYTES) throw new S3Error('MetadataTooLarge', 400, 'Your metadata headers exceed the maximum allowed metadata size');
  if (encryption !== 'aws:kms' && headers['x-amz-server-side-encryption-aws-kms-key-id'] !== undefined) throw invalid('Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms');
  const disposition = headerOf(headers, 'content-disposition');
  const cacheControl = headerOf(headers, 'cache-control');
  const encryptionKey = headerOf(headers, 'x-amz-server-side-encryption-aws-kms-key-id');
  return {
    contentType: headerOf(headers, 'content-type') || 'binary/octet-stream', encryption: encryption || 'AES256', metadata,
    ...(disposition ? { contentDisposition: disposition } : {}), ...(cacheControl ? { cacheControl } : {}), ...(encryptionKey ? { encryptionKey } : {}),
  };
}

export function encryptionHeaders({ encryption, encryptionKey }: Pick<ObjectHeaders, 'encryption' | 'encryptionKey'>): Record<string, string> {
  return { 'x-amz-server-side-encryption': encryption, ...(encryptionKey ? { 'x-amz-server-side-encryption-aws-kms-key-id': encryptionKey } : {}) };
}
export function checksumHeaders(checksums: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(checksums).map(([name, value]) => [`x-amz-checksum-${name}`, value]));
}

function describing(object: KeptObject): Record<string, string> {
  return {
    'content-type': object.contentType, etag: `"${object.etag}"`, 'last-modified': new Date(object.modifiedAt).toUTCString(), 'accept-ranges': 'bytes', ...encryptionHeaders(object),
    ...(object.contentDisposition ? { 'content-disposition': object.contentDisposition } : {}), ...(object.cacheControl ? { 'cache-control': object.cacheControl } : {}),
    ...Object.fromEntries(Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
  };
}
