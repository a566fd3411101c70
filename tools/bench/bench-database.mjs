import { createRequire } from 'node:module';
import { root } from '../workspace/build.mjs';

const require = createRequire(`${root}/package.json`);
const pg = require('pg');

/** A durable embedded PostgreSQL of the bench's own. */
export async function openBenchDatabase(dataFolder) {
  const { startEmbeddedDatabase } = require('@guildhall/embedded-database');
  const database = await startEmbeddedDatabase({ dataFolder });
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  const { rows } = await owner.query('show server_version');
  return {
    url: database.url, appUrl: database.appUrl, version: rows[0].server_version, owner,
    stop: async () => {
      await owner.end();
      await database.stop();
    },
  };
}
