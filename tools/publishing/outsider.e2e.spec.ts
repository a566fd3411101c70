import { execFile, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { catalogue } from '@guildhall/catalogue';
import { CATALOGUE, type CatalogueApi } from '@guildhall/catalogue-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { startTestApp, testCouncilDefinition, type TestApp } from '@guildhall/kernel/testing';
import type { Envelope } from '@guildhall/sharing-contract';
import { AdmitsPublishers } from '../../libs/catalogue/module/src/publishing/admits-publishers';
import { Terminal } from '../../libs/factory/command/test/typed';
import type { Said } from '../../libs/factory/command/src/command';
import { workspacesOf } from './our-packages';
import { openPage } from '../../libs/kernel/module/src/testing/browser';
import { next, signsInAsInvented } from './orders';
import { OutsideWorld, root } from './outside-world';
import { npmrc } from './registry.mjs';

const THREE_MINUTES = 180_000;
const SCOPES = ['@guildhall', '@heron-pike'];
const OF_THE_COUNCIL = [
  'addresses', 'addresses-provider-local-gazetteer', 'cases', 'cli', 'embedded-database', 'identity', 'identity-provider-dev-oidc', 'identity-provider-one-time-code', 'kernel', 'kernel-contract', 'notifications', 'notifications-provider-outbox', 'payments', 'portal', 'services', 'theme-glanafon',
].map((name) => `@guildhall/${name}`);
const EXAMPLES = ['allotment-plots', 'pay-by-bank'];
const BY = ['--key', 'lead.pem', '--keyid', 'heron-pike#lead-2026'];
const CONFIGURATION = `import { addresses } from '@guildhall/addresses';
import { localGazetteer, riverbourne as inventedTown } from '@guildhall/addresses-provider-local-gazetteer';
import { cases } from '@guildhall/cases';
import { identity } from '@guildhall/identity';
import { demoOfficers, demoResidents } from '@guildhall/identity-provider-dev-oidc';
import { oneTimeCode } from '@guildhall/identity-provider-one-time-code';
import { defineCouncil } from '@guildhall/kernel-contract';
import { notifications } from '@guildhall/notifications';
import { outbox } from '@guildhall/notifications-provider-outbox';
import { payments } from '@guildhall/payments';
import { portal } from '@guildhall/portal';
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
    identity({ residents: [oneTimeCode(), demoResidents()], officers: [demoOfficers()] }),
    payments({ providers: [] }),
    notifications({ providers: [outbox()] }),
    addresses({ providers: [localGazetteer({ dataset: inventedTown })] }),
    cases(), services(), portal(),
  ],
}));
`;

let world: OutsideWorld;
let firm: Terminal;
let council: Terminal;
let app: TestApp;

beforeAll(async () => {
  [firm, council] = await Promise.all([Terminal.open(), Terminal.open()]);
  world = await OutsideWorld.open(SCOPES);
  // Commands that run as processes go by the clock of the machine.
  firm.now = new Date();
  const { registry } = world;
  const settings = path.join(firm.folder, 'npmrc');
  writeFileSync(settings, npmrc(registry.url, SCOPES));
  for (const terminal of [firm, council]) terminal.env = { ...terminal.env, npm_config_userconfig: settings };
  app = await startTestApp({
    councils: [testCouncilDefinition('catalogue', 1, [catalogue({ feedOrigin: 'westmarch.example/feed', keys: [{ name: '2026-1' }], registries: { '*': registry.url.replace(/\/$/, '') } })])], clock: new FixedClock(firm.now),
  });
  run(root, 'npm', 'publish', ...workspacesOf(...OF_THE_COUNCIL), '--registry', registry.url, '--ignore-scripts', '--loglevel=error');
  for (const example of EXAMPLES) cpSync(path.join(root, 'docs/examples', example), path.join(firm.folder, example), { recursive: true, filter: (file) => !/\/(node_modules|dist|\.guildhall)$/.test(file) });
}, THREE_MINUTES);
afterAll(async () => {
  await app?.close();
  await world?.close();
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

  it('is installed by a council that follows the catalogue, by the command that it installed, too; its configuration names both and compiles', async () => {
    const key = await (await fetch(`${app.origin('catalogue')}/api/catalogue/v1/feed/key`)).text();
    await council.write({
      'package.json': { name: 'brackenfield', version: '1.0.0', private: true, dependencies: Object.fromEntries(OF_THE_COUNCIL.map((name) => [name, '0.1.0'])) },
      'tsconfig.json': { compilerOptions: { target: 'ES2023', module: 'nodenext', strict: true, skipLibCheck: true, types: ['node'], typeRoots: [path.join(root, 'node_modules/@types')], rootDir: 'src', outDir: 'dist' }, include: ['src'] },
      'src/council.config.ts': CONFIGURATION,
      'src/main.ts': `import { runCouncil } from '@guildhall/kernel';\nimport { brackenfield } from './council.config';\n\nvoid runCouncil(brackenfield, process.argv.slice(2));\n`,
      'guildhall.json': { catalogues: [{ name: 'Westmarch', origin: app.origin('catalogue'), key }] },
    });
    run(council.folder, 'npm', 'install', '--prefer-offline', '--loglevel=error');
    // As a process, for which the catalogue, in this one, must be free to answer.
    const guildhall = (...typed: readonly string[]) => promisify(execFile)(path.join(council.folder, 'node_modules/.bin/guildhall'), typed, { cwd: council.folder, env: council.env });
    await guildhall('add', '@heron-pike/allotment-plots', '--with', '{ ledgerCode: \'AL-2210\' }', '--yes', '--trust', 'heron-pike');
    await guildhall('add', '@heron-pike/pay-by-bank', '--with', '{ apiKey: env.secret(\'PAY_BY_BANK_KEY\') }', '--yes');
    expect(configuration()).toContain('providers: [payByBank({ apiKey: env.secret(\'PAY_BY_BANK_KEY\') })]');
    expect(configuration()).toContain('allotmentPlots({ ledgerCode: \'AL-2210\' })');
    run(council.folder, process.execPath, path.join(root, 'node_modules/typescript/bin/tsc'));
    expect(readdirSync(path.join(council.folder, 'node_modules/@heron-pike')).sort()).toEqual(EXAMPLES);
  }, THREE_MINUTES);

  it('serves there: somebody rents a plot, and pays from their bank', async () => {
    const tried = configuration().replace('{ payByBank } from \'@heron-pike/pay-by-bank\'', '{ simulatedPayByBank } from \'@heron-pike/pay-by-bank/simulator\'').replace('payByBank({ apiKey: env.secret(\'PAY_BY_BANK_KEY\') })', 'simulatedPayByBank()');
    await council.write({ 'src/council.config.ts': tried });
    world.compile(council.folder);
    const app = await world.start(council.folder);
    const page = await openPage(world.browser);
    await page.goto(`${app.origin}/services/allotment-plots`);
    await next(page, 'Start now');
    await signsInAsInvented(page);
    await page.getByLabel('A half plot').check();
    await next(page);
    await next(page);
    await page.getByLabel('I agree to these rules').check();
    await next(page, 'Pay £32.00');
    await next(page, 'Bank of Testham');
    await page.waitForURL(`${app.origin}/**`);
    const words = await page.locator('main').innerText();
    expect(words).toMatch(/BF-[0-9A-Z]{4}-[0-9A-Z]{4}/);
    expect(words).toContain('You paid £32.00');
  }, THREE_MINUTES);
});

/** What a catalogue's person does, who has rung them up. */
async function admit(): Promise<void> {
  const [state] = JSON.parse(readFileSync(path.join(firm.folder, 'publisher.signed.json'), 'utf8')) as readonly [Envelope];
  const known = await app.get<CatalogueApi>(CATALOGUE.token).submitPublisher(app.context('catalogue'), state);
  if (!known.ok) throw new Error(known.refusal.message);
  await app.get(AdmitsPublishers).admit(app.systemContext('catalogue'), known.value.id);
}
