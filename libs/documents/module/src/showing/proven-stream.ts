import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Unavailable } from '@guildhall/kernel-contract';

/**
 * The bytes of a whole document, checked on the way against what the record says of them: when they are others, the stream fails before its last bytes, so that no receiver takes it for complete.
 * Disks and stores do damage bytes, and somebody may have changed them there.
 */
export function provenStream(source: Readable, sha256: string, sizeInBytes: number, isDamaged: () => void): Readable {
  const proven = Readable.from(prove(source, sha256, sizeInBytes, isDamaged), { objectMode: false });
  return proven.once('close', () => { source.destroy(); });
}

async function* prove(source: Readable, sha256: string, sizeInBytes: number, isDamaged: () => void): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let seen = 0;
  let held: Uint8Array | undefined;
  for await (const chunk of source as AsyncIterable<Uint8Array>) {
    if (held) yield held;
    hash.update(chunk);
    seen += chunk.byteLength;
    held = chunk;
  }
  if (seen !== sizeInBytes || hash.digest('hex') !== sha256) {
    isDamaged();
    throw new Unavailable('The document cannot be had at the moment: its bytes are not those that were kept.');
  }
  if (held) yield held;
}
