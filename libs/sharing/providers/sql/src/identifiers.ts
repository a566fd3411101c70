/** What may name a table or a column: longer names are cut off by PostgreSQL, and others need a view. */
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_$]{0,62}$/;

/** A table by its schema and its name. */
export interface TableName { readonly schema: string; readonly name: string }

/** @throws Error naming what is no identifier */
export function columnNamed(column: string): string {
  if (!IDENTIFIER.test(column)) throw new Error(`"${column}" is no name of a column: it has letters, digits and _ and begins with a letter. Make a view that names it so.`);
  return column;
}

/** @throws Error naming what is no identifier */
export function tableNamed(table: string): TableName {
  const parts = table.split('.');
  const [schema, name] = parts.length === 1 ? ['public', table] : parts;
  if (parts.length > 2 || schema === undefined || name === undefined || !IDENTIFIER.test(schema) || !IDENTIFIER.test(name)) throw new Error(`"${table}" is no name of a table, like ctax.account: its parts have letters, digits and _ and begin with a letter.`);
  return { schema, name };
}

/** A name that is an identifier, so that PostgreSQL takes it as it is. */
export function quoted(identifier: string): string { return `"${identifier}"`; }
