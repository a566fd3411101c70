import type { Queryable } from './reading-connections';
import type { TableName } from './identifiers';

/** A column as the database has it. */
export interface FoundColumn {
  readonly name: string;
  /** `int4`, and of a domain the type that it is made of. */
  readonly type: string;
  readonly isText: boolean;
  readonly isReadable: boolean;
  /** An index begins with it, or the database does not say which would be used, as of a view. */
  readonly isIndexed: boolean;
}

const COLUMNS = `
  select a.attname as name, coalesce(b.typname, t.typname) as type, coalesce(b.typcategory, t.typcategory) = 'S' as "isText",
    has_schema_privilege(n.oid, 'usage') and has_column_privilege(c.oid, a.attnum, 'select') as "isReadable",
    c.relkind not in ('r', 'p', 'm') or exists (select from pg_index i where i.indrelid = c.oid and i.indkey[0] = a.attnum and i.indisvalid and i.indpred is null) as "isIndexed"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid left join pg_type b on b.oid = t.typbasetype
  where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p', 'v', 'm', 'f')
  order by a.attnum limit 2000`;

/** The columns of a table, whether they may be read or not; none when there is no such table. */
export async function findColumns(connection: Queryable, { schema, name }: TableName): Promise<readonly FoundColumn[]> {
  return (await connection.query<FoundColumn>({ text: COLUMNS, values: [schema, name] })).rows;
}

const MAY_WRITE = `
  select rolsuper or exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'f') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)' and has_schema_privilege(n.oid, 'usage')
      and (has_table_privilege(c.oid, 'insert, update, delete, truncate') or has_any_column_privilege(c.oid, 'insert, update'))
  ) as may from pg_roles where rolname = current_user`;

/** Whether the login may change anything at all. It never does, but nothing else should be able to with it. */
export async function mayWrite(connection: Queryable): Promise<boolean> {
  return (await connection.query<{ may: boolean }>({ text: MAY_WRITE })).rows[0]?.may ?? false;
}
