import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { capability, provider, servicePack, theme } from '../generators/src';
import { Outside } from '../generators/test/outside';
import { checkCommand } from '../../libs/factory/command/src/publishing/check-command';

const THREE_MINUTES = 180_000;
const outside = new Outside();
afterAll(() => outside.forget());

const [MODULE, PROVIDER] = ['packages/lost-property', 'packages/notifications-provider-ferry'];
const MADE = ['packages/theme-westmarch', PROVIDER, 'packages/mooring-permit', 'packages/lost-property-contract', MODULE];
beforeAll(() => {
  outside.make(theme, { name: 'westmarch', brand: '#5b2c6f', owner: 'Westmarch region' });
  outside.make(provider, { port: 'notifications', name: 'ferry' });
  outside.make(servicePack, { name: 'mooring-permit', fee: 12.5, title: { en: 'Mooring permit', cy: 'Trwydded angori' } });
  outside.make(capability, { name: 'lost-property', title: { en: 'Lost property', cy: 'Eiddo coll' } });
  expect(outside.compile(...MADE)).toBe('');
  // The first run of its tests writes the report of its kit.
  expect(outside.test(PROVIDER)).toMatchObject({ status: 0 });
}, THREE_MINUTES);

/** What `guildhall check` says of a package, a line each. */
async function check(folder: string): Promise<readonly string[]> {
  const { out } = await checkCommand.run([folder, '--json'], { folder: outside.folder, now: new Date(), env: process.env, say: () => undefined, confirm: () => Promise.resolve(undefined) });
  return (JSON.parse(out) as { readonly findings: readonly { readonly weight: string; readonly subject: string; readonly text: string }[] }).findings.map(({ weight, subject, text }) => `${weight} ${subject}: ${text}`);
}

type Manifest = Record<string, unknown> & { readonly guildhall: Record<string, unknown> };
const manifest = (change: (manifest: Manifest) => object) => (text: string): string => JSON.stringify(change(JSON.parse(text) as Manifest));
const said = (change: object): ((text: string) => string) => manifest((json) => ({ ...json, guildhall: { ...json.guildhall, ...change } }));
const instead = (was: string, is: string) => (text: string): string => { expect(text).toContain(was); return text.replace(was, is); };
const gone = (): undefined => undefined;

const PLATES = [{ data: 'number plates', purpose: 'finding owners', retention: 'a year' }];
/** What was made, a file of it, what somebody did to that, and what is said. */
const BROKEN: readonly (readonly [when: string, folder: string, file: string, broken: (text: string) => string | undefined, sentence: string])[] = [
  ['its manifest says that it needs what its code does not', MODULE, 'package.json', said({ requires: { cases: '^0.1.0' } }), 'mend manifest: Under "requires" it says what its code does not do: cases ^0.1.0. Take it out.'],
  ['its code is called something else than its manifest says', MODULE, 'dist/lost-property.module.js', instead(`id: 'lost-property'`, `id: 'found-property'`), 'mend manifest: Under "id" it does not say what its code does: found-property. Add it.'],
  ['its manifest names no permission, and its code has one', MODULE, 'package.json', said({ permissions: [], permissionTitles: {} }), 'mend manifest: Under "permissions" it does not say what its code does: lost-property.manage. Add it.'],
  ['it says nowhere in words what a permission lets an officer do', MODULE, 'package.json', said({ permissionTitles: {} }), 'advice permissions: It does not say in words what lost-property.manage lets an officer do'],
  ['it keeps what nobody gets a copy of', MODULE, 'package.json', said({ personalData: PLATES }), 'mend personal data: It keeps “number plates”, and its code registers no PERSONAL_DATA'],
  ['it says nothing of personal data', PROVIDER, 'package.json', said({ personalData: undefined }), `mend manifest: "guildhall" must have required property 'personalData'.`],
  ['a message has no Welsh', MODULE, 'dist/wording/texts.js', instead(`since: 'Ers {day}'`, `other: 'Ers {day}'`), 'mend languages: lost-property.list.since: has no Welsh.'],
  ['a message lacks a value in Welsh', MODULE, 'dist/wording/texts.js', instead(`'Ers {day}'`, `'Ers tro'`), 'mend languages: lost-property.list.since: asks for {day} in English and for nothing in Welsh.'],
  ['words stand in a page, and so in one language', MODULE, 'views/lost-property/list.njk', instead('<ul class="govuk-list', '<p>Things that were found</p><ul class="govuk-list'), 'mend pages: lost-property/list.njk: "Things that were found" is not in the texts: say it with t().'],
  ['a page says what is in no texts', MODULE, 'views/lost-property/list.njk', instead(`t('lost-property.list.none')`, `t('lost-property.list.nothing')`), 'mend pages: lost-property/list.njk:14: no module says "lost-property.list.nothing" in en.'],
  ['a form is sent without its token', MODULE, 'views/lost-property/list.njk', instead('<ul class="govuk-list', '<form method="post"></form><ul class="govuk-list'), 'mend pages: lost-property/list.njk: a form that is posted needs {{ csrfField }}.'],
  ['it speaks Welsh and is described in English', MODULE, 'package.json', said({ descriptions: undefined }), 'advice languages: It speaks cy and is not described in it'],
  ['it has no licence', 'packages/mooring-permit', 'package.json', manifest((json) => ({ ...json, license: undefined })), 'mend licence: package.json has no "license"'],
  ['the licence’s text is missing', 'packages/theme-westmarch', 'LICENSE', gone, 'mend licence: There is no LICENSE in it'],
  ['it is much too large', MODULE, 'views/lost-property/map.bin', () => 'x'.repeat(21 * 1024 * 1024), 'mend size: It has 21.'],
  ['what each of its pages brings is heavy', MODULE, 'assets/map.js', () => 'x'.repeat(300 * 1024), 'advice pages: map.js has 300 kB before it is compressed: a first visit is to weigh at most 60 kB in all.'],
  ['it brings no report of its kit', PROVIDER, 'conformance.json', gone, 'mend conformance: conformance.json is named, and would not be packed.'],
  ['its contract declares another version than it says', 'packages/lost-property-contract', 'package.json', said({ provides: { 'lost-property': '0.2.0' } }), 'mend manifest: It provides lost-property 0.2.0, and the contract that is installed is at 0.1.0.'],
];

describe('guildhall check, of what a generator has made', () => {
  it.each(MADE)('has nothing to mend in %s, and says what is left to be thought of', async (folder) => {
    expect(await check(folder)).toEqual([
      ...(folder === MODULE ? ['advice personal data: It has tables and says that it keeps nothing of people.'] : []),
      'advice package.json: It does not say where its source is: "repository".',
      ...(folder === MODULE ? ['advice pages: It has pages, and they were not looked at: start an app that shows them, and name some with --page.'] : []),
    ].map((line) => expect.stringContaining(line) as string));
  });
  // How a page that is open looks and what it weighs as a whole is seen by --page: own-pages.e2e.spec.ts.
  it.each(BROKEN)('says it when %s', async (_when, folder, file, broken, sentence) => {
    const at = path.join(outside.folder, folder, file);
    const packageJson = path.join(outside.folder, folder, 'package.json');
    const [before, manifestBefore] = [read(at), readFileSync(packageJson, 'utf8')];
    try {
      if (file.startsWith('assets/')) writeFileSync(packageJson, manifest((json) => ({ ...json, files: [...json['files'] as string[], 'assets'] }))(manifestBefore));
      write(at, broken(before ?? ''));
      expect(await check(folder)).toContainEqual(expect.stringContaining(sentence));
    } finally {
      write(at, before);
      write(packageJson, manifestBefore);
    }
  });
});

function read(file: string): string | undefined {
  try { return readFileSync(file, 'utf8'); } catch { return undefined; }
}
function write(file: string, text: string | undefined): void {
  if (text === undefined) return rmSync(file);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
