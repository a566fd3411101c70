// `npm run reset`: forgets the data of the apps started here, and stops their databases. `npm run reset -- --data FOLDER` forgets what an app was told to keep there.
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build, root } from './build.mjs';

const { data } = parseArgs({ options: { data: { type: 'string' } } }).values;
const own = [...readdirSync(path.join(root, 'apps')), 'demo-sharing'].map((name) => path.join(root, '.guildhall', name));
const apps = (data ? [path.resolve(data)] : own).filter((folder) => existsSync(folder));

const running = apps.flatMap((folder) => databasesIn(folder).map((database) => ({ folder, pid: ownerOf(database) }))).filter(({ pid }) => pid !== undefined);
for (const { folder, pid } of running) console.error(`${path.basename(folder)} is running (process ${pid}). Stop it first, with Ctrl-C.`);
if (running.length > 0) process.exit(1);
if (apps.length === 0) {
  console.log('There is no data to forget.');
  process.exit(0);
}
if (!build(['libs/kernel/embedded-database'])) process.exit(1);
const { forgetEmbeddedDatabase } = createRequire(import.meta.url)('@guildhall/embedded-database');
for (const folder of apps) {
  for (const database of databasesIn(folder)) await forgetEmbeddedDatabase(database);
  rmSync(folder, { recursive: true, force: true });
  console.log(`Forgot the data of ${path.basename(folder)}.`);
}

/** The databases of an app's data: its own, or those of each body of a demonstration. */
function databasesIn(folder) {
  const within = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).flatMap(({ name }) => [path.join(folder, name), path.join(folder, name, 'postgres')]);
  return within.filter((database) => existsSync(path.join(database, 'database.json')));
}

/** The living process that uses a database, by the file that the embedded database keeps. */
function ownerOf(database) {
  const file = path.join(database, 'owner.json');
  if (!existsSync(file)) return undefined;
  const { pid } = JSON.parse(readFileSync(file, 'utf8'));
  try { process.kill(pid, 0); return pid; } catch { return undefined; }
}
