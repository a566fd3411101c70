import { mkdir, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { forgetEmbeddedDatabase } from '../../libs/kernel/embedded-database/src/index';

const runs = path.join(__dirname, '../../.guildhall/test-runs');
/** Before any run has changed it. */
const temporaryFiles = os.tmpdir();

/**
 * Before the specs: a folder for this run, where the first spec that needs a database starts one, and one for its temporary files, so that nothing outlives the run.
 * Clears up after runs that were killed.
 */
export default async function startRun(): Promise<void> {
  // Once, however many projects have specs to run.
  if (process.env['GUILDHALL_TEST_RUN_PID'] === String(process.pid)) return;
  await mkdir(runs, { recursive: true });
  for (const pid of (await readdir(runs)).map(Number)) if (pid === process.pid || !isAlive(pid)) await forgetRun(pid);
  const run = path.join(runs, String(process.pid));
  await mkdir(run);
  await mkdir(temporaryFilesOf(process.pid), { mode: 0o755 });
  process.env['GUILDHALL_TEST_RUN'] = run;
  process.env['GUILDHALL_TEST_RUN_PID'] = String(process.pid);
  process.env['TMPDIR'] = temporaryFilesOf(process.pid);
}

/** Stops the databases of a run and removes all that it kept. */
export async function forgetRun(pid: number): Promise<void> {
  const run = path.join(runs, String(pid));
  for (const name of await readdir(run)) await forgetEmbeddedDatabase(path.join(run, name));
  for (const folder of [run, temporaryFilesOf(pid)]) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

function temporaryFilesOf(pid: number): string { return path.join(temporaryFiles, `guildhall-run-${pid}`); }

function isAlive(pid: number): boolean {
  try { process.kill(pid, 0); return true; } catch { return false; }
}
