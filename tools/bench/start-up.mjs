import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { median } from './captured.mjs';
import { runApp, startApp } from './app-process.mjs';
import { figure } from './table.mjs';

/** From the command to the first page, once the database is up: of the app as it is deployed, and beside it as it runs from the workspace. */
export async function startUp({ database, folder, root }) {
  const env = { DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'warn' };
  runApp({ root, app: 'riverbourne', args: ['migrate', '--data', `${folder}/data`], env });
  const packaged = path.join(folder, 'packaged');
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'tools/packaging/package-app.mjs'), 'apps/riverbourne', packaged], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Riverbourne cannot be packaged:\n${stdout}\n${stderr}`);
  const mains = { packaged: path.join(packaged, 'main.js'), workspace: path.join(root, 'apps/riverbourne/dist/main.js') };
  const seconds = { packaged: [], workspace: [] };
  for (let run = 0; run < 5; run++) {
    for (const [which, main] of Object.entries(mains)) {
      const server = await startApp({ root, main, args: ['serve', '--port', '4610', '--data', `${folder}/data`], env, port: 4610, ready: '/' });
      seconds[which].push(server.startedInMs / 1000);
      await server.stop();
    }
  }
  return [
    figure('start.first-page-seconds', 'server start to first page, packaged (median of 5)', median(seconds.packaged), 's', { atMost: 1.5 }),
    figure('start.from-workspace-seconds', 'the same from the workspace', median(seconds.workspace), 's'),
  ];
}
