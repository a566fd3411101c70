import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { packages } from '../reports/packages.mjs';

const root = path.join(__dirname, '../..');
const named = packages() as unknown as readonly { readonly folder: string; readonly manifest: { readonly name: string; readonly nx?: { readonly name: string; readonly tags: readonly string[] }; readonly dependencies?: object; readonly devDependencies?: object; readonly peerDependencies?: object } }[];

/** What Nx would test after a change of this file, by the names of its projects. */
function testedAfter(file: string): readonly string[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'node_modules/nx/dist/bin/nx.js'), 'show', 'projects', '--affected', '--with-target=test', `--files=${file}`, '--json'], { cwd: root, encoding: 'utf8', env: { ...process.env, NX_DAEMON: 'false' } });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  return (JSON.parse(stdout) as readonly string[]).toSorted();
}

/** A package and whoever needs it, by the names of their projects: what a change of it may break. */
function reaches(name: string): readonly string[] {
  const reached = new Set([name]);
  for (const one of reached) for (const { manifest } of named) if (one in { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies }) reached.add(manifest.name);
  return named.filter(({ manifest }) => reached.has(manifest.name)).map(({ manifest }) => manifest.nx?.name ?? manifest.name).sort();
}

describe('npx nx affected -t test', () => {
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
