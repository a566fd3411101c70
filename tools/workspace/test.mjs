// `npm test`: everything that is checked, one stage after another. The last line is the sum over all of them.
// `npm test -- lint unit` runs only those stages.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, root } from './build.mjs';
import { sumOfJest } from './sum-of-jest.mjs';
import { installPostgres15 } from './postgres-15.mjs';

const bin = (name) => path.join(root, 'node_modules', name);
const node = (file, args, env = {}) => {
  const { status, signal } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit', env: { ...process.env, NX_DAEMON: 'false', ...env } });
  if (signal) console.log(`${path.basename(file)} was ended from outside, by ${signal}.`);
  return status === 0;
};
const check = (passes) => ({ passed: passes ? 1 : 0, failed: passes ? 0 : 1, skipped: 0 });

/** Each stage's name and what it does; a check counts as one test. */
const stages = {
  build: () => check(build()),
  types: () => check(node(bin('typescript/bin/tsc'), ['-p', 'tsconfig.all.json'])),
  lint: () => check(node(path.join(root, 'tools/lint/lint.mjs'), [])),
  reports: () => check(node(path.join(root, 'tools/reports/reports.mjs'), ['--check'])),
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

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in stages));
if (unknown.length > 0) {
  console.error(`There is no stage "${unknown[0]}". Stages: ${Object.keys(stages).join(', ')}.`);
  process.exit(1);
}

const sum = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
for (const [name, run] of Object.entries(stages)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n── ${name} ${'─'.repeat(70 - name.length)}`);
  const begun = performance.now();
  const { passed, failed, skipped } = run();
  sum.passed += passed;
  sum.failed += failed;
  sum.skipped += skipped;
  lines.push(`${name.padEnd(18)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped ${((performance.now() - begun) / 1000).toFixed(0).padStart(6)} s`);
  // Nothing that follows could be believed.
  if (name === 'build' && failed > 0) break;
}
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
console.log(`\n${lines.join('\n')}\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);

function jest(project, env = {}) {
  const results = path.join(root, '.guildhall', `jest-${project}.json`);
  mkdirSync(path.dirname(results), { recursive: true });
  rmSync(results, { force: true });
  const ended = node(bin('jest/bin/jest.js'), ['--config', 'jest.config.cjs', '--selectProjects', project, '--json', `--outputFile=${results}`, ...(process.env.CI ? ['--ci'] : [])], env);
  return existsSync(results) ? sumOfJest(JSON.parse(readFileSync(results, 'utf8')), ended) : { passed: 0, failed: 1, skipped: 0 };
}
