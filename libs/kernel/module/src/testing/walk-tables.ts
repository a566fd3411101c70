import * as pg from 'pg';
import type { TestApp } from './start-test-app';

/** What a role could do to a table that it should not. @public */
export interface OpenTable { readonly table: string; readonly role: string; readonly verb: string; readonly rows: number }

/** The roles that a login of the application can take on. @public */
export type WalkedRole = 'guildhall_login' | 'guildhall_app' | 'guildhall_work' | 'guildhall_seal' | 'guildhall_report';
const ROLES: readonly WalkedRole[] = ['guildhall_login', 'guildhall_app', 'guildhall_work', 'guildhall_seal', 'guildhall_report'];
/** Who runs the waiting jobs of every council takes them from one table, and knows from another what has come round. */
const RIGHTLY_OPEN = new Set(['guildhall_work kernel.waiting_job', 'guildhall_work kernel.round']);

/**
 * Tries to read, change, remove and put in rows of every table as each role: without a council, and as another council than the row's. Empty is right.
 * Every table needs a row to be refused: `unproved` names those that had none. The queue's tables must be shut to the application altogether.
 * @param options.stranger the id of the council that must not get at the others' rows
 * @public
 */
export async function walkTables(app: TestApp, { stranger }: { readonly stranger: string }): Promise<{ readonly tried: number; readonly open: readonly OpenTable[]; readonly unproved: readonly string[] }> {
  const open: OpenTable[] = [];
  const unproved: string[] = [];
  let tried = 0;
  const tables = await tablesOf(app);
  const client = new pg.Client({ connectionString: app.database.appUrl });
  await client.connect();
  const check = async (table: string, role: WalkedRole, council: string, verb: string, text: string, values: readonly unknown[]): Promise<void> => {
    tried++;
    const rows = await attempt(client, role, council, text, values);
    if (rows > 0) open.push({ table, role, verb: `${verb}${council ? '' : ' without a council'}`, rows });
  };
  try {
    for (const { name, isOfCouncils } of tables) {
      if (!isOfCouncils) {
        for (const role of ['guildhall_login', 'guildhall_app', 'guildhall_seal', 'guildhall_report'] as const) await check(name, role, stranger, 'select', `select 1 from ${name}`, []);
        continue;
      }
      const { rows: [other] } = await app.owner.query<{ row: object; council_id: string }>(`select to_jsonb(t) as row, council_id from ${name} t where council_id <> $1 limit 1`, [stranger]);
      if (!other) unproved.push(name);
      for (const role of ROLES.filter((one) => !RIGHTLY_OPEN.has(`${one} ${name}`))) {
        for (const council of ['', stranger]) {
          await check(name, role, council, 'select', `select 1 from ${name} where council_id <> $1`, [stranger]);
          await check(name, role, council, 'update', `update ${name} set council_id = council_id where council_id <> $1`, [stranger]);
          await check(name, role, council, 'delete', `delete from ${name} where council_id <> $1`, [stranger]);
          if (!other) continue;
          await check(name, role, council, 'insert', `insert into ${name} select (jsonb_populate_record(null::${name}, $1)).*`, [JSON.stringify(other.row)]);
          await check(name, role, council, 'give away', `update ${name} set council_id = $1`, [other.council_id]);
        }
      }
    }
  } finally {
    await client.end();
  }
  return { tried, open, unproved };
}

async function tablesOf(app: TestApp): Promise<readonly { readonly name: string; readonly isOfCouncils: boolean }[]> {
  const { rows } = await app.owner.query<{ name: string; schema: string }>(`select format('%I.%I', n.nspname, c.relname) as name, n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'public') and n.nspname !~ '^pg_' and c.relname <> 'schema_migration' order by 1`);
  return rows.map(({ name, schema }) => ({ name, isOfCouncils: schema !== 'queue' }));
}

/** How many rows it touched. Whatever it did is undone. */
async function attempt(client: pg.Client, role: WalkedRole, council: string, text: string, values: readonly unknown[]): Promise<number> {
  await client.query('BEGIN');
  try {
    if (role !== 'guildhall_login') await client.query(`SET LOCAL ROLE ${role}`);
    if (council) await client.query(`SET LOCAL app.council_id = '${council}'`);
    return (await client.query(text, [...values])).rowCount ?? 0;
  } catch (error) {
    // insufficient_privilege: the shut door that was looked for. A key that is taken (23505) was compared with a row that should not be seen. Anything else is a fault of the test.
    const { code } = error as { code?: string };
    if (code === '42501') return 0;
    if (code?.startsWith('23')) return 1;
    throw error;
  } finally {
    await client.query('ROLLBACK');
  }
}
