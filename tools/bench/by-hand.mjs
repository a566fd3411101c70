import { createHash } from 'node:crypto';

/**
 * What a transaction has written, as somebody would write it by hand: a key that makes a repetition harmless, then one INSERT for the rows of each table, one after another,
 * in a transaction of the council's own.
 *
 * @param {import('pg').Client} owner
 * @param {string} council
 * @param {string} xid the transaction: `xmin` of any row that it has written
 * @param {string} key of the request
 */
export async function byHand(owner, council, xid, key) {
  const { rows: tables } = await owner.query(`
    select format('%I.%I', n.nspname, c.relname) as name,
      (select json_agg(json_build_object('name', format('%I', a.attname), 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema$)'
    order by (select count(*) from pg_constraint f where f.conrelid = c.oid and f.contype = 'f'), 1`);
  const inserts = [];
  for (const { name, columns } of tables) {
    const { rows } = await owner.query({ text: `select ${columns.map((column) => `${column.name}::text`).join(', ')} from ${name} where xmin::text = $1`, values: [xid], rowMode: 'array' });
    if (rows.length === 0) continue;
    const tuples = rows.map((_row, at) => `(${columns.map(({ type }, column) => `$${at * columns.length + column + 1}::${type}`).join(', ')})`);
    inserts.push({ text: `insert into ${name} (${columns.map((column) => column.name).join(', ')}) values ${tuples.join(', ')}`, values: rows.flat() });
  }
  return [
    { text: 'BEGIN', values: [] }, { text: `select set_config('app.council_id', $1, true)`, values: [council] },
    { text: `insert into kernel.idempotency (council_id, scope, key, request_hash, result) values ($1, 'bench', $2, $3, 'null') on conflict do nothing returning 1 as claimed`, values: [council, key, createHash('sha256').update(key).digest('base64url')] },
    ...inserts, { text: 'COMMIT', values: [] },
  ];
}
