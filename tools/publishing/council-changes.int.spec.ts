import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readCouncilReport, type CouncilReport } from '../../libs/catalogue/contract/src/index';
import { CONFIGURATION, MODULE, RegistryWithCouncils, report, typesOf, type CouncilAtRegistry } from './council-at-registry';

const PARKING = { ...MODULE, id: 'parking', provides: { parking: '1.0.0' }, requires: { payments: '^0.1.0' } };
const PROVIDER = { ...MODULE, kind: 'provider', provides: { 'payments.payment-provider': '0.1.0' }, conformance: ['conformance.json'] };
const YES = ['--yes', '--trust', 'westmarch'];
let registry: RegistryWithCouncils;
let council: CouncilAtRegistry;

beforeAll(async () => {
  registry = await RegistryWithCouncils.start();
  const parking = (migrations: string): Readonly<Record<string, string>> => ({ ...typesOf('export declare function parking(): unknown;\n'), 'data/migrations.js': `exports.migrations = [${migrations}];\n` });
  const [first, second, third] = ['`create table parking.permit (id uuid, colour text)`', '`alter table parking.permit add column shade text`', '`alter table parking.permit drop column colour`'];
  await registry.publish('1.0.0', { name: '@westmarch/parking', version: '1.0.0', guildhall: PARKING }, parking(first ?? ''));
  await registry.publish('1.1.0', { name: '@westmarch/parking', version: '1.1.0', guildhall: PARKING }, parking([first, second].join(', ')));
  await registry.publish('1.2.0', { name: '@westmarch/parking', version: '1.2.0', guildhall: PARKING }, parking([first, second, third].join(', ')));
  await registry.publish('2.0.0', { name: '@westmarch/parking', version: '2.0.0', guildhall: { ...PARKING, provides: { parking: '2.0.0' } } }, parking(first ?? ''));
  await registry.publish('permits', { name: '@westmarch/permits', version: '1.0.0', guildhall: { ...MODULE, id: 'permits', requires: { parking: '^1.0.0' } } }, typesOf('export declare function permits(): unknown;\n'));
  for (const [id, name, more, kit] of [['practice', 'practice', { isSandbox: true }, ['passed']], ['by-bank', 'byBank', {}, ['not-applicable']], ['by-card', 'byCard', {}, ['passed', '0.2.0']], ['by-post', 'byPost', {}, ['failed']]] as const) {
    await registry.publish(id, { name: `@westmarch/pay-${id}`, version: '1.0.0', guildhall: { ...PROVIDER, ...more, id: `payments.${id}` } }, { ...typesOf(`export declare function ${name}(): unknown;\n`), 'conformance.json': report(`@westmarch/pay-${id}`, ...(kit as readonly [string, string?])) });
  }
  await registry.publish('sizes', { name: '@westmarch/sizes', version: '1.0.0', guildhall: { ...MODULE, id: 'sizes' } });
  await registry.publish('skips', { name: '@westmarch/skips', version: '1.0.0', guildhall: { ...MODULE, kind: 'service-pack', id: 'skips' }, dependencies: { '@westmarch/sizes': '^1.0.0' } }, { ...typesOf('export declare function skips(): unknown;\n'), 'src/index.ts': 'export const skips = () => ({});\n' });
  await registry.publish('bins', { name: '@westmarch/bins', version: '1.0.0', guildhall: { ...MODULE, kind: 'service-pack', id: 'bins' } }, { ...typesOf('export declare function bins(): unknown;\n'), 'src/index.ts': 'export const bins = () => ({});\n', 'src/fees.ts': 'export const fee = 5;\n' });
}, 180_000);
afterAll(async () => { await registry.stop(); });
beforeEach(async () => {
  council = await registry.council();
  council.decides(council.pinned);
});
afterEach(async () => { await council.stop(); });

const done = async (...argv: readonly string[]): Promise<string> => {
  const { code, out, err } = await council.typed(argv);
  expect({ code, err }).toEqual({ code: 0, err: undefined });
  return out;
};
const refused = async (sentence: string, ...argv: readonly string[]): Promise<void> => {
  const before = council.everything();
  const { code, out, err } = await council.typed(argv);
  expect({ code, out, err }).toEqual({ code: 1, out: '', err: expect.stringContaining(sentence) as string });
  expect(council.everything()).toEqual(before);
};
const versionOf = (name: string): string => (JSON.parse(council.read(`node_modules/${name}/package.json`)) as { readonly version: string }).version;

describe('guildhall upgrade', () => {
  it('says what changes in the words of each release on the way, and goes there', async () => {
    council.list('1.0.0');
    await done('add', '@westmarch/parking', ...YES);
    expect(await done('upgrade')).toContain('All is as new as a catalogue lists.');
    council.list('1.1.0', { signed: { previous: '1.0.0', changes: 'Permits have a shade.' } });
    expect(await done('upgrade', '--yes')).toContain('@westmarch/parking is 1.1.0 now.');
    expect(council.said.join('\n')).toContain('@westmarch/parking 1.0.0 → 1.1.0\n  1.1.0 (2026-11-30): Permits have a shade.');
    expect(versionOf('@westmarch/parking')).toBe('1.1.0');
    expect(council.read('package.json')).toContain('"@westmarch/parking": "1.1.0"');
  });
  it('says of a catalogue that does not answer that what it alone knows is not known', async () => {
    council.list('1.0.0');
    await done('add', '@westmarch/parking', ...YES);
    council.other.isDown = true;
    expect(await done('upgrade')).toContain('Nothing was changed.\nNote: The catalogue Aldermoor answers 503. What it alone lists is not known now.');
    council.list('1.1.0');
    await done('upgrade', '--yes');
    expect(council.said.join('\n')).toContain('Note: The catalogue Aldermoor answers 503. What it alone says of @westmarch/parking is not known now.');
  });
  it('takes nothing of a publisher that this app does not know, unless it is trusted now', async () => {
    council.list('1.0.0');
    await done('add', '@westmarch/parking', ...YES);
    council.decides({});
    council.list('1.1.0');
    await refused('westmarch is new to this app, and --yes does not say that it is trusted.', 'upgrade', '--yes');
    await done('upgrade', ...YES);
    expect(JSON.parse(council.read('guildhall.json'))).toMatchObject(council.pinned);
    expect(versionOf('@westmarch/parking')).toBe('1.1.0');
  });
  it('is not led past a release that must run before the next takes something away', async () => {
    council.list('1.0.0');
    await done('add', '@westmarch/parking', ...YES);
    council.list('1.1.0');
    council.list('1.2.0');
    await refused('@westmarch/parking 1.2.0 takes away (drop column colour) what 1.0.0 may still use. Go to 1.1.0 first', 'upgrade', '@westmarch/parking@1.2.0', '--yes');
    expect(await done('upgrade', '--yes')).toContain('@westmarch/parking is 1.1.0 now.');
    expect(council.said.join('\n')).toContain('Note: @westmarch/parking goes to 1.1.0 only, and 1.2.0 is listed: @westmarch/parking 1.2.0 takes away (drop column colour) what 1.0.0 may still use.');
    await done('upgrade', '@westmarch/parking', '--yes');
    expect(council.said.join('\n')).toContain('It takes away: drop column colour. Let no older version run beside it.');
    expect(versionOf('@westmarch/parking')).toBe('1.2.0');
  });
  it('is not done when another module would not find its contract any more', async () => {
    council.list('1.0.0');
    council.list('permits');
    await done('add', '@westmarch/parking@1.0.0', ...YES);
    await done('add', '@westmarch/permits', ...YES);
    council.list('2.0.0');
    await refused('@westmarch/parking stays at 1.0.0, and 2.0.0 is listed: @westmarch/permits 1.0.0 needs the contract “parking” ^1.0.0, and it would be 2.0.0.', 'upgrade', '@westmarch/parking', '--yes');
    await refused('@westmarch/parking is needed: @westmarch/permits needs the contract “parking”', 'remove', '@westmarch/parking', '--yes');
  });
  it('goes to the newest that fits with the rest, and that the council’s policy lets in, and says why it is not the newest', async () => {
    council.list('1.0.0');
    council.list('permits');
    await done('add', '@westmarch/parking@1.0.0', ...YES);
    await done('add', '@westmarch/permits', ...YES);
    for (const version of ['1.1.0', '2.0.0']) council.list(version);
    expect(await done('upgrade', '--yes')).toContain('@westmarch/parking is 1.1.0 now.');
    expect(council.said.join('\n')).toContain('Note: @westmarch/parking goes to 1.1.0 only, and 2.0.0 is listed: @westmarch/permits 1.0.0 needs the contract “parking” ^1.0.0, and it would be 2.0.0.');
    await done('remove', '@westmarch/permits', '--yes');
    council.decides({ ...council.pinned, assurance: 'modules: one peer’s review' });
    await refused('@westmarch/parking stays at 1.1.0, and 2.0.0 is listed: This council’s policy (guildhall.json) does not let @westmarch/parking 2.0.0 in', 'upgrade', '--yes');
  });
  /** Runs a command in a process of its own, that ends at once when npm is asked for the second or third time. */
  const cutOff = async (at: 'install' | 'lock', ...argv: readonly string[]): Promise<void> => {
    const programs = path.join(council.folder, '.guildhall/programs');
    mkdirSync(programs, { recursive: true });
    // The process that asks is killed before npm has written anything, or after it has written what is to be installed.
    const when = at === 'lock' ? '*--package-lock-only*' : '"install --ignore-scripts"*';
    writeFileSync(path.join(programs, 'npm'), `#!/bin/sh\nPATH="\${PATH#*:}"\nexport PATH\ncase "$*" in ${when}) kill -9 $PPID; exit 1;; esac\nexec npm "$@"\n`);
    chmodSync(path.join(programs, 'npm'), 0o755);
    const child = spawn(process.execPath, ['-C', '@guildhall/source', '-r', '@swc-node/register', path.join(__dirname, '../../libs/factory/command/src/guildhall.ts'), ...argv], { cwd: council.folder, env: { ...registry.env, PATH: `${programs}:${process.env['PATH'] ?? ''}`, SWC_NODE_PROJECT: path.join(__dirname, '../../tsconfig.base.json'), NODE_PATH: path.join(__dirname, '../../node_modules') }, stdio: 'ignore' });
    expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
  };
  it('is as it was when it is cut off before it was decided, and finished when it is cut off after', async () => {
    council.list('1.0.0');
    const before = council.everything();
    await cutOff('lock', 'add', '@westmarch/parking', '--yes');
    expect(existsSync(path.join(council.folder, '.guildhall/change.json'))).toBe(true);
    await done('remove', '@westmarch/parking', '--yes');
    expect(council.said.at(-1)).toContain('was interrupted before anything was decided: all is as it was before it.');
    expect(council.everything()).toEqual(before);
    await cutOff('install', 'add', '@westmarch/parking', '--yes');
    expect(council.read('src/council.config.ts')).toContain('parking()');
    expect(existsSync(path.join(council.folder, 'node_modules/@westmarch/parking'))).toBe(false);
    expect(await done('upgrade')).toContain('All is as new');
    expect(council.said.at(-1)).toBe('“guildhall add @westmarch/parking 1.0.0” was interrupted, and is finished now.');
    expect(versionOf('@westmarch/parking')).toBe('1.0.0');
  });
});

describe('guildhall swap', () => {
  const withProvider = async (id: string): Promise<void> => {
    council.list(id);
    await done('add', `@westmarch/pay-${id}`, ...YES);
  };
  it('puts a provider in place of a practice one, when both have passed the same kit', async () => {
    await withProvider('practice');
    council.list('by-bank');
    const before = council.read('src/council.config.ts').split('\n');
    await done('swap', 'payments', '@westmarch/pay-by-bank', '--yes');
    expect(council.said.join('\n')).toContain('Both have passed payments.payment-provider 0.1.0. @westmarch/pay-by-bank cannot do what PAY-002 is about.');
    expect(council.read('src/council.config.ts').split('\n').filter((line) => !before.includes(line))).toEqual([`import { byBank } from '@westmarch/pay-by-bank';`, '    payments({ providers: [byBank()] }), // Nobody pays yet.']);
  });
  it('keeps a real one after the new one, for what was begun there', async () => {
    await withProvider('by-bank');
    council.list('practice');
    await done('swap', 'payments', '@westmarch/pay-practice', '--yes');
    expect(council.read('src/council.config.ts')).toContain('payments({ providers: [practice(), byBank()] })');
  });
  it('is refused when they have not passed the same kit', async () => {
    await withProvider('practice');
    council.list('by-card');
    council.list('by-post');
    await refused('@westmarch/pay-practice has passed payments.payment-provider 0.1.0, and @westmarch/pay-by-card 0.2.0.', 'swap', 'payments', '@westmarch/pay-by-card', '--yes');
    await refused('@westmarch/pay-by-post has not passed PAY-002 of payments.payment-provider.', 'swap', 'payments', '@westmarch/pay-by-post', '--yes');
  });
});

describe('guildhall copy', () => {
  it('makes a service the app’s own, and the doctor says how far it has gone', async () => {
    council.list('bins');
    await done('add', '@westmarch/bins', ...YES);
    await done('copy', '@westmarch/bins', 'src/bins', '--yes');
    expect(council.read('src/council.config.ts')).toContain(`from './bins'`);
    council.write('src/bins/fees.ts', 'export const fee = 7;\n');
    expect((await doctor()).copies).toEqual([{ folder: 'src/bins', from: '@westmarch/bins', version: '1.0.0', filesChanged: 1 }]);
    council.list('skips');
    council.list('sizes');
    await done('add', '@westmarch/skips', ...YES);
    await registry.publish('newer sizes', { name: '@westmarch/sizes', version: '1.1.0', guildhall: { ...MODULE, id: 'sizes' } });
    await done('copy', '@westmarch/skips', 'src/skips', '--yes');
    expect(council.read('package.json')).toContain('@westmarch/sizes');
    expect(versionOf('@westmarch/sizes')).toBe('1.0.0');
    await refused('@guildhall/cases is a module, and only service packs are copied', 'copy', '@guildhall/cases', 'src/cases', '--yes');
  });
});

async function doctor(...argv: readonly string[]): Promise<CouncilReport & { readonly code: number; readonly says: readonly string[] }> {
  const { code, out } = await council.typed(['doctor', '--json', '--without-app', ...argv]);
  const read = readCouncilReport(JSON.parse(out));
  if (!read.ok) throw new Error(read.refusal.message);
  return { ...read.value, code, says: read.value.findings.filter(({ weight }) => weight !== 'fine').map(({ weight, text }) => `${weight}: ${text}`) };
}

describe('guildhall doctor', () => {
  const NOBODY = 'advice: No catalogue that this app follows lists @guildhall/cases, @guildhall/payments: nobody tells it when something is wrong with them.';
  it('says what catalogues say of what is installed, also when they cannot be reached', async () => {
    council.list('1.0.0');
    await done('add', '@westmarch/parking', ...YES);
    expect(await doctor()).toMatchObject({ code: 0, says: [NOBODY] });
    council.list('1.1.0');
    council.notice({ kind: 'advisory', severity: 'high', versions: '<1.1.0', mendedIn: '1.1.0', text: { en: 'Anybody can read permits.', cy: 'Gall unrhyw un ddarllen trwyddedau.' } });
    council.notice({ id: 'westmarch-2026-2', replacement: '@westmarch/permits', until: '2027-06-30' });
    const warned = ['mend: Advisory, @westmarch/parking <1.1.0: Anybody can read permits. (severity high; mended in 1.1.0)', 'advice: Deprecated, @westmarch/parking *: Take version 2. (take @westmarch/permits instead; looked after until 2027-06-30)', 'advice: @westmarch/parking 1.1.0 is out, and 1.0.0 is installed: npx guildhall upgrade @westmarch/parking'];
    expect(await doctor()).toMatchObject({ code: 1, says: [...warned, NOBODY] });
    [council.catalogue.isDown, council.other.isDown] = [true, true];
    expect(await doctor()).toMatchObject({ code: 1, says: ['advice: The catalogue Westmarch answers 503. What follows of them was said on 2026-11-30.', ...warned] });
    expect((await doctor('--offline')).says).toEqual(warned);
  });
  it('says when a key turns out to be stolen, when other bytes are installed, and when assurance is missing', async () => {
    council.list('1.0.0', { at: '2026-11-30T11:00:00Z' });
    await done('add', '@westmarch/parking', ...YES);
    council.decides({ ...council.pinned, assurance: { modules: { reviewedBy: 'peer', except: ['@guildhall/*'] }, whenMissing: 'warn' } });
    expect((await doctor()).says).toContain('advice: @westmarch/parking 1.0.0 has not been looked at by another body.');
    for (const lock of ['package-lock.json', 'node_modules/.package-lock.json']) council.write(lock, council.read(lock).replace(/("node_modules\/@westmarch\/parking": \{[^}]*"integrity": ")sha512-[^"]+/, '$1sha512-AAAA'));
    expect((await doctor()).says).toContain('mend: What is installed as @westmarch/parking 1.0.0 is not what its publisher signed: its bytes are others. Install it anew: npx guildhall add @westmarch/parking@1.0.0');
    council.westmarch.changes({ keys: council.westmarch.state.keys.map((key) => ({ ...key, compromisedSince: '2026-11-30T10:00:00Z' })) });
    expect((await doctor()).says).toContain('mend: @westmarch/parking 1.0.0 is not signed by a key that westmarch had at 2026-11-30T09:00:00Z.');
  });
  it('says that nobody tells an app which follows no catalogue', async () => {
    council.decides({}, []);
    expect((await doctor()).says).toEqual(['advice: This app follows no catalogue (guildhall.json), so that nobody tells it what is withdrawn, unsafe or out of date.']);
    expect(council.read('src/council.config.ts')).toBe(CONFIGURATION);
  });
});
