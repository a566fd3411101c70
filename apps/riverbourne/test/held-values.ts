import type { Pool } from 'pg';
import { signsIn } from './canary';

/** A value in the database that says something of the canary, and where it is. */
export interface HeldValue { readonly table: string; readonly column: string; readonly value: string; readonly row: string }

/** Tables of every council's data, whoever made them. */
async function tablesOf(owner: Pool): Promise<readonly string[]> {
  const { rows } = await owner.query<{ name: string }>(`select format('%I.%I', table_schema, table_name) as name from information_schema.columns where column_name = 'council_id' and table_schema not in ('queue', 'pg_catalog', 'information_schema') order by 1`);
  return rows.map(({ name }) => name);
}

/** Every text of the canary in every table: in columns, and at any depth in what they hold. */
export async function heldValues(owner: Pool): Promise<readonly HeldValue[]> {
  const held: HeldValue[] = [];
  for (const table of await tablesOf(owner)) {
    const { rows } = await owner.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${table} t`);
    for (const { row } of rows) for (const [column, value] of Object.entries(row)) for (const text of textsIn(value)) if (signsIn(text).length > 0) held.push({ table, column, value: text, row: JSON.stringify(row) });
  }
  return held;
}

/** Every row of every table that names somebody by their id. */
export async function rowsNaming(owner: Pool, personId: string): Promise<readonly { readonly table: string; readonly row: Readonly<Record<string, unknown>> }[]> {
  const found: { table: string; row: Record<string, unknown> }[] = [];
  for (const table of await tablesOf(owner)) {
    const { rows } = await owner.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${table} t where t::text like $1`, [`%${personId}%`]);
    for (const { row } of rows) found.push({ table, row });
  }
  return found;
}

/** Letters and digits only, so that it is found however it is written. */
export function closely(text: string): string { return text.toLowerCase().replace(/[^a-z0-9]/g, ''); }

export function textsIn(value: unknown): readonly string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'object') return Object.values(value).flatMap(textsIn);
  return [String(value as string | number | boolean)];
}
