import { createHash, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { Answer } from './answer';
import type { BucketFolder, KeptPart } from './bucket-folder';
import { headerOf } from './check-signature';
import type { CheckedSignature } from './check-signature';
import { checksumHeaders, encryptionHeaders, objectHeaders } from './objects';
import type { DemandedEncryption } from './objects';
import { receive } from './read-payload';
import { S3Error, invalid } from './s3-error';
import { elementsOf, textOf, xmlOf } from './xml';

const MOST_PARTS = 10_000;

export async function createUpload(bucket: BucketFolder, key: string, request: IncomingMessage, options: { readonly demanded?: DemandedEncryption; readonly now: Date }): Promise<Answer> {
  const headers = objectHeaders(key, request, options.demanded);
  const checksum = headerOf(request.headers, 'x-amz-checksum-algorithm');
  const id = randomBytes(16).toString('hex');
  await bucket.begin({ ...headers, id, key, beganAt: options.now.toISOString(), ...(checksum ? { checksum: checksum.toLowerCase() } : {}) });
  return { status: 200, headers: { ...encryptionHeaders(headers), ...(checksum ? { 'x-amz-checksum-algorithm': checksum } : {}) }, xml: xmlOf('InitiateMultipartUploadResult', { Bucket: bucket.name, Key: key, UploadId: id }) };
}

export async function uploadPart(bucket: BucketFolder, query: URLSearchParams, request: IncomingMessage, signature: CheckedSignature, options: { readonly mostInBytes: number; readonly now: Date }): Promise<Answer> {
  const number = Number(query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS) throw new S3Error('InvalidArgument', 400, `Part number must be an integer between 1 and ${MOST_PARTS}, inclusive`);
  const upload = await bucket.upload(query.get('uploadId') ?? '');
  const file = bucket.newBytesFile();
  try {
    const received = await receive(request, signature, file, options.mostInBytes);
    if (upload.checksum && !received.checksums[upload.checksum]) throw invalid(`The upload was created using the ${upload.checksum} checksum mode. The upload part must have a checksum of this kind.`);
    await bucket.putPart(upload.id, { number, sizeInBytes: received.sizeInBytes, etag: received.md5, checksums: received.checksums, modifiedAt: options.now.toISOString(), bytesFile: file });
    return { status: 200, headers: { etag: `"${received.md5}"`, ...encryptionHeaders(upload), ...checksumHeaders(received.checksums) } };
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** Puts the parts together that the client names, in the order of their numbers. @throws S3Error InvalidPart, InvalidPartOrder, EntityTooSmall */
export async function completeUpload(bucket: BucketFolder, key: string, query: URLSearchParams, body: string, origin: string, options: { readonly leastPartInBytes: number; readonly now: Date }): Promise<Answer> {
  const upload = await bucket.upload(query.get('uploadId') ?? '');
  if (upload.key !== key) throw new S3Error('NoSuchUpload', 404, 'The specified upload does not exist for this key.');
  const named = elementsOf(body, 'Part').map((part) => ({ number: Number(textOf(part, 'PartNumber')), etag: textOf(part, 'ETag')?.replaceAll('"', ''), sha256: textOf(part, 'ChecksumSHA256') }));
  if (!named.length) throw new S3Error('MalformedXML', 400, 'The XML you provided was not well-formed or did not validate against our published schema');
  if (named.some(({ number }, at) => at > 0 && number <= (named[at - 1]?.number ?? 0))) throw new S3Error('InvalidPartOrder', 400, 'The list of parts was not in ascending order. Parts must be ordered by part number.');
  const kept = new Map((await bucket.parts(upload.id)).map((part) => [part.number, part]));
  const parts: KeptPart[] = named.map(({ number, etag, sha256 }) => {
    const part = kept.get(number);
    if (!part || part.etag !== etag || (sha256 !== undefined && sha256 !== part.checksums['sha256'])) throw new S3Error('InvalidPart', 400, 'One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part\'s entity tag.', { PartNumber: String(number) });
    return part;
  });
  const small = parts.slice(0, -1).find((part) => part.sizeInBytes < options.leastPartInBytes);
  if (small) throw new S3Error('EntityTooSmall', 400, 'Your proposed upload is smaller than the minimum allowed size', { ProposedSize: String(small.sizeInBytes), MinSizeAllowed: String(options.leastPartInBytes), PartNumber: String(small.number) });
  const joined = await bucket.join(parts);
  const checksums: Record<string, string> = upload.checksum === 'sha256' ? { sha256: compositeOf(parts) } : {};
  const { contentType, contentDisposition, cacheControl, encryption, encryptionKey, metadata } = upload;
  await bucket.put({ key, contentType, contentDisposition, cacheControl, encryption, encryptionKey, metadata, checksums, modifiedAt: options.now.toISOString(), ...joined });
  await bucket.end(upload.id);
  return { status: 200, headers: encryptionHeaders(upload), xml: xmlOf('CompleteMultipartUploadResult', { Location: `${origin}/${bucket.name}/${key}`, Bucket: bucket.name, Key: key, ETag: `"${joined.etag}"`, ...(checksums['sha256'] ? { ChecksumSHA256: checksums['sha256'], ChecksumType: 'COMPOSITE' } : {}) }) };
}

/** The checksum of the checksums, with the number of parts: S3's "composite" kind. */
function compositeOf(parts: readonly KeptPart[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(Buffer.from(part.checksums['sha256'] ?? '', 'base64'));
  return `${hash.digest('base64')}-${parts.length}`;
}
