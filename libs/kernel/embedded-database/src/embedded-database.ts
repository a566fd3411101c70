import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { findPlace } from './place';
import { type ProcessIdentity, identify, isRunning } from './process-identity';
import { installedPrograms, packagedPrograms } from './programs';
import { PortTaken, type RunningServer, findServer, freePort, isPortFree, launchServer, stopServer } from './server';
import { alone } from './starting-lock';
import { clusterTemplate, copyCluster } from './template';

/** How an embedded database is started. @public */
export interface EmbeddedDatabaseOptions {
  /** Where it is kept. Made when missing; removing it forgets the data, once the server has stopped. */
  readonly dataFolder: string;
  /** A port on loopback. The one it had last time, or any free one, unless told. */
  readonly port?: number;
  /** False gives up durability for speed: for tests only. */
  readonly isDurable?: boolean;
  /** More server settings, as for `postgres -c`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Folder with an installed PostgreSQL's `initdb` and `postgres` (15 to 18), in place of the packaged ones. */
  readonly programFolder?: string;
  /** The process that owns the server and stops it: this one, unless told. */
  readonly ownerPid?: number;
  /** Told what it is doing when that takes a while, in words for people. */
  readonly onProgress?: (message: string) => void;
}

/** A running PostgreSQL on this machine, reachable on loopback only, by passwords that were made on its first start. @public */
export interface EmbeddedDatabase {
  /** Superuser's connection to the database `guildhall`: for migrations. */
  readonly url: string;
  /** The application's connection: plain rows and no more, under row-level security. */
  readonly appUrl: string;
  readonly port: number;
  /** The server's process, for tests that kill it. */
  readonly pid: number;
  /** Ends the server, unless another living process owns it. */
  stop(): Promise<void>;
}

/** Kept in the data folder, readable by its owner only. */
interface Settings { readonly superuserPassword: string; readonly appPassword: string; readonly port?: number; readonly isPrepared: boolean }

const DATABASE = 'guildhall';

/**
 * Starts PostgreSQL on a folder, or joins the one that already runs on it. The first start on a machine takes about two seconds, later ones a few tenths of one.
 *
 * @throws Error when the given port is taken, or the server does not start: with its own words
 * @example const database = await startEmbeddedDatabase({ dataFolder: '.guildhall/database' });
 * @public
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const folder = path.resolve(options.dataFolder);
  await mkdir(folder, { recursive: true });
  const place = await findPlace(folder);
  const cluster = path.join(place, 'cluster');
  return alone(path.join(folder, 'starting.lock'), async () => {
    const settings = await readSettings(folder);
    const ownerFile = path.join(folder, 'owner.json');
    const owner = identify(options.ownerPid ?? process.pid);
    const isOurs = owner?.pid === process.pid;
    const running = existsSync(cluster) ? await findServer(cluster) : undefined;
    if (running && !settings) await stopServer(cluster, running);
    else if (running && settings?.isPrepared) {
      const isOwned = await isOwnedByAnother(ownerFile);
      if (!isOwned) await writeJson(ownerFile, owner);
      return connected(cluster, running, settings, isOurs && !isOwned ? ownerFile : undefined);
    }
    // The data folder was removed: forget what lies elsewhere for it.
    if (!settings) await rm(cluster, { recursive: true, force: true });
    const kept = settings ?? { superuserPassword: password(), appPassword: password(), isPrepared: false };
    await writeSettings(folder, kept);
    const server = running && settings ? running : await start(options, cluster, place, kept);
    await writeJson(ownerFile, owner);
    if (!kept.isPrepared) await prepare(options, server, kept);
    await writeSettings(folder, { ...kept, port: server.port, isPrepared: true });
    return connected(cluster, server, kept, isOurs ? ownerFile : undefined);
  });
}

/**
 * Stops the server on a folder, whoever started it, and removes its data.
 *
 * @public
 */
export async function forgetEmbeddedDatabase(dataFolder: string): Promise<void> {
  const folder = path.resolve(dataFolder);
  if (!existsSync(folder)) return;
  const place = await findPlace(folder);
  const cluster = path.join(place, 'cluster');
  const running = await findServer(cluster);
  if (running) await stopServer(cluster, running);
  if (place !== folder) await rm(place, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

async function start(options: EmbeddedDatabaseOptions, cluster: string, place: string, kept: Settings): Promise<RunningServer> {
  const onProgress = options.onProgress ?? (() => undefined);
  const programs = await programsFor(options);
  if (!existsSync(cluster)) await copyCluster(await clusterTemplate(programs, onProgress), cluster);
  const settings = { ...(options.isDurable === false ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}), ...options.settings };
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (kept.port && attempt === 1 && (await isPortFree(kept.port)) ? kept.port : await freePort());
    try {
      return await launchServer({ programs, cluster, port, logFile: path.join(place, 'postgres.log'), settings });
    } catch (error) {
      if (!(error instanceof PortTaken)) throw error;
      if (options.port !== undefined) throw new Error(`The database cannot use port ${port}: another program has it. Stop that program, or choose another port.`, { cause: error });
      if (attempt === 5) throw error;
    }
  }
}

function programsFor({ programFolder, onProgress = () => undefined }: EmbeddedDatabaseOptions) {
  return programFolder ? installedPrograms(programFolder) : packagedPrograms(onProgress);
}

/** Gives a fresh copy its own passwords, the application's login and the database. Repeats without harm when it was interrupted. */
async function prepare(options: EmbeddedDatabaseOptions, server: RunningServer, kept: Settings): Promise<void> {
  const template = await clusterTemplate(await programsFor(options), () => undefined);
  const client = await connect(server, [kept.superuserPassword, template.password]);
  try {
    await client.query(`alter role postgres password '${kept.superuserPassword}'`);
    const roles = await client.query<{ rolname: string }>(`select rolname from pg_roles where rolname in ('guildhall_owner', 'guildhall_login')`);
    const has = new Set(roles.rows.map((row) => row.rolname));
    if (!has.has('guildhall_owner')) await client.query('create role guildhall_owner nologin');
    if (!has.has('guildhall_login')) await client.query('create role guildhall_login');
    await client.query(`alter role guildhall_login login nosuperuser nocreatedb nocreaterole nobypassrls password '${kept.appPassword}'`);
    const databases = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (databases.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function connect(server: RunningServer, passwords: readonly string[]): Promise<Client> {
  for (const [index, candidate] of passwords.entries()) {
    const client = new Client({ connectionString: urlOf(server, 'postgres', candidate, 'postgres') });
    try {
      await client.connect();
      return client;
    } catch (error) {
      // 28P01 invalid_password: an interrupted start may have set the new one already, or not yet.
      if ((error as { code?: string }).code !== '28P01' || index === passwords.length - 1) throw error;
    }
  }
  throw new Error('No password to connect with.');
}

/** @param ownerFile given when stopping is ours to do */
function connected(cluster: string, server: RunningServer, { superuserPassword, appPassword }: Settings, ownerFile: string | undefined): EmbeddedDatabase {
  const stopAtExit = () => { try { process.kill(server.pid, 'SIGINT'); } catch { /* it has ended already */ } };
  const isOurs = ownerFile !== undefined;
  let stopping: Promise<void> | undefined;
  if (isOurs) process.once('exit', stopAtExit);
  return {
    url: urlOf(server, 'postgres', superuserPassword, DATABASE),
    appUrl: urlOf(server, 'guildhall_login', appPassword, DATABASE),
    port: server.port,
    pid: server.pid,
    stop: () => stopping ??= (async () => {
      if (!isOurs) return;
      await stopServer(cluster, server);
      process.removeListener('exit', stopAtExit);
      await rm(ownerFile, { force: true });
    })(),
  };
}

function urlOf(server: RunningServer, user: string, secret: string, database: string): string {
  return `postgresql://${user}:${secret}@127.0.0.1:${server.port}/${database}`;
}

function password(): string { return randomBytes(24).toString('base64url'); }

async function isOwnedByAnother(ownerFile: string): Promise<boolean> {
  const owner = await readJson<ProcessIdentity>(ownerFile);
  return owner !== undefined && owner.pid !== process.pid && isRunning(owner);
}

function readSettings(folder: string): Promise<Settings | undefined> {
  return readJson<Settings>(path.join(folder, 'database.json'));
}

async function writeSettings(folder: string, settings: Settings): Promise<void> {
  const file = path.join(folder, 'database.json');
  await writeJson(`${file}.new`, settings);
  await rename(`${file}.new`, file);
}

async function readJson<T>(file: string): Promise<T | undefined> {
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as T) : undefined;
}

function writeJson(file: string, value: unknown): Promise<void> {
  return writeFile(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
}
