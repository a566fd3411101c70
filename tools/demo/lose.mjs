import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const require = createRequire(import.meta.url);
const { COUNTY, RIVERBOURNE } = require('./what-they-agreed.cjs');
const { startEmbeddedDatabase } = require('@guildhall/embedded-database');
const { Client } = require('pg');

/**
 * Loses the county's record of the last change that Riverbourne told it, as somebody might who has its database and something to hide, and has Riverbourne compare now what it compares every quarter of an hour.
 * @param folder where the running demonstration keeps its data
 * @returns {Promise<string>} what to look at
 * @throws Error when there is nothing to lose, or it does not run
 */
export async function lose(folder, { riverbournesPort, isSetUp }, whose) {
  if (whose !== 'county') throw new Error(`There is nothing to lose by the word "${whose}". Say county.`);
  if (!isSetUp) throw new Error('Nothing has been set up yet: start the demonstration first, with npm run demo:sharing.');
  const exchange = await within(folder, COUNTY, async (sql) => {
    const [lost] = await sql(`delete from sharing.entry where kind = 'change-heard' and index = (select max(index) from sharing.entry where kind = 'change-heard') returning exchange_id`);
    if (!lost) throw new Error('Nobody has told the county anything yet: tell Riverbourne once that you have moved, then come back.');
    return lost.exchange_id;
  });
  await within(folder, RIVERBOURNE, async (sql) => {
    // What happened in the last two minutes may be on its way, and is not compared otherwise.
    await sql(`
      insert into sharing.entry_twin (council_id, index, kind, exchange_id, peer_id, state, at) select council_id, index, kind, exchange_id, peer, 'open', at from sharing.entry where exchange_id = $1 and kind = 'change-told'
      on conflict (council_id, index) do update set state = 'open', looked_at = null`, [exchange]);
    await sql(`insert into kernel.waiting_job (council_id, job_id, kind, key, data) select council_id, $1, 'do:sharing.compare-twins', 'round', $2 from sharing.log on conflict do nothing`, [randomUUID(), { data: {}, correlationId: randomUUID(), language: 'en' }]);
    for (let tries = 0; tries < 120; tries++) {
      const [found] = await sql(`select from sharing.entry_twin where exchange_id = $1 and state = 'missing'`, [exchange]);
      if (found) return;
      await wait(250);
    }
    throw new Error('Riverbourne has not looked for it within half a minute: see its log.');
  });
  return `The county’s record of the last change is gone from its database, and Riverbourne has missed it. At http://localhost:${riverbournesPort}/account/information whoever has moved reads so, in red.`;
}

/** As the owner of a body's database. */
async function within(folder, slug, act) {
  const { url } = await startEmbeddedDatabase({ dataFolder: path.join(folder, slug, 'postgres') });
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await act(async (text, values) => (await client.query(text, values)).rows);
  } finally {
    await client.end();
  }
}
