// `npm start`: builds an app and runs it in this process, so that Ctrl-C reaches it and nothing is left behind.
// `npm start -- glanafon --port 5000` starts another app; whatever else is given goes to the app.
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, root } from './build.mjs';

const [first, ...rest] = process.argv.slice(2);
const apps = readdirSync(path.join(root, 'apps')).filter((name) => existsSync(path.join(root, 'apps', name, 'package.json')));
const [app, given] = apps.includes(first) ? [first, rest] : ['riverbourne', process.argv.slice(2)];

console.log(`Building ${app} …`);
if (!build([`apps/${app}`])) {
  console.error('It does not compile: see above.');
  process.exit(1);
}
const main = path.join(root, 'apps', app, 'dist/main.js');
const isPlaced = given.some((argument) => argument === '--data' || argument.startsWith('--data=')) || process.env.GUILDHALL_DATA;
process.argv = [process.argv[0], main, ...given, ...(isPlaced ? [] : ['--data', path.join(root, '.guildhall', app)])];
createRequire(import.meta.url)(main);
