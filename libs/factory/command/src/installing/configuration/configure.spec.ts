import fc from 'fast-check';
import * as ts from 'typescript';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { addTo, removeFrom, swapIn, type Entry, type Place } from './configure';
import { sourceOf, type Source } from './source';

const source = (text: string): Source => sourceOf(ts, text, 'council.config.ts');
const parking: Entry = { package: '@westmarch/parking', name: 'parking' };
const payByBank: Entry = { package: '@westmarch/pay-by-bank', name: 'payByBank', given: `{ key: env.secret('PAY_BY_BANK_KEY') }` };
const inPayments: Place & { readonly module: string; readonly part: string } = { module: '@guildhall/payments', part: 'providers' };
const added = (text: string, entry = parking, place: Place = {}): string => addTo(source(text), entry, place).text;

const PLAIN = `import { cases } from '@guildhall/cases';
import { defineCouncil } from '@guildhall/kernel-contract';
import { payments } from '@guildhall/payments';
import { sandboxRedirect } from '@guildhall/payments-provider-sandbox-redirect';
import { theme } from './theme';

export const brackenfield = defineCouncil('brackenfield', ({ env }) => ({
  theme,
  modules: [
    payments({ providers: [sandboxRedirect()] }), // Nobody pays in earnest.
    cases(),
  ],
}));
`;

describe('a module in a configuration', () => {
  it('is imported in order, and called at the end of the list', () => {
    expect(added(PLAIN)).toBe(PLAIN.replace(`import { theme }`, `import { parking } from '@westmarch/parking';\nimport { theme }`).replace('    cases(),\n', '    cases(),\n    parking(),\n'));
  });
  it('is given what it is to be given', () => { expect(added(PLAIN, { ...parking, given: '{ zones: 3 }' })).toContain('    parking({ zones: 3 }),\n'); });
  it('is there once, however often it is added', () => { expect(added(added(PLAIN))).toBe(added(PLAIN)); });
  it.each([
    ['a short list', `modules: [payments({ providers: [] }), cases()] }`, `modules: [payments({ providers: [] }), cases(), parking()] }`],
    ['an empty list', 'modules: [] }', 'modules: [parking()] }'],
    ['an empty list of two lines', 'modules: [\n  ] }', 'modules: [\n    parking(),\n  ] }'],
    ['a list without a last comma', 'modules: [\n    cases() // last\n  ] }', 'modules: [\n    cases(), // last\n    parking()\n  ] }'],
    ['a list with more on a line', 'modules: [\n    cases(), payments(),\n  ] }', 'modules: [\n    cases(), payments(),\n    parking(),\n  ] }'],
    ['a list that is spread into', 'modules: [\n    cases(),\n    ...(env.flag ? [payments()] : []),\n  ] }', 'modules: [\n    cases(),\n    ...(env.flag ? [payments()] : []),\n    parking(),\n  ] }'],
    ['a list that is vouched for', 'modules: ([cases()] satisfies Module[]) }', 'modules: ([cases(), parking()] satisfies Module[]) }'],
  ])('goes into %s as that is written', (_what, before, after) => {
    const around = (list: string): string => `defineCouncil('glanafon', ({ env }) => ({ ${list}));\n`;
    expect(added(around(before))).toBe(`import { parking } from '@westmarch/parking';\n${around(after)}`);
  });
  it('goes into a list that has a name, and into what a function returns', () => {
    expect(added(`const all = [cases()];\nexport const a = defineCouncil('a', () => { const council = {}; return { council, modules: all }; });\n`)).toContain('const all = [cases(), parking()];');
    expect(added(`const modules = [cases()];\nexport const a = defineCouncil('a', { modules });\n`)).toContain('const modules = [cases(), parking()];');
  });
  it('keeps quotes, semicolons, ends of lines and comments as they are', () => {
    const text = `// Our own.\r\nimport { zones } from "@aldermoor/zones"\r\n\r\nexport default defineCouncil("aldermoor", { /* all */ modules: [\r\n\tzones(), // Zones of parking\r\n] })\r\n`;
    expect(added(text)).toBe(`// Our own.\r\nimport { zones } from "@aldermoor/zones"\r\nimport { parking } from "@westmarch/parking"\r\n\r\nexport default defineCouncil("aldermoor", { /* all */ modules: [\r\n\tzones(), // Zones of parking\r\n\tparking(),\r\n] })\r\n`);
  });
  it('joins an import of the same package, and takes another name where its own stands for something else', () => {
    expect(added(`import { bays } from '@westmarch/parking';\ndefineCouncil('a', { modules: [] });\n`)).toBe(`import { bays, parking } from '@westmarch/parking';\ndefineCouncil('a', { modules: [parking()] });\n`);
    expect(added(`import type { ParkingOptions } from '@westmarch/parking';\ndefineCouncil('a', { modules: [] });\n`)).toContain(`import { parking } from '@westmarch/parking';\n`);
    expect(added(`import { parking } from '@brackenfield/parking';\ndefineCouncil('a', { modules: [parking()] });\n`)).toBe(`import { parking } from '@brackenfield/parking';\nimport { parking as westmarchParking } from '@westmarch/parking';\ndefineCouncil('a', { modules: [parking(), westmarchParking()] });\n`);
  });
  it('goes to the council that is named', () => {
    const two = `defineCouncil('a', { modules: [] });\ndefineCouncil('b', { modules: [] });\n`;
    expect(added(two, parking, { council: 'b' })).toContain(`defineCouncil('b', { modules: [parking()] })`);
    expect(() => added(two)).toThrow('council.config.ts has several councils: a, b. Say which with --council.');
    expect(() => added(two, parking, { council: 'c' })).toThrow('has no council “c”');
  });
  it.each([
    ['there is no council', 'export const x = 1;\n', 'has no defineCouncil'],
    ['the list is not written out', `defineCouncil('a', { modules: everything() });\n`, 'does not write the modules of “a” as a list'],
    ['it is half written', `defineCouncil('a', { modules: [ });\n`, 'line 1, does not compile'],
  ])('is not written where %s', (_when, text, sentence) => { expect(() => added(text)).toThrow(sentence); });
});

describe('a provider in a configuration', () => {
  it('goes after those that its module has', () => {
    expect(added(PLAIN, payByBank, inPayments)).toContain(`payments({ providers: [sandboxRedirect(), payByBank({ key: env.secret('PAY_BY_BANK_KEY') })] }), // Nobody`);
    expect(added(added(PLAIN, payByBank, inPayments), payByBank, inPayments)).toBe(added(PLAIN, payByBank, inPayments));
  });
  it.each([['payments()', `payments({ providers: [payByBank()] })`], ['payments({ neighbours })', `payments({ neighbours, providers: [payByBank()] })`], ['payments({})', `payments({ providers: [payByBank()] })`]])('goes into %s', (before, after) => {
    const text = (call: string): string => `import { payments } from '@guildhall/payments';\nexport const elsewhere = () => ${call};\n`;
    expect(added(text(before), { ...payByBank, given: undefined }, inPayments)).toBe(text(after).replace('\n', `\nimport { payByBank } from '@westmarch/pay-by-bank';\n`));
  });
  it.each([
    ['there is no such module', `defineCouncil('a', { modules: [] });\n`, 'has no module of @guildhall/payments. Add it first'],
    ['the list comes from elsewhere', `import { payments } from '@guildhall/payments';\npayments({ providers: systems.payments });\n`, 'line 2, does not write “providers” as a list'],
    ['all comes from elsewhere', `import { payments } from '@guildhall/payments';\npayments(systems);\n`, 'does not write out what @guildhall/payments is given'],
    ['the module is there twice', `import { payments } from '@guildhall/payments';\npayments({}); payments({});\n`, 'in lines 2 and 2'],
    ['it could go to two places', `import { payments } from '@guildhall/payments';\npayments({ residents: [], officers: [] });\n`, '--into residents or --into officers'],
    ['what it is given is no expression', PLAIN, '--with'],
  ])('is not written where %s', (_when, text, sentence) => { expect(() => added(text, { ...payByBank, given: '{ key: ' }, inPayments)).toThrow(sentence); });
});

describe('what is taken out', () => {
  it('leaves no import behind', () => {
    expect(removeFrom(source(PLAIN), '@guildhall/cases').text).toBe(PLAIN.replace(`import { cases } from '@guildhall/cases';\n`, '').replace('    cases(),\n', ''));
    expect(removeFrom(source(PLAIN), '@guildhall/payments-provider-sandbox-redirect').text).toContain('payments({ providers: [] }), // Nobody');
    expect(removeFrom(source(PLAIN), '@westmarch/parking').text).toBe(PLAIN);
  });
  it('stays where it is used for something else', () => {
    expect(() => removeFrom(source(`import { zones } from '@aldermoor/zones';\n\ndefineCouncil('a', { modules: [], grants: zones.grants });\n`), '@aldermoor/zones')).toThrow('uses zones of @aldermoor/zones in line 3. Take it out there first.');
  });
  it('leaves the text that was there before it was added, however that is written', () => {
    const end = fc.constantFrom('\n', '\r\n');
    const item = fc.constantFrom('cases()', 'payments({ providers: [a, b] })', '...more', '/* why */ portal()', 'zones');
    const list = fc.record({ items: fc.array(item, { maxLength: 4 }), isTall: fc.boolean(), hasLastComma: fc.boolean(), comment: fc.constantFrom('', ' // last', ' /* last */'), indent: fc.constantFrom('  ', '\t', '      ') });
    const imports = fc.uniqueArray(fc.constantFrom('@aldermoor/zones', '@guildhall/cases', '@zennor/tides', './theme', 'node:path'), { maxLength: 5 });
    const quote = fc.constantFrom('\'', '"');
    fc.assert(fc.property(list, imports, quote, end, fc.constantFrom('', ';'), ({ items, isTall, hasLastComma, comment, indent }, from, mark, newline, semicolon) => {
      const inner = items.length === 0 ? (isTall ? newline : '') : isTall ? `${newline}${items.map((one, index) => `${indent}${one}${index < items.length - 1 || hasLastComma ? ',' : ''}${index === items.length - 1 ? comment : ''}`).join(newline)}${newline}` : `${items.join(', ')}${hasLastComma ? ',' : ''}`;
      const text = `${from.map((one, index) => `import { name${index} } from ${mark}${one}${mark}${semicolon}${newline}`).join('')}${newline}defineCouncil(${mark}a${mark}, { modules: [${inner}] })${semicolon}${newline}`;
      const there = added(text);
      expect(there).not.toBe(text);
      expect(removeFrom(source(there), '@westmarch/parking').text).toBe(text);
    }), { numRuns: 300, seed: 5 });
  });
  it('leaves our own councils as they are', () => {
    const text = readFileSync(path.join(__dirname, '../../../../../../apps/glanafon/src/council.config.ts'), 'utf8');
    const there = added(added(text), payByBank, inPayments);
    expect(there).toContain(`payments({ providers: [sandboxSession(), payByBank({ key: env.secret('PAY_BY_BANK_KEY') })] })`);
    expect(removeFrom(removeFrom(source(there), '@westmarch/parking'), '@westmarch/pay-by-bank').text).toBe(text);
  });
});

describe('a provider that takes the place of another', () => {
  const OLD = '@guildhall/payments-provider-sandbox-redirect';
  const swapped = (text: string, entry: Entry, keepsOld = false): readonly string[] => {
    const before = text.split('\n');
    return swapIn(source(text), OLD, entry, inPayments, keepsOld).text.split('\n').filter((line) => !before.includes(line));
  };
  it('stands where that stood', () => {
    expect(swapped(PLAIN, payByBank)).toEqual([`import { payByBank } from '@westmarch/pay-by-bank';`, `    payments({ providers: [payByBank({ key: env.secret('PAY_BY_BANK_KEY') })] }), // Nobody pays in earnest.`]);
  });
  it('changes one line where the configuration names it by what it is for', () => {
    const text = PLAIN.replace('{ sandboxRedirect }', '{ sandboxRedirect as cardPayments }').replace('[sandboxRedirect()]', '[cardPayments()]');
    expect(swapped(text, { ...payByBank, given: undefined })).toEqual([`import { payByBank as cardPayments } from '@westmarch/pay-by-bank';`]);
  });
  it('comes before that where payments are still under way there', () => {
    expect(swapped(PLAIN, { ...payByBank, given: undefined }, true)).toEqual([`import { payByBank } from '@westmarch/pay-by-bank';`, `    payments({ providers: [payByBank(), sandboxRedirect()] }), // Nobody pays in earnest.`]);
  });
  it('is not there twice, and takes no place that is empty', () => {
    expect(() => swapped(added(PLAIN, payByBank, inPayments), payByBank)).toThrow('@westmarch/pay-by-bank is there already.');
    expect(() => swapped(removeFrom(source(PLAIN), OLD).text, payByBank)).toThrow(`does not have ${OLD} among the “providers”`);
  });
});
