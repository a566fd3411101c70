import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packages } from '../reports/packages.mjs';

const root = path.join(__dirname, '../..');
/** As people type it, without what they compare with. */
const COMMAND = ['affected', '-t', 'test'] as const;
const named = packages() as unknown as readonly { readonly folder: string; readonly manifest: { readonly name: string; readonly nx?: { readonly name: string; readonly tags: readonly string[] }; readonly dependencies?: object; readonly devDependencies?: object; readonly peerDependencies?: object } }[];

/** What the command that CONTRIBUTING.md names would test after a change of this file, by the names of its projects: it is asked itself, and only told not to begin. */
function testedAfter(file: string): readonly string[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'node_modules/nx/dist/bin/nx.js'), ...COMMAND, `--files=${file}`, '--graph=stdout'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NX_DAEMON: 'false' } });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  const { tasks } = (JSON.parse(stdout) as { readonly tasks: { readonly tasks: Readonly<Record<string, { readonly target: { readonly project: string; readonly target: string } }>> } }).tasks;
  // It builds nothing first and runs nothing else: whatever it would do is a test.
  return Object.values(tasks).map(({ target: { project, target } }) => (target === 'test' ? project : `${project}:${target}`)).sort();
}

/** A package and whoever needs it, by the names of their projects: what a change of it may break. */
function reaches(name: string): readonly string[] {
  const reached = new Set([name]);
  for (const one of reached) for (const { manifest } of named) if (one in { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies }) reached.add(manifest.name);
  return named.filter(({ manifest }) => reached.has(manifest.name)).map(({ manifest }) => manifest.nx?.name ?? manifest.name).sort();
}

describe('npx nx affected -t test', () => {
  it.each(['README.md', 'docs/CONTRIBUTING.md'])('is what %s tells people to type', (page) => {
    expect(readFileSync(path.join(root, page), 'utf8')).toContain(`npx nx ${COMMAND.join(' ')} --base=origin/main`);
  });

  it('after a change of a provider tests it, the app that has it, and what starts that app in its own tests', () => {
    expect(testedAfter('libs/back-office/providers/webhook/views/any.njk')).toEqual(['back-office-provider-webhook', 'exchange-node', 'riverbourne']);
  });

  it('after a change of a provider at which its module’s own tests pay tests that module and what is built on it, too, and no other provider', () => {
    const tested = testedAfter('libs/payments/providers/stripe/src/stripe.ts');
    expect(tested).toEqual(expect.arrayContaining(['payments', 'payments-provider-stripe', 'riverbourne']));
    expect(tested.filter((name) => !reaches('@guildhall/payments').includes(name))).toEqual(['payments-provider-stripe']);
    expect(tested.filter((name) => name.includes('-provider-'))).toEqual(['payments-provider-stripe']);
  });

  it('after a change of a contract tests all that is made from it', () => {
    const tested = testedAfter('libs/payments/contract/src/index.ts');
    expect(tested).toEqual(expect.arrayContaining([...reaches('@guildhall/payments-contract')]));
    expect(tested).not.toContain('addresses-provider-os-places');
  });
});
