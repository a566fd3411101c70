import * as pg from 'pg';
import type { Evidence } from '@guildhall/kernel-contract';
import { catalogFaults } from '../../data/catalog-faults';
import { pendingMigrations, type SchemaPart } from '../../data/migrate';
import { found } from './found';

interface Login { readonly login: string; readonly may: readonly string[]; readonly version: string; readonly is_local: boolean; readonly tls: string | null }

/** What PostgreSQL says of itself: isolation between councils, rights, migrations, and how it is reached. @throws Error when it lacks migrations */
export async function databaseEvidence(url: string, parts: readonly SchemaPart[]): Promise<readonly Evidence[]> {
  const pending = await pendingMigrations(url, parts);
  if (pending.length) throw new Error(`The database lacks ${pending.slice(0, 3).join(', ')}${pending.length > 3 ? ', …' : ''}. Run "migrate" first.`);
  const pool = new pg.Pool({ connectionString: url, application_name: 'guildhall evidence', max: 1 });
  try {
    const faults = await catalogFaults(pool);
    const tables = await ownTables(pool);
    const seen = await seenWithoutCouncil(pool, tables);
    const { rows: [at] } = await pool.query<Login>(`select session_user as login, current_setting('server_version') as version, inet_server_addr() is null or host(inet_server_addr()) in ('127.0.0.1', '::1') as is_local,
      (select s.version from pg_stat_ssl s where s.pid = pg_backend_pid() and s.ssl) as tls,
      (select coalesce(array_agg(what), '{}') from pg_roles r, lateral (values ('do anything', r.rolsuper), ('pass row-level security', r.rolbypassrls), ('create roles', r.rolcreaterole), ('create databases', r.rolcreatedb)) v(what, may) where r.rolname = session_user and may) as may`);
    const { login, may, version, is_local: isLocal, tls } = at as Login;
    const audit = await pool.query<{ right: string }>(`select x.privilege_type as right from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) x where n.nspname = 'kernel' and c.relname = 'audit' and x.grantee = 'guildhall_app'::regrole order by 1`).then(({ rows }) => rows.map(({ right }) => right));
    return [
      found('kernel.row-level-security', ['3'], 'measured', faults.map((fault) => `In the database, ${fault}.`), `Each of the ${tables.length} tables has forced row-level security by council; keys begin with the council; no view or function runs with its owner’s rights; the application’s role owns nothing.`, { tables: tables.length }),
      found('kernel.nothing-without-a-council', ['3'], 'measured', seen.map((table) => `Without a council, rows of ${table} can be read.`), `Asked in the application’s role and for no council, none of the ${tables.length} tables gave a row.`, { tables: tables.length }),
      found('kernel.database-login', ['3', '12'], 'measured', may.map((one) => `The login ${login} may ${one}: give the application one that may not.`), 'The login of the application may neither pass row-level security nor create roles or databases.', { server: `PostgreSQL ${version}` }),
      found('kernel.database-connection', ['1'], 'measured', isLocal || tls !== null ? [] : ['The database is on another machine, and the connection to it is not encrypted: add sslmode=verify-full to DATABASE_URL.'], tls === null ? 'The database is on this machine.' : `The connection to the database is encrypted (${tls}).`),
      found('kernel.migrations', ['5', '7'], 'measured', [], 'The database is of the same version as the program.', { migrations: parts.reduce((sum, { migrations }) => sum + migrations.length, 0) }),
      found('kernel.audit-only-grows', ['13'], 'measured', audit.join() === 'INSERT,SELECT' ? [] : [`The application’s rights to the audit trail are ${audit.join(', ') || 'none'}, and should be INSERT, SELECT.`], 'The application may add to the audit trail and read it, and neither change nor delete what stands there.', { rights: audit }),
    ];
  } finally {
    await pool.end();
  }
}

/** The tables that belong to councils and that the application may read. */
async function ownTables(pool: pg.Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'council_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'queue') order by 1`);
  return rows.map(({ name }) => name);
}

/** Tables that give a row to whoever says no council. */
async function seenWithoutCouncil(pool: pg.Pool, tables: readonly string[]): Promise<readonly string[]> {
  const client = await pool.connect();
  try {
    await client.query('begin read only; set local role guildhall_app');
    const seen: string[] = [];
    for (const table of tables) {
      const { rows: [readable] } = await client.query<{ yes: boolean }>(`select has_table_privilege($1, 'select') as yes`, [table]);
      if (readable?.yes && (await client.query(`select from ${table} limit 1`)).rowCount) seen.push(table);
    }
    return seen;
  } finally {
    await client.query('rollback');
    client.release();
  }
}
