import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startTestDatabase, type TestDatabase } from '@guildhall/embedded-database/testing';
import { Client } from 'pg';
import { chosen, type Said, type World } from '../../libs/factory/command/src/command';
import { COMMANDS } from '../../libs/factory/command/src/commands';
import { InventedPublisher, Workshop } from '../../libs/factory/command/test/invented-publisher';
import { ListingCatalogue } from '../../libs/factory/command/test/listing-catalogue';
import { outside } from '../../libs/factory/command/test/typed';
import { appPort } from '../testing/app-port';
import { MODULE } from './council-at-registry';
import { workspacesOf } from './our-packages';
import { parkingFiles, type ParkingRelease } from './parking-in-releases';
import { npmrc, startRegistry } from './registry.mjs';

const root = path.join(__dirname, '../..');
const FIVE_MINUTES = 300_000;
const SCOPES = ['@guildhall', '@westmarch'];
const OURS = ['@guildhall/kernel', '@guildhall/kernel-contract', '@guildhall/theme-glanafon'];
const YES = ['--yes', '--migrate'];
const CONFIGURATION = `import { defineCouncil } from '@guildhall/kernel-contract';
import { glanafonTheme } from '@guildhall/theme-glanafon';

/** What is in the council's app. */
export const brackenfield = defineCouncil('brackenfield', ({ env }) => ({
  council: {
    id: '019db6a2-6c00-7c3e-a1b4-5d2f8e9a0b17', gssCode: 'E07000997', name: 'Brackenfield District Council', languages: ['en', 'cy'], nation: 'england',
    origin: env.origin(), referencePrefix: 'BF', contact: { telephone: '01632 960000', email: 'help@brackenfield.example', address: 'Town Hall, High Street ZZ99 1AA' },
  },
  theme: glanafonTheme,
  modules: [],
}));
`;
const permitNumber = (number: number): string => `019db6a2-6c00-7c3e-a1b4-00000000000${number}`;

let base: string;
let folder: string;
let env: World['env'];
let workshop: Workshop;
let registry: Awaited<ReturnType<typeof startRegistry>>;
let catalogue: ListingCatalogue;
let database: TestDatabase;
let owner: Client;
const westmarch = new InventedPublisher('westmarch');
const said: string[] = [];
const running = new Set<ChildProcess>();

beforeAll(async () => {
  base = mkdtempSync(path.join(os.tmpdir(), 'guildhall-upgrading-'));
  folder = path.join(base, 'brackenfield');
  database = await startTestDatabase();
  owner = new Client({ connectionString: database.url });
  await owner.connect();
  registry = await startRegistry(path.join(base, 'registry'), SCOPES);
  writeFileSync(path.join(base, 'npmrc'), npmrc(registry.url, SCOPES));
  env = { ...outside(), npm_config_userconfig: path.join(base, 'npmrc'), PATH: `${path.join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`, DATABASE_URL: database.appUrl, DATABASE_MIGRATE_URL: database.url };
  run(root, process.execPath, path.join(root, 'node_modules/typescript/bin/tsc'), '-b');
  run(root, 'npm', 'publish', ...workspacesOf(...OURS), '--registry', registry.url, '--loglevel=error');
  workshop = new Workshop({ env });
  catalogue = await ListingCatalogue.start('Westmarch');
  catalogue.states.set('westmarch', westmarch.states);
  for (const [file, content] of Object.entries({
    'package.json': { name: 'brackenfield', version: '1.0.0', private: true, scripts: { build: 'tsc' }, dependencies: Object.fromEntries(OURS.map((name) => [name, '0.1.0'])) },
    'tsconfig.json': { compilerOptions: { target: 'ES2023', module: 'nodenext', strict: true, skipLibCheck: true, types: ['node'], typeRoots: [path.join(root, 'node_modules/@types')], rootDir: 'src', outDir: 'dist' }, include: ['src'] },
    'guildhall.json': { catalogues: [catalogue.followed], publishers: [{ id: 'westmarch', scopes: ['@westmarch'], key: westmarch.lead.x }] },
    'src/council.config.ts': CONFIGURATION,
    'src/main.ts': 'import { runCouncil } from \'@guildhall/kernel\';\nimport { brackenfield } from \'./council.config\';\n\nvoid runCouncil(brackenfield, process.argv.slice(2));\n',
  })) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  }
  run(folder, 'npm', 'install', '--ignore-scripts', '--prefer-offline', '--loglevel=error');
}, FIVE_MINUTES);
afterAll(async () => {
  await Promise.all([...running].map(ended));
  await Promise.all([owner?.end(), registry?.stop(), catalogue?.stop()]);
  await database?.drop();
  workshop?.forget();
  rmSync(base, { recursive: true, force: true });
});

function run(at: string, program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: at, encoding: 'utf8', env });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}
async function released(version: ParkingRelease, changes: string): Promise<void> {
  const packed = await workshop.pack({ name: '@westmarch/parking', version, main: 'index.js', types: 'index.d.ts', guildhall: { ...MODULE, id: 'parking' }, peerDependencies: { '@guildhall/kernel': '^0.1.0' } }, parkingFiles(version));
  await workshop.publish(packed);
  catalogue.list(westmarch.signs(packed, { changes }), packed.facts, packed.sha512);
}
const typed = (...argv: readonly string[]): Promise<Said> => chosen(argv, COMMANDS, { folder, now: new Date('2026-11-30T12:00:00Z'), env, say: (line) => void said.push(line), confirm: () => Promise.resolve(undefined) });
const asked = async <Row extends object>(text: string): Promise<readonly Row[]> => (await owner.query<Row>(text)).rows;
const migrations = async (): Promise<readonly string[]> => (await asked<{ id: string }>('select id from parking.schema_migration order by id')).map(({ id }) => id);

/** The app as it is built, serving. */
class Serving {
  private constructor(private readonly child: ChildProcess, readonly origin: string) {}
  static async start(): Promise<Serving> {
    const port = await appPort();
    const child = spawn(process.execPath, ['dist/main.js', 'serve', '--port', String(port)], { cwd: folder, env: env as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    const output: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => output.push(bytes));
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`The app does not serve:\n${Buffer.concat(output).toString()}`);
      return fetch(`http://localhost:${port}/health/ready`).then(({ ok }) => ok, () => false);
    });
    return new Serving(child, `http://localhost:${port}`);
  }
  async takes(number: number, colour: string): Promise<void> {
    const { status } = await fetch(`${this.origin}/api/parking/v1/permits`, { method: 'POST', body: new URLSearchParams({ id: permitNumber(number), colour }) });
    expect(status).toBe(201);
  }
  async permits(): Promise<unknown> { return (await fetch(`${this.origin}/api/parking/v1/permits`, { headers: { accept: 'application/json' } })).json(); }
  stop(): Promise<void> { return ended(this.child); }
}
async function ended(child: ChildProcess): Promise<void> {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
async function until(is: () => Promise<boolean>): Promise<void> {
  while (!(await is())) await new Promise((passed) => setTimeout(passed, 50));
}

/** Lets a migration come to a table that somebody is reading, where it waits, and kills whoever runs it and all that belongs to it. @returns what is still open at the database */
async function killedWhileItWaits(program: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [...program], { cwd: folder, env: { ...env, SWC_NODE_PROJECT: path.join(root, 'tsconfig.base.json'), NODE_PATH: path.join(root, 'node_modules') } as NodeJS.ProcessEnv, stdio: 'ignore', detached: true });
  running.add(child);
  let waiting: { readonly pid: number } | undefined;
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}, and was to wait.`);
    [waiting] = await asked<{ readonly pid: number }>(`select pid from pg_stat_activity where datname = current_database() and application_name = 'guildhall migrate' and wait_event_type = 'Lock' and wait_event = 'relation'`);
    return waiting !== undefined;
  });
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  expect((await exit)[1]).toBe('SIGKILL');
  running.delete(child);
  return waiting?.pid ?? 0;
}
const gone = (pid: number): Promise<void> => until(async () => (await asked(`select pid from pg_stat_activity where pid = ${pid}`)).length === 0);

describe('an upgrade across two releases, in a council outside this repository', () => {
  const reader = async (): Promise<Client> => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query('begin; lock table parking.permit in access share mode');
    return client;
  };
  const GUILDHALL = ['-C', '@guildhall/source', '-r', '@swc-node/register', path.join(root, 'libs/factory/command/src/guildhall.ts')];
  let first: Serving;

  it('begins with a package that is added, built in and given its tables by one command, and takes permits', async () => {
    await released('1.0.0', 'The first.');
    expect(await typed('add', '@westmarch/parking', ...YES)).toEqual({ code: 0, out: expect.stringMatching(/^@westmarch\/parking 1\.0\.0 is in the app\.\nThe app is built\. Applied \d+:\n[^]*\n {2}parking 001-permit\nStart it anew, and look: npx guildhall doctor\n$/) as string });
    expect(said.join('\n')).toContain('Then the app is built (npm run build), and its database brought up to date (node dist/main.js migrate): 001-permit of @westmarch/parking.');
    first = await Serving.start();
    await first.takes(1, 'green');
    await first.takes(2, 'blue');
    expect(await first.permits()).toEqual([{ id: permitNumber(1), colour: 'green' }, { id: permitNumber(2), colour: 'blue' }]);
  }, FIVE_MINUTES);

  it('is not led past the release between', async () => {
    await released('1.1.0', 'Permits have a shade.');
    await released('1.2.0', 'Permits have no colour any more.');
    expect(await typed('upgrade', '@westmarch/parking@1.2.0', ...YES)).toMatchObject({ code: 1, err: expect.stringContaining('Go to 1.1.0 first') as string });
    expect(await migrations()).toEqual(['001-permit']);
  }, FIVE_MINUTES);

  it('is killed in the middle of a migration, which leaves nothing half done, while what runs goes on', async () => {
    const reading = await reader();
    const left = await killedWhileItWaits([...GUILDHALL, 'upgrade', '@westmarch/parking@1.1.0', ...YES]);
    // The machine is gone, and with it whoever had asked.
    await asked(`select pg_terminate_backend(${left})`);
    await gone(left);
    await reading.end();
    expect(await migrations()).toEqual(['001-permit', '002-zone']);
    expect(await asked(`select to_regclass('parking.street')::text as street`)).toEqual([{ street: null }]);
    expect(existsSync(path.join(folder, '.guildhall/change.json'))).toBe(true);
    await first.takes(3, 'red');
    expect(await first.permits()).toHaveLength(3);
  }, FIVE_MINUTES);

  it('is finished by the next command, and the new release serves every permit while the old one goes on to write', async () => {
    expect(await typed('upgrade', '@westmarch/parking@1.1.0', '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('Nothing was changed.') as string });
    expect(said.at(-1)).toBe('“guildhall upgrade @westmarch/parking@1.1.0” was interrupted, and is finished now.\nThe app is built. Applied 1:\n  parking 003-shade\nStart it anew, and look: npx guildhall doctor');
    expect(await migrations()).toEqual(['001-permit', '002-zone', '003-shade']);
    const second = await Serving.start();
    await first.takes(4, 'grey');
    await second.takes(5, 'white');
    const colours = ['green', 'blue', 'red', 'grey', 'white'].map((colour, at) => ({ id: permitNumber(at + 1), colour }));
    expect([await first.permits(), await second.permits()]).toEqual([colours, colours]);
    await Promise.all([first.stop(), second.stop()]);
  }, FIVE_MINUTES);

  it('keeps everything when what was at the database goes on after whoever asked was killed', async () => {
    expect(await typed('upgrade', '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('@westmarch/parking is 1.2.0 now.') as string });
    run(folder, 'npm', 'run', 'build');
    const reading = await reader();
    const left = await killedWhileItWaits(['dist/main.js', 'migrate']);
    await reading.end();
    expect(run(folder, process.execPath, 'dist/main.js', 'migrate')).toMatch(/^(The database is up to date\.|Applied 1:\n {2}parking 004-no-colour)\n$/m);
    await gone(left);
    expect(await migrations()).toEqual(['001-permit', '002-zone', '003-shade', '004-no-colour']);
    const third = await Serving.start();
    await third.takes(6, 'black');
    expect(await third.permits()).toEqual(['green', 'blue', 'red', 'grey', 'white', 'black'].map((colour, at) => ({ id: permitNumber(at + 1), colour })));
    await third.stop();
  }, FIVE_MINUTES);
});

describe('a package with which the app does not build, or whose migration fails', () => {
  it('is not there, and the app is as it was', async () => {
    const before = readFileSync(path.join(folder, 'dist/council.config.js'), 'utf8');
    const packed = await workshop.pack({ name: '@westmarch/bays', version: '1.0.0', main: 'index.js', types: 'index.d.ts', guildhall: { ...MODULE, id: 'bays' } }, { 'index.js': 'exports.bays = () => ({});\n', 'index.d.ts': 'export declare function bays(): { readonly bays: number };\n' });
    await workshop.publish(packed);
    catalogue.list(westmarch.signs(packed), packed.facts, packed.sha512);
    expect(await typed('add', '@westmarch/bays', ...YES)).toEqual({ code: 2, out: '', err: expect.stringMatching(/^The app does not build with it, and nothing is changed: src\/council\.config\.ts\(\d+,\d+\): error TS\d+: /) as string });
    expect(readFileSync(path.join(folder, 'src/council.config.ts'), 'utf8')).not.toContain('bays');
    expect([existsSync(path.join(folder, 'node_modules/@westmarch/bays')), existsSync(path.join(folder, '.guildhall/change.json'))]).toEqual([false, false]);
    expect(readFileSync(path.join(folder, 'dist/council.config.js'), 'utf8')).toBe(before);
  }, FIVE_MINUTES);
  it('stays, and it is said what is done, what is not and what to do', async () => {
    const permits = parkingFiles('1.0.0')['index.js']?.replaceAll('parking', 'permits').replace('colour text not null,', 'colour colours not null,');
    const packed = await workshop.pack({ name: '@westmarch/permits', version: '1.0.0', main: 'index.js', types: 'index.d.ts', guildhall: { ...MODULE, id: 'permits' } }, { 'index.js': permits ?? '', 'index.d.ts': 'import type { ModuleInstallation } from \'@guildhall/kernel\';\nexport declare function permits(): ModuleInstallation;\n' });
    await workshop.publish(packed);
    catalogue.list(westmarch.signs(packed), packed.facts, packed.sha512);
    expect(await typed('add', '@westmarch/permits', ...YES)).toEqual({
      code: 1, out: '@westmarch/permits 1.0.0 is in the app.\n',
      err: expect.stringMatching(/^The app is built, and its database is not up to date: The migration 001-permit of permits failed and was undone: type "colours" does not exist\nA migration is done whole or not at all, and none is done twice: mend that, and type node dist\/main\.js migrate before/) as string,
    });
  }, FIVE_MINUTES);
});
