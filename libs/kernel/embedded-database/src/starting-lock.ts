import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type ProcessIdentity, identify, isRunning } from './process-identity';

/**
 * Does something while no other process does it: the lock is a file that names its holder, and is taken over when the holder is gone.
 *
 * @param lockFile path of the lock; its folder exists
 * @throws Error when the holder keeps it for over a minute
 */
export async function alone<T>(lockFile: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 60_000;
  while (!(await take(lockFile))) {
    if (Date.now() > deadline) throw new Error(`Another process holds ${lockFile} since over a minute. If none is starting a database, remove that file.`);
    await delay(20);
  }
  try { return await work(); } finally { await rm(lockFile, { force: true }); }
}

async function take(lockFile: string): Promise<boolean> {
  try {
    await writeFile(lockFile, JSON.stringify(identify(process.pid)), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const holder = await readFile(lockFile, 'utf8').catch(() => '');
  // Empty for the moment between a holder's creating the file and writing to it.
  if (holder === '' || isRunning(JSON.parse(holder) as ProcessIdentity)) return false;
  const aside = `${lockFile}.${process.pid}`;
  await rename(lockFile, aside).catch(() => undefined);
  await rm(aside, { force: true });
  return false;
}
