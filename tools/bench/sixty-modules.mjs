import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { median } from './captured.mjs';
import { runApp, startApp } from './app-process.mjs';
import { figure } from './table.mjs';

const require = createRequire(import.meta.url);
const ts = require('typescript');
const COMPILED = { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, experimentalDecorators: true, emitDecoratorMetadata: true, useDefineForClassFields: false } };
const MODULES = 60;
const PORT = 4615;

/** Riverbourne with as many more modules, each with its contract as the generator makes both, as are missing to sixty: from the command to the first page, once the database is up. */
export async function sixtyModules({ database, folder, root }) {
  const place = path.join(folder, 'sixty-modules/node_modules/@bench');
  mkdirSync(place, { recursive: true });
  for (let at = 1; at <= MODULES; at++) generate(`register-${at}`, place);
  const main = path.join(root, 'tools/bench/sixty-modules-main.cjs');
  const env = { DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url, LOG_LEVEL: 'warn', GENERATED: place, MODULES: String(MODULES) };
  const data = ['--data', `${folder}/data`];
  runApp({ root, main, args: ['migrate', ...data], env });
  const seconds = [];
  for (let run = 0; run < 5; run++) {
    const server = await startApp({ root, main, args: ['serve', '--port', String(PORT), ...data], env, port: PORT, ready: `/register-${MODULES - 40}` });
    seconds.push(server.startedInMs / 1000);
    await server.stop();
  }
  return [figure('start.sixty-modules-seconds', `server start to first page with ${MODULES} modules, from the workspace (median of 5)`, median(seconds), 's', { atMost: 2 })];
}

/** A capability as its generator makes it, compiled. */
function generate(name, place) {
  const { capability, worldAt, writeTo } = require('@guildhall/generators');
  const made = capability({ name, scope: '@bench', title: { en: `Register ${name}`, cy: `Cofrestr ${name}` } }, worldAt(place));
  if (!made.ok) throw new Error(made.problems.join('\n'));
  writeTo(place, made);
  for (const file of Object.keys(made.files).filter((one) => one.endsWith('.ts') && !one.endsWith('.spec.ts'))) {
    const compiled = path.join(place, file.replace('/src/', '/dist/').replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(compiled), { recursive: true });
    writeFileSync(compiled, ts.transpileModule(readFileSync(path.join(place, file), 'utf8'), COMPILED).outputText);
  }
}
