import path from 'node:path';
import { Client } from 'pg';
import { startEmbeddedDatabase } from '../../libs/kernel/embedded-database/src';

/** What a body's database answers to its owner. @param slug `riverbourne` @param folder where the demonstration keeps its data */
export async function rowsOf<Row extends object>(folder: string, slug: string, sql: string): Promise<readonly Row[]> {
  const { url } = await startEmbeddedDatabase({ dataFolder: path.join(folder, slug, 'postgres') });
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** All that stands in a body's database, in words: every row of every table. */
export async function everythingOf(folder: string, slug: string): Promise<string> {
  const tables = await rowsOf<{ name: string }>(folder, slug, `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`);
  const rows = await rowsOf<{ words: string }>(folder, slug, tables.map(({ name }) => `select t::text as words from ${name} t`).join(' union all '));
  return rows.map(({ words }) => words).join('\n');
}

/** A body's log of what was asked and answered, line by line. */
export async function logOf(folder: string, slug: string): Promise<readonly string[]> {
  return (await rowsOf<{ leaf: string }>(folder, slug, 'select leaf from sharing.entry order by index')).map(({ leaf }) => leaf);
}
