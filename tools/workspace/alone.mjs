import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Does something while no other process does it. The lock is a file with its holder's number; one whose holder is gone is removed.
 *
 * @template T
 * @param {string} lockFile
 * @param {string} waiting what to say when another process holds it
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function alone(lockFile, waiting, work) {
  mkdirSync(path.dirname(lockFile), { recursive: true });
  for (let attempt = 0; !take(lockFile); attempt++) {
    if (attempt === 0) console.log(waiting);
    await delay(100);
  }
  const release = () => rmSync(lockFile, { force: true });
  process.once('exit', release);
  try { return await work(); } finally { release(); process.removeListener('exit', release); }
}

function take(lockFile) {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const holder = Number(readIfThere(lockFile));
  if (holder > 0 && holder !== process.pid && isAlive(holder)) return false;
  // Empty for the moment between a holder's making the file and writing to it.
  if (holder === 0) return false;
  rmSync(lockFile, { force: true });
  return take(lockFile);
}

function readIfThere(file) { try { return readFileSync(file, 'utf8'); } catch { return ''; } }
function isAlive(pid) { try { process.kill(pid, 0); return true; } catch (error) { return error.code === 'EPERM'; } }
