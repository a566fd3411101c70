import type { Answer } from './answer';
import type { BucketFolder, KeptObject } from './bucket-folder';
import { strictlyEncoded } from './check-signature';
import { S3Error } from './s3-error';
import { xmlOf } from './xml';
import type { Xml } from './xml';

const MOST_KEYS = 1_000;

/** A page of a bucket's keys, in either version of the listing. */
export async function listObjects(bucket: BucketFolder, query: URLSearchParams, isSecondVersion: boolean): Promise<Answer> {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const most = Math.min(MOST_KEYS, query.has('max-keys') ? Number(query.get('max-keys')) : MOST_KEYS);
  if (!Number.isInteger(most) || most < 0) throw new S3Error('InvalidArgument', 400, 'Provided max-keys not an integer or within integer range');
  const token = query.get('continuation-token');
  const after = isSecondVersion ? (token === null ? (query.get('start-after') ?? '') : keyOfToken(token)) : (query.get('marker') ?? '');
  const shown = (text: string): string => (query.get('encoding-type') === 'url' ? text.split('/').map(strictlyEncoded).join('/') : text);
  const found: KeptObject[] = [];
  const folders = new Set<string>();
  let last = '';
  let isCut = false;
  for (const object of await bucket.all()) {
    if (!object.key.startsWith(prefix)) continue;
    const end = delimiter ? object.key.indexOf(delimiter, prefix.length) : -1;
    const entry = end < 0 ? object.key : object.key.slice(0, end + delimiter.length);
    if (folders.has(entry) || Buffer.compare(Buffer.from(entry), Buffer.from(after)) <= 0) continue;
    if (found.length + folders.size >= most) { isCut = true; break; }
    if (end < 0) found.push(object);
    else folders.add(entry);
    last = entry;
  }
  const content: Record<string, Xml | readonly Xml[] | undefined> = {
    Name: bucket.name, Prefix: shown(prefix), ...(delimiter ? { Delimiter: shown(delimiter) } : {}), MaxKeys: most, ...(query.get('encoding-type') ? { EncodingType: 'url' } : {}), IsTruncated: isCut,
    ...(isSecondVersion
      ? { KeyCount: found.length + folders.size, ...(token === null ? {} : { ContinuationToken: token }), ...(isCut ? { NextContinuationToken: tokenOf(last) } : {}), ...(query.get('start-after') ? { StartAfter: shown(query.get('start-after') ?? '') } : {}) }
      : { Marker: shown(after), ...(isCut ? { NextMarker: shown(last) } : {}) }),
    Contents: found.map((object) => ({ Key: shown(object.key), LastModified: object.modifiedAt, ETag: `"${object.etag}"`, Size: object.sizeInBytes, StorageClass: 'STANDARD' })),
    CommonPrefixes: [...folders].map((folder) => ({ Prefix: shown(folder) })),
  };
  return { status: 200, xml: xmlOf('ListBucketResult', content as Xml) };
}

export async function listUploads(bucket: BucketFolder): Promise<Answer> {
  const uploads = await bucket.uploads();
  return { status: 200, xml: xmlOf('ListMultipartUploadsResult', { Bucket: bucket.name, KeyMarker: '', UploadIdMarker: '', MaxUploads: MOST_KEYS, IsTruncated: false, Upload: uploads.map(({ id, key, beganAt }) => ({ Key: key, UploadId: id, Initiated: beganAt, StorageClass: 'STANDARD' })) }) };
}

export async function listParts(bucket: BucketFolder, key: string, uploadId: string): Promise<Answer> {
  await bucket.upload(uploadId);
  const parts = await bucket.parts(uploadId);
  return { status: 200, xml: xmlOf('ListPartsResult', { Bucket: bucket.name, Key: key, UploadId: uploadId, IsTruncated: false, Part: parts.map((part) => ({ PartNumber: part.number, LastModified: part.modifiedAt, ETag: `"${part.etag}"`, Size: part.sizeInBytes, ChecksumSHA256: part.checksums['sha256'] })) }) };
}

function tokenOf(key: string): string { return Buffer.from(key).toString('base64url'); }
function keyOfToken(token: string): string {
  if (!/^[\w-]*$/.test(token)) throw new S3Error('InvalidArgument', 400, 'The continuation token provided is incorrect');
  return Buffer.from(token, 'base64url').toString();
}
