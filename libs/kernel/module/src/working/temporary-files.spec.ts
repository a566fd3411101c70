import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { RecordedLog, WatchedMemory, madeAsRead } from '@guildhall/kernel-contract/testing';
import { TemporaryFiles } from './temporary-files';

let top: string;
let folder: string;
let log: RecordedLog;
beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'temporary-'));
  folder = join(top, 'uploads');
  log = new RecordedLog();
});
afterEach(() => rm(top, { recursive: true, force: true }));

const files = (mostInBytes = 1_000_000): TemporaryFiles => new TemporaryFiles(folder, mostInBytes, log);
const bytesOf = async (stream: Readable): Promise<Buffer> => Buffer.concat((await stream.toArray()) as Uint8Array[]);

describe('bytes that wait on the disk', () => {
  it('are what came, as often as they are read, whole or a part of them, by several at once', async () => {
    const content = madeAsRead(300_000);
    const file = await files().write(content.read());
    expect([file.sizeInBytes, file.sha256]).toEqual([300_000, content.sha256]);
    const whole = await bytesOf(content.read());
    const [one, other, part, beyond] = await Promise.all([bytesOf(file.read()), bytesOf(file.read()), bytesOf(file.read({ start: 65_530, end: 65_540 })), bytesOf(file.read({ start: 299_990, end: 900_000 }))]);
    expect([one.equals(whole), other.equals(whole), part.equals(whole.subarray(65_530, 65_541)), beyond.equals(whole.subarray(-10))]).toEqual([true, true, true, true]);
    await file.discard();
  });
  it('have no name, so that nobody else finds them and no crash leaves them', async () => {
    const file = await files().write([Buffer.from('a photo')]);
    expect(await readdir(folder)).toEqual([]);
    expect((await bytesOf(file.read())).toString()).toBe('a photo');
    await file.discard();
  });
  it('clear away what a crash left in the moment before a name was gone', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'left'), '');
    const file = await files().write([Buffer.from('a photo')]);
    expect(await readdir(folder)).toEqual([]);
    await file.discard();
  });
  it('need no file when there are none', async () => {
    const file = await files().write([]);
    expect([file.sizeInBytes, (await bytesOf(file.read())).byteLength]).toEqual([0, 0]);
    await file.discard();
    await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });
  it('have no more room than they may take together; whoever comes when it is full leaves nothing, and it is free again when they are let go', async () => {
    const keeping = files();
    const [one, other] = [await keeping.write([Buffer.alloc(400_000)]), await keeping.write([Buffer.alloc(400_000)])];
    await expect(keeping.write([Buffer.alloc(150_000), Buffer.alloc(150_000)])).rejects.toMatchObject({ code: 'unavailable', retryAfterInSeconds: 10 });
    expect(keeping.heldInBytes).toBe(800_000);
    await one.discard();
    await one.discard();
    expect(keeping.heldInBytes).toBe(400_000);
    const next = await keeping.write([Buffer.alloc(600_000)]);
    for (const file of [other, next]) await file.discard();
    expect(keeping.heldInBytes).toBe(0);
  });
  it('leave nothing when their sender breaks off, whose error is thrown on', async () => {
    const keeping = files();
    await expect(keeping.write((async function* () { yield await Promise.resolve(Buffer.alloc(1_000)); throw new Error('The sender left.'); })())).rejects.toThrow('The sender left.');
    expect(keeping.heldInBytes).toBe(0);
  });
  it('wait to be let go for whoever is reading just now, and are not read afterwards', async () => {
    const file = await files().write([Buffer.alloc(200_000, 'x')]);
    await file.discard();
    await expect(bytesOf(file.read())).rejects.toMatchObject({ code: 'unavailable' });
  });
  it('are Unavailable where the folder cannot be used, the log says why, and come again when it can', async () => {
    const keeping = files();
    await writeFile(folder, 'a file stands where the folder belongs');
    await expect(keeping.write([Buffer.from('a photo')])).rejects.toMatchObject({ code: 'unavailable' });
    expect([keeping.heldInBytes, log.lines]).toEqual([0, [{ level: 'error', event: 'temporary-files.failed', ids: { code: 'EEXIST' } }]]);
    await rm(folder);
    await (await keeping.write([Buffer.from('a photo')])).discard();
  });
  it('are hardly any of them in memory, however many and large', async () => {
    const keeping = files(1e9);
    const memory = new WatchedMemory();
    const kept = await Promise.all(Array.from({ length: 8 }, () => keeping.write(madeAsRead(10_000_000, memory).read())));
    memory.look();
    expect([keeping.heldInBytes, memory.wentByInBytes, memory.mostInBytes < 8_000_000]).toEqual([80_000_000, 80_000_000, true]);
    for (const file of kept) await file.discard();
  });
});
