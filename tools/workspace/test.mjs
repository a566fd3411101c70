// `npm test`: everything that is checked, stage after stage. The last line is the sum over all of them.
// `npm test -- lint unit` runs only those stages, and of build, types, lint, reports and unit tests none that passed before on just these files; `npm test` runs all.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, root } from './build.mjs';
import { Remembered, printOf } from './remembered.mjs';
import { sumOfJest } from './sum-of-jest.mjs';
import { installPostgres15 } from './postgres-15.mjs';

const bin = (name) => path.join(root, 'node_modules', name);
const node = async (file, args, env = {}) => {
  const child = spawn(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit', env: { ...process.env, NX_DAEMON: 'false', ...env } });
  const [status, signal] = await once(child, 'close');
  if (signal) console.log(`${path.basename(file)} was ended from outside, by ${signal}.`);
  return status === 0;
};
const check = (passes) => ({ passed: passes ? 1 : 0, failed: passes ? 0 : 1, skipped: 0 });
/** A check that runs while others do: what it prints is printed as one when it ends. */
const besideOthers = (file, args) => new Promise((resolve) => {
  const child = spawn(process.execPath, [file, ...args], { cwd: root, env: { ...process.env, NX_DAEMON: 'false' } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { output += text; });
  child.on('close', (status, signal) => resolve({ ...check(status === 0), output: signal ? `${output}${path.basename(file)} was ended from outside, by ${signal}.\n` : output }));
});

/** Each stage's name and what it does; a check counts as one test. */
const stages = {
  build: () => check(build()),
  types: () => besideOthers(bin('typescript/bin/tsc'), ['-p', 'tsconfig.all.json']),
  lint: () => besideOthers(path.join(root, 'tools/lint/lint.mjs'), []),
  reports: () => besideOthers(path.join(root, 'tools/reports/reports.mjs'), ['--check']),
  unit: () => jest('unit'),
  integration: () => jest('integration'),
  'integration-on-15': () => {
    const programs = installPostgres15();
    if (programs) return jest('integration', { GUILDHALL_TEST_POSTGRES: programs });
    console.log(`Debian's PostgreSQL 15 cannot be installed here; the embedded PostgreSQL has been tested on.`);
    return { passed: 0, failed: 0, skipped: 0 };
  },
  browser: () => jest('browser'),
};
/** One after another, each of which uses all cores. The checks use one each, some for longer than others: unit tests, which mind nothing beside them, fill what is left. */
const order = [['build'], ['types', 'lint', 'reports', 'unit'], ['integration'], ['integration-on-15'], ['browser']];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in stages));
if (unknown.length > 0) {
  console.error(`There is no stage "${unknown[0]}". Stages: ${Object.keys(stages).join(', ')}.`);
  process.exit(1);
}

/** They come to the same on the same files: no database, no browser, no clock. */
const SAME_ON_SAME_FILES = new Set(['build', 'types', 'lint', 'reports', 'unit']);
const remembered = new Remembered(path.join(root, '.guildhall', 'passed.json'), wanted.length > 0 && !process.env.CI ? printOf(root) : undefined);

const sum = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
for (const together of order) {
  const names = together.filter((name) => wanted.length === 0 || wanted.includes(name));
  if (names.length > 0) title(names.join(', '));
  await Promise.all(names.map(async (name) => {
    const begun = performance.now();
    const before = SAME_ON_SAME_FILES.has(name) && isBuilt() ? remembered.find(name) : undefined;
    const { passed, failed, skipped, output } = before ?? (await stages[name]());
    // What was changed while it ran may have passed or not.
    if (!before && SAME_ON_SAME_FILES.has(name) && remembered.print !== undefined && printOf(root) === remembered.print) remembered.keep(name, { passed, failed, skipped });
    if (output !== undefined) {
      if (names.length > 1) title(name);
      process.stdout.write(output);
    }
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
    lines.push(`${name.padEnd(18)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped ${((performance.now() - begun) / 1000).toFixed(0).padStart(6)} s${before ? ', as before on these files' : ''}`);
  }));
  // Nothing that follows could be believed.
  if (names.includes('build') && sum.failed > 0) break;
}
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
console.log(`\n${lines.join('\n')}\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);

/** What was built may have been removed since. */
function isBuilt() {
  const { references } = JSON.parse(readFileSync(path.join(root, 'tsconfig.json'), 'utf8'));
  return references.every(({ path: project }) => existsSync(path.join(root, project, 'dist')));
}

function title(name) {
  console.log(`\n── ${name} ${'─'.repeat(70 - name.length)}`);
}

async function jest(project, env = {}) {
  const results = path.join(root, '.guildhall', `jest-${project}.json`);
  mkdirSync(path.dirname(results), { recursive: true });
  rmSync(results, { force: true });
  const ended = await node(bin('jest/bin/jest.js'), ['--config', 'jest.config.cjs', '--selectProjects', project, '--json', `--outputFile=${results}`, ...(process.env.CI ? ['--ci'] : [])], env);
  return existsSync(results) ? sumOfJest(JSON.parse(readFileSync(results, 'utf8')), ended) : { passed: 0, failed: 1, skipped: 0 };
}
