import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { appPort } from '../testing/app-port';

const script = (name: string): string => path.join(__dirname, name);
// Not below the run's own folder: the embedded PostgreSQL runs as another user and must be able to pass.
const data = mkdtempSync(path.join(os.tmpdir(), 'guildhall-started-'));
let app: ChildProcess | undefined;

afterAll(async () => {
  if (app && app.exitCode === null && app.signalCode === null) {
    app.kill('SIGKILL');
    await once(app, 'exit');
  }
  rmSync(data, { recursive: true, force: true });
});

/** `npm start` without npm, until it has said where everything is. */
async function start(port: number): Promise<string> {
  app = spawn(process.execPath, [script('start.mjs'), '--port', String(port), '--data', data], { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], HOME: process.env['HOME'] } });
  let output = '';
  for (const stream of [app.stdout, app.stderr]) stream?.on('data', (bytes: Buffer) => { output += bytes.toString(); });
  while (!output.includes('Ctrl-C stops')) {
    if (app.exitCode !== null) throw new Error(`It ended with ${app.exitCode}:\n${output}`);
    await new Promise((passed) => setTimeout(passed, 50));
  }
  return output;
}

/** Ctrl-C. */
async function stop(): Promise<unknown> {
  const ended = once(app as ChildProcess, 'exit');
  app?.kill('SIGINT');
  return (await ended)[0] as unknown;
}

function isAlive(pid: number): boolean {
  try { process.kill(pid, 0); return true; } catch { return false; }
}

describe('npm start', () => {
  it('says what it does and where everything is; Ctrl-C ends it and its database; it starts again with its data; reset forgets them', async () => {
    const port = await appPort();
    const said = await start(port);
    for (const words of ['Building riverbourne', 'Starting the embedded PostgreSQL', 'migrations applied', 'invented data', `http://localhost:${port}/`, '/desk', '/outbox', 'Gwen Parry', 'Mair Evans']) expect(said).toContain(words);
    expect(await (await fetch(`http://localhost:${port}/`)).text()).toContain('Riverbourne Borough Council');
    expect(spawnSync(process.execPath, [script('reset.mjs'), '--data', data], { encoding: 'utf8' })).toMatchObject({ status: 1, stderr: expect.stringContaining('is running') as string });
    const holder = Number(readFileSync(path.join(data, 'postgres/owner.json'), 'utf8').match(/"pid": ?(\d+)/)?.[1]);
    expect(isAlive(holder)).toBe(true);
    expect(await stop()).toBe(0);
    expect(isAlive(holder)).toBe(false);
    await expect(fetch(`http://localhost:${port}/`)).rejects.toThrow();

    const key = readFileSync(path.join(data, 'master.key'));
    expect(await start(port)).not.toContain('applied');
    expect(readFileSync(path.join(data, 'master.key'))).toEqual(key);
    expect(await stop()).toBe(0);
    expect(spawnSync(process.execPath, [script('reset.mjs'), '--data', data], { encoding: 'utf8' })).toMatchObject({ status: 0 });
    expect(existsSync(data)).toBe(false);
  }, 180_000);
});
