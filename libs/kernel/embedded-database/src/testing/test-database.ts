import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { type EmbeddedDatabase, forgetEmbeddedDatabase, startEmbeddedDatabase } from '../embedded-database';

/** A database of one spec's own. @public */
export interface TestDatabase {
  /** Superuser's connection: for migrations and for looking at everything. */
  readonly url: string;
  /** The application's connection, under row-level security. */
  readonly appUrl: string;
  /** Removes the database, whoever is still connected. */
  drop(): Promise<void>;
}

/** A database on a server of its own that loses nothing it acknowledged, to be killed in the middle of things. @public */
export interface DurableTestDatabase extends TestDatabase {
  /** Ends the server as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again, at the same address, with what it had acknowledged; with the programs of another folder, if told. */
  startAgain(options?: { readonly programFolder?: string }): Promise<void>;
}

/** A prepared database from which each spec gets a copy: migrated once in a run, copied in a few hundredths of a second. @public */
export interface TestTemplate {
  /** Everything on which the result depends, such as the migrations' text. */
  readonly key: string;
  /** Prepares it; leaves no connection open. */
  prepare(database: { readonly url: string; readonly appUrl: string }): Promise<void>;
}

/** @public */
export interface TestDatabaseOptions { readonly template?: TestTemplate }

/**
 * A fresh database on the run's own PostgreSQL, which the first spec that asks for one starts. Under jest the run's end stops the server;
 * elsewhere `drop()` does. GUILDHALL_TEST_POSTGRES names a folder with another PostgreSQL's programs to test on.
 *
 * @example const database = await startTestDatabase(); afterAll(() => database.drop());
 * @public
 */
export async function startTestDatabase({ template }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const run = process.env['GUILDHALL_TEST_RUN'];
  const dataFolder = run ? path.join(run, 'database') : await temporaryFolder();
  const cluster = await startEmbeddedDatabase({
    dataFolder, isDurable: false, settings: { max_connections: '300' }, ...installedElsewhere(),
    // The run's own process, so that the end of the worker that happens to be first does not end it for the others.
    ...(run ? { ownerPid: Number(process.env['GUILDHALL_TEST_RUN_PID']) } : {}),
  });
  const name = `test_${randomBytes(8).toString('hex')}`;
  const source = template ? await preparedTemplate(cluster, template) : undefined;
  await administer(cluster, (client) => client.query(`create database ${name}${source ? ` template ${source}` : ''}`));
  return {
    ...addresses(cluster, name),
    drop: async () => {
      if (run) await administer(cluster, (client) => client.query(`drop database if exists ${name} with (force)`));
      else await forgetEmbeddedDatabase(dataFolder);
    },
  };
}

/**
 * A database on a server of its own, as durable as in production.
 *
 * @public
 */
export async function startDurableTestDatabase({ template }: TestDatabaseOptions = {}): Promise<DurableTestDatabase> {
  const dataFolder = await temporaryFolder();
  let cluster = await startEmbeddedDatabase({ dataFolder, ...installedElsewhere() });
  const { port } = cluster;
  const urls = { url: cluster.url, appUrl: cluster.appUrl };
  await template?.prepare(urls);
  return {
    ...urls,
    drop: () => forgetEmbeddedDatabase(dataFolder),
    kill: async () => {
      process.kill(cluster.pid, 'SIGKILL');
      await cluster.stop();
    },
    startAgain: async (options = {}) => { cluster = await startEmbeddedDatabase({ dataFolder, port, ...installedElsewhere(), ...options }); },
  };
}

function temporaryFolder(): Promise<string> {
  return mkdtemp(path.join(process.env['GUILDHALL_TEST_RUN'] ?? os.tmpdir(), 'guildhall-test-'));
}

function installedElsewhere(): { programFolder?: string } {
  const programFolder = process.env['GUILDHALL_TEST_POSTGRES'];
  return programFolder ? { programFolder } : {};
}

/** One lock for all templates of a run: preparing makes roles, which belong to the whole server, and two that grant one role at once fail. */
const PREPARING = 0x74656d70;

/** The template's database, made by the first who needs it; the others wait for it. */
async function preparedTemplate(cluster: EmbeddedDatabase, { key, prepare }: TestTemplate): Promise<string> {
  const name = `template_${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;
  await administer(cluster, async (client) => {
    await client.query('select pg_advisory_lock($1)', [PREPARING]);
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount) return;
    const unfinished = `${name}_unfinished`;
    await client.query(`drop database if exists ${unfinished} with (force)`);
    await client.query(`create database ${unfinished}`);
    await prepare(addresses(cluster, unfinished));
    await client.query(`alter database ${unfinished} rename to ${name}`);
  });
  return name;
}

async function administer<T>(cluster: EmbeddedDatabase, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: addresses(cluster, 'postgres').url });
  await client.connect();
  try { return await work(client); } finally { await client.end(); }
}

function addresses(cluster: EmbeddedDatabase, database: string): { url: string; appUrl: string } {
  const at = (url: string) => { const other = new URL(url); other.pathname = `/${database}`; return other.href; };
  return { url: at(cluster.url), appUrl: at(cluster.appUrl) };
}
