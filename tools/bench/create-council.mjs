import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npmrcForEverything, startRegistry } from '../publishing/registry.mjs';
import { startApp } from './app-process.mjs';
import { figure } from './table.mjs';

const PORT = 4670;

/** From `npm create guildhall` to the first page of the council that it makes, on a database of its own, when npm has fetched before what it needs. */
export async function createCouncil({ folder, root }) {
  const place = path.join(folder, 'create-council');
  mkdirSync(place, { recursive: true });
  const settings = path.join(place, 'npmrc');
  const cache = path.join(place, 'npm-cache');
  const registry = await startRegistry(path.join(place, 'registry'));
  try {
    writeFileSync(settings, `${npmrcForEverything(registry.url)}cache=${cache}\n`);
    run(root, 'npm', ['publish', '--workspaces', '--registry', registry.url, '--userconfig', settings, '--loglevel=error']);
    // The first one fills npm's cache.
    await firstPage(place, settings, 'warm');
    // What it has fetched stays, and what it has unpacked to run it goes.
    rmSync(path.join(cache, '_npx'), { recursive: true, force: true });
    const { createdInMs, builtInMs, startedInMs } = await firstPage(place, settings, 'measured');
    return [
      figure('create.first-page-seconds', 'npm create guildhall to the first page, what it needs being in npm’s cache', (createdInMs + builtInMs + startedInMs) / 1000, 's', { atMost: 90 }),
      figure('create.install-seconds', 'the same: asking nothing, writing and npm install', createdInMs / 1000, 's'),
      figure('create.start-seconds', 'the same: npm start, which compiles, makes a database and fills it with invented data', (builtInMs + startedInMs) / 1000, 's'),
    ];
  } finally {
    await registry.stop();
  }
}

async function firstPage(place, settings, name) {
  const council = path.join(place, name);
  const began = Date.now();
  run(place, 'npm', ['create', 'guildhall@latest', name, '--yes', '--userconfig', settings, '--prefer-offline', '--', '--name', 'Marshborough District Council', '--yes']);
  const created = Date.now();
  run(council, 'npm', ['run', 'build']);
  const built = Date.now();
  const { startedInMs, stop } = await startApp({ root: council, main: path.join(council, 'dist/main.js'), args: ['--port', String(PORT), '--data', path.join(council, '.guildhall')], env: { LOG_LEVEL: 'warn' }, port: PORT, ready: '/' });
  await stop();
  return { createdInMs: created - began, builtInMs: built - created, startedInMs };
}

/** Runs a program as somebody who has never seen this repository. */
function run(cwd, program, args) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|GUILDHALL_|NODE_OPTIONS|NODE_ENV|INIT_CWD|DATABASE_)/.test(name)));
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`);
}
