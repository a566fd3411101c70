import type { TwoBodies } from './two-bodies';

/** Keeps the holder's log as it is. @returns puts it back: what was written down since is lost */
export async function backedUp({ app, holder }: TwoBodies): Promise<() => Promise<void>> {
  const tables = ['sharing.log', 'sharing.subtree'];
  const rows = await Promise.all(tables.map(async (table) => JSON.stringify((await app.owner.query(`select to_jsonb(t) as row from ${table} t where council_id = $1`, [holder.council.id])).rows.map(({ row }: { row: unknown }) => row))));
  const { rows: [{ count } = { count: 0 }] } = await app.owner.query<{ count: number }>('select count(*)::int as count from sharing.entry where council_id = $1', [holder.council.id]);
  return async () => {
    await app.owner.query('delete from sharing.entry where council_id = $1 and index >= $2', [holder.council.id, count]);
    for (const [at, table] of tables.entries()) {
      await app.owner.query(`delete from ${table} where council_id = $1`, [holder.council.id]);
      await app.owner.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`, [rows[at]]);
    }
  };
}
