import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { signNotice, type Notice, type Release } from '../../libs/catalogue/contract/src/index';
import { MerkleTree } from '../../libs/sharing/contract/src/index';
import { chosen, type Said, type World } from '../../libs/factory/command/src/command';
import { COMMANDS } from '../../libs/factory/command/src/commands';
import { npm } from '../../libs/factory/command/src/publishing/npm';
import { InventedPublisher, Workshop, pair, type Packed } from '../../libs/factory/command/test/invented-publisher';
import { ListingCatalogue } from '../../libs/factory/command/test/listing-catalogue';
import { outside } from '../../libs/factory/command/test/typed';
import { npmrc, startRegistry } from './registry.mjs';

const SCOPES = ['@guildhall', '@westmarch', '@westrnarch'];
const MODULE = { kind: 'module', owner: 'Westmarch Digital', maturity: 'beta', languages: ['en', 'cy'] };
const PARKING = { kind: 'module', id: 'parking', owner: 'Westmarch Digital', maturity: 'beta', provides: { parking: '1.0.0' }, requires: { payments: '^0.1.0' }, permissions: ['parking.view'], languages: ['en', 'cy'], personalData: [{ data: 'Registration numbers', purpose: 'permits', retention: 'a year' }] };
const TYPES = (text: string): Readonly<Record<string, string>> => ({ 'index.d.ts': text, 'index.js': 'exports.parking = () => ({});\n' });
const CONFIGURATION = `import { cases } from '@guildhall/cases';
import { defineCouncil } from '@guildhall/kernel-contract';
import { payments } from '@guildhall/payments';

/** What is in the council's app. */
export const brackenfield = defineCouncil('brackenfield', () => ({
  council: { name: 'Brackenfield District Council', languages: ['en', 'cy'], nation: 'england' },
  modules: [
    payments({ providers: [] }), // Nobody pays yet.
    cases(),
  ],
}));
`;

const report = (second: string): string => JSON.stringify({ kit: 'payments.payment-provider', contract: 'payments', version: '0.1.0', implementation: '@westmarch/pay-by-bank', results: [{ id: 'PAY-001', title: 'one', result: 'passed' }, { id: 'PAY-002', title: 'two', result: second }] });

let base: string;
let registry: { url: string; stop(): Promise<void> };
let workshop: Workshop;
let env: World['env'];
let template: string;
let folder: string;
let westmarch: InventedPublisher;
let catalogue: ListingCatalogue;
let other: ListingCatalogue;
let said: string[];
const parking = new Map<string, Packed>();

beforeAll(async () => {
  base = mkdtempSync(path.join(os.tmpdir(), 'guildhall-installing-'));
  registry = await startRegistry(path.join(base, 'registry'), SCOPES);
  writeFileSync(path.join(base, 'npmrc'), npmrc(registry.url, SCOPES));
  env = { ...outside(), npm_config_userconfig: path.join(base, 'npmrc'), npm_config_cache: path.join(base, 'cache') };
  workshop = new Workshop({ env });
  const ours = await Promise.all([['cases', { provides: { cases: '0.1.0' } }], ['payments', { provides: { payments: '0.1.0' } }]].map(([id, more]) => workshop.pack({ name: `@guildhall/${id as string}`, version: '0.1.0', guildhall: { ...MODULE, id, ...(more as object) } })));
  await workshop.publish(...ours);
  for (const [version, more] of [['1.0.0', {}], ['1.1.0', { dependencies: { '@westmarch/parking-contract': '1.0.0' } }]] as const) parking.set(version, await workshop.pack({ name: '@westmarch/parking', version, types: 'index.d.ts', guildhall: PARKING, ...more }, TYPES('export declare function parking(options?: object): unknown;\n')));
  parking.set('contract', await workshop.pack({ name: '@westmarch/parking-contract', version: '1.0.0', guildhall: { ...MODULE, kind: 'contract', id: 'parking' } }));
  parking.set('failing', await workshop.pack({ name: '@westmarch/pay-by-bank', version: '1.0.0', types: 'index.d.ts', guildhall: { ...MODULE, kind: 'provider', id: 'payments.pay-by-bank', provides: { 'payments.payment-provider': '0.1.0' }, conformance: ['conformance.json'] } }, { ...TYPES('export declare function payByBank(): void;'), 'conformance.json': report('failed') }));
  parking.set('needy', await workshop.pack({ name: '@westmarch/needy', version: '1.0.0', types: 'index.d.ts', guildhall: { ...MODULE, id: 'needy', requires: { permits: '^1.0.0' } } }, TYPES('export declare function needy(): void;')));
  parking.set('scripted', await workshop.pack({ name: '@westmarch/scripted', version: '1.0.0', types: 'index.d.ts', scripts: { postinstall: 'node steal.js' }, guildhall: { ...MODULE, id: 'scripted' } }, TYPES('export declare function scripted(): void;')));
  parking.set('choosy', await workshop.pack({ name: '@westmarch/choosy', version: '1.0.0', types: 'index.d.ts', guildhall: { ...MODULE, id: 'choosy' } }, TYPES('export declare const permits: (options: { fee: number }) => void;')));
  await workshop.publish(...parking.values());
  template = path.join(base, 'brackenfield');
  for (const [file, text] of Object.entries({ 'package.json': JSON.stringify({ name: 'brackenfield', version: '1.0.0', private: true, dependencies: { '@guildhall/cases': '0.1.0', '@guildhall/payments': '0.1.0' } }, undefined, 2), 'src/council.config.ts': CONFIGURATION })) write(template, file, text);
  await npm(['install', '--ignore-scripts'], template, { env });
});
afterAll(async () => {
  await registry.stop();
  workshop.forget();
  rmSync(base, { recursive: true, force: true });
});
beforeEach(async () => {
  [catalogue, other] = await Promise.all([ListingCatalogue.start('Westmarch'), ListingCatalogue.start('Aldermoor')]);
  westmarch = new InventedPublisher('westmarch');
  for (const one of [catalogue, other]) one.states.set('westmarch', westmarch.states);
  folder = mkdtempSync(path.join(base, 'council-'));
  cpSync(template, folder, { recursive: true });
  settings({});
  said = [];
});
afterEach(async () => { await Promise.all([catalogue.stop(), other.stop()]); });

function write(at: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(at, file)), { recursive: true });
  writeFileSync(path.join(at, file), text);
}
/** What the council has decided; it follows both catalogues unless told. */
function settings(more: object, follows = [catalogue, other]): void { write(folder, 'guildhall.json', JSON.stringify({ catalogues: follows.map(({ followed }) => followed), ...more })); }
const pinned = (one = westmarch): object => ({ publishers: [{ id: one.id, scopes: one.state.scopes, key: one.lead.x }] });
const packed = (version: string): Packed => { const found = parking.get(version); if (!found) throw new Error(version); return found; };
/** Lists a version of parking, in both catalogues unless told. */
function listed(version: string, { signed = {}, by = westmarch.lead, at, as, in: into = [catalogue, other], publisher = westmarch }: { readonly signed?: Partial<Release>; readonly by?: InventedPublisher['lead']; readonly at?: string; readonly as?: string; readonly in?: readonly ListingCatalogue[]; readonly publisher?: InventedPublisher } = {}): void {
  const one = packed(version);
  for (const each of into) each.list(publisher.signs(one, signed, by), one.facts, one.sha512, { at, as });
}
const typed = (argv: readonly string[], changes: Partial<World> = {}): Promise<Said> => chosen(argv, COMMANDS, { folder, now: new Date('2026-11-30T12:00:00Z'), env, say: (line) => void said.push(line), confirm: () => Promise.resolve(undefined), ...changes });
const YES = ['--yes', '--trust', 'westmarch'];
const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
/** All that is the council's own, and what is installed. */
function everything(): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(json|ts)$/.test(file) && !file.includes('.package-lock'));
  return Object.fromEntries(files.map((file) => [file, read(file)]));
}

describe('guildhall add', () => {
  it('shows what a module keeps, may do and needs, asks, and takes it in', async () => {
    listed('1.0.0');
    const questions: string[] = [];
    expect(await typed(['add', '@westmarch/parking@1.0.0'], { confirm: (question) => { questions.push(question); return Promise.resolve(true); } })).toEqual({ code: 0, out: expect.stringContaining('@westmarch/parking 1.0.0 is in the app.\nNow build the app') as string });
    expect(questions).toEqual(['Add @westmarch/parking 1.0.0?']);
    const shown = said.join('\n');
    for (const line of ['Signed by Westmarch Digital (westmarch) on 2026-11-30; listed by Westmarch and Aldermoor.', '- Registration numbers. For: permits. How long: a year.', 'What officers may do in it: parking.view.', 'It needs: payments ^0.1.0.', '+    parking(),', `is new to this app. Whoever signs with the key ${westmarch.lead.x}`]) expect(shown).toContain(line);
    expect(read('src/council.config.ts')).toBe(CONFIGURATION.replace(`payments';\n`, `payments';\nimport { parking } from '@westmarch/parking';\n`).replace('    cases(),\n', '    cases(),\n    parking(),\n'));
    expect(JSON.parse(read('package.json'))).toMatchObject({ dependencies: { '@westmarch/parking': '1.0.0' } });
    expect(JSON.parse(read('guildhall.json'))).toMatchObject(pinned());
    expect(JSON.parse(read('guildhall.seen.json'))).toMatchObject({ releases: { '@westmarch/parking': { '1.0.0': packed('1.0.0').sha512 } }, publishers: { westmarch: westmarch.states[0] } });
    expect(read('node_modules/@westmarch/parking/index.js')).toContain('parking');
    expect(existsSync(path.join(folder, '.guildhall/change.json'))).toBe(false);
    const after = everything();
    expect(await typed(['add', '@westmarch/parking@1.0.0'])).toEqual({ code: 0, out: '@westmarch/parking 1.0.0 is there already. Nothing was changed.\n' });
    expect(everything()).toEqual(after);
    expect(await typed(['remove', '@westmarch/parking', '--yes'])).toMatchObject({ code: 0 });
    expect(read('src/council.config.ts')).toBe(CONFIGURATION);
    expect(JSON.parse(read('package.json'))).toEqual(JSON.parse(readFileSync(path.join(template, 'package.json'), 'utf8')));
  });
  it('proves what comes along, too, and takes nothing of a publisher’s that is not listed', async () => {
    listed('1.1.0');
    const before = everything();
    expect(await typed(['add', '@westmarch/parking', ...YES])).toMatchObject({ code: 1, err: expect.stringContaining('@westmarch/parking-contract 1.0.0 comes along, and cannot be taken: No catalogue that this council follows lists') as string });
    expect(everything()).toEqual(before);
    const second = pair('westmarch#second');
    westmarch.changes({ keys: [...westmarch.state.keys, { keyid: 'westmarch#second', x: second.x, from: '2026-01-01T00:00:00Z', holder: 'second-developer' }] });
    const contract = packed('contract');
    for (const one of [catalogue, other]) one.list({ ...westmarch.signs(contract), signatures: [...westmarch.signs(contract).signatures, ...westmarch.signs(contract, {}, second).signatures] }, contract.facts, contract.sha512);
    expect(await typed(['add', '@westmarch/parking', ...YES])).toMatchObject({ code: 0 });
  });
});

type Odd = readonly [string, () => void | Promise<void>, string, readonly string[]?];
describe('what is not taken', () => {
  const stolen = (since: string): void => westmarch.changes({ keys: westmarch.state.keys.map((key) => ({ ...key, compromisedSince: since })) });
  it.each<Odd>([
    ['other bytes are in the registry than were signed', async () => { const mine = await workshop.pack({ name: '@westmarch/parking', version: '1.0.0', guildhall: PARKING }); for (const one of [catalogue, other]) one.list(westmarch.signs(mine), mine.facts, mine.sha512); }, 'is not the package that westmarch signed: its bytes are others.'],
    ['the statement is another version’s', () => listed('1.1.0', { as: '@westmarch/parking@1.0.0' }), 'The statement is for @westmarch/parking 1.1.0, and not for @westmarch/parking 1.0.0.'],
    ['somebody else signed under the name of its key', () => listed('1.0.0', { by: pair('westmarch#lead') }), 'is not signed by a key that westmarch had'],
    ['the key was stolen before it was signed', () => { listed('1.0.0'); stolen('2026-11-01T00:00:00Z'); }, 'is not signed by a key that westmarch had'],
    ['the key was stolen, and the log had it only afterwards', () => { listed('1.0.0', { at: '2026-11-30T11:00:00Z' }); stolen('2026-11-30T10:00:00Z'); }, 'is not signed by a key that westmarch had'],
    ['only the other catalogue knows that the key was stolen', () => { listed('1.0.0', { in: [catalogue], at: '2026-11-30T11:00:00Z' }); catalogue.states.set('westmarch', westmarch.states.slice(0, 1)); stolen('2026-11-30T10:00:00Z'); }, 'is not signed by a key that westmarch had'],
    ['it is not in the registry', () => { const one = packed('1.0.0'); const facts = { ...one.facts, version: '9.9.9' }; catalogue.list(westmarch.signs({ ...one, facts }), facts, one.sha512); }, 'does not have 9.9.9', ['add', '@westmarch/parking@9.9.9', ...YES]],
    ['no catalogue lists it', () => listed('1.0.0'), 'No catalogue that this council follows lists @westmarch/parkng. Did you mean @westmarch/parking?', ['add', '@westmarch/parkng', ...YES]],
    ['no version fits', () => listed('1.0.0'), 'no version is listed that fits ^2.0.0; there is 1.0.0.', ['add', '@westmarch/parking@^2.0.0', ...YES]],
    ['the catalogues list different things', () => { listed('1.0.0', { in: [catalogue] }); other.list(westmarch.signs(packed('1.0.0')), packed('1.0.0').facts, 'a'.repeat(128)); }, 'Westmarch and Aldermoor list something else as @westmarch/parking 1.0.0.'],
    ['the catalogues tell of different keys', () => { listed('1.0.0', { in: [catalogue] }); other.states.set('westmarch', new InventedPublisher('westmarch').states); }, 'Westmarch and Aldermoor do not tell the same of westmarch'],
    ['another publisher claims the name', () => { settings(pinned()); const thief = new InventedPublisher('brackenfield', '@westmarch'); for (const one of [catalogue, other]) one.states.set('brackenfield', thief.states); listed('1.0.0', { publisher: thief, by: thief.lead }); }, '@westmarch/parking is a name of westmarch (guildhall.json), and brackenfield claims it.'],
    ['somebody else calls itself so', () => { settings(pinned()); const thief = new InventedPublisher('westmarch'); for (const one of [catalogue, other]) one.states.set('westmarch', thief.states); listed('1.0.0', { publisher: thief, by: thief.lead }); }, 'westmarch at Westmarch has never signed with the key by which this council knows it'],
    ['a publisher signs what is not under its name', () => { westmarch.changes({ scopes: ['@elsewhere'] }); listed('1.0.0'); }, 'westmarch does not publish under the name @westmarch/parking.'],
    ['the catalogue’s log does not prove it', () => { listed('1.0.0', { in: [catalogue] }); const { tree } = catalogue; catalogue.tree = new MerkleTree(); catalogue.tree.append(new Uint8Array(32)); void tree; }, 'does not prove that @westmarch/parking 1.0.0 stands in its log'],
    ['the catalogue’s key is another', () => { settings({ catalogues: [{ ...catalogue.followed, key: other.followed.key }] }, []); listed('1.0.0', { in: [catalogue] }); }, 'its checkpoint is not signed by the key that guildhall.json has of it'],
    ['the log shrank since', () => { listed('1.0.0', { in: [catalogue] }); settings({}, [catalogue]); write(folder, 'guildhall.seen.json', JSON.stringify({ checkpoints: { [catalogue.origin]: catalogue.checkpoint() } })); catalogue.forgets(); listed('1.0.0', { in: [catalogue], at: '2026-11-30T09:02:00Z' }); }, 'shows another log than this app saw before'],
    ['it was withdrawn', () => { listed('1.0.0'); notice({ kind: 'withdrawal', text: { en: 'It charges twice.', cy: 'Mae’n codi ddwywaith.' } }); }, '@westmarch/parking 1.0.0 was withdrawn: It charges twice.'],
    ['a kit’s report is demanded, and there is a failed case', () => { listed('failing'); settings({ assurance: { modules: { kit: 'passed' }, whenMissing: 'refuse' } }); }, 'This council’s policy (guildhall.json) does not let @westmarch/pay-by-bank 1.0.0 in: @westmarch/pay-by-bank 1.0.0 has not passed PAY-002', ['add', '@westmarch/pay-by-bank', ...YES]],
    ['a review is demanded, and nobody has looked', () => { listed('1.0.0'); settings({ assurance: { modules: { reviewedBy: 'peer' }, whenMissing: 'refuse' } }); }, 'has not been looked at by another body'],
    ['a contract is missing', () => listed('needy'), 'It needs the contract “permits” (^1.0.0), and nothing in this app provides it.', ['add', '@westmarch/needy', ...YES]],
    ['it would run something while it is installed', () => listed('scripted'), 'would run postinstall of its own while it is installed', ['add', '@westmarch/scripted', ...YES]],
    ['it must be given something', () => listed('choosy'), 'permits() of @westmarch/choosy must be given something: { fee: number }. Say what: --with', ['add', '@westmarch/choosy', ...YES]],
    ['its publisher is new, and nobody says that it is trusted', () => listed('1.0.0'), 'westmarch is new to this app, and --yes does not say that it is trusted.', ['add', '@westmarch/parking', '--yes']],
    ['nobody can be asked', () => listed('1.0.0'), 'Nobody can be asked here. Say --yes when it is meant.', ['add', '@westmarch/parking']],
    ['no catalogue answers', () => { catalogue.isDown = true; other.isDown = true; }, 'The catalogue Westmarch answers 503.'],
    ['no catalogue is followed', () => settings({}, []), 'guildhall.json names no catalogue'],
    ['it is no name of a package', () => undefined, 'is no package of npm’s', ['add', '../parking']],
    ['a name looks like that of an installed package', async () => { const thief = new InventedPublisher('westrnarch'); const one = await workshop.pack({ name: '@westrnarch/parking', version: '1.0.0', types: 'index.d.ts', guildhall: { ...PARKING, id: 'parking-2' } }, TYPES('export declare function parking(): void;')); await workshop.publish(one); catalogue.states.set('westrnarch', thief.states); catalogue.list(thief.signs(one), one.facts, one.sha512); listed('1.0.0'); await typed(['add', '@westmarch/parking', ...YES]); }, '@westrnarch/parking looks like @westmarch/parking, which is installed', ['add', '@westrnarch/parking', '--yes', '--trust', 'westrnarch']],
  ])('when %s, and nothing is changed', async (_when, make, sentence, argv = ['add', '@westmarch/parking@1.0.0', ...YES]) => {
    await make();
    const before = everything();
    const { code, out, err } = await typed(argv);
    expect({ out, err }).toEqual({ out: '', err: expect.stringContaining(sentence) as string });
    expect(code).toBe(err?.endsWith('Nothing was changed.\n') ? 1 : 2);
    expect(everything()).toEqual(before);
    expect(existsSync(path.join(folder, '.guildhall/change.json'))).toBe(false);
  });
  it('when it is older than what is there, unless it is meant', async () => {
    parking.set('0.9.0', parking.get('0.9.0') ?? await workshop.pack({ name: '@westmarch/parking', version: '0.9.0', types: 'index.d.ts', guildhall: PARKING }, TYPES('export declare function parking(): void;')));
    await workshop.publish(packed('0.9.0'));
    listed('1.0.0');
    listed('0.9.0');
    expect(await typed(['add', '@westmarch/parking', ...YES])).toMatchObject({ code: 0 });
    expect(await typed(['add', '@westmarch/parking@0.9.0', ...YES])).toMatchObject({ code: 1, err: expect.stringContaining('@westmarch/parking 1.0.0 is installed, and 0.9.0 is older.') as string });
    expect(await typed(['add', '@westmarch/parking@0.9.0', '--older', ...YES])).toMatchObject({ code: 0 });
  });
});

function notice(more: Partial<Notice>): void {
  const signed = signNotice({ id: 'westmarch-2026-1', publisher: 'westmarch', kind: 'deprecation', package: '@westmarch/parking', versions: '*', text: { en: 'Take version 2.', cy: 'Cymerwch fersiwn 2.' }, at: '2026-11-30T10:00:00Z', ...more }, westmarch.lead.signer);
  for (const one of [catalogue, other]) one.notices.push(signed);
}
