import { parking } from '../../../test/parking';
import { Terminal } from '../../../test/typed';
import { checkPackage } from './check-package';
import type { PackageJson } from './checked';
import { lookAtCode } from './look-at-code';

let terminal: Terminal;
beforeEach(async () => { terminal = await Terminal.open(); });
afterEach(() => terminal.close());

const README = `# Parking\n\n${'Parking permits for residents, in zones that the council draws. '.repeat(3)}`;
/** What is found of a package with these files, of which all are packed. */
async function found(more: Readonly<Record<string, unknown>> = {}, json: Parameters<typeof parking>[0] = {}): Promise<readonly string[]> {
  const files = Object.fromEntries(Object.entries({ ...parking(json), 'README.md': README, ...more }).filter(([, content]) => content !== undefined));
  await terminal.write(files);
  const packed = new Map(Object.entries(files).map(([file, content]) => [file, Buffer.byteLength(typeof content === 'string' ? content : JSON.stringify(content))]));
  return checkPackage({ folder: terminal.folder, json: files['package.json'] as PackageJson, files: packed, code: lookAtCode(terminal.folder) }).map(({ weight, subject, text }) => `${weight} ${subject}: ${text}`);
}
const guildhall = (more: object): { readonly guildhall: object } => ({ guildhall: { kind: 'service-pack', id: 'parking', owner: 'Westmarch Digital', maturity: 'beta', personalData: [], languages: ['en', 'cy'], descriptions: { cy: 'Trwyddedau parcio.' }, ...more } });
const report = (more: object = {}, results: readonly object[] = [{ id: 'PAY-001', title: 'it pays', result: 'passed' }]): object => ({ kit: 'payments.payment-provider', contract: 'payments', version: '0.1.0', implementation: '@westmarch/parking', results, ...more });

describe('guildhall check', () => {
  it('finds nothing wrong with a package that is in order', async () => { expect(await found()).toEqual([]); });
  it.each<readonly [string, Readonly<Record<string, unknown>>, Parameters<typeof parking>[0], string]>([
    ['it has no manifest', {}, { guildhall: undefined }, 'mend manifest: package.json has no "guildhall"'],
    ['its manifest is not as the schema says', {}, guildhall({ colour: 'red' }), 'must NOT have additional properties (colour).'],
    ['it says nothing of personal data', {}, guildhall({ personalData: undefined }), `"guildhall" must have required property 'personalData'.`],
    ['it names a picture that it does not bring', {}, guildhall({ screenshots: [{ file: 'screenshots/start.png', text: { en: 'Where people begin.', cy: 'Lle mae pobl yn dechrau.' } }] }), 'mend pictures: It names the picture screenshots/start.png, and does not bring it.'],
    ['a picture is none', { 'screenshots/start.png': '<html>' }, guildhall({ screenshots: [{ file: './screenshots/start.png', text: { en: 'Where people begin.', cy: 'Lle mae pobl yn dechrau.' } }] }), 'mend pictures: screenshots/start.png is no picture'],
    ['a picture has no words in Welsh', { 'screenshots/start.png': '<html>' }, guildhall({ screenshots: [{ file: 'screenshots/start.png', text: { en: 'Where people begin.' } }] }), `must have required property 'cy'`],
    ['nobody would see a picture', { 'screenshots/start.png': '<html>' }, {}, 'advice pictures: screenshots/start.png would not be shown'],
    ['its name could not be listed', {}, { name: '@westmarch/Parking' }, 'mend package.json: A catalogue would not list it.'],
    ['it has no licence', {}, { license: undefined }, 'mend licence: package.json has no "license"'],
    ['its licence is no SPDX expression', {}, { license: 'Ours (ask us)' }, 'mend licence: “Ours (ask us)” is no SPDX'],
    ['the licence’s text is missing', { LICENSE: undefined }, {}, 'mend licence: There is no LICENSE in it'],
    ['its README is missing', { 'README.md': undefined }, {}, 'mend README: There is no README.md'],
    ['its README says nothing', { 'README.md': '# Parking' }, {}, 'mend README: README.md says next to nothing'],
    ['settings would be packed', { '.env': 'A=1' }, {}, 'mend files: .env would be packed: settings'],
    ['a key would be packed', { 'keys/lead.pem': 'x' }, {}, 'mend files: keys/lead.pem would be packed: a key.'],
    ['a test would be packed', { 'src/parking.spec.ts': 'x' }, {}, 'mend files: src/parking.spec.ts would be packed: a test.'],
    ['a private key stands in its code', { 'dist/other.js': `const key = \`-----BEGIN PRIVATE ${'KEY'}-----\n${'A'.repeat(40)}\`;` }, {}, 'mend files: dist/other.js has a private key in it.'],
    ['everything would be packed', {}, { files: undefined }, 'mend files: package.json has no "files"'],
    ['it runs something where it is installed', {}, { scripts: { postinstall: 'node x.js' } }, 'mend scripts: “postinstall” runs at whoever installs it'],
    ['it takes any version', {}, { dependencies: { lamps: '*' } }, 'mend dependencies: lamps may come in any version.'],
    ['it takes what nobody has tried', {}, { dependencies: { lamps: '>=1.0.0' } }, 'mend dependencies: lamps “>=1.0.0” takes versions that nobody has tried yet.'],
    ['it takes what is no version', {}, { dependencies: { lamps: 'git+https://git.westmarch.example/lamps' } }, 'which is no range of versions'],
    ['its code does not load', { 'dist/index.js': 'require("nothing-of-this-name");' }, {}, "mend code: It cannot be loaded: Cannot find module 'nothing-of-this-name'"],
    ['words are in one language', { 'dist/index.js': 'exports.words = { title: { en: "Parking", cy: "" }, list: [{ en: "Only English" }] };' }, {}, 'mend languages: words.title is not in Welsh.'],
    ['words lie below others', { 'dist/index.js': 'exports.texts = { en: { page: { title: "Parking", go: "Go" } }, cy: { page: { title: "Parcio" } } };' }, {}, 'mend languages: texts: page.go is not in Welsh.'],
    ['it speaks Welsh and is described in English only', {}, guildhall({ descriptions: undefined }), 'advice languages: It speaks cy and is not described in it: write "descriptions": { "cy": … }'],
    ['it is much too large', { 'dist/tiles.bin': 'x'.repeat(21 * 1024 * 1024) }, {}, 'mend size: It has 21.0 MB, and 20.0 are the most.'],
    ['it is large', { 'dist/tiles.bin': 'x'.repeat(6 * 1024 * 1024) }, {}, 'advice size: It has 6.0 MB: can something be left out?'],
    ['a style sheet is heavy', { 'assets/style.css': 'x'.repeat(300 * 1024) }, {}, 'advice pages: style.css has 300 kB before it is compressed'],
    ['it is no module', {}, { kind: 'module' }, 'mend code: It says that it is a module, and exports none'],
    ['its module does something else than it says', { 'dist/index.js': 'const parking = () => ({}); parking.definition = { id: "parking", permissions: [{ id: "parking.tow" }], requires: [] }; exports.parking = parking;' }, guildhall({ kind: 'module', permissions: ['parking.see'] }), 'mend manifest: Under "permissions" it does not say what its code does: parking.tow.'],
    ['its module does not do what it says', { 'dist/index.js': 'const parking = () => ({}); parking.definition = { id: "parking", permissions: [], requires: [] }; exports.parking = parking;' }, guildhall({ kind: 'module', permissions: ['parking.see'] }), 'mend manifest: Under "permissions" it says what its code does not do: parking.see.'],
    ['its module keeps what nobody gets a copy of', { 'dist/index.js': 'const parking = () => ({}); parking.definition = { id: "parking", schema: "parking", migrations: [{}] }; exports.parking = parking;' }, guildhall({ kind: 'module', personalData: [{ data: 'number plates', purpose: 'permits', retention: 'a year' }] }), 'mend personal data: It keeps “number plates”, and its code registers no PERSONAL_DATA'],
    ['its module tells people of what it does not name', { 'dist/index.js': 'const parking = () => ({}); parking.definition = { id: "parking", registers: [{ point: { id: "information-rights.personal-data" } }] }; exports.parking = parking;' }, guildhall({ kind: 'module' }), 'mend personal data: Its code tells people what is held about them'],
    ['its service pack is another than it says', { 'dist/index.js': 'exports.parking = () => ({ kind: "service-pack", id: "permits", requires: [{ contract: { id: "services" }, range: "^0.1.0" }] });' }, {}, 'mend manifest: Under "id" it does not say what its code does: permits.'],
    ['its service pack needs what it does not say', { 'dist/index.js': 'exports.parking = () => ({ kind: "service-pack", id: "parking", requires: [{ contract: { id: "services" }, range: "^0.1.0" }] });' }, {}, 'mend manifest: Under "requires" it does not say what its code does: services ^0.1.0.'],
    ['a service pack declares a permission, which it cannot', {}, guildhall({ permissions: ['parking.tow'] }), 'mend manifest: Under "permissions" it says what its code does not do: parking.tow.'],
    ['its permission has another title in its code', { 'dist/index.js': 'const parking = () => ({}); parking.definition = { id: "parking", permissions: [{ id: "parking.see", title: "See permits" }], requires: [] }; exports.parking = parking;' }, guildhall({ kind: 'module', permissions: ['parking.see'], permissionTitles: { 'parking.see': { en: 'See everything', cy: 'Gweld popeth' } } }), 'mend manifest: Under "permissionTitles" it says that parking.see is “See everything”, and its code says “See permits”. Say the same.'],
    ['its permission has no title', { 'dist/index.js': 'const parking = () => ({}); parking.definition = { id: "parking", permissions: [{ id: "parking.see" }], requires: [] }; exports.parking = parking;' }, guildhall({ kind: 'module', permissions: ['parking.see'] }), 'advice permissions: It does not say in words what parking.see lets an officer do: "permissionTitles": { "parking.see": '],
    ['it has words for a permission that it does not name', {}, guildhall({ permissionTitles: { 'parking.sea': { en: 'See permits', cy: 'Gweld trwyddedau' } } }), 'mend manifest: Under "permissionTitles" it says what parking.sea lets an officer do, which is not under "permissions".'],
    ['its code says another version than its package', { 'dist/index.js': 'const parking = () => ({}); parking.definition = { id: "parking", version: "0.9.0" }; exports.parking = parking;' }, guildhall({ kind: 'module' }), 'advice code: Its module says that it is version 0.9.0'],
    ['it needs what no contract declares', {}, guildhall({ requires: { lamps: '^1.0.0' } }), 'mend manifest: It needs lamps, which no contract declares'],
    ['it brings no report', {}, { kind: 'provider' }, 'mend conformance: It brings no report that it has passed its kit.'],
    ['its report is not packed', {}, guildhall({ kind: 'provider', provides: { 'payments.payment-provider': '0.1.0' }, conformance: ['conformance.json'] }), 'mend conformance: conformance.json is named, and would not be packed.'],
    ['its report is another’s', { 'conformance.json': report({ implementation: '@elsewhere/parking' }) }, guildhall({ kind: 'provider', provides: { 'payments.payment-provider': '0.1.0' }, conformance: ['conformance.json'] }), 'mend conformance: The report of payments.payment-provider is about @elsewhere/parking.'],
    ['its report is of another kit', { 'conformance.json': report({ kit: 'lamps.lamp', contract: 'lamps' }) }, guildhall({ kind: 'provider', provides: { 'payments.payment-provider': '0.1.0' }, conformance: ['conformance.json'] }), 'mend conformance: It provides payments.payment-provider, and brings no report of that kit.'],
    ['it does not pass', { 'conformance.json': report({}, [{ id: 'PAY-002', title: 'the same key never charges twice', result: 'failed', detail: 'It charged twice.' }]) }, guildhall({ kind: 'provider', provides: { 'payments.payment-provider': '0.1.0' }, conformance: ['conformance.json'] }), 'mend conformance: PAY-002 of payments.payment-provider is not passed: the same key never charges twice. It charged twice.'],
  ])('says it when %s', async (_when, files, json, sentence) => { expect(await found(files, json)).toContainEqual(expect.stringContaining(sentence)); });
  it('lets a module keep what is told elsewhere, and a service pack be that must be given something', async () => {
    const told = { 'dist/index.js': 'const parking = () => ({}); parking.definition = { id: "parking", schema: "parking", migrations: [{}] }; exports.parking = parking;' };
    expect((await found(told, guildhall({ kind: 'module', personalData: [{ data: 'number plates', purpose: 'permits', retention: 'a year', toldElsewhere: 'with the case' }] }))).filter((one) => one.includes('personal data'))).toEqual([]);
    expect(await found({ 'dist/index.js': 'exports.parking = ({ fee }) => ({ kind: "service-pack", id: "other", fee });' })).toEqual([]);
  });
  it('says what its kit has gained since it was passed, by the contract that is installed, and by no other', async () => {
    const contract = (name: string, id: string, kits: object): Readonly<Record<string, unknown>> => ({ [`node_modules/${name}/package.json`]: { name, version: '0.1.0', guildhall: { kind: 'contract', id, owner: 'Somebody' } }, [`node_modules/${name}/kits.json`]: kits });
    const installed = { ...contract('@guildhall/payments-contract', 'payments', { 'payments.payment-provider': ['PAY-001'], 'payments.payment-provider@0.2.0': ['PAY-004'] }), ...contract('strangers-contract', 'strangers', { 'payments.payment-provider@0.3.0': ['PAY-999'] }) };
    await terminal.write(installed);
    const provider = { ...guildhall({ kind: 'provider', provides: { 'payments.payment-provider': '0.1.0' }, conformance: ['conformance.json'] }), dependencies: { '@guildhall/payments-contract': '^0.1.0', 'strangers-contract': '^0.1.0', 'not-installed': '^0.1.0' } };
    expect((await found({ 'conformance.json': report() }, provider)).filter((one) => one.includes('more case'))).toEqual(['advice conformance: @westmarch/parking 1.0.0 passed payments.payment-provider of 0.1.0; the present one has 1 more case. Run: npx guildhall conform']);
    expect((await found({ 'conformance.json': report({ version: '0.2.0' }, ['PAY-001', 'PAY-004'].map((id) => ({ id, title: 'it pays', result: 'passed' }))) }, provider)).filter((one) => one.includes('more case'))).toEqual([]);
  });
  it('loads nothing where a package is a program alone', async () => { expect(await found({ 'dist/index.js': 'throw new Error("run");' }, { main: undefined })).toEqual([]); });
});
