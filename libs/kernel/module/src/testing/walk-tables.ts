import * as pg from 'pg';
import type { TestApp } from './start-test-app';

/** What a role could do to a table that it should not. @public */
export interface OpenTable { readonly table: string; readonly role: string; readonly verb: string; readonly rows: number }

/**
 * Tries to read, change and remove every row of every table as each role: without a council, and as another council than the row's. Empty is right.
 * Every table needs a row to be refused: `unproved` names those that had none.
 * @public
 */
export async function walkTables(app: TestApp, options: { readonly stranger: string }): Promise<{ readonly tried: number; readonly open: readonly OpenTable[]; readonly unproved: readonly string[] }> {
  const open: OpenTable[] = [];
  const unproved: string[] = [];
  let tried = 0;
  const { rows: tables } = await app.owner.query<{ name: string }>(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'public', 'queue') and n.nspname !~ '^pg_' and c.relname <> 'schema_migration' order by 1`);
  const client = new pg.Client({ connectionString: app.database.appUrl });
  await client.connect();
  try {
    for (const { name } of tables) {
      const { rows } = await app.owner.query<{ n: number }>(`select count(*)::int as n from ${name} where council_id <> $1`, [options.stranger]);
      if (rows[0]?.n === 0) unproved.push(name);
      for (const role of ['guildhall_app', 'guildhall_seal', 'guildhall_report']) {
        for (const council of ['', options.stranger]) {
          for (const [verb, text] of [['select', `select 1 from ${name} where council_id <> $1`], ['update', `update ${name} set council_id = council_id where council_id <> $1`], ['delete', `delete from ${name} where council_id <> $1`]] as const) {
            tried++;
            const touched = await attempt(client, role, council, text, options.stranger);
            if (touched > 0) open.push({ table: name, role, verb: `${verb}${council ? '' : ' without a council'}`, rows: touched });
          }
        }
      }
    }
  } finally {
    await client.end();
  }
  return { tried, open, unproved };
}

async function attempt(client: pg.Client, role: string, council: string, text: string, stranger: string): Promise<number> {
  await client.query('BEGIN');
  try {
    await client.query(`SET LOCAL ROLE ${role}`);
    if (council) await client.query(`SET LOCAL app.council_id = '${council}'`);
    return (await client.query(text, [stranger])).rowCount ?? 0;
  } catch (error) {
    // insufficient_privilege: the shut door that was looked for. Anything else is a fault of the test.
    if ((error as { code?: string }).code === '42501') return 0;
    throw error;
  } finally {
    await client.query('ROLLBACK');
  }
}
