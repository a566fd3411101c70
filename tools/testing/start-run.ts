import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { forgetEmbeddedDatabase } from '../../libs/kernel/embedded-database/src/index';

const runs = path.join(__dirname, '../../.guildhall/test-runs');

/** Before the specs: a folder for this run, where the first spec that needs a database starts one. Clears up after runs that were killed. */
export default async function startRun(): Promise<void> {
  // Once, however many projects have specs to run.
  if (process.env['GUILDHALL_TEST_RUN_PID'] === String(process.pid)) return;
  await mkdir(runs, { recursive: true });
  for (const pid of await readdir(runs)) {
    if (Number(pid) !== process.pid && isAlive(Number(pid))) continue;
    await forgetRun(path.join(runs, pid));
  }
  const run = path.join(runs, String(process.pid));
  await mkdir(run);
  process.env['GUILDHALL_TEST_RUN'] = run;
  process.env['GUILDHALL_TEST_RUN_PID'] = String(process.pid);
}

export async function forgetRun(run: string): Promise<void> {
  for (const name of await readdir(run)) await forgetEmbeddedDatabase(path.join(run, name));
  await rm(run, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try { process.kill(pid, 0); return true; } catch { return false; }
}
