import type { TransactionContext } from '@guildhall/kernel-contract';
import { sql, write, type PlainValue } from './transaction';

/** As many rows are listed one by one; more come as arrays. What is listed is planned once, arrays by their length anew each time, which costs PostgreSQL more than the rows do. */
const MOST_LISTED = 4;

/**
 * The rest of `insert into table`: its columns after the council's, which is $1, and the rows.
 * @param columns what they are to PostgreSQL: `{ at: 'timestamptz' }`
 * @param values takes what the parameters stand for
 */
export function rowsInto(table: string, columns: Readonly<Record<string, string>>, rows: readonly (readonly unknown[])[], values: unknown[]): string {
  const types = Object.values(columns);
  const into = `insert into ${table} (council_id, ${Object.keys(columns).join(', ')})`;
  if (rows.length > MOST_LISTED) return `${into} select $1::uuid, * from unnest(${types.map((type, at) => `$${values.push(rows.map((row) => row[at]))}::${type}[]`).join(', ')})`;
  return `${into} values ${rows.map((row) => `($1::uuid, ${types.map((type, at) => `$${values.push(row[at])}::${type}`).join(', ')})`).join(', ')}`;
}

/** What a row can hold: `\\x…` in hexadecimal for bytes. @public */
export type PlainCell = string | number | boolean | null;
/** Rows to be stored, each with its council. @public */
export interface NewRows {
  readonly into: string;
  /** What its columns are to PostgreSQL, without the council's. */
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly (readonly PlainCell[])[];
  /** What follows: `on conflict do nothing returning nonce`. */
  readonly rest?: string;
}

/**
 * Leaves rows to the commit, as `write` does.
 * @public
 * @example writeRows(tx, { into: 'sharing.heard', columns: { peer_id: 'text', size: 'bigint' }, rows: [[peerId, size]] })
 */
export function writeRows(tx: TransactionContext, given: NewRows): void {
  if (given.rows.length === 0) return;
  const { text, values } = statementOf(tx, given);
  write(tx, text, values);
}

/** Stores rows now. @public @returns what `rest` returns */
export async function insertRows<Row extends object>(tx: TransactionContext, given: NewRows): Promise<Row[]> {
  if (given.rows.length === 0) return [];
  const { text, values } = statementOf(tx, given);
  return sql<Row>(tx, text, values);
}

function statementOf(tx: TransactionContext, { into, columns, rows, rest = '' }: NewRows): { readonly text: string; readonly values: PlainValue[] } {
  const values: PlainValue[] = [tx.council.id];
  return { text: `${rowsInto(into, columns, rows, values)} ${rest}`.trimEnd(), values };
}
