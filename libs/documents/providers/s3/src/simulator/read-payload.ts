import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { headerOf, signatureOfChunk, signatureOfTrailer } from './check-signature';
import type { CheckedSignature } from './check-signature';
import { CHECKSUMS, checksumOf } from './checksums';
import { ChunkedBody } from './chunked-body';
import { S3Error, invalid } from './s3-error';

/** What was received: never held in memory as a whole. */
export interface Received { readonly sizeInBytes: number; readonly md5: string; readonly sha256: string; readonly checksums: Readonly<Record<string, string>> }

/**
 * Writes a request's body into a file, and checks on the way whatever the client has said of it: its length, the hash under the signature, the signatures of its chunks, Content-MD5 and checksums.
 * @throws S3Error when anything does not agree; the file is then worth nothing
 */
export async function receive(request: IncomingMessage, signature: CheckedSignature, file: string, mostInBytes: number): Promise<Received> {
  const { headers } = request;
  const isChunked = signature.payload.startsWith('STREAMING-');
  const expected = Number(headerOf(headers, isChunked ? 'x-amz-decoded-content-length' : 'content-length') || Number.NaN);
  if (!Number.isInteger(expected) || expected < 0) throw new S3Error('MissingContentLength', 411, 'You must provide the Content-Length HTTP header.');
  if (expected > mostInBytes) throw new S3Error('EntityTooLarge', 400, 'Your proposed upload exceeds the maximum allowed size', { ProposedSize: String(expected), MaxSizeAllowed: String(mostInBytes) });
  const md5Hash = createHash('md5');
  const sha256Hash = createHash('sha256');
  // Only what the client speaks of is worked out: before the body, or announced to come behind it.
  const claims = CHECKSUMS.map((name) => ({ name, header: `x-amz-checksum-${name}` })).filter(({ header }) => headers[header] !== undefined || headerOf(headers, 'x-amz-trailer').toLowerCase() === header).map((claim) => ({ ...claim, checksum: checksumOf(claim.name) }));
  let size = 0;
  const body = new ChunkedBody();
  let before = signature.seed;
  const decoded = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const counted = (bytes: Buffer): Buffer => {
      size += bytes.byteLength;
      if (size > expected) throw incomplete();
      for (const hash of [md5Hash, sha256Hash, ...claims.map(({ checksum }) => checksum)]) hash.update(bytes);
      return bytes;
    };
    for await (const data of source) {
      if (!isChunked) { yield counted(data); continue; }
      for (const chunk of body.read(data)) {
        if (!signature.payload.includes('UNSIGNED')) {
          const right = signatureOfChunk(signature, before, chunk.bytes);
          if (chunk.signature !== right) throw new S3Error('SignatureDoesNotMatch', 403, 'The signature of a chunk does not match.');
          before = right;
        }
        if (chunk.bytes.byteLength) yield counted(chunk.bytes);
      }
    }
    if (isChunked && !body.isOver) throw incomplete();
  };
  try { await pipeline(request, decoded, createWriteStream(file, { mode: 0o600 })); } catch (error) {
    if (error instanceof RangeError) throw new S3Error('IncompleteBody', 400, 'The request body terminated unexpectedly');
    throw error;
  }
  if (size !== expected) throw incomplete();
  const sha256 = sha256Hash.digest('hex');
  if (/^[0-9a-f]{64}$/.test(signature.payload)) {
    if (signature.payload !== sha256) throw new S3Error('XAmzContentSHA256Mismatch', 400, 'The provided \'x-amz-content-sha256\' header does not match what was computed.', { ClientComputedContentSHA256: signature.payload, S3ComputedContentSHA256: sha256 });
  } else if (!isChunked && signature.payload !== 'UNSIGNED-PAYLOAD') throw invalid('x-amz-content-sha256 must be UNSIGNED-PAYLOAD, a STREAMING value, or a valid sha256 value.');
  checkTrailer(signature, before, body);
  const md5 = md5Hash.digest('hex');
  const claimedMd5 = headerOf(headers, 'content-md5');
  if (claimedMd5 && Buffer.from(claimedMd5, 'base64').byteLength !== 16) throw new S3Error('InvalidDigest', 400, 'The Content-MD5 you specified was invalid.');
  if (claimedMd5 && claimedMd5 !== Buffer.from(md5, 'hex').toString('base64')) throw badDigest('Content-MD5');
  const kept: Record<string, string> = {};
  for (const { name, header, checksum } of claims) {
    const claimed = headerOf(headers, header) || body.trailers.get(header);
    if (claimed !== checksum.digest()) throw badDigest(name.toUpperCase());
    kept[name] = claimed;
  }
  return { sizeInBytes: size, md5, sha256, checksums: kept };
}

function checkTrailer(signature: CheckedSignature, before: string, body: ChunkedBody): void {
  if (signature.payload !== 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER') return;
  const signed = [...body.trailers].filter(([name]) => name !== 'x-amz-trailer-signature').map(([name, value]) => `${name}:${value}\n`).join('');
  if (body.trailers.get('x-amz-trailer-signature') !== signatureOfTrailer(signature, before, signed)) throw new S3Error('SignatureDoesNotMatch', 403, 'The signature of the trailer does not match.');
}

function incomplete(): S3Error { return new S3Error('IncompleteBody', 400, 'You did not provide the number of bytes specified by the Content-Length HTTP header'); }
function badDigest(of: string): S3Error { return new S3Error('BadDigest', 400, `The ${of} you specified did not match the calculated checksum.`); }
