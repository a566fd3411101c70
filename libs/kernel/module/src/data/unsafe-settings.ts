import * as pg from 'pg';

/** Which settings of the server are off so that a power cut may take what was committed, whatever a connection asks for. */
export async function unsafeSettings(url: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'guildhall doctor' });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(`select name from pg_settings where name in ('fsync', 'full_page_writes') and setting = 'off' order by name`);
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
