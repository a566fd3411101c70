import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.join(__dirname, '../..');
let house: string;
let found: { file: string; rule: string; message: string }[];

/** A small house with the rules of this one, in which every rule is broken once. */
beforeAll(() => {
  house = mkdtempSync(path.join(os.tmpdir(), 'guildhall-lint-'));
  for (const name of ['nx.json', 'package.json', 'package-lock.json', 'tsconfig.base.json', 'tsconfig.all.json', 'eslint.config.mjs', 'tools/lint']) cpSync(path.join(root, name), path.join(house, name), { recursive: true });
  mkdirSync(path.join(house, 'node_modules/@guildhall'), { recursive: true });
  for (const name of readdirSync(path.join(root, 'node_modules'))) if (name !== '@guildhall') symlinkSync(path.join(root, 'node_modules', name), path.join(house, 'node_modules', name));

  const nest = { peerDependencies: { '@nestjs/common': '^11' } };
  add('kernel/contract', 'kernel-contract', 'contract', {}, { 'src/index.ts': 'export interface RequestContext { readonly id: string }', 'src/testing/index.ts': `export const testContext = { id: 'test' };` }, ['./testing']);
  add('identity/module', 'identity', 'module', {}, { 'src/index.ts': 'export interface Person { readonly id: string }' });
  add('payments/module', 'payments', 'module', nest, {
    'src/index.ts': 'export interface Payment { readonly id: string }',
    'src/undeclared-module.ts': `import type { Person } from '@guildhall/identity';\nexport type Payer = Person;`,
    'src/taking.spec.ts': `import type { Person } from '@guildhall/identity';\nimport { testContext } from '@guildhall/kernel-contract/testing';\nexport const payer: Person = testContext;`,
  });
  add('cases/module', 'cases', 'module', { dependencies: { '@guildhall/payments': '^0.1.0', '@guildhall/kernel-contract': '^0.1.0', pg: '8.23.1' } }, {
    'src/index.ts': `export type { Case } from './module-on-module';`,
    'src/module-on-module.ts': `import type { Payment } from '@guildhall/payments';\nexport type Case = Payment;`,
    'src/testing-outside-specs.ts': `import { testContext } from '@guildhall/kernel-contract/testing';\nexport const context = testContext;`,
    'src/below-the-root.ts': `import type { Payment } from '@guildhall/payments/src/index';\nexport type Below = Payment;`,
    'src/undeclared.ts': `import { nest } from '@nestjs/common';\nexport const declared = nest;`,
    'src/forgotten.ts': `async function save(): Promise<void> { await Promise.resolve(); }\nexport function saveAll(): void { save(); }`,
    'src/anything.ts': 'export const anything: any = 1;',
    'src/by-default.ts': 'const one = 1;\nexport default one;',
    'src/all.ts': `export * from './anything';`,
    'src/talking.ts': `console.log('paid');\nexport {};`,
    'src/person.ts': `export const number = '${['AB', '12', '34', '56', 'C'].join(' ')}';`,
    'src/only.spec.ts': `describe.only('one', () => { it('runs', () => undefined); });`,
    'src/skip.spec.ts': `it.skip('never runs', () => undefined);`,
    'src/x.spec.ts': `xit('never runs', () => undefined);`,
  });
  add('cases/contract', 'cases-contract', 'contract', { dependencies: { rxjs: '7.8.2', 'class-validator': '0.15.1' } }, {
    'src/index.ts': `import { of } from 'rxjs';\nimport { IsUUID } from 'class-validator';\nexport const library = of(1);\nexport class Moved { @IsUUID() readonly id: string = ''; }`,
  });
  add('payments/providers/sandbox', 'payments-provider-sandbox', 'provider', { dependencies: { '@guildhall/payments': '^0.1.0' } }, { 'src/index.ts': `import type { Payment } from '@guildhall/payments';\nexport type Paid = Payment;` });

  const ran = spawnSync(process.execPath, [path.join(house, 'tools/lint/lint.mjs'), 'libs', '--format=json'], { cwd: house, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NX_WORKSPACE_ROOT_PATH: house } });
  const json = ran.stdout.slice(ran.stdout.indexOf('[{'));
  if (!json.startsWith('[{') || ran.stdout.includes('will be skipped')) throw new Error(`${ran.stdout.slice(0, 2000)}\n${ran.stderr}`);
  found = (JSON.parse(json) as { filePath: string; messages: { ruleId: string; message: string }[] }[]).flatMap(({ filePath, messages }) => messages.map(({ ruleId, message }) => ({ file: path.relative(path.join(house, 'libs'), filePath), rule: ruleId, message })));
});
afterAll(() => rmSync(house, { recursive: true }));

/** @param more subpaths that the package exports besides its root */
function add(folder: string, name: string, layer: string, dependencies: object, files: Record<string, string>, more: string[] = []): void {
  const at = path.join(house, 'libs', folder);
  symlinkSync(at, path.join(house, 'node_modules/@guildhall', name));
  const paths = Object.fromEntries(['.', ...more].map((subpath) => [subpath, { '@guildhall/source': `./src/${subpath === '.' ? '' : `${subpath.slice(2)}/`}index.ts`, default: `./dist/${subpath === '.' ? '' : `${subpath.slice(2)}/`}index.js` }]));
  for (const [file, text] of Object.entries({ ...files, 'package.json': JSON.stringify({ name: `@guildhall/${name}`, version: '0.1.0', license: 'MIT', main: './dist/index.js', exports: paths, ...dependencies, nx: { name, tags: [`layer:${layer}`] } }) })) {
    mkdirSync(path.dirname(path.join(at, file)), { recursive: true });
    writeFileSync(path.join(at, file), `${text}\n`);
  }
}

const refusals: [string, string, string, RegExp?][] = [
  ['a module that imports another module', 'cases/module/src/module-on-module.ts', '@nx/enforce-module-boundaries', /layer:module/],
  ['a module that imports another module without declaring it', 'payments/module/src/undeclared-module.ts', '@nx/enforce-module-boundaries', /layer:module/],
  ['a provider that imports a module', 'payments/providers/sandbox/src/index.ts', '@nx/enforce-module-boundaries', /layer:provider/],
  ['a contract that imports a library', 'cases/contract/src/index.ts', '@nx/enforce-module-boundaries', /"rxjs"/],
  [`a module's spec that imports another module`, 'payments/module/src/taking.spec.ts', '@nx/enforce-module-boundaries', /layer:module/],
  ['test support outside specs', 'cases/module/src/testing-outside-specs.ts', 'no-restricted-imports', /for specs only/],
  [`an import from below a package's root`, 'cases/module/src/below-the-root.ts', 'no-restricted-imports'],
  ['an import that package.json does not declare', 'cases/module/package.json', '@nx/dependency-checks', /@nestjs\/common/],
  ['a dependency that nothing imports', 'cases/module/package.json', '@nx/dependency-checks', /"pg" package is not used/],
  ['a promise that nobody waits for', 'cases/module/src/forgotten.ts', '@typescript-eslint/no-floating-promises'],
  ['any', 'cases/module/src/anything.ts', '@typescript-eslint/no-explicit-any'],
  ['a default export', 'cases/module/src/by-default.ts', 'no-restricted-syntax'],
  ['exporting everything', 'cases/module/src/all.ts', 'no-restricted-syntax'],
  ['prose on the console', 'cases/module/src/talking.ts', 'no-console'],
  [`a living person's number`, 'cases/module/src/person.ts', 'guildhall/no-real-looking-numbers', /National Insurance/],
  ['describe.only', 'cases/module/src/only.spec.ts', 'no-restricted-syntax', /Every test runs/],
  ['it.skip', 'cases/module/src/skip.spec.ts', 'no-restricted-syntax', /Every test runs/],
  ['xit', 'cases/module/src/x.spec.ts', 'no-restricted-syntax', /Every test runs/],
];

describe('lint refuses', () => {
  it.each(refusals)('%s', (_what, file, rule, message = /./) => {
    expect(found.filter((problem) => problem.file === file && problem.rule === rule && message.test(problem.message))).not.toEqual([]);
  });
});

describe('lint accepts', () => {
  it('test support in a spec, and class-validator in a contract', () => {
    expect(found.filter(({ file, rule }) => file === 'payments/module/src/taking.spec.ts' && rule === 'no-restricted-imports')).toEqual([]);
    expect(found.filter(({ message }) => message.includes('class-validator'))).toEqual([]);
  });
  it('a package that breaks no rule', () => {
    expect(found.filter(({ file }) => file.startsWith('kernel/contract') || file === 'payments/module/src/index.ts')).toEqual([]);
  });
});
