import type { Readable } from 'node:stream';
import type { PutObjectCommandInput } from '@aws-sdk/client-s3';
import type { BytesAtRest } from '@guildhall/kernel-contract';
import { Unavailable, provenBytes } from '@guildhall/kernel-contract';
import type { S3Options } from './options';
import type { OpenConnection } from './s3-connection';

/** Where an object goes, and what it is. */
export interface ObjectPlace { readonly bucket: string; readonly key: string; readonly contentType: string }

/**
 * Writes content under a key in one request, read anew for each try. S3 shows an object only when all of it has come and agrees with its SHA-256, so that what breaks off leaves what was there before.
 * Writing again the same bytes under the same key changes nothing, so that the request may be made again.
 */
export async function writeObject({ client, sdk }: OpenConnection, place: ObjectPlace, content: BytesAtRest, options: S3Options): Promise<void> {
  const checksum = Buffer.from(content.sha256, 'hex').toString('base64');
  // Amazon's client makes no second try with a stream, which it could not begin anew: it is given nothing to send, and each try has a stream of its own.
  const command = new sdk.PutObjectCommand({ ...describing(place, options), Body: new Uint8Array(), ContentLength: content.sizeInBytes, ChecksumSHA256: checksum, Metadata: { sha256: content.sha256 } });
  const ending = new AbortController();
  const streams: Readable[] = [];
  let broken: Error | undefined;
  command.middlewareStack.add((next) => (args) => {
    // Signed with the request, so that nothing is put in the place of the content on the way.
    (args.request as SentRequest).headers['x-amz-content-sha256'] = content.sha256;
    return next(args);
  }, { step: 'build', name: 'guildhallContentHash' });
  command.middlewareStack.add((next) => async (args) => {
    const request = args.request as SentRequest;
    const nothing = request.body;
    const stream = provenBytes(content.read(), content).once('error', (error) => {
      broken = error;
      ending.abort();
    });
    streams.push(stream);
    request.body = stream;
    try { return await next(args); } finally { request.body = nothing; }
  }, { step: 'finalizeRequest', priority: 'low', name: 'guildhallContent' });
  try {
    const { ETag, ChecksumSHA256 } = await client.send(command, { abortSignal: ending.signal });
    // Something in between that answers everything with a friendly page has kept nothing.
    if (ETag === undefined || (ChecksumSHA256 !== undefined && ChecksumSHA256 !== checksum)) throw new Unavailable('The store for documents answered in a form that is not known here.');
  } catch (error) {
    throw broken ?? error;
  } finally {
    // A try that was answered before all was sent is still sending.
    ending.abort();
    for (const stream of streams) stream.destroy();
  }
}

interface SentRequest { readonly headers: Record<string, string>; body: unknown }

/** What is said of every object. Should anybody make a link to it, a browser keeps it and runs nothing in it. */
function describing({ bucket, key, contentType }: ObjectPlace, { encryption = 'bucket' }: S3Options): PutObjectCommandInput {
  return {
    Bucket: bucket, Key: key, ContentType: contentType, ContentDisposition: 'attachment', CacheControl: 'private, no-store',
    ...(encryption === 'bucket' ? {} : encryption === 'AES256' ? { ServerSideEncryption: 'AES256' } : { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: encryption.kmsKeyId }),
  };
}
