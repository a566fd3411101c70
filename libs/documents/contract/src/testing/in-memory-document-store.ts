import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Unavailable } from '@guildhall/kernel-contract';
import { parseStoreKey } from '../document-store';
import type { BytesFromStore, DocumentStore, StoreKey, StoredBytes } from '../document-store';
import type { ByteRange } from '../documents-api';
import { rangeWithin } from '../serving';

/** A store in memory; it can be told to be out of reach. @public */
export class InMemoryDocumentStore implements DocumentStore {
  readonly kept = new Map<string, Buffer>();
  /** Set: everything throws Unavailable. */
  isDown = false;

  async put(key: StoreKey, content: Readable): Promise<StoredBytes> {
    this.#reach(key);
    const hash = createHash('sha256');
    const chunks: Buffer[] = [];
    for await (const chunk of content as AsyncIterable<Buffer>) { hash.update(chunk); chunks.push(chunk); }
    const bytes = Buffer.concat(chunks);
    this.kept.set(key, bytes);
    return { sizeInBytes: bytes.byteLength, sha256: hash.digest('hex') };
  }
  async get(key: StoreKey, range?: ByteRange): Promise<BytesFromStore | undefined> {
    this.#reach(key);
    const bytes = this.kept.get(key);
    if (!bytes) return undefined;
    const cut = range ? rangeWithin(range, bytes.byteLength) : { start: 0, end: bytes.byteLength - 1 };
    const part = cut ? bytes.subarray(cut.start, cut.end + 1) : Buffer.alloc(0);
    return { sizeInBytes: bytes.byteLength, stream: Readable.from(part.byteLength ? [part.subarray(0, part.byteLength >> 1), part.subarray(part.byteLength >> 1)].filter((each) => each.byteLength) : []) };
  }
  async delete(key: StoreKey): Promise<void> {
    this.#reach(key);
    this.kept.delete(key);
  }
  #reach(key: string): void {
    parseStoreKey(key);
    if (this.isDown) throw new Unavailable('The store does not answer.');
  }
}
