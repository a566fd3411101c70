import { Readable } from 'node:stream';
import type { BytesAtRest } from '@guildhall/kernel-contract';
import { Unavailable, provenBytes } from '@guildhall/kernel-contract';
import { parseStoreKey } from '../document-store';
import type { BytesFromStore, DocumentStore, StoreKey } from '../document-store';
import type { ByteRange } from '../documents-api';
import { rangeWithin } from '../serving';

/** A store in memory; it can be told to be out of reach. @public */
export class InMemoryDocumentStore implements DocumentStore {
  readonly kept = new Map<string, Buffer>();
  /** Set: everything throws Unavailable. */
  isDown = false;

  async put(key: StoreKey, content: BytesAtRest): Promise<void> {
    this.#reach(key);
    this.kept.set(key, Buffer.concat((await provenBytes(content.read(), content).toArray()) as Uint8Array[]));
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
