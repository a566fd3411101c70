import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { BytesAtRest } from '@guildhall/kernel-contract';
import { atRest, isGuildhallError } from '@guildhall/kernel-contract';
import { SeededIds } from '@guildhall/kernel-contract/testing';
import { parseStoreKey } from '@guildhall/documents-contract';
import { LocalDisk } from './local-disk.provider';

let folder: string;
let disk: LocalDisk;
const text = (words: string): BytesAtRest => atRest(Buffer.from(words));

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'disk-'));
  disk = new LocalDisk(path.join(folder, 'council'), new SeededIds());
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function filesBelow(top: string): Promise<string[]> {
  const found = await readdir(top, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => path.relative(top, path.join(entry.parentPath, entry.name))).sort();
}

describe('documents on a disk', () => {
  it('lie in the council’s folder and nowhere else', async () => {
    await disk.put(parseStoreKey('ab/photo'), text('x'));
    expect(await filesBelow(folder)).toEqual(['council/ab/photo/_bytes']);
  });
  it('leave no unfinished writing behind when their reading breaks', async () => {
    await expect(disk.put(parseStoreKey('broken'), { ...text('half and half'), read: () => Readable.from((async function* () { yield Buffer.from('half'); throw new Error('lost'); })()) })).rejects.toThrow('lost');
    expect(await filesBelow(folder)).toEqual([]);
  });
  it('are not read through a symbolic link that somebody put there', async () => {
    await writeFile(path.join(folder, 'secret'), 'secret');
    await mkdir(path.join(folder, 'council/trap'), { recursive: true });
    await symlink(path.join(folder, 'secret'), path.join(folder, 'council/trap/_bytes'));
    const error = await disk.get(parseStoreKey('trap')).catch((thrown: unknown) => thrown);
    expect(isGuildhallError(error) && error.code).toBe('unavailable');
  });
  it('are swept of writings that a crash cut off, once they are old enough to be nobody’s', async () => {
    const unfinished = path.join(folder, 'council/_unfinished');
    await mkdir(unfinished, { recursive: true });
    await writeFile(path.join(unfinished, 'old'), 'x');
    await writeFile(path.join(unfinished, 'new'), 'x');
    await utimes(path.join(unfinished, 'old'), new Date(0), new Date(0));
    expect(await disk.sweepUnfinished()).toBe(1);
    expect(await filesBelow(folder)).toEqual(['council/_unfinished/new']);
  });
  it('can be checked', async () => {
    await expect(disk.check()).resolves.toBeUndefined();
    await rm(path.join(folder, 'council'), { recursive: true });
    await writeFile(path.join(folder, 'council'), '');
    const error = await disk.check().catch((thrown: unknown) => thrown);
    expect(isGuildhallError(error) && error.code).toBe('unavailable');
  });
});
