import type { FileHandle } from 'node:fs/promises';
import { MARK_BYTES } from './sealing';

/** Where in the file of values something of a person stands. Entries are all of one length and in the order of their marks, so that one is found in a few looks. */
export interface IndexEntry {
  readonly mark: Uint8Array;
  readonly offset: number;
  /** 0: they are there twice, and nothing is told of them. */
  readonly length: number;
  readonly row: number;
  readonly line: number;
}
export const ENTRY_BYTES = MARK_BYTES + 6 + 4 + 5 + 5;

export function entryBytes({ mark, offset, length, row, line }: IndexEntry): Buffer {
  const bytes = Buffer.alloc(ENTRY_BYTES);
  bytes.set(mark, 0);
  bytes.writeUIntBE(offset, 16, 6);
  bytes.writeUInt32BE(length, 22);
  bytes.writeUIntBE(row, 26, 5);
  bytes.writeUIntBE(line, 31, 5);
  return bytes;
}
export function entryIn(bytes: Buffer): IndexEntry {
  return { mark: bytes.subarray(0, MARK_BYTES), offset: bytes.readUIntBE(16, 6), length: bytes.readUInt32BE(22), row: bytes.readUIntBE(26, 5), line: bytes.readUIntBE(31, 5) };
}

/** Appends to a file little by little, in larger pieces. */
export class Appending {
  #held: Buffer[] = [];
  #heldInBytes = 0;
  sizeInBytes = 0;
  constructor(private readonly file: FileHandle) {}

  /** Says whether so much is held that it should be flushed. */
  append(bytes: Buffer): boolean {
    this.#held.push(bytes);
    this.#heldInBytes += bytes.length;
    this.sizeInBytes += bytes.length;
    return this.#heldInBytes > 256 * 1024;
  }
  async flush(): Promise<void> {
    const held = Buffer.concat(this.#held);
    this.#held = [];
    this.#heldInBytes = 0;
    await this.file.writeFile(held);
  }
}

const BLOCK = ENTRY_BYTES * 4096;
/** So much of the index is in memory while it is sorted. */
const SORTED_AT_ONCE_IN_BYTES = 1024 * 1024;

/**
 * Writes entries in the order of their marks, and of those with one mark the first of the file as one that is there twice. Marks are spread evenly: so it goes through the unsorted ones
 * once for each megabyte, takes those of one stretch of marks, and sorts them. That needs the same memory for any number.
 * @param onDouble told of each row of somebody who was there before
 * @returns how many people there are once
 */
export async function sortEntries(unsorted: FileHandle, sorted: Appending, count: number, onDouble: (line: number) => void): Promise<number> {
  const stretches = Math.max(1, Math.ceil((count * ENTRY_BYTES) / SORTED_AT_ONCE_IN_BYTES));
  const block = Buffer.alloc(BLOCK);
  let people = 0;
  for (let stretch = 0; stretch < stretches; stretch++) {
    const entries: string[] = [];
    for (let at = 0; at < count * ENTRY_BYTES; at += BLOCK) {
      const { bytesRead } = await unsorted.read(block, 0, BLOCK, at);
      for (let entry = 0; entry < bytesRead; entry += ENTRY_BYTES) if (Math.floor((block.readUInt32BE(entry) / 0x1_0000_0000) * stretches) === stretch) entries.push(block.toString('latin1', entry, entry + ENTRY_BYTES));
    }
    // By mark, and those of one mark as they come in the file: letter by letter is byte by byte.
    entries.sort();
    for (let at = 0; at < entries.length;) {
      const mark = entries[at]?.slice(0, MARK_BYTES);
      let next = at + 1;
      while (entries[next]?.startsWith(mark ?? '')) next++;
      const entry = entryIn(Buffer.from(entries[at] ?? '', 'latin1'));
      for (const double of entries.slice(at + 1, next)) onDouble(entryIn(Buffer.from(double, 'latin1')).line);
      if (sorted.append(entryBytes(next - at > 1 ? { ...entry, length: 0 } : entry))) await sorted.flush();
      if (next - at === 1) people++;
      at = next;
    }
  }
  await sorted.flush();
  return people;
}

/** Finds the entry of a mark, by halves, without reading more of the file than it needs. */
export async function findEntry(index: FileHandle, count: number, mark: Uint8Array): Promise<IndexEntry | undefined> {
  let [from, to] = [0, count];
  const one = Buffer.alloc(ENTRY_BYTES);
  while (to - from > 128) {
    const middle = Math.floor((from + to) / 2);
    await index.read(one, 0, ENTRY_BYTES, middle * ENTRY_BYTES);
    if (one.compare(mark, 0, MARK_BYTES, 0, MARK_BYTES) > 0) to = middle;
    else from = middle;
  }
  const block = Buffer.alloc((to - from) * ENTRY_BYTES);
  const { bytesRead } = await index.read(block, 0, block.length, from * ENTRY_BYTES);
  for (let at = 0; at < bytesRead; at += ENTRY_BYTES) if (block.compare(mark, 0, MARK_BYTES, at, at + MARK_BYTES) === 0) return entryIn(block.subarray(at, at + ENTRY_BYTES));
  return undefined;
}
