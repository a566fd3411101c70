import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { Unavailable } from '@guildhall/kernel-contract';
import type { ByteRange, BytesFromStore } from '@guildhall/documents-contract';
import { readFailure } from './map-failure';
import type { OpenConnection } from './s3-connection';

const MOST_BEGINNINGS = 4;
/** 5 TiB: no object has more, and not every store reads longer numbers. */
const LARGEST_OBJECT_IN_BYTES = 5 * 1024 ** 4;

/** What may be told of a reading that went wrong on the way. */
export interface ReadingNotes { wasCut(code: string): void; isDamaged(): void }

/**
 * Reads an object, or a part of it. A connection that is cut on the way is taken up again where it broke, if the object is still the same (RFC 9110, If-Match). A whole object is checked against its
 * SHA-256: when it does not agree, the stream fails and does not end, so that nobody takes damaged bytes for whole ones.
 * @returns undefined when there is no such object
 */
export async function readObject(connection: OpenConnection, at: { readonly Bucket: string; readonly Key: string }, range: ByteRange | undefined, notes: ReadingNotes): Promise<BytesFromStore | undefined> {
  const { client, sdk } = connection;
  if (range && !(Number.isInteger(range.start) && Number.isInteger(range.end) && range.start >= 0 && range.start <= range.end && range.start < LARGEST_OBJECT_IN_BYTES)) return nothingOf(connection, at);
  let begun: GetObjectCommandOutput;
  try { begun = await client.send(new sdk.GetObjectCommand({ ...at, ...(range ? { Range: `bytes=${range.start}-${Math.min(range.end, LARGEST_OBJECT_IN_BYTES)}` } : {}) })); } catch (error) {
    const failure = readFailure(error);
    if (failure?.code === 'NoSuchKey') return undefined;
    if (failure?.code === 'InvalidRange' || failure?.status === 416) return nothingOf(connection, at);
    throw error;
  }
  const [, from, to, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(begun.ContentRange ?? '') ?? [];
  const sizeInBytes = Number(size ?? begun.ContentLength ?? Number.NaN);
  const start = Number(from ?? 0);
  const end = Number(to ?? sizeInBytes - 1);
  if (!(begun.Body instanceof Readable) || begun.ETag === undefined || !Number.isInteger(sizeInBytes) || (range && from === undefined && sizeInBytes > 0) || (range && start !== range.start)) throw new Unavailable('The store for documents answered in a form that is not known here.');
  const isWhole = start === 0 && end === sizeInBytes - 1;
  const reading = new Reading(begun.Body, connection, { ...at, IfMatch: begun.ETag }, { start, end }, isWhole ? begun.Metadata?.['sha256'] : undefined, notes);
  const stream = Readable.from(reading.bytes(), { objectMode: false });
  // Whoever leaves in the middle lets go of the connection too.
  stream.once('close', () => reading.stop());
  return { sizeInBytes, stream };
}

/** Nothing of an object, and how large it is. */
async function nothingOf({ client, sdk }: OpenConnection, at: { readonly Bucket: string; readonly Key: string }): Promise<BytesFromStore | undefined> {
  try {
    const { ContentLength } = await client.send(new sdk.HeadObjectCommand(at));
    return { sizeInBytes: ContentLength ?? 0, stream: Readable.from([]) };
  } catch (error) {
    if (readFailure(error)?.status === 404) return undefined;
    throw error;
  }
}

class Reading {
  #body: Readable;
  #isLeft = false;
  constructor(
    first: Readable, private readonly connection: OpenConnection, private readonly at: { readonly Bucket: string; readonly Key: string; readonly IfMatch: string }, private readonly range: ByteRange,
    private readonly sha256: string | undefined, private readonly notes: ReadingNotes,
  ) { this.#body = first; }

  stop(): void {
    this.#isLeft = true;
    this.#body.destroy();
  }

  async *bytes(): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    const expected = this.range.end - this.range.start + 1;
    let received = 0;
    for (let beginning = 1; ; beginning++) {
      try {
        for await (const chunk of this.#body as AsyncIterable<Buffer>) {
          received += chunk.byteLength;
          if (received > expected) throw new Unavailable('The store for documents sent more than it said.');
          hash.update(chunk);
          // The last bytes are given only when the whole agrees: until then the receiver is waiting for them.
          if (received === expected && this.sha256 !== undefined && hash.digest('hex') !== this.sha256) {
            this.notes.isDamaged();
            throw new Unavailable('The store for documents gave bytes that are not those of the document.');
          }
          yield chunk;
        }
        if (received >= expected) return;
        throw Object.assign(new Error('The body ended early.'), { code: 'ENDED' });
      } catch (error) {
        if (this.#isLeft) return;
        const failure = readFailure(error);
        if (!failure || beginning === MOST_BEGINNINGS) throw failure ? new Unavailable('The store for documents broke off in the middle of a document.') : error;
        this.notes.wasCut(failure.code);
        this.#body = await this.#goOn(this.range.start + received);
      }
    }
  }

  async #goOn(from: number): Promise<Readable> {
    const { client, sdk } = this.connection;
    try {
      const { Body } = await client.send(new sdk.GetObjectCommand({ ...this.at, Range: `bytes=${from}-${this.range.end}` }));
      if (Body instanceof Readable) return Body;
    } catch (error) {
      if (!readFailure(error)) throw error;
    }
    throw new Unavailable('The store for documents broke off in the middle of a document.');
  }
}
