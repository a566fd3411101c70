import { createHash } from 'node:crypto';
import { readCouncilReport, type CouncilReport } from '@guildhall/catalogue-contract';
import { chosen } from '../command';
import { COMMANDS } from '../commands';
import { InventedCouncil } from '../../test/invented-council';

let council: InventedCouncil;
beforeEach(() => { council = new InventedCouncil(); });
afterEach(() => council.forget());

const doctor = (...argv: readonly string[]) => chosen(['doctor', '--offline', ...argv], COMMANDS, council.world());
async function report(...argv: readonly string[]): Promise<CouncilReport & { readonly code: number; readonly toMend: readonly string[] }> {
  const { code, out } = await doctor('--json', ...argv);
  const read = readCouncilReport(JSON.parse(out));
  if (!read.ok) throw new Error(read.refusal.message);
  return { ...read.value, code, toMend: read.value.findings.filter(({ weight }) => weight === 'mend').map(({ text }) => text) };
}
/** An app as it is built, that answers so. */
const built = (said: string): void => council.write('dist/main.js', said);
const APP = { lines: [{ ok: true, subject: 'migrations', text: 'The database is up to date.' }], councils: [{ slug: 'brackenfield', languages: ['cy', 'en'], nation: 'wales', contracts: { cases: '0.1.0', payments: '0.1.0' }, modules: [] }] };
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('guildhall doctor', () => {
  it('writes what a catalogue reads, and finds nothing to mend where all is well', async () => {
    built(`console.log('Starting …'); console.log(${JSON.stringify(JSON.stringify(APP, undefined, 2))})`);
    const { code, findings, ...rest } = await report();
    expect(code).toBe(0);
    expect(findings).toEqual([{ weight: 'fine', subject: 'contracts', text: '2 packages in use; each finds the contracts that it needs.' }, { weight: 'fine', subject: 'migrations', text: 'The database is up to date.' }]);
    expect(rest).toMatchObject({
      council: { slug: 'brackenfield', languages: ['cy', 'en'], nation: 'wales' }, contracts: { cases: '0.1.0', payments: '0.1.0' }, copies: [], node: process.versions.node,
      packages: [{ name: '@guildhall/cases', version: '0.1.0', kind: 'module', id: 'cases' }, { name: '@guildhall/payments', version: '0.1.0', kind: 'module', id: 'payments' }],
    });
  });
  it('says of the council what its configuration says where the app is not built, and that it is not', async () => {
    const { code, council: { slug, languages, nation }, contracts, findings } = await report();
    expect({ code, slug, languages, nation, contracts }).toEqual({ code: 0, slug: 'brackenfield', languages: ['en', 'cy'], nation: 'england', contracts: { cases: '0.1.0', payments: '0.1.0' } });
    expect(findings.at(-1)).toMatchObject({ weight: 'advice', subject: 'app', text: expect.stringContaining('dist/main.js is not there. Build the app') as string });
    expect((await report('--without-app')).findings).toHaveLength(1);
  });
  it('hands on what the app finds, and says when it does not start', async () => {
    built(`console.log(${JSON.stringify(JSON.stringify({ ...APP, lines: [{ ok: false, subject: 'migrations', text: 'The database lacks cases 004. Run "migrate".' }] }))})`);
    expect((await report()).toMend).toEqual(['The database lacks cases 004. Run "migrate".']);
    built(`console.error('\\n"cases" and "cases-too" both provide cases.\\n'); process.exit(1)`);
    expect((await report()).toMend).toEqual(['The app does not start: "cases" and "cases-too" both provide cases.']);
    built(`console.log('{ no JSON')`);
    expect((await report()).toMend).toEqual(['The app does not start: it says nothing of why.']);
  });
  it('names contracts that are missing, too old, provided twice, and packages that are there twice', async () => {
    council.has('@westmarch/parking', { kind: 'module', id: 'parking', provides: { cases: '0.1.0' }, requires: { permits: '^1.0.0', payments: '^0.2.0' } }, { engines: { node: '>=99' } });
    council.has('@guildhall/payments-contract', { kind: 'contract', id: 'payments' }).has('@guildhall/payments-contract', { kind: 'contract', id: 'payments' }, { version: '0.2.0', at: 'node_modules/@westmarch/parking/node_modules/@guildhall/payments-contract' });
    expect((await report()).toMend).toEqual(['@guildhall/payments-contract is installed in the versions 0.1.0 and 0.2.0. Upgrade what needs the older one: npm ls @guildhall/payments-contract']);
    council.write('src/more.ts', `import { parking } from '@westmarch/parking';\nexport { parking };\n`);
    expect((await report()).toMend).toHaveLength(1);
    council.write('src/council.config.ts', `import { parking } from './more.js';\n${council.read('src/council.config.ts')}`);
    expect((await report()).toMend).toEqual([
      '@westmarch/parking 0.1.0 needs the contract “permits” (^1.0.0), and nothing in this app provides it. Add a module that does.',
      '@westmarch/parking 0.1.0 needs the contract “payments” ^0.2.0, and this app has 0.1.0. Upgrade the one that is behind: npx guildhall upgrade',
      `@westmarch/parking 0.1.0 needs Node.js >=99, and this is ${process.versions.node}.`,
      '@guildhall/cases and @westmarch/parking both provide cases. A council has one of each: npx guildhall remove @westmarch/parking, or the other.',
      '@guildhall/payments-contract is installed in the versions 0.1.0 and 0.2.0. Upgrade what needs the older one: npm ls @guildhall/payments-contract',
    ]);
  });
  it('counts the files in which a copied service differs from what it was', async () => {
    const copiedFrom = { name: '@guildhall/garden-waste', version: '0.1.0', files: { 'index.ts': digest('one'), 'fees.ts': digest('two'), 'gone.ts': digest('three') } };
    council.write('src/garden-waste/package.json', JSON.stringify({ copiedFrom }));
    for (const [file, text] of Object.entries({ 'index.ts': 'one', 'fees.ts': 'changed', 'more/new.ts': 'new' })) council.write(`src/garden-waste/${file}`, text);
    expect((await report()).copies).toEqual([{ folder: 'src/garden-waste', from: '@guildhall/garden-waste', version: '0.1.0', filesChanged: 3 }]);
    expect((await doctor()).out).toContain('ok    src/garden-waste is a copy of @guildhall/garden-waste 0.1.0: 3 files differ.');
  });
  it('says that a command was interrupted and how that is finished, and that one is under way', async () => {
    const begun = (by: number): void => council.write('.guildhall/change.json', JSON.stringify({ what: 'upgrade @westmarch/parking@1.1.0', process: by, before: {} }));
    begun(2 ** 22 + 1);
    expect((await report()).toMend).toEqual(['“guildhall upgrade @westmarch/parking@1.1.0” was interrupted. The next command that changes something finishes it first, or puts back what was there: guildhall upgrade']);
    begun(process.pid);
    expect(await report()).toMatchObject({ code: 0, findings: expect.arrayContaining([{ weight: 'advice', subject: 'change', text: '“guildhall upgrade @westmarch/parking@1.1.0” is under way in this folder. Look again when it has ended.' }]) as unknown });
  });
  it('says what keeps it from looking', async () => {
    council.write('guildhall.json', '{"catalogues":[{"name":"Westmarch","origin":"https://catalogue.westmarch.example","key":"nonsense"}]}');
    expect(await doctor()).toMatchObject({ code: 2, err: expect.stringContaining('the key of Westmarch is none') as string });
    council.write('guildhall.json', '{"catalogues":["https://catalogue.westmarch.example"]}');
    expect(await doctor()).toMatchObject({ code: 2, err: expect.stringContaining('guildhall.json: This is not what a council decides') as string });
    expect(await chosen(['doctor'], COMMANDS, council.world({ folder: `${council.folder}/src` }))).toMatchObject({ code: 2, err: expect.stringContaining('Go to the folder of the council’s app') as string });
  });
});
