import { mkdtemp, open, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOpenUprn } from './read-open-uprn';
import type { OpenUprnPart } from './read-open-uprn';

const HEADER = '\uFEFFUPRN,X_COORDINATE,Y_COORDINATE,LATITUDE,LONGITUDE';
let folder: string;
let file: string;
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'guildhall-open-uprn-')); file = join(folder, 'uprn.csv'); });
afterEach(() => rm(folder, { recursive: true }));

async function parts(from = 0, within?: Parameters<typeof readOpenUprn>[2]): Promise<OpenUprnPart[]> {
  const all: OpenUprnPart[] = [];
  for await (const part of readOpenUprn(file, from, within)) all.push(part);
  return all;
}
const line = (place: number): string => `${990_000_000_000 + place},664000.00,380000.00,${(53.3 + place / 1e7).toFixed(7)},2.1000000`;

describe('reading OS Open UPRN', () => {
  it('finds its columns by their names, with a byte order mark, in any order, with any end of line', async () => {
    await writeFile(file, `\uFEFFLONGITUDE,"UPRN",LATITUDE\r\n2.1,000099000001,53.3\r\n2.2,"99000002",53.4`);
    expect(await parts()).toMatchObject([{ uprns: ['99000001', '99000002'], latitudes: [53.3, 53.4], longitudes: [2.1, 2.2], skipped: 0 }]);
  });
  it('refuses what is not OS Open UPRN, and says what to do', async () => {
    for (const text of ['', 'UPRN,X,Y\n1,2,3\n', 'PK\u0003\u0004zip', 'nothing']) {
      await writeFile(file, text);
      await expect(parts()).rejects.toThrow(/Unpack the CSV of OS Open UPRN/);
    }
  });
  it('steps over lines that are no points and counts them, and over empty ones', async () => {
    await writeFile(file, `${HEADER}\n${line(1)}\nx,1,1,53,2\n5,1,1,,2\n5,1,1,91,2\n5\n\n${line(2)}\n"6,1,1,53,2\n`);
    const [part] = await parts();
    expect([part?.uprns, part?.skipped]).toEqual([['990000000001', '990000000002', '6'], 4]);
  });
  it('takes the later of two lines of one UPRN', async () => {
    await writeFile(file, `${HEADER}\n7,1,1,53,2\n7,1,1,54,2\n`);
    expect(await parts()).toMatchObject([{ uprns: ['7'], latitudes: [54] }]);
  });
  it('keeps only what lies in the rectangle', async () => {
    await writeFile(file, `${HEADER}\n1,1,1,53,2\n2,1,1,55,2\n`);
    expect(await parts(0, { south: 54, north: 56, west: 1, east: 3 })).toMatchObject([{ uprns: ['2'], skipped: 0 }]);
  });
  it('reads a large file in parts, each line once, and from the end of any part reads the rest', async () => {
    const count = 30_000;
    await writeFile(file, `${HEADER}\n${Array.from({ length: count }, (_, place) => line(place)).join('\n')}\n`);
    const all = await parts();
    expect(all.length).toBeGreaterThan(2);
    expect(all.reduce((sum, part) => sum + part.uprns.length, 0)).toBe(count);
    expect(new Set(all.flatMap(({ uprns }) => uprns)).size).toBe(count);
    expect(await parts(all[0]?.nextPosition)).toEqual(all.slice(1));
  });
  it('reads all of a file of which each reading brings a piece only, as a disk of the network may give it', async () => {
    await writeFile(file, `${HEADER}\n${Array.from({ length: 30_000 }, (_, place) => line(place)).join('\n')}\n`);
    const whole = await parts();
    const handle = await open(file);
    const prototype = Object.getPrototypeOf(handle) as FileHandle;
    await handle.close();
    const read = prototype.read as (this: FileHandle, buffer: Buffer, at: number, length: number, position: number) => Promise<{ bytesRead: number; buffer: Buffer }>;
    const short = jest.spyOn(prototype as { read: typeof read }, 'read').mockImplementation(function (this: FileHandle, buffer, at, length, position) { return read.call(this, buffer, at, Math.min(length, 40_007), position); });
    try { expect(await parts()).toEqual(whole); } finally { short.mockRestore(); }
  });
});
