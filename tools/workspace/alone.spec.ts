import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { alone } from './alone.mjs';

let folder: string;
beforeEach(() => { folder = mkdtempSync(path.join(os.tmpdir(), 'guildhall-alone-')); });
afterEach(() => rmSync(folder, { recursive: true }));

describe('doing something alone', () => {
  it('takes over the lock of a process that is gone, and leaves none behind', async () => {
    const lock = path.join(folder, 'lock');
    writeFileSync(lock, '4194305');
    expect(await alone(lock, 'waiting', () => existsSync(lock))).toBe(true);
    expect(existsSync(lock)).toBe(false);
  });

  it('waits for a living holder and says so', async () => {
    const lock = path.join(folder, 'lock');
    writeFileSync(lock, String(process.ppid));
    const said = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    let isDone = false;
    const waiting = alone(lock, 'waiting for the other', () => { isDone = true; });
    await new Promise((passed) => setTimeout(passed, 250));
    expect(isDone).toBe(false);
    expect(said).toHaveBeenCalledWith('waiting for the other');
    rmSync(lock);
    await waiting;
    expect(isDone).toBe(true);
    said.mockRestore();
  });

  it('leaves no lock behind when the work fails', async () => {
    const lock = path.join(folder, 'lock');
    await expect(alone(lock, 'waiting', () => { throw new Error('it failed'); })).rejects.toThrow('it failed');
    expect(existsSync(lock)).toBe(false);
  });
});
