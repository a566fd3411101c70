import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { catalogue } from '@guildhall/catalogue';
import { CATALOGUE, type CatalogueApi } from '@guildhall/catalogue-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import type { Envelope } from '@guildhall/sharing-contract';
import { AdmitsPublishers } from '../../libs/catalogue/module/src/publishing/admits-publishers';
import { Terminal } from '../../libs/factory/command/test/typed';
import type { Said } from '../../libs/factory/command/src/command';
import { workspacesOf } from './our-packages';
import { npmrc, startRegistry } from './registry.mjs';

const root = path.join(__dirname, '../..');
const THREE_MINUTES = 180_000;
const SCOPES = ['@guildhall', '@heron-pike'];
const OF_THE_COUNCIL = ['@guildhall/cases', '@guildhall/kernel-contract', '@guildhall/payments', '@guildhall/services', '@guildhall/theme-glanafon'];
const EXAMPLES = ['allotment-plots', 'pay-by-bank'];
const BY = ['--key', 'lead.pem', '--keyid', 'heron-pike#lead-2026'];
const CONFIGURATION = `import { cases } from '@guildhall/cases';
import { defineCouncil } from '@guildhall/kernel-contract';
import { payments } from '@guildhall/payments';
import { services } from '@guildhall/services';
import { glanafonTheme } from '@guildhall/theme-glanafon';

/** What is in the council's app. */
export const brackenfield = defineCouncil('brackenfield', ({ env }) => ({
  council: {
    id: '019db6a2-6c00-7c3e-a1b4-5d2f8e9a0b17', gssCode: 'E07000997', name: 'Brackenfield District Council', languages: ['en', 'cy'], nation: 'england',
    origin: env.origin(), referencePrefix: 'BF', contact: { telephone: '01632 960000', email: 'help@brackenfield.example', address: 'Town Hall, High Street ZZ99 1AA' },
  },
  theme: glanafonTheme,
  modules: [
    payments({ providers: [] }),
    cases(), services(),
  ],
}));
`;

let registry: Awaited<ReturnType<typeof startRegistry>>;
let firm: Terminal;
let council: Terminal;
let app: TestApp;

beforeAll(async () => {
  [firm, council] = await Promise.all([Terminal.open(), Terminal.open()]);
  registry = await startRegistry(path.join(firm.folder, 'registry'), SCOPES);
  const settings = path.join(firm.folder, 'npmrc');
  writeFileSync(settings, npmrc(registry.url, SCOPES));
  for (const terminal of [firm, council]) terminal.env = { ...terminal.env, npm_config_userconfig: settings };
  app = await startTestApp({
    councils: [testCouncilDefinition('catalogue', 1, [catalogue({ feedOrigin: 'westmarch.example/feed', keys: [{ name: '2026-1' }], registries: { '*': registry.url.replace(/\/$/, '') } })])], clock: new FixedClock(firm.now),
  });
  run(root, process.execPath, path.join(root, 'node_modules/typescript/bin/tsc'), '-b');
  run(root, 'npm', 'publish', ...workspacesOf(...OF_THE_COUNCIL), '--registry', registry.url, '--ignore-scripts', '--loglevel=error');
  for (const example of EXAMPLES) cpSync(path.join(root, 'docs/examples', example), path.join(firm.folder, example), { recursive: true, filter: (file) => !/\/(node_modules|dist|\.guildhall)$/.test(file) });
}, THREE_MINUTES);
afterAll(async () => {
  await app?.close();
  await registry?.stop();
  await Promise.all([firm, council].map((terminal) => terminal?.close()));
});

function run(folder: string, program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', env: firm.env });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}
const done = async (terminal: Terminal, argv: readonly string[]): Promise<Said> => { const said = await terminal.type(argv); expect(said).toMatchObject({ code: 0 }); return said; };
const configuration = (): string => readFileSync(path.join(council.folder, 'src/council.config.ts'), 'utf8');

describe('what an outsider wrote from the guides alone', () => {
  it.each([['allotment-plots', 15], ['pay-by-bank', 40]] as const)('%s is built and tested away from this repository, from what is published', (example, tests) => {
    const folder = path.join(firm.folder, example);
    run(folder, 'npm', 'install', '--no-package-lock', '--loglevel=error');
    expect(readdirSync(path.join(folder, 'node_modules/@guildhall'))).toContain('kernel-contract');
    expect(run(folder, 'npm', 'test')).toMatch(new RegExp(`^(#|ℹ) pass ${tests}$`, 'm'));
  }, THREE_MINUTES);

  it('has nothing to mend, and passes its kit', async () => {
    for (const example of EXAMPLES) expect(await done(firm, ['check', example])).toMatchObject({ out: expect.stringMatching(/^@heron-pike\/[a-z-]+ 0\.1\.0 is ready to be published\.\n$/) as string });
    expect(await done(firm, ['conform', 'pay-by-bank', '--check'])).toMatchObject({ out: expect.stringContaining('36 passed, 0 failed') as string });
    for (const example of EXAMPLES) await done(firm, ['publiccode', example, '--check']);
  }, THREE_MINUTES);

  it('is signed, published, and listed by a catalogue once that knows who they are', async () => {
    await done(firm, ['key', 'lead.pem', '--keyid', 'heron-pike#lead-2026', '--holder', 'lead-developer', '--name', 'Heron and Pike', '--name-cy', 'Heron a Pike', '--kind', 'supplier', '--scope', '@heron-pike', '--email', 'packages@heron-pike.example']);
    await firm.write({ 'guildhall.json': { publisher: 'publisher.json', catalogues: [app.origin('catalogue')] } });
    for (const example of EXAMPLES) await done(firm, ['sign', example, ...BY, '--changes', 'The first.']);
    expect(await firm.type(['publish', 'pay-by-bank', '--wait', '0'])).toMatchObject({ code: 2, out: expect.stringContaining('is making sure who heron-pike is') as string });
    await admit();
    for (const example of EXAMPLES) {
      await firm.type(['publish', example, '--wait', '0']);
      await app.drainJobs();
      expect(await done(firm, ['publish', example, '--wait', '0'])).toMatchObject({ out: expect.stringContaining(`lists @heron-pike/${example} 0.1.0.`) as string });
    }
  }, THREE_MINUTES);

  it('is installed by a council that follows the catalogue, and its configuration names both and compiles', async () => {
    const key = await (await fetch(`${app.origin('catalogue')}/api/catalogue/v1/feed/key`)).text();
    await council.write({
      'package.json': { name: 'brackenfield', version: '1.0.0', private: true, dependencies: Object.fromEntries(OF_THE_COUNCIL.map((name) => [name, '0.1.0'])) },
      'tsconfig.json': { compilerOptions: { target: 'ES2023', module: 'nodenext', strict: true, skipLibCheck: true, types: ['node'], typeRoots: [path.join(root, 'node_modules/@types')], rootDir: 'src', outDir: 'dist' }, include: ['src'] },
      'src/council.config.ts': CONFIGURATION,
      'guildhall.json': { catalogues: [{ name: 'Westmarch', origin: app.origin('catalogue'), key }] },
    });
    run(council.folder, 'npm', 'install', '--ignore-scripts', '--loglevel=error');
    await done(council, ['add', '@heron-pike/allotment-plots', '--with', '{ ledgerCode: \'AL-2210\' }', '--yes', '--trust', 'heron-pike']);
    await done(council, ['add', '@heron-pike/pay-by-bank', '--with', '{ apiKey: env.secret(\'PAY_BY_BANK_KEY\') }', '--yes']);
    expect(configuration()).toContain('providers: [payByBank({ apiKey: env.secret(\'PAY_BY_BANK_KEY\') })]');
    expect(configuration()).toContain('allotmentPlots({ ledgerCode: \'AL-2210\' })');
    run(council.folder, process.execPath, path.join(root, 'node_modules/typescript/bin/tsc'));
    expect(readdirSync(path.join(council.folder, 'node_modules/@heron-pike')).sort()).toEqual(EXAMPLES);
  }, THREE_MINUTES);
});

/** What a catalogue's person does, who has rung them up. */
async function admit(): Promise<void> {
  const [state] = JSON.parse(readFileSync(path.join(firm.folder, 'publisher.signed.json'), 'utf8')) as readonly [Envelope];
  const known = await app.get<CatalogueApi>(CATALOGUE.token).submitPublisher(app.context('catalogue'), state);
  if (!known.ok) throw new Error(known.refusal.message);
  await app.get(AdmitsPublishers).admit(app.systemContext('catalogue'), known.value.id);
}
