import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { capability } from './capability';
import { council } from './council';
import type { Generated, NotGenerated, World } from './generator';
import { migration } from './migration';
import { worldAt, writeTo } from './on-disk';
import { provider } from './provider';
import { servicePack } from './service-pack';
import { theme } from './theme';

const root = path.join(__dirname, '../../..');
let house: string;

/** A copy of this repository's packages without what is built, in which everything is made once. */
beforeAll(() => {
  house = mkdtempSync(path.join(os.tmpdir(), 'guildhall-in-'));
  for (const name of ['nx.json', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.base.json', 'tsconfig.all.json', 'eslint.config.mjs', 'tools/lint', 'libs']) {
    cpSync(path.join(root, name), path.join(house, name), { recursive: true, filter: (file) => !/[\\/](dist|node_modules|test|assets|views|conformance\.json)$|\.spec\.ts$/.test(file) });
  }
  mkdirSync(path.join(house, 'node_modules/@guildhall'), { recursive: true });
  for (const name of readdirSync(path.join(root, 'node_modules'))) if (name !== '@guildhall') symlinkSync(path.join(root, 'node_modules', name), path.join(house, 'node_modules', name));
  for (const file of worldAt(house).list('libs')) if (path.basename(file) === 'package.json') link(file);
  for (const made of MADE) make(made);
  const all = path.join(house, 'tsconfig.all.json');
  writeFileSync(all, JSON.stringify({ ...(JSON.parse(readFileSync(all, 'utf8')) as object), include: FOLDERS.map((folder) => `${folder}/src`) }));
}, 60_000);
afterAll(() => rmSync(house, { recursive: true, force: true }));

const PORTS_APART = [['addresses', 'addresses'], ['back-office', 'back-office'], ['document-store', 'documents'], ['virus-scanner', 'documents'], ['evidence-source', 'sharing'], ['resident-sign-in', 'identity'], ['resident-sign-in-by-code', 'identity'], ['officer-sign-in', 'identity']] as const;
const MADE: readonly ((world: World) => Generated | NotGenerated)[] = [
  (world) => theme({ name: 'westmarch', brand: '#5b2c6f' }, world),
  (world) => provider({ port: 'payments', name: 'ferry-pay' }, world),
  (world) => provider({ port: 'notifications', name: 'ferry' }, world),
  ...PORTS_APART.map(([port]) => (world: World) => provider({ port, name: `quay-${port}` }, world)),
  (world) => servicePack({ name: 'allotment-swap' }, world),
  (world) => servicePack({ name: 'mooring-permit', fee: 20 }, world),
  (world) => capability({ name: 'lost-property' }, world),
  (world) => migration({ name: 'colours', folder: 'libs/lost-property/module' }, world),
  (world) => council({ name: 'Marshborough District Council', slug: 'marshborough', gss: 'E07000997', languages: ['en', 'cy'], brand: '#1d4f3a', id: '019db6a2-6c00-7c3e-a1b4-5d2f8e9a0b17' }, world),
];
const FOLDERS = ['libs/themes/westmarch', 'libs/payments/providers/ferry-pay', 'libs/notifications/providers/ferry', ...PORTS_APART.map(([port, capability]) => `libs/${capability}/providers/quay-${port}`), 'libs/service-packs/allotment-swap', 'libs/service-packs/mooring-permit', 'libs/lost-property/contract', 'libs/lost-property/module', 'apps/marshborough'];

/** As npm links what is in a workspace. */
function link(file: string): void {
  const { name } = JSON.parse(readFileSync(path.join(house, file), 'utf8')) as { name: string };
  symlinkSync(path.join(house, path.dirname(file)), path.join(house, 'node_modules', name));
}

function make(maker: (world: World) => Generated | NotGenerated): void {
  const made = maker(worldAt(house));
  if (!made.ok) throw new Error(made.problems.join('\n'));
  writeTo(house, made);
  for (const file of Object.keys(made.files)) if (path.basename(file) === 'package.json') link(file);
}

function run(...args: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: house, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NX_WORKSPACE_ROOT_PATH: house } });
  return { status, said: `${stdout}${stderr}` };
}

describe('in this repository', () => {
  it('all that is generated passes lint: layers, dependencies, style', () => {
    // Nothing else is found but what was put there, so lint has looked.
    writeFileSync(path.join(house, 'libs/themes/westmarch/src/planted.ts'), 'export const planted: any = 1;\n');
    const { said } = run(path.join(house, 'tools/lint/lint.mjs'), ...FOLDERS, '--format=json');
    rmSync(path.join(house, 'libs/themes/westmarch/src/planted.ts'));
    const results = JSON.parse(said.slice(said.indexOf('[{'), said.lastIndexOf(']') + 1)) as { filePath: string; messages: { ruleId: string; message: string }[] }[];
    expect(results.flatMap(({ filePath, messages }) => messages.map(({ ruleId, message }) => `${path.relative(house, filePath)}: ${ruleId}: ${message}`))).toEqual([expect.stringContaining('libs/themes/westmarch/src/planted.ts: @typescript-eslint/no-explicit-any')]);
  }, 180_000);
  it('each is built with everything else', () => {
    const { references } = JSON.parse(readFileSync(path.join(house, 'tsconfig.json'), 'utf8')) as { references: { path: string }[] };
    for (const folder of FOLDERS) expect(references).toContainEqual({ path: folder });
    for (const folder of FOLDERS) {
      const { references: others } = JSON.parse(readFileSync(path.join(house, folder, 'tsconfig.json'), 'utf8')) as { references: { path: string }[] };
      expect(others.length).toBeGreaterThan(0);
      for (const { path: other } of others) expect(readdirSync(path.join(house, folder, other))).toContain('tsconfig.json');
    }
  });
});
