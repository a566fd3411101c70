import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { forgetEmbeddedDatabase, startEmbeddedDatabase } from './index';

const isRoot = process.getuid?.() === 0;
let folder: string;
let dataFolder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-embedded-'));
  await chmod(folder, 0o755);
  dataFolder = path.join(folder, 'data');
});

afterEach(async () => {
  await forgetEmbeddedDatabase(dataFolder);
  await rm(folder, { recursive: true, force: true });
});

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try { return (await client.query(text)).rows as unknown[]; } finally { await client.end(); }
}

/** A process of its own that starts the database, prints its URL and waits to be ended. */
async function startElsewhere(changes: { uid?: number; env?: NodeJS.ProcessEnv } = {}): Promise<{ child: ChildProcess; url: string }> {
  const program = `require(${JSON.stringify(path.join(__dirname, 'index.ts'))}).startEmbeddedDatabase({ dataFolder: ${JSON.stringify(dataFolder)} }).then((database) => { console.log(database.url); process.stdin.resume(); });`;
  const child = spawn(process.execPath, ['-r', require.resolve('@swc-node/register'), '-e', program], {
    cwd: '/', stdio: ['pipe', 'pipe', 'inherit'], uid: changes.uid, gid: changes.uid, env: { ...process.env, SWC_NODE_PROJECT: path.join(__dirname, '../../../../tsconfig.base.json'), ...changes.env },
  });
  const url = await Promise.race([
    once(child.stdout, 'data').then(([line]: Buffer[]) => String(line).trim()),
    once(child, 'exit').then(([code]: unknown[]) => { throw new Error(`The process that was to start the database ended with ${String(code)}.`); }),
  ]);
  return { child, url };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

it('keeps its data, its passwords and its port from one start to the next', async () => {
  const first = await startEmbeddedDatabase({ dataFolder });
  await query(first.url, `create table kept (word text); insert into kept values ('pothole')`);
  await first.stop();
  await expect(query(first.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  const second = await startEmbeddedDatabase({ dataFolder });
  expect(second.url).toBe(first.url);
  expect(second.appUrl).toBe(first.appUrl);
  expect(await query(second.url, 'select word from kept')).toEqual([{ word: 'pothole' }]);
  await second.stop();
});

it('makes passwords nobody else has, asks for them, and keeps them where only their owner can read', async () => {
  const database = await startEmbeddedDatabase({ dataFolder });
  const guessed = new URL(database.url);
  guessed.password = 'postgres';
  await expect(query(guessed.href, 'select 1')).rejects.toThrow('password authentication failed');
  expect((await stat(path.join(dataFolder, 'database.json'))).mode & 0o077).toBe(0);
  expect((await stat(path.join(dataFolder, 'cluster'))).mode & 0o077).toBe(0);
  expect(await query(database.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  await database.stop();
});

it('is durable unless told otherwise', async () => {
  const durable = await startEmbeddedDatabase({ dataFolder });
  expect(await query(durable.url, 'show fsync')).toEqual([{ fsync: 'on' }]);
  await durable.stop();
  const fast = await startEmbeddedDatabase({ dataFolder, isDurable: false });
  expect(await query(fast.url, 'show fsync')).toEqual([{ fsync: 'off' }]);
  await fast.stop();
});

it('says which port another program has, and what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  await expect(startEmbeddedDatabase({ dataFolder, port })).rejects.toThrow(`The database cannot use port ${port}: another program has it. Stop that program, or choose another port.`);
  other.close();
  const database = await startEmbeddedDatabase({ dataFolder, port });
  expect(database.port).toBe(port);
  await database.stop();
});

it('takes another port when the one it had is taken and none was asked for', async () => {
  const first = await startEmbeddedDatabase({ dataFolder });
  await first.stop();
  const other = createServer().listen(first.port, '127.0.0.1');
  await once(other, 'listening');
  const second = await startEmbeddedDatabase({ dataFolder });
  expect(second.port).not.toBe(first.port);
  await second.stop();
  other.close();
});

it('joins the server that another process started, and leaves it running for that process', async () => {
  const { child, url } = await startElsewhere();
  const guest = await startEmbeddedDatabase({ dataFolder });
  expect(guest.url).toBe(url);
  await guest.stop();
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await end(child, 'SIGKILL');
});

it('takes over the server of a process that was killed, with all that it acknowledged, and then stops it', async () => {
  const { child, url } = await startElsewhere();
  await query(url, `create table acknowledged (word text); insert into acknowledged values ('paid')`);
  await end(child, 'SIGKILL');
  const heir = await startEmbeddedDatabase({ dataFolder });
  expect(heir.url).toBe(url);
  expect(await query(heir.url, 'select word from acknowledged')).toEqual([{ word: 'paid' }]);
  await heir.stop();
  await expect(query(url, 'select 1')).rejects.toThrow('ECONNREFUSED');
});

it('ends with a process that ends without stopping it', async () => {
  const { child, url } = await startElsewhere();
  child.stdin?.end();
  await once(child, 'exit');
  await expect((async () => { for (;;) await query(url, 'select 1'); })()).rejects.toThrow(/ECONNREFUSED|ECONNRESET|terminat|shutting down/);
});

it('starts once when several processes start it at the same moment', async () => {
  const started = await Promise.all([1, 2, 3].map(() => startElsewhere()));
  expect(new Set(started.map(({ url }) => url)).size).toBe(1);
  for (const { child } of started) await end(child, 'SIGKILL');
});

it('starts after the server itself was killed, even when its number now belongs to another program', async () => {
  const database = await startEmbeddedDatabase({ dataFolder });
  await query(database.url, `create table acknowledged (word text); insert into acknowledged values ('paid')`);
  process.kill(database.pid, 'SIGKILL');
  await database.stop();
  const pidFile = path.join(dataFolder, 'cluster/postmaster.pid');
  await writeFile(pidFile, (await readFile(pidFile, 'utf8')).replace(/^\d+/, String(process.pid)));
  const again = await startEmbeddedDatabase({ dataFolder });
  expect(await query(again.url, 'select word from acknowledged')).toEqual([{ word: 'paid' }]);
  await again.stop();
});

it('does not wait for a lock whose holder is gone', async () => {
  await mkdir(dataFolder);
  await writeFile(path.join(dataFolder, 'starting.lock'), JSON.stringify({ pid: process.pid, since: 'before the machine was started' }));
  await (await startEmbeddedDatabase({ dataFolder })).stop();
});

it('says what PostgreSQL said when it does not start', async () => {
  await expect(startEmbeddedDatabase({ dataFolder, settings: { no_such_setting: 'on' } })).rejects.toThrow('unrecognized configuration parameter "no_such_setting"');
});

it('begins anew once its folder was removed', async () => {
  const first = await startEmbeddedDatabase({ dataFolder });
  await query(first.url, 'create table forgotten (word text)');
  await forgetEmbeddedDatabase(dataFolder);
  const second = await startEmbeddedDatabase({ dataFolder });
  await expect(query(second.url, 'select * from forgotten')).rejects.toThrow('does not exist');
  await second.stop();
});

if (isRoot) {
  it('runs as an unprivileged user when root starts it', async () => {
    const database = await startEmbeddedDatabase({ dataFolder });
    expect((await stat(`/proc/${database.pid}`)).uid).toBe(65534);
    await database.stop();
  });

  it('starts below a folder that its user cannot pass, and forgets what it kept elsewhere', async () => {
    await chmod(folder, 0o700);
    const first = await startEmbeddedDatabase({ dataFolder });
    const [{ place }] = (await query(first.url, `select current_setting('data_directory') as place`)) as [{ place: string }];
    expect(path.relative(folder, place)).toMatch(/^\.\./);
    await query(first.url, 'create table forgotten (word text)');
    await rm(dataFolder, { recursive: true });
    const second = await startEmbeddedDatabase({ dataFolder });
    await expect(query(second.url, 'select * from forgotten')).rejects.toThrow('does not exist');
    await second.stop();
    await forgetEmbeddedDatabase(dataFolder);
    await expect(stat(place)).rejects.toThrow('ENOENT');
  });

  it('starts for an ordinary user, as that user', async () => {
    const daemon = 1;
    await chown(folder, daemon, daemon);
    const { child, url } = await startElsewhere({ uid: daemon, env: { HOME: folder, TMPDIR: folder, XDG_CACHE_HOME: path.join(folder, 'cache') } });
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect((await stat(path.join(dataFolder, 'cluster'))).uid).toBe(daemon);
    await end(child, 'SIGTERM');
  });
}
