import { createRequire } from 'node:module';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import pg from 'pg';
import { root } from '../workspace/build.mjs';
import { packages } from './packages.mjs';

/** The queue is a library's own schema: pg-boss makes it, and changes it with its versions. */
const OTHERS = ['information_schema', 'queue', 'public'];

/** Configurations of an app that have modules which it does not have by itself. */
const MORE_MODULES = { 'apps/riverbourne': [['--with-simulators=open-standards']] };

/**
 * The tables of all apps' modules after every migration: columns, constraints, indexes, policies, rights.
 *
 * @returns {Promise<Map<string, string>>} by path below docs/reports
 */
export async function schemaReports() {
  const { startTestDatabase } = createRequire(import.meta.url)('@guildhall/embedded-database/testing');
  const database = await startTestDatabase();
  try {
    for (const { folder } of packages().filter((one) => one.folder.startsWith('apps/'))) for (const how of [[], ...(MORE_MODULES[folder] ?? [])]) migrate(path.join(root, folder, 'dist/main.js'), how, database);
    return await describeDatabase(database.url);
  } finally {
    await database.drop();
  }
}

function migrate(main, how, database) {
  const ran = spawnSync(process.execPath, [main, 'migrate', ...how], { cwd: root, encoding: 'utf8', env: { ...process.env, DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'error' } });
  if (ran.status !== 0) throw new Error(`"${path.relative(root, main)} migrate" failed:\n${ran.stdout}${ran.stderr}`);
}

/**
 * A text per schema, the same for the same tables on every PostgreSQL.
 *
 * @param {string} url a login that may read the catalogue
 */
export async function describeDatabase(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(`select nspname as schema from pg_namespace where nspname !~ '^pg_' and nspname <> all($1) order by 1`, [OTHERS]);
    const reports = new Map();
    for (const { schema } of rows) reports.set(`schema/${schema}.sql`, await describeSchema(client, schema));
    return reports;
  } finally {
    await client.end();
  }
}

async function describeSchema(client, schema) {
  const query = async (text) => (await client.query(text, [schema])).rows;
  const [tables, columns, constraints, indexes, policies, rights, columnRights, schemaRights, triggers, functions, views] = [
    await query(`select c.relname as table, c.relrowsecurity as is_secured, c.relforcerowsecurity as is_forced, pg_get_userbyid(c.relowner) as owner from pg_class c where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') order by 1`),
    await query(`select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as is_required, a.attgenerated as generated, pg_get_expr(d.adbin, d.adrelid) as standard
                 from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                 where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped order by c.relname, a.attnum`),
    // PostgreSQL 18 lists "not null" here too: it stands with its column, as a constraint trigger does with the triggers.
    await query(`select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as text from pg_constraint k join pg_class c on c.oid = k.conrelid where k.connamespace = $1::regnamespace and k.contype not in ('n', 't') order by 1, strpos('pufcx', k.contype::text), 2`),
    await query(`select i.tablename as table, i.indexdef as text from pg_indexes i where i.schemaname = $1 and not exists (select from pg_constraint k where k.connamespace = $1::regnamespace and k.conname = i.indexname) order by 1, i.indexname`),
    await query(`select tablename as table, policyname as name, permissive, roles::text[] as roles, cmd as command, qual as reads, with_check as writes from pg_policies where schemaname = $1 order by 1, 2`),
    await query(`select c.relname as table, pg_get_userbyid(a.grantee) as role, string_agg(lower(a.privilege_type), ', ' order by a.privilege_type) as verbs from pg_class c, aclexplode(c.relacl) a where c.relnamespace = $1::regnamespace and a.grantee <> c.relowner and c.relkind in ('r', 'p', 'v', 'm', 'S') group by 1, 2 order by 1, 2`),
    await query(`select c.relname as table, pg_get_userbyid(a.grantee) as role, string_agg(format('%s (%s)', lower(a.privilege_type), t.attname), ', ' order by t.attnum, a.privilege_type) as verbs from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a where c.relnamespace = $1::regnamespace group by 1, 2 order by 1, 2`),
    await query(`select pg_get_userbyid(a.grantee) as role, string_agg(lower(a.privilege_type), ', ' order by a.privilege_type) as verbs from pg_namespace n, aclexplode(n.nspacl) a where n.nspname = $1 and a.grantee <> n.nspowner group by 1 order by 1`),
    await query(`select c.relname as table, pg_get_triggerdef(t.oid) as text from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace = $1::regnamespace and not t.tgisinternal order by 1, t.tgname`),
    await query(`select pg_get_functiondef(p.oid) as text from pg_proc p where p.pronamespace = $1::regnamespace and p.prokind in ('f', 'p') order by p.proname, p.oid::regprocedure::text`),
    await query(`select c.relname as table, pg_get_viewdef(c.oid) as text, coalesce(array_to_string(c.reloptions, ', '), '') as options from pg_class c where c.relnamespace = $1::regnamespace and c.relkind in ('v', 'm') order by 1`),
  ];
  const of = (rows, table) => rows.filter((row) => row.table === table);
  const text = [`-- Schema ${schema}, after every migration.`, ...schemaRights.map(({ role, verbs }) => `grant ${verbs} on schema ${schema} to ${role};`)];
  for (const { table, is_secured, is_forced, owner } of tables) {
    const name = `${schema}.${table}`;
    text.push('', `create table ${name} (`, [...of(columns, table).map(columnText), ...of(constraints, table).map((row) => `  constraint ${row.name} ${row.text}`)].join(',\n'), `);`, `alter table ${name} owner to ${owner};`);
    text.push(...of(indexes, table).map((row) => `${row.text};`));
    if (is_secured) text.push(`alter table ${name} enable row level security;`);
    if (is_forced) text.push(`alter table ${name} force row level security;`);
    text.push(...of(policies, table).map((row) => policyText(name, row)));
    text.push(...[...of(rights, table), ...of(columnRights, table)].map(({ role, verbs }) => `grant ${verbs} on ${name} to ${role};`));
    text.push(...of(triggers, table).map((row) => `${row.text};`));
  }
  for (const { table, text: query, options } of views) text.push('', `create view ${schema}.${table}${options ? ` with (${options})` : ''} as\n${query}`, ...of(rights, table).map(({ role, verbs }) => `grant ${verbs} on ${schema}.${table} to ${role};`));
  for (const row of functions) text.push('', `${row.text.trim()};`);
  return `${text.join('\n')}\n`;
}

function columnText({ name, type, is_required, generated, standard }) {
  return `  ${name} ${type}${is_required ? ' not null' : ''}${standard === null ? '' : generated ? ` generated always as (${standard}) stored` : ` default ${standard}`}`;
}

function policyText(table, { name, permissive, roles, command, reads, writes }) {
  const parts = [`create policy ${name} on ${table}`, permissive === 'PERMISSIVE' ? '' : 'as restrictive', command === 'ALL' ? '' : `for ${command.toLowerCase()}`, roles.join() === 'public' ? '' : `to ${roles.join(', ')}`, reads === null ? '' : `using ${reads}`, writes === null ? '' : `with check ${writes}`];
  return `${parts.filter(Boolean).join(' ')};`;
}
