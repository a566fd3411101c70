import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { signAssessment } from '../../libs/assurance/contract/src/index';
import { signNotice } from '../../libs/catalogue/contract/src/index';
import { MerkleTree } from '../../libs/sharing/contract/src/index';
import { InventedPublisher, pair } from '../../libs/factory/command/test/invented-publisher';
import { CONFIGURATION, MODULE, RegistryWithCouncils, report, typesOf, type CouncilAtRegistry } from './council-at-registry';

const PARKING = { ...MODULE, id: 'parking', provides: { parking: '1.0.0' }, requires: { payments: '^0.1.0' }, permissions: ['parking.view', 'parking.tow'], permissionTitles: { 'parking.view': { en: 'See parking permits', cy: 'Gweld trwyddedau parcio' } }, personalData: [{ data: 'Registration numbers', purpose: 'permits', retention: 'a year' }] };
const YES = ['--yes', '--trust', 'westmarch'];
let registry: RegistryWithCouncils;
let council: CouncilAtRegistry;

beforeAll(async () => {
  registry = await RegistryWithCouncils.start();
  const parking = typesOf('export declare function parking(options?: object): unknown;\n');
  await registry.publish('0.9.0', { name: '@westmarch/parking', version: '0.9.0', guildhall: PARKING }, parking);
  await registry.publish('1.0.0', { name: '@westmarch/parking', version: '1.0.0', guildhall: PARKING }, parking);
  await registry.publish('1.1.0', { name: '@westmarch/parking', version: '1.1.0', guildhall: PARKING, dependencies: { '@westmarch/parking-contract': '1.0.0' } }, parking);
  await registry.publish('contract', { name: '@westmarch/parking-contract', version: '1.0.0', guildhall: { ...MODULE, kind: 'contract', id: 'parking' } });
  await registry.publish('shapes', { name: '@westrnarch/shapes', version: '1.0.0', guildhall: { ...MODULE, id: 'shapes' } });
  await registry.publish('mapped', { name: '@westmarch/mapped', version: '1.0.0', guildhall: { ...MODULE, id: 'mapped' }, dependencies: { '@westrnarch/shapes': '1.0.0' } }, typesOf('export declare function mapped(): unknown;\n'));
  await registry.publish('failing', { name: '@westmarch/pay-by-bank', version: '1.0.0', guildhall: { ...MODULE, kind: 'provider', id: 'payments.pay-by-bank', provides: { 'payments.payment-provider': '0.1.0' }, conformance: ['conformance.json'] } }, { ...typesOf('export declare function payByBank(): void;'), 'conformance.json': report('@westmarch/pay-by-bank', 'failed') });
  await registry.publish('needy', { name: '@westmarch/needy', version: '1.0.0', guildhall: { ...MODULE, id: 'needy', requires: { permits: '^1.0.0' } } }, typesOf('export declare function needy(): void;'));
  await registry.publish('scripted', { name: '@westmarch/scripted', version: '1.0.0', scripts: { postinstall: 'node steal.js' }, guildhall: { ...MODULE, id: 'scripted' } }, typesOf('export declare function scripted(): void;'));
  await registry.publish('choosy', { name: '@westmarch/choosy', version: '1.0.0', guildhall: { ...MODULE, id: 'choosy' } }, typesOf('export declare const permits: (options: { fee: number }) => void;'));
  await registry.publish('harbour', { name: '@westmarch/theme-harbour', version: '1.0.0', guildhall: { ...MODULE, kind: 'theme', id: 'harbour' } }, typesOf('export declare const harbourTheme: { readonly id: string };\n'));
  await registry.publish('quay', { name: '@westmarch/theme-quay', version: '1.0.0', guildhall: { ...MODULE, kind: 'theme', id: 'quay' } }, typesOf('export declare const quayTheme: { readonly id: string };\n'));
  await registry.publish('alike', { name: '@westrnarch/parking', version: '1.0.0', guildhall: { ...PARKING, id: 'parking-2' } }, typesOf('export declare function parking(): void;'));
}, 180_000);
afterAll(async () => { await registry.stop(); });
beforeEach(async () => { council = await registry.council(); });
afterEach(async () => { await council.stop(); });

describe('guildhall add', () => {
  it('shows what a module keeps, may do and needs, asks, and takes it in', async () => {
    council.list('1.0.0');
    const questions: string[] = [];
    expect(await council.typed(['add', '@westmarch/parking@1.0.0'], { confirm: (question) => { questions.push(question); return Promise.resolve(true); } })).toEqual({ code: 0, out: expect.stringContaining('@westmarch/parking 1.0.0 is in the app.\nNow build the app') as string });
    expect(questions).toEqual(['Add @westmarch/parking 1.0.0?']);
    const shown = council.said.join('\n');
    for (const line of ['Signed by Westmarch Digital (westmarch) on 2026-11-30; listed by Westmarch and Aldermoor.', '- Registration numbers. For: permits. How long: a year.', 'What officers can be allowed to do in it:', '- See parking permits (parking.view)', '- parking.tow', 'It needs: payments ^0.1.0.', '+    parking(),', `is new to this app. Whoever signs with the key ${council.westmarch.lead.x}`]) expect(shown).toContain(line);
    expect(council.read('src/council.config.ts')).toBe(CONFIGURATION.replace(`payments';\n`, `payments';\nimport { parking } from '@westmarch/parking';\n`).replace('    cases(),\n', '    cases(),\n    parking(),\n'));
    expect(JSON.parse(council.read('package.json'))).toMatchObject({ dependencies: { '@westmarch/parking': '1.0.0' } });
    expect(JSON.parse(council.read('guildhall.json'))).toMatchObject(council.pinned);
    expect(JSON.parse(council.read('guildhall.seen.json'))).toMatchObject({ releases: { '@westmarch/parking': { '1.0.0': council.packed('1.0.0').sha512 } }, publishers: { westmarch: council.westmarch.states[0] } });
    expect(council.read('node_modules/@westmarch/parking/package.json')).toContain('"version":"1.0.0"');
    expect(existsSync(path.join(council.folder, '.guildhall/change.json'))).toBe(false);
    const after = council.everything();
    expect(await council.typed(['add', '@westmarch/parking@1.0.0'])).toEqual({ code: 0, out: '@westmarch/parking 1.0.0 is there already. Nothing was changed.\n' });
    expect(council.everything()).toEqual(after);
    expect(await council.typed(['remove', '@westmarch/parking', '--yes'])).toMatchObject({ code: 0 });
    expect(council.read('src/council.config.ts')).toBe(CONFIGURATION);
    expect(JSON.parse(council.read('package.json'))).toEqual(JSON.parse(readFileSync(path.join(registry.template, 'package.json'), 'utf8')));
  });
  it('proves what comes along, too, and takes nothing of a publisher’s that is not listed', async () => {
    council.list('1.1.0');
    const before = council.everything();
    expect(await council.typed(['add', '@westmarch/parking', ...YES])).toMatchObject({ code: 1, err: expect.stringContaining('@westmarch/parking-contract 1.0.0 comes along, and cannot be taken: No catalogue that this council follows lists') as string });
    expect(council.everything()).toEqual(before);
    const second = pair('westmarch#second');
    council.westmarch.changes({ keys: [...council.westmarch.state.keys, { keyid: 'westmarch#second', x: second.x, from: '2026-01-01T00:00:00Z', holder: 'second-developer' }] });
    const contract = council.packed('contract');
    for (const one of [council.catalogue, council.other]) one.list({ ...council.westmarch.signs(contract), signatures: [...council.westmarch.signs(contract).signatures, ...council.westmarch.signs(contract, {}, second).signatures] }, contract.facts, contract.sha512);
    expect(await council.typed(['add', '@westmarch/parking', ...YES])).toMatchObject({ code: 0 });
  });
  it('puts a theme in place of the council’s own, which comes back when that is removed, whatever was there between', async () => {
    const own = CONFIGURATION.replace(`payments';\n`, `payments';\nimport { theme } from './theme';\n`).replace('  modules: [', '  theme,\n  modules: [');
    council.write('src/council.config.ts', own);
    const names = ['harbour', 'quay'].map((one) => { council.list(one); return `@westmarch/theme-${one}`; });
    for (const name of names) expect(await council.typed(['add', name, ...YES])).toMatchObject({ code: 0 });
    expect(council.read('src/council.config.ts')).toBe(own.replace(`{ theme } from './theme'`, `{ quayTheme as theme } from '@westmarch/theme-quay'`));
    expect(await council.typed(['add', '@westmarch/theme-quay', ...YES])).toMatchObject({ code: 0, out: '@westmarch/theme-quay 1.0.0 is there already. Nothing was changed.\n' });
    for (const name of names) expect(await council.typed(['remove', name, '--yes'])).toMatchObject({ code: 0 });
    expect(council.read('src/council.config.ts')).toBe(own);
    expect(JSON.parse(council.read('guildhall.seen.json'))).not.toHaveProperty('themes');
  });
  it('takes nothing along that was withdrawn', async () => {
    const shapes = new InventedPublisher('westrnarch');
    for (const one of [council.catalogue, council.other]) one.states.set('westrnarch', shapes.states);
    council.list('mapped');
    council.list('shapes', { publisher: shapes, by: shapes.lead });
    const withdrawal = signNotice({ id: 'shapes-1', publisher: 'westrnarch', kind: 'withdrawal', package: '@westrnarch/shapes', versions: '*', text: { en: 'It sends maps away.', cy: 'Mae’n anfon mapiau i ffwrdd.' }, at: '2026-11-30T10:00:00Z' }, shapes.lead.signer);
    council.other.notices.push(withdrawal);
    const before = council.everything();
    expect(await council.typed(['add', '@westmarch/mapped', ...YES])).toMatchObject({ code: 1, err: expect.stringContaining('@westrnarch/shapes 1.0.0 comes along, and was withdrawn: It sends maps away.') as string });
    expect(council.everything()).toEqual(before);
    council.other.notices.pop();
    expect(await council.typed(['add', '@westmarch/mapped', ...YES])).toMatchObject({ code: 0 });
  });
});

type Odd = readonly [when: string, make: () => void | Promise<void>, sentence: string, argv?: readonly string[]];
/** A package of Northvale's under another name, which somebody has looked at whom the council knows as a body. */
function reviewedBy(id: string, linkedTo: readonly string[] = []): void {
  const northvale = new InventedPublisher('northvale-dc', '@westmarch');
  northvale.changes({ linkedTo });
  for (const one of [council.catalogue, council.other]) one.states.set('northvale-dc', northvale.states);
  council.list('1.0.0', { publisher: northvale, by: northvale.lead });
  const reviewer = pair(`${id}#2026-1`);
  const assessment = signAssessment([{ name: 'pkg:npm/%40westmarch/parking@1.0.0', digest: { sha512: council.packed('1.0.0').sha512 } }], { standard: 'ncsc-csp', assessedOn: '2026-11-01', validUntil: '2027-10-31', findings: [{ principle: '7', result: 'met', how: 'reviewed' }] }, reviewer.signer);
  for (const one of [council.catalogue, council.other]) one.assessments.push(assessment);
  council.decides({ assurance: 'modules: one peer’s review', bodies: [{ id, name: { en: id, cy: id }, endpoint: `https://share.${id}.example`, logOrigin: `${id}.example/log`, keys: [{ keyid: reviewer.signer.keyid, x: reviewer.x, from: '2026-01-01T00:00:00Z' }] }] });
}

describe('what is not taken', () => {
  const stolen = (since: string): void => council.westmarch.changes({ keys: council.westmarch.state.keys.map((key) => ({ ...key, compromisedSince: since })) });
  const odd: readonly Odd[] = [
    ['other bytes are in the registry than were signed', async () => { const mine = await registry.workshop.pack({ name: '@westmarch/parking', version: '1.0.0', guildhall: PARKING }); for (const one of [council.catalogue, council.other]) one.list(council.westmarch.signs(mine), mine.facts, mine.sha512); }, 'is not the package that westmarch signed: its bytes are others.'],
    ['the statement is another version’s', () => council.list('1.1.0', { as: '@westmarch/parking@1.0.0' }), 'The statement is for @westmarch/parking 1.1.0, and not for @westmarch/parking 1.0.0.'],
    ['somebody else signed under the name of its key', () => council.list('1.0.0', { by: pair('westmarch#lead') }), 'is not signed by a key that westmarch had'],
    ['the key was stolen before it was signed', () => { council.list('1.0.0'); stolen('2026-11-01T00:00:00Z'); }, 'is not signed by a key that westmarch had'],
    ['the key was stolen, and the log had it only afterwards', () => { council.list('1.0.0', { at: '2026-11-30T11:00:00Z' }); stolen('2026-11-30T10:00:00Z'); }, 'is not signed by a key that westmarch had'],
    ['only the other catalogue knows that the key was stolen', () => { council.list('1.0.0', { in: [council.catalogue], at: '2026-11-30T11:00:00Z' }); council.catalogue.states.set('westmarch', council.westmarch.states.slice(0, 1)); stolen('2026-11-30T10:00:00Z'); }, 'is not signed by a key that westmarch had'],
    ['it is not in the registry', () => { const one = council.packed('1.0.0'); const facts = { ...one.facts, version: '9.9.9' }; council.catalogue.list(council.westmarch.signs({ ...one, facts }), facts, one.sha512); }, 'does not have 9.9.9', ['add', '@westmarch/parking@9.9.9', ...YES]],
    ['no catalogue lists it', () => council.list('1.0.0'), 'No catalogue that this council follows lists @westmarch/parkng. Did you mean @westmarch/parking?', ['add', '@westmarch/parkng', ...YES]],
    ['no version fits', () => council.list('1.0.0'), 'no version is listed that fits ^2.0.0; there is 1.0.0.', ['add', '@westmarch/parking@^2.0.0', ...YES]],
    ['the catalogues list different things', () => { council.list('1.0.0', { in: [council.catalogue] }); council.other.list(council.westmarch.signs(council.packed('1.0.0')), council.packed('1.0.0').facts, 'a'.repeat(128)); }, 'Westmarch and Aldermoor list something else as @westmarch/parking 1.0.0.'],
    ['the catalogues tell of different keys', () => { council.list('1.0.0', { in: [council.catalogue] }); council.other.states.set('westmarch', new InventedPublisher('westmarch').states); }, 'Westmarch and Aldermoor do not tell the same of westmarch'],
    ['another publisher claims the name', () => { council.decides(council.pinned); const thief = new InventedPublisher('brackenfield', '@westmarch'); for (const one of [council.catalogue, council.other]) one.states.set('brackenfield', thief.states); council.list('1.0.0', { publisher: thief, by: thief.lead }); }, '@westmarch/parking is a name of westmarch (guildhall.json), and brackenfield claims it.'],
    ['somebody else calls itself so', () => { council.decides(council.pinned); const thief = new InventedPublisher('westmarch'); for (const one of [council.catalogue, council.other]) one.states.set('westmarch', thief.states); council.list('1.0.0', { publisher: thief, by: thief.lead }); }, 'westmarch at Westmarch has never signed with the key by which this council knows it'],
    ['a publisher signs what is not under its name', () => { council.westmarch.changes({ scopes: ['@elsewhere'] }); council.list('1.0.0'); }, 'westmarch does not publish under the name @westmarch/parking.'],
    ['the catalogue’s log does not prove it', () => { council.list('1.0.0', { in: [council.catalogue] }); council.catalogue.tree = new MerkleTree(); council.catalogue.tree.append(new Uint8Array(32)); }, 'does not prove that @westmarch/parking 1.0.0 stands in its log'],
    ['the catalogue’s key is another', () => { council.decides({ catalogues: [{ ...council.catalogue.followed, key: council.other.followed.key }] }, []); council.list('1.0.0', { in: [council.catalogue] }); }, 'its checkpoint is not signed by the key that guildhall.json has of it'],
    ['the log shrank since', () => { council.list('1.0.0', { in: [council.catalogue] }); council.decides({}, [council.catalogue]); council.write('guildhall.seen.json', JSON.stringify({ checkpoints: { [council.catalogue.origin]: council.catalogue.checkpoint() } })); council.catalogue.forgets(); council.list('1.0.0', { in: [council.catalogue], at: '2026-11-30T09:02:00Z' }); }, 'shows another log than this app saw before'],
    ['it was withdrawn', () => { council.list('1.0.0'); council.notice({ kind: 'withdrawal', text: { en: 'It charges twice.', cy: 'Mae’n codi ddwywaith.' } }); }, '@westmarch/parking 1.0.0 was withdrawn: It charges twice.'],
    ['a kit’s report is demanded, and there is a failed case', () => { council.list('failing'); council.decides({ assurance: { modules: { kit: 'passed' }, whenMissing: 'refuse' } }); }, 'This council’s policy (guildhall.json) does not let @westmarch/pay-by-bank 1.0.0 in: @westmarch/pay-by-bank 1.0.0 has not passed PAY-002', ['add', '@westmarch/pay-by-bank', ...YES]],
    ['a review is demanded, and nobody has looked', () => { council.list('1.0.0'); council.decides({ assurance: 'modules: one peer’s review' }); }, 'has not been looked at by another body'],
    ['a review is demanded, and only its publisher has looked, whose own name is not that of its packages', () => reviewedBy('northvale-dc'), 'has only been looked at by its owner'],
    ['a review is demanded, and only somebody has looked to whom its publisher belongs', () => reviewedBy('northvale-group', ['northvale-group']), 'has only been looked at by its owner'],
    ['what is decided cannot be understood', () => { council.list('1.0.0'); council.decides({ assurance: 'modules: looked at by somebody' }); }, 'guildhall.json: “modules: looked at by somebody” is no part of a policy'],
    ['a contract is missing', () => council.list('needy'), 'It needs the contract “permits” (^1.0.0), and nothing in this app provides it.', ['add', '@westmarch/needy', ...YES]],
    ['it would run something while it is installed', () => council.list('scripted'), 'would run postinstall of its own while it is installed', ['add', '@westmarch/scripted', ...YES]],
    ['it must be given something', () => council.list('choosy'), 'permits() of @westmarch/choosy must be given something: { fee: number }. Say what: --with', ['add', '@westmarch/choosy', ...YES]],
    ['its publisher is new, and nobody says that it is trusted', () => council.list('1.0.0'), 'westmarch is new to this app, and --yes does not say that it is trusted.', ['add', '@westmarch/parking', '--yes']],
    ['nobody can be asked', () => council.list('1.0.0'), 'Nobody can be asked here. Say --yes when it is meant.', ['add', '@westmarch/parking']],
    ['no catalogue answers', () => { council.catalogue.isDown = true; council.other.isDown = true; }, 'The catalogue Westmarch answers 503.'],
    ['no catalogue is followed', () => council.decides({}, []), 'guildhall.json names no catalogue'],
    ['it is no name of a package', () => undefined, 'is no package of npm’s', ['add', '../parking']],
    ['a name looks like that of an installed package', async () => { const thief = new InventedPublisher('westrnarch'); council.catalogue.states.set('westrnarch', thief.states); council.list('alike', { publisher: thief, by: thief.lead, in: [council.catalogue] }); council.list('1.0.0'); await council.typed(['add', '@westmarch/parking', ...YES]); }, '@westrnarch/parking looks like @westmarch/parking, which is installed', ['add', '@westrnarch/parking', '--yes', '--trust', 'westrnarch']],
  ];
  it.each(odd.map(([when, make, sentence, argv = ['add', '@westmarch/parking@1.0.0', ...YES]]) => [when, make, sentence, argv] as const))('when %s, and nothing is changed', async (_when, make, sentence, argv) => {
    await make();
    const before = council.everything();
    const { code, out, err } = await council.typed(argv);
    expect({ out, err }).toEqual({ out: '', err: expect.stringContaining(sentence) as string });
    expect(code).toBe(err?.endsWith('Nothing was changed.\n') ? 1 : 2);
    expect(council.everything()).toEqual(before);
    expect(existsSync(path.join(council.folder, '.guildhall/change.json'))).toBe(false);
  });
  it('when it is older than what is there, unless it is meant', async () => {
    council.list('1.0.0');
    council.list('0.9.0');
    expect(await council.typed(['add', '@westmarch/parking', ...YES])).toMatchObject({ code: 0 });
    expect(await council.typed(['add', '@westmarch/parking@0.9.0', ...YES])).toMatchObject({ code: 1, err: expect.stringContaining('@westmarch/parking 1.0.0 is installed, and 0.9.0 is older.') as string });
    expect(await council.typed(['add', '@westmarch/parking@0.9.0', '--older', ...YES])).toMatchObject({ code: 0 });
  });
});
