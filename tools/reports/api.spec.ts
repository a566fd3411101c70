import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { apiProblems, declarations, reportOf } from './api.mjs';

/** A package for each case; all are read together, because reading the language's own declarations takes longer than all else. */
const PACKAGES: Record<string, Record<string, string>> = {
  payments: {
    'index.d.ts': `export { takePayment } from './take-payment';\nexport type { Payment } from './take-payment';\n/** The most in one payment. @beta */\nexport declare const MOST_IN_PENCE = 500000;`,
    'take-payment.d.ts': `/** A payment. @public */\nexport interface Payment {\n    /** In pence. */\n    readonly amountInPence: number;\n}\nexport declare function takePayment(payment: Payment): void;`,
  },
  ledger: { 'index.d.ts': 'export declare class Ledger {\n    #private;\n    private readonly rows;\n    balance(): number;\n    private book;\n}' },
  cards: {
    'index.d.ts': `import type { Card } from './card';\nexport declare function charge(card: Card): void;`,
    'card.d.ts': 'export interface Card {\n    readonly network: Network;\n}\ninterface Network {\n    readonly name: string;\n}',
  },
  exchange: {
    'index.d.ts': `export { Currency } from 'money';`,
    'node_modules/money/package.json': '{"name":"money","version":"1.0.0","types":"./index.d.ts"}', 'node_modules/money/index.d.ts': 'export interface Currency { readonly code: string }',
  },
  states: { 'index.d.ts': '/** @public */\nexport declare const pothole: Readonly<Record<"reported" | "fixed" | "asked", string>>;' },
  clock: { 'index.d.ts': '/** @public */\nexport declare const every: (minutes: number) => void;' },
};
let folder: string;
let report: (name: string) => string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'guildhall-api-'));
  for (const [name, files] of Object.entries(PACKAGES)) {
    for (const [file, text] of Object.entries({ 'package.json': `{"name":"${name}"}`, ...files })) {
      mkdirSync(path.dirname(path.join(folder, name, file)), { recursive: true });
      writeFileSync(path.join(folder, name, file), text);
    }
  }
  const entry = (name: string) => path.join(folder, name, 'index.d.ts');
  const program = declarations(Object.keys(PACKAGES).map(entry));
  report = (name) => reportOf(program, path.join(folder, name), name, entry(name));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the report of a package', () => {
  it('declares every exported name in order of names, with its stability and without comments', () => {
    expect(report('payments')).toContain('// beta\nexport declare const MOST_IN_PENCE = 500000;\n\n// public\nexport interface Payment {\n    readonly amountInPence: number;\n}\n\n// undocumented\nexport declare function takePayment(payment: Payment): void;');
    expect(report('payments')).not.toContain('In pence');
  });

  it('is refused when an exported name does not say whether others may rely on it; what is not exported need not', () => {
    expect(apiProblems(new Map([['api/payments.md', report('payments')], ['api/clock.md', report('clock')]]))).toEqual(['payments: "export declare function takePayment(payment: Payment): void;" needs a comment with @public, @beta or @internal: others will build on it.']);
    expect(apiProblems(new Map([['api/cards.md', report('cards')]])).join()).not.toMatch(/Card \{|Network/);
  });

  it('leaves out what is private', () => {
    expect(report('ledger')).toContain('export declare class Ledger {\n    balance(): number;\n}');
  });

  it('shows what is named and not exported, because a change to it changes what others meet', () => {
    expect(report('cards')).toMatch(/Not exported here, but named by what is:[\s\S]*interface Card \{[\s\S]*interface Network \{/);
  });

  it('has found choices in one order, whatever was compiled before', () => {
    expect(report('states')).toContain('Record<"asked" | "fixed" | "reported", string>');
  });

  it('names what comes from another package and does not describe it', () => {
    expect(report('exchange')).toContain('export { Currency }; // of money');
    expect(report('exchange')).not.toContain('code');
  });

  it('sees the comment of a constant on the statement around it', () => {
    expect(report('clock')).toContain('// public\nexport declare const every: (minutes: number) => void;');
  });
});
