import type { PackageFacts } from '@guildhall/catalogue-contract';
import type { Language } from '@guildhall/kernel-contract';
import { kitsPassed } from '../describing/kits-passed';
import { permissionsInWords } from '../describing/permission-in-words';

/** One of two to four things that are held beside each other. */
export interface Side {
  readonly facts: PackageFacts;
  /** Its name in the reader's language, and its id. */
  readonly publisher: string;
  readonly publishedAt: string;
  /** Kinds of notices in force about this version. */
  readonly noticed: readonly string[];
  /** How many signed assessments there are. */
  readonly assessments: number;
  readonly adopters: number;
  readonly offers: number;
}

export const COMPARED = ['version', 'kind', 'description', 'publisher', 'published', 'licence', 'maturity', 'languages', 'provides', 'requires', 'uses', 'node', 'permissions', 'personal-data', 'conformance', 'assessments', 'notices', 'adopters', 'offers', 'size'] as const;
export type Compared = (typeof COMPARED)[number];
/** One thing that is compared: what each says of it, as lines, and whether they differ. */
export interface ComparedRow { readonly key: Compared; readonly cells: readonly (readonly string[])[]; readonly differs: boolean }

const versions = (named: Readonly<Record<string, string>>): readonly string[] => Object.entries(named).map(([name, range]) => `${name} ${range}`).sort();

const LINES: Readonly<Record<Compared, (side: Side, language: Language) => readonly string[]>> = {
  version: ({ facts }) => [facts.version], kind: ({ facts }) => [facts.kind], description: ({ facts }) => [facts.description], publisher: ({ publisher }) => [publisher], published: ({ publishedAt }) => [publishedAt],
  licence: ({ facts }) => [facts.licence], maturity: ({ facts }) => [facts.maturity], languages: ({ facts }) => facts.languages,
  provides: ({ facts }) => versions(facts.provides), requires: ({ facts }) => versions(facts.requires), uses: ({ facts }) => versions(facts.uses), node: ({ facts }) => [facts.node],
  permissions: ({ facts }, language) => permissionsInWords(facts).map(({ title, words }) => title?.[language] ?? words), 'personal-data': ({ facts }) => facts.personalData.map(({ data }) => data),
  conformance: ({ facts }) => kitsPassed(facts).map(({ kit, passed, applicable }) => `${kit} ${passed}/${applicable}`),
  assessments: ({ assessments }) => [String(assessments)], notices: ({ noticed }) => noticed, adopters: ({ adopters }) => [String(adopters)], offers: ({ offers }) => [String(offers)], size: ({ facts }) => [String(facts.bytes)],
};

/** What is to be known of each, thing by thing, in the reader's language where its maker says it in both. */
export function compare(sides: readonly Side[], language: Language): readonly ComparedRow[] {
  return COMPARED.map((key) => {
    const cells = sides.map((side) => LINES[key](side, language));
    return { key, cells, differs: new Set(cells.map((lines) => JSON.stringify(lines))).size > 1 };
  });
}

const FEWEST = 2;
const MOST = 4;

/** What is to be compared, as it stands in an address: `@westmarch/parking` or `@westmarch/parking@1.2.0`, each once. */
export function askedToCompare(asked: unknown): { readonly asked: readonly { readonly name: string; readonly version?: string }[]; readonly fault?: 'too-few' | 'too-many' } {
  const given = (Array.isArray(asked) ? asked : [asked]).filter((one): one is string => typeof one === 'string' && one.trim() !== '' && one.length <= 320);
  const sides = [...new Set(given.map((one) => one.trim()))].map((one) => {
    const at = one.indexOf('@', 1);
    return at < 0 ? { name: one } : { name: one.slice(0, at), version: one.slice(at + 1) };
  });
  return { asked: sides.slice(0, MOST), ...(sides.length < FEWEST ? { fault: 'too-few' as const } : sides.length > MOST ? { fault: 'too-many' as const } : {}) };
}
