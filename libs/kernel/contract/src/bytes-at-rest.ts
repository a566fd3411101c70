import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Unavailable } from './errors';

/**
 * Bytes that lie somewhere, as a file does. How many there are and what they are is known, and they can be read as often as somebody needs them: to look at them, to send them on, to try again.
 * So nobody has to hold the whole of them in memory.
 * @public
 */
export interface BytesAtRest {
  readonly sizeInBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** From `start` up to and including `end`, counted from nought and cut to what there is; all of them unless told. Each stream is one of its own. */
  read(part?: { readonly start: number; readonly end: number }): Readable;
}

/** In so many bytes at a time: few enough to be nothing, enough for reading not to take its time. */
const CHUNK_IN_BYTES = 64 * 1024;

/**
 * Bytes that are in hand, for whoever takes them at rest; what is at rest already stays as it is.
 * @public
 * @example await scanner.scan(atRest(bytes))
 */
export function atRest(bytes: Uint8Array | BytesAtRest): BytesAtRest {
  if (!(bytes instanceof Uint8Array)) return bytes;
  function* chunks(start: number, end: number): Generator<Uint8Array> {
    for (let at = start; at < end; at += CHUNK_IN_BYTES) yield (bytes as Uint8Array).subarray(at, Math.min(end, at + CHUNK_IN_BYTES));
  }
  return {
    sizeInBytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex'),
    read: ({ start, end } = { start: 0, end: bytes.byteLength - 1 }) => Readable.from(chunks(start, Math.min(end + 1, bytes.byteLength)), { objectMode: false }),
  };
}

/**
 * All of some bytes, checked on the way against what is known of them: when they are others, the stream fails before its last ones, so that no receiver takes them for complete.
 * Disks and stores do damage bytes, and somebody may have changed them there.
 * @param isDamaged is told before the stream fails
 * @public
 */
export function provenBytes(source: Readable, { sizeInBytes, sha256 }: Pick<BytesAtRest, 'sizeInBytes' | 'sha256'>, isDamaged: () => void = () => undefined): Readable {
  const proven = Readable.from(prove(source, sizeInBytes, sha256, isDamaged), { objectMode: false });
  return proven.once('close', () => { source.destroy(); });
}

async function* prove(source: Readable, sizeInBytes: number, sha256: string, isDamaged: () => void): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let seen = 0;
  let held: Uint8Array | undefined;
  for await (const chunk of source as AsyncIterable<Uint8Array>) {
    if (held) yield held;
    hash.update(chunk);
    seen += chunk.byteLength;
    held = chunk;
    if (seen > sizeInBytes) break;
  }
  if (seen !== sizeInBytes || hash.digest('hex') !== sha256) {
    isDamaged();
    throw new Unavailable('These bytes cannot be had at the moment: they are not those that were kept.');
  }
  if (held) yield held;
}
