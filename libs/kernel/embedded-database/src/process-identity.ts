import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process, told apart from a later one with the same number: containers give the same small numbers again and again. */
export interface ProcessIdentity { readonly pid: number; readonly since: string }

/** The identity of a process; undefined when there is none with that number. */
export function identify(pid: number): ProcessIdentity | undefined {
  try { process.kill(pid, 0); } catch (error) { if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined; }
  return { pid, since: startOf(pid) };
}

/** Whether that same process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.since === identity.since;
}

/** The command line of a process, or nothing where the system does not say. */
export function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return process.platform === 'win32' ? '' : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch { return ''; }
}

function startOf(pid: number): string {
  try {
    // Field 22 of proc(5) "stat", counted after the name in brackets, which may itself hold spaces; ticks since boot.
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[19] ?? '';
    return process.platform === 'win32' ? '' : execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch { return ''; }
}
