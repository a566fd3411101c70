import { createHash } from 'node:crypto';
import type { CompletedPart, PutObjectCommandInput } from '@aws-sdk/client-s3';
import type { Ids, Log } from '@guildhall/kernel-contract';
import { Unavailable } from '@guildhall/kernel-contract';
import type { StoredBytes } from '@guildhall/documents-contract';
import { readFailure } from './map-failure';
import type { S3Options } from './options';
import { partSizeOf } from './options';
import { partsOf } from './parts-of';
import type { StreamPart } from './parts-of';
import type { OpenConnection } from './s3-connection';

/** Where an object goes, and what it is. */
export interface ObjectPlace { readonly bucket: string; readonly key: string; readonly contentType: string }

/**
 * Writes a stream under a key: whole in one request, or in parts. S3 shows an object only when it is complete, so that a stream that breaks leaves what was there before; the parts that were sent are
 * taken back. Writing again the same bytes under the same key changes nothing, so that every request may be made again.
 */
export async function writeObject(connection: OpenConnection, place: ObjectPlace, content: AsyncIterable<Uint8Array>, options: S3Options, dependencies: { readonly ids: Ids; readonly log: Log; readonly council: string }): Promise<StoredBytes> {
  const whole = createHash('sha256');
  let sizeInBytes = 0;
  const noting = (part: StreamPart): StreamPart => {
    whole.update(part.bytes);
    sizeInBytes += part.bytes.byteLength;
    return part;
  };
  const parts = partsOf(content, partSizeOf(options));
  try {
    const first = noting((await parts.next()).value as StreamPart);
    if (!first.isLast) {
      await writeInParts(connection, place, first, parts, noting, options, dependencies);
      return { sizeInBytes, sha256: whole.digest('hex') };
    }
    const sha256 = whole.digest();
    const { client, sdk } = connection;
    const { ETag, ChecksumSHA256 } = await client.send(new sdk.PutObjectCommand({ ...describing(place, options), Body: first.bytes, ContentLength: first.bytes.byteLength, ChecksumSHA256: sha256.toString('base64'), Metadata: { sha256: sha256.toString('hex') } }));
    // Something in between that answers everything with a friendly page has kept nothing.
    if (ETag === undefined || (ChecksumSHA256 !== undefined && ChecksumSHA256 !== sha256.toString('base64'))) throw unknownForm();
    return { sizeInBytes, sha256: sha256.toString('hex') };
  } finally {
    // Lets go of the sender's stream, wherever this ended.
    await parts.return(undefined);
  }
}

async function writeInParts({ client, sdk }: OpenConnection, place: ObjectPlace, first: StreamPart, rest: AsyncGenerator<StreamPart>, noting: (part: StreamPart) => StreamPart, options: S3Options, { ids, log, council }: { readonly ids: Ids; readonly log: Log; readonly council: string }): Promise<void> {
  const at = { Bucket: place.bucket, Key: place.key };
  // By this mark the object is known as this upload's, when the answer to its completion is lost.
  const mark = ids.token();
  const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand({ ...describing(place, options), ChecksumAlgorithm: 'SHA256', Metadata: { upload: mark } }));
  if (UploadId === undefined) throw unknownForm();
  try {
    const sent: CompletedPart[] = [];
    const digests: Buffer[] = [];
    const send = async (part: StreamPart): Promise<void> => {
      const digest = createHash('sha256').update(part.bytes).digest();
      const ChecksumSHA256 = digest.toString('base64');
      const { ETag } = await client.send(new sdk.UploadPartCommand({ ...at, UploadId, PartNumber: sent.length + 1, Body: part.bytes, ContentLength: part.bytes.byteLength, ChecksumSHA256 }));
      if (ETag === undefined) throw unknownForm();
      sent.push({ ETag, PartNumber: sent.length + 1, ChecksumSHA256 });
      digests.push(digest);
    };
    await send(first);
    for await (const part of rest) await send(noting(part));
    const completed = await client.send(new sdk.CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts: sent } })).catch(async (error: unknown) => {
      // The second try of a completion whose answer was lost is told that there is no such upload.
      if (readFailure(error)?.code !== 'NoSuchUpload' || (await client.send(new sdk.HeadObjectCommand(at))).Metadata?.['upload'] !== mark) throw error;
      return undefined;
    });
    if (completed && completed.ETag === undefined) throw unknownForm();
    // The store says the checksum of the checksums of what it put together; one that says none has checked each part all the same.
    const [theirs, count] = completed?.ChecksumSHA256?.split('-') ?? [];
    if (theirs !== undefined && count !== undefined && theirs !== createHash('sha256').update(Buffer.concat(digests)).digest('base64')) throw new Unavailable('The store for documents put the parts of a document together wrongly.');
  } catch (error) {
    await client.send(new sdk.AbortMultipartUploadCommand({ ...at, UploadId })).catch((failure: unknown) => {
      const code = readFailure(failure)?.code;
      // Nothing is lost: a rule of the bucket clears unfinished uploads away. The guide says how to make it.
      if (code !== 'NoSuchUpload') log.warn('s3.upload-left', { council, code });
    });
    throw error;
  }
}

function unknownForm(): Unavailable { return new Unavailable('The store for documents answered in a form that is not known here.'); }

/** What is said of every object. Should anybody make a link to it, a browser keeps it and runs nothing in it. */
function describing({ bucket, key, contentType }: ObjectPlace, { encryption = 'bucket' }: S3Options): PutObjectCommandInput {
  return {
    Bucket: bucket, Key: key, ContentType: contentType, ContentDisposition: 'attachment', CacheControl: 'private, no-store',
    ...(encryption === 'bucket' ? {} : encryption === 'AES256' ? { ServerSideEncryption: 'AES256' } : { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: encryption.kmsKeyId }),
  };
}
