import { createHash } from 'node:crypto';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Appending, ENTRY_BYTES, entryBytes, entryIn, findEntry, sortEntries, type IndexEntry } from './index-entries';

let folder: string;
let unsorted: FileHandle;
let sorted: FileHandle;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'index-'));
  [unsorted, sorted] = [await open(path.join(folder, 'unsorted'), 'wx+'), await open(path.join(folder, 'sorted'), 'wx+')];
});
afterEach(async () => {
  await unsorted.close();
  await sorted.close();
  await rm(folder, { recursive: true });
});

const markOf = (person: number): Buffer => createHash('sha256').update(String(person)).digest().subarray(0, 16);
const entryOf = (person: number, row: number): IndexEntry => ({ mark: markOf(person), offset: row * 100, length: 100, row, line: row + 2 });
async function sort(entries: readonly IndexEntry[]): Promise<{ readonly people: number; readonly count: number; readonly doubles: readonly number[] }> {
  await unsorted.writeFile(Buffer.concat(entries.map(entryBytes)));
  const doubles: number[] = [];
  const into = new Appending(sorted);
  const people = await sortEntries(unsorted, into, entries.length, (line) => doubles.push(line));
  return { people, count: into.sizeInBytes / ENTRY_BYTES, doubles: doubles.sort((a, b) => a - b) };
}

describe('an index', () => {
  it('of more people than are sorted at once finds each of them, and nobody else', async () => {
    const many = 100_000;
    const { people, count, doubles } = await sort([...Array.from({ length: many }, (_, at) => entryOf(at, at)), entryOf(7, many), entryOf(99_999, many + 1), entryOf(7, many + 2)]);
    expect({ people, count, doubles }).toEqual({ people: many - 2, count: many, doubles: [many + 2, many + 3, many + 4] });
    for (let at = 0; at < many; at += 997) expect(await findEntry(sorted, count, markOf(at))).toEqual({ ...entryOf(at, at) });
    for (const double of [7, 99_999]) expect(await findEntry(sorted, count, markOf(double))).toMatchObject({ length: 0 });
    for (const nobody of [Buffer.alloc(16), Buffer.alloc(16, 0xff), markOf(-1)]) expect(await findEntry(sorted, count, nobody)).toBeUndefined();
  });
  it.each([0, 1, 2, 128, 129, 257])('of %d people finds them all', async (many) => {
    const { count } = await sort(Array.from({ length: many }, (_, at) => entryOf(at, at)));
    for (let at = 0; at < many; at++) expect((await findEntry(sorted, count, markOf(at)))?.row).toBe(at);
    expect(await findEntry(sorted, count, markOf(-1))).toBeUndefined();
  });
  it('holds what large files need', () => {
    const entry = { mark: markOf(1), offset: 2 ** 47, length: 2 ** 31, row: 2 ** 39, line: 2 ** 39 };
    expect(entryIn(entryBytes(entry))).toEqual(entry);
  });
});
