import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { serverUser } from './place';
import { commandLine, identify } from './process-identity';
import { type Programs, program } from './programs';

/** A server that runs on a cluster. */
export interface RunningServer { readonly pid: number; readonly port: number }

/** How a server is launched. */
export interface Launch {
  readonly programs: Programs;
  readonly cluster: string;
  readonly port: number;
  readonly logFile: string;
  /** Server settings, as for `postgres -c`. */
  readonly settings: Readonly<Record<string, string>>;
}

/** The port was taken between looking and binding, or by somebody else's server. */
export class PortTaken extends Error {}

/**
 * The server that runs on this cluster, once it accepts connections; undefined when none runs. A server that was killed leaves its pid file, and by
 * now that number may be another program's: then the file is removed, because PostgreSQL would refuse to start for it.
 */
export async function findServer(cluster: string): Promise<RunningServer | undefined> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const found = readPidFile(cluster);
    if (!found || !identify(found.pid)) return undefined;
    if (!isServer(found.pid, cluster)) {
      rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
      return undefined;
    }
    if (found.status === 'ready') return { pid: found.pid, port: found.port };
    if (Date.now() > deadline) throw new Error(`The PostgreSQL server ${found.pid} on ${cluster} has been "${found.status || 'starting'}" for a minute.`);
    await delay(20);
  }
}

/**
 * Starts a server in a process of its own, so that neither Ctrl-C nor the death of this process reaches it.
 *
 * @throws PortTaken, or Error with the end of the server's log
 */
export async function launchServer(launch: Launch): Promise<RunningServer> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const failure = await launchOnce(launch);
    if (typeof failure !== 'string') return failure;
    if (/could not bind|Address already in use/i.test(failure)) throw new PortTaken(`Port ${launch.port} is in use.`);
    // The processes of a server that was killed need a moment to notice.
    const isBeingLeft = /pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(failure);
    if (!isBeingLeft || Date.now() > deadline) throw new Error(`PostgreSQL did not start on ${launch.cluster}. It says:\n${failure.trim()}`);
    await delay(100);
  }
}

/** Stops a server: open transactions are rolled back. */
export async function stopServer(cluster: string, server: RunningServer): Promise<void> {
  for (const [signal, seconds] of [['SIGINT', 20], ['SIGQUIT', 5], ['SIGKILL', 5]] as const) {
    try { process.kill(server.pid, signal); } catch { return; }
    if (await isGone(cluster, server, seconds)) return;
  }
  throw new Error(`The PostgreSQL server ${server.pid} on ${cluster} does not stop.`);
}

/** A port on loopback that nobody uses. */
export async function freePort(): Promise<number> {
  return (await tryPort(0)) as number;
}

/** Whether nobody listens there. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await tryPort(port)) !== undefined;
}

async function launchOnce({ programs, cluster, port, logFile, settings }: Launch): Promise<RunningServer | string> {
  const log = openSync(logFile, 'w', 0o600);
  const all = { ...settings, port: String(port), listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', log_timezone: 'UTC' };
  // Its own folder would be a folder that the server's user may not be able to enter.
  const child = spawn(program(programs.folder, 'postgres'), ['-D', cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])], {
    cwd: path.parse(cluster).root, detached: true, stdio: ['ignore', log, log], windowsHide: true, ...serverUser(), env: { ...process.env, LC_ALL: 'C' },
  });
  closeSync(log);
  let ended: string | undefined;
  child.once('exit', () => { ended = readFileSync(logFile, 'utf8'); });
  child.once('error', (error) => { ended = error.message; });
  child.unref();
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (ended !== undefined) return ended;
    const found = readPidFile(cluster);
    if (found && found.pid === child.pid && found.status === 'ready') {
      child.removeAllListeners();
      return { pid: found.pid, port };
    }
    if (Date.now() > deadline) {
      child.kill('SIGQUIT');
      return `It was not ready after a minute.\n${readFileSync(logFile, 'utf8')}`;
    }
    await delay(10);
  }
}

/** See "postmaster.pid" in PostgreSQL's miscadmin.h: pid, folder, start, port, socket folder, address, shared memory, status. */
function readPidFile(cluster: string): { pid: number; port: number; status: string } | undefined {
  const file = path.join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  let lines: string[];
  try { lines = readFileSync(file, 'utf8').split('\n'); } catch { return undefined; }
  const pid = Number.parseInt(lines[0] ?? '', 10);
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number.parseInt(lines[3] ?? '', 10), status: (lines[7] ?? '').trim() } : undefined;
}

/** Whether that process is a server on this cluster. A child that ended and was not yet reaped still has a number, but no command line. */
function isServer(pid: number, cluster: string): boolean {
  return identify(pid) !== undefined && (process.platform === 'win32' || commandLine(pid).includes(cluster));
}

async function isGone(cluster: string, { pid }: RunningServer, seconds: number): Promise<boolean> {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    if (!isServer(pid, cluster)) return true;
    await delay(10);
  }
  return false;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((answer) => {
    const server = createServer();
    server.once('error', () => answer(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => answer(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}
