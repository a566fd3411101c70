import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeIn } from './code-in-guide';

const root = path.join(__dirname, '../..');

/** Writes a guide's code beside the workspace's packages, as somebody who follows it would have it: against what is built (`npm run build`), as if it were installed. */
function follow(guide: string): string {
  const folder = path.join(root, '.guildhall/guides', guide);
  rmSync(folder, { recursive: true, force: true });
  const files = codeIn(readFileSync(path.join(root, 'docs/guides', `${guide}.md`), 'utf8'));
  expect(files.size).toBeGreaterThan(0);
  for (const [name, code] of files) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), code);
  }
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../../../tsconfig.base.json', compilerOptions: { customConditions: [], noEmit: true, composite: false, types: ['node', 'jest'] }, include: ['src'] }));
  return folder;
}
function run(folder: string, ...args: string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, SWC_NODE_PROJECT: path.join(root, 'tsconfig.base.json'), NODE_OPTIONS: '' } });
  return { status, said: `${stdout}${stderr}` };
}
const compile = (folder: string): ReturnType<typeof run> => run(folder, path.join(root, 'node_modules/typescript/bin/tsc'), '-p', '.');
/** Runs a guide's spec with node's own test runner in the place of jest. */
const test = (folder: string, spec: string): ReturnType<typeof run> => run(folder, '-C', '@guildhall/source', '-r', 'reflect-metadata', '-r', '@swc-node/register', '-e', `const { describe, it } = require('node:test'); Object.assign(globalThis, { describe, it }); require('./${spec}');`);

describe.each([
  ['write-a-provider', 'src/conformance.spec.ts', 14],
  ['write-a-service', 'src/conformance.spec.ts', 10],
  ['assemble-your-councils-app', undefined, 0],
] as const)('the guide "%s"', (guide, spec, atLeast) => {
  it(spec ? 'has code that compiles and passes the kit that it says it passes' : 'has code that compiles', () => {
    const folder = follow(guide);
    expect(compile(folder)).toEqual({ status: 0, said: '' });
    if (!spec) return;
    const { status, said } = test(folder, spec);
    expect(status === 0 ? '' : said).toBe('');
    expect(Number(/^# pass (\d+)$/m.exec(said)?.[1] ?? /ℹ pass (\d+)/.exec(said)?.[1])).toBeGreaterThanOrEqual(atLeast);
  }, 180_000);
});
