import { runApp, startApp } from './app-process.mjs';
import { figure } from './table.mjs';

/** From the command to the first page, once the database is up. */
export async function startUp({ database, folder, root }) {
  const env = { DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'warn' };
  runApp({ root, app: 'riverbourne', args: ['migrate', '--data', `${folder}/data`], env });
  const times = [];
  for (let run = 0; run < 5; run++) {
    const server = await startApp({ root, args: ['serve', '--port', '4610', '--data', `${folder}/data`], env, port: 4610, ready: '/' });
    times.push(server.startedInMs / 1000);
    await server.stop();
  }
  return [figure('start.first-page-seconds', 'server start to first page (median of 5)', times.sort((a, b) => a - b)[2], 's', { atMost: 1.5 })];
}
