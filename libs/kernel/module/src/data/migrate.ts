import * as pg from 'pg';
import type { Log } from '@guildhall/kernel-contract';
import type { Migration } from './migration';

/** A module's part of the schema. */
export interface SchemaPart {
  readonly module: string;
  readonly schema: string;
  readonly migrations: readonly Migration[];
}

/** One lock for all migrations of a database: the bytes of "guild". */
const MIGRATION_LOCK = 0x6775696c;

/** The major versions of PostgreSQL on which it is tested. */
const VERSIONS = { from: 15, to: 18 } as const;

/** The roles, for a database administrator who creates them by hand. NOLOGIN: the logins take them on. */
export const rolesSql = `do $$
declare name text;
begin
  foreach name in array array['guildhall_owner', 'guildhall_app', 'guildhall_work', 'guildhall_seal', 'guildhall_report'] loop
    begin
      if not exists (select from pg_roles where rolname = name) then
        execute format('create role %I nologin nosuperuser nobypassrls nocreatedb nocreaterole', name);
      end if;
    exception when duplicate_object or unique_violation then null;
    end;
  end loop;
end $$;`;

/** What a migration run did. */
export interface Migrated { readonly applied: readonly string[]; readonly total: number }

/**
 * Brings a database to the schema of these modules, in the order given (a module after those it requires), under one advisory lock: twenty servers
 * that start at once migrate once. Each migration is one transaction with its row in `<schema>.schema_migration`.
 * @param options.mayTakeAway no older version runs any more: what removes something goes together with what must come before it
 * @throws Error naming the module and migration that failed, one that is in the database and not in the code, or one that must wait for the version between
 */
export async function migrate(options: { readonly migrateUrl: string; readonly appUrl: string; readonly parts: readonly SchemaPart[]; readonly log: Log; readonly queues: readonly string[]; readonly mayTakeAway?: boolean }): Promise<Migrated> {
  const client = new pg.Client({ connectionString: options.migrateUrl, application_name: 'guildhall migrate' });
  await client.connect();
  const applied: string[] = [];
  try {
    await refuseOtherVersions(client);
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await createRoles(client, new URL(options.appUrl).username);
    if (!options.mayTakeAway) await refuseTooEarly(client, options.parts);
    for (const part of options.parts) await migratePart(client, part, options.log, applied);
    await createQueues(client, options.migrateUrl, options.queues);
  } finally {
    await client.query('select pg_advisory_unlock_all()').catch(() => undefined);
    await client.end();
  }
  return { applied, total: options.parts.reduce((sum, part) => sum + part.migrations.length, 0) };
}

/** The migrations that a database still lacks. */
export async function pendingMigrations(url: string, parts: readonly SchemaPart[]): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'guildhall doctor' });
  await client.connect();
  try {
    await refuseOtherVersions(client);
    // There are no roles yet before the first migration.
    await client.query('set role guildhall_app').catch(() => undefined);
    const pending: string[] = [];
    for (const part of parts) {
      const done = await doneIn(client, part.schema);
      pending.push(...part.migrations.filter((migration) => !done.has(migration.id)).map((migration) => `${part.module} ${migration.id}`));
    }
    return pending;
  } finally {
    await client.end();
  }
}

/** @throws Error when the server is of a version on which nobody has tried this */
async function refuseOtherVersions(client: pg.Client): Promise<void> {
  const { rows: [server] } = await client.query<{ version: number }>(`select current_setting('server_version_num')::int as version`);
  const version = server?.version ?? 0;
  const major = Math.floor(version / 10_000);
  if (major < VERSIONS.from || major > VERSIONS.to) throw new Error(`The database is PostgreSQL ${major}.${version % 10_000}, and Guildhall needs ${VERSIONS.from} to ${VERSIONS.to}. Name another in DATABASE_URL, or move this one to such a version.`);
}

/**
 * What removes something waits until no code runs that needs it. A database that still lacks what comes before was served by a version that did not know it: that one may run at this moment.
 * @throws Error
 */
async function refuseTooEarly(client: pg.Client, parts: readonly SchemaPart[]): Promise<void> {
  for (const { module, schema, migrations } of parts) {
    const done = await doneIn(client, schema);
    const pending = migrations.filter(({ id }) => !done.has(id));
    const [first] = pending;
    const taking = pending.find((one, at) => at > 0 && one.kind === 'contract');
    if (done.size === 0 || !first || !taking) continue;
    throw new Error(`The migration ${taking.id} of ${module} takes away what the version that runs now may still use: ${first.id} has not run yet. Go by the version of ${module} between, let it run everywhere, and then go on. Where no older version runs any more: "migrate --contract". Nothing was changed.`);
  }
}

async function createRoles(client: pg.Client, appLogin: string): Promise<void> {
  const grants = await grantsFor(client, appLogin);
  try {
    await client.query(rolesSql);
    for (const { text } of grants) await client.query(text);
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    // Where an administrator has done it before, this login need not be able to.
    const { rows } = await client.query<{ missing: string | null }>(`select string_agg(name, ', ') as missing from unnest(array['guildhall_owner', 'guildhall_app', 'guildhall_work', 'guildhall_seal', 'guildhall_report']) name where not exists (select from pg_roles where rolname = name)`);
    const missing = rows[0]?.missing;
    const lacking: string[] = [];
    for (const { text, isThere } of grants) if (missing || !(await client.query<{ there: boolean }>(`select ${isThere} as there`)).rows[0]?.there) lacking.push(`${text};`);
    if (lacking.length === 0) return;
    throw new Error(`This login may not ${missing ? `create the roles ${missing}` : 'grant what is needed'}. Have an administrator of the database run:\n\n${missing ? `${rolesSql}\n` : ''}${lacking.join('\n')}\n\nand start again.`, { cause: error });
  }
}

/** What the logins and roles need, each with the SQL that tells whether it is there. */
async function grantsFor(client: pg.Client, appLogin: string): Promise<readonly { readonly text: string; readonly isThere: string }[]> {
  const { rows: [server] } = await client.query<{ me: string; database: string; version: number }>(`select current_user as me, current_database() as database, current_setting('server_version_num')::int as version`);
  if (!server) throw new Error('The database does not say who is logged in.');
  // By itself a login may do nothing: a connection may do what the role may that it has taken on. PostgreSQL 15 knows that of a whole login only.
  const isOfGrants = server.version >= 160_000;
  const logins = [...new Set([decodeURIComponent(appLogin), server.me].filter(Boolean))];
  return [
    ...logins.flatMap((login) => {
      const [id, name] = [client.escapeIdentifier(login), client.escapeLiteral(login)];
      return [
        { text: `grant guildhall_app, guildhall_work to ${id}${isOfGrants ? ' with inherit false' : ''}`, isThere: `pg_has_role(${name}, 'guildhall_app', 'member') and pg_has_role(${name}, 'guildhall_work', 'member')` },
        ...(isOfGrants || login === server.me ? [] : [{ text: `alter role ${id} noinherit`, isThere: `not (select rolinherit from pg_roles where rolname = ${name})` }]),
      ];
    }),
    { text: `grant guildhall_owner to ${client.escapeIdentifier(server.me)}`, isThere: `pg_has_role('guildhall_owner', 'member')` },
    { text: `grant create, connect, temporary on database ${client.escapeIdentifier(server.database)} to guildhall_owner`, isThere: `has_database_privilege('guildhall_owner', current_database(), 'create')` },
  ];
}

/** @param applied takes each as it is done: what is done stays done when a later one fails */
async function migratePart(client: pg.Client, part: SchemaPart, log: Log, applied: string[]): Promise<void> {
  const schema = client.escapeIdentifier(part.schema);
  const exists = await client.query('select 1 from pg_namespace where nspname = $1', [part.schema]);
  if (exists.rowCount === 0) {
    await inTransaction(client, `create schema ${schema} authorization guildhall_owner`, undefined);
    await inTransaction(client, `
      create table ${schema}.schema_migration (id text primary key, applied_at timestamptz not null default now());
      grant usage on schema ${schema} to guildhall_app, guildhall_work;
      grant select on ${schema}.schema_migration to guildhall_app`, 'guildhall_owner');
  }
  const done = await doneIn(client, part.schema);
  for (const id of done) {
    if (!part.migrations.some((migration) => migration.id === id)) throw new Error(`The database holds the migration ${id} of ${part.module}, which this version of ${part.module} does not know. It is older than the database: install the newer version again.`);
  }
  for (const migration of part.migrations) {
    if (done.has(migration.id)) continue;
    try {
      await inTransaction(client, `${migration.sql};\ninsert into ${schema}.schema_migration (id) values ('${migration.id}')`, 'guildhall_owner');
    } catch (error) {
      throw new Error(`The migration ${migration.id} of ${part.module} failed and was undone: ${error instanceof Error ? error.message : String(error)}${applied.length ? ` What ran before it is done, and is not done again: ${applied.join(', ')}.` : ''}`, { cause: error });
    }
    applied.push(`${part.module} ${migration.id}`);
    log.info('migration.applied', { module: part.module, migration: migration.id });
  }
}

async function inTransaction(client: pg.Client, text: string, role: string | undefined): Promise<void> {
  try {
    await client.query(`BEGIN; ${role ? `SET LOCAL ROLE ${role};` : ''} ${text}; COMMIT`);
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function doneIn(client: pg.Client, schema: string): Promise<ReadonlySet<string>> {
  const { rows: found } = await client.query<{ table: string | null }>('select to_regclass($1)::text as table', [`${client.escapeIdentifier(schema)}.schema_migration`]);
  if (!found[0]?.table) return new Set();
  const { rows } = await client.query<{ id: string }>(`select id from ${client.escapeIdentifier(schema)}.schema_migration`);
  return new Set(rows.map((row) => row.id));
}

/** pg-boss makes its own schema, and a queue is a table: both only here, never while serving. */
async function createQueues(client: pg.Client, url: string, queues: readonly string[]): Promise<void> {
  const { default: PgBoss } = await import('pg-boss');
  const boss = new PgBoss({ connectionString: url, schema: 'queue', supervise: false, schedule: false, max: 2 });
  boss.on('error', () => undefined);
  await boss.start();
  try {
    const existing = new Set((await boss.getQueues()).map((queue) => queue.name));
    for (const name of queues) if (!existing.has(name)) await boss.createQueue(name);
  } finally {
    await boss.stop({ graceful: false, wait: true });
  }
  await client.query('grant usage on schema queue to guildhall_work; grant select, insert, update, delete on all tables in schema queue to guildhall_work; grant execute on all functions in schema queue to guildhall_work');
}
