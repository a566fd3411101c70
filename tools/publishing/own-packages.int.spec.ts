import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { checkPackage } from '../../libs/factory/command/src/publishing/checking/check-package';
import type { PackageJson } from '../../libs/factory/command/src/publishing/checking/checked';
import type { LookedAt } from '../../libs/factory/command/src/publishing/checking/look-at-code';
import { loadCode } from '../../libs/factory/command/src/publishing/checking/loads-code';
import { packedFilesTold } from '../../libs/factory/command/src/publishing/check-command';
import { publishedPackages } from '../reports/packages.mjs';

const root = path.join(__dirname, '../..');
const FIVE_MINUTES = 300_000;
const ours = publishedPackages() as unknown as readonly { readonly folder: string; readonly manifest: PackageJson & { readonly name: string } }[];
const packed = new Map<string, ReadonlyMap<string, number>>();
let code: Readonly<Record<string, LookedAt>> = {};

// As a publisher would, from what was built; all at once, which takes a process and not seventy.
beforeAll(async () => {
  const run = promisify(execFile);
  await run('node', [path.join(root, 'node_modules/typescript/bin/tsc'), '-b'], { cwd: root });
  const { stdout } = await run('npm', ['pack', '--workspaces', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'], { cwd: root, maxBuffer: 128 * 1024 * 1024 });
  for (const { name, files } of packedFilesTold(stdout)) packed.set(name, files);
  code = await loadCode(ours.map(({ folder }) => path.join(root, folder)), { env: process.env });
}, FIVE_MINUTES);

describe('guildhall check, of every package that this repository publishes', () => {
  it.each(ours.map((one) => [one.manifest.name, one] as const))('has nothing to mend in %s', (name, { folder, manifest }) => {
    const at = path.join(root, folder);
    const looked = code[at];
    expect(looked).toBeDefined();
    const found = checkPackage({ folder: at, json: manifest, files: packed.get(name) ?? new Map(), ...(looked && { code: looked }) });
    expect(found.filter(({ weight }) => weight === 'mend').map(({ subject, text }) => `${subject}: ${text}`)).toEqual([]);
  });
});
