import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { PackageFiles } from '@guildhall/catalogue-contract';

/** What SQL says that takes away, or newly forbids, what an older version of the code still does. */
const TAKES_AWAY = /\b(?:drop\s+(?:table|column|schema|type|view|materialized\s+view|function|procedure|sequence)(?:\s+if\s+exists)?\s+[\w.",\s]+?|drop\s+default\b|rename\s+(?:column\s+)?[\w".]+\s+to\s+[\w"]+|rename\s+to\s+[\w"]+|alter\s+(?:column\s+)?[\w"]+\s+(?:set\s+data\s+)?type\s+\w+|alter\s+(?:column\s+)?[\w"]+\s+set\s+not\s+null|add\s+constraint\s+[\w"]+\s+(?:check|unique|foreign|exclude)\b)(?=\s*(?:[;,`'"(]|\\n|\n|cascade|restrict|key|using|not\s+valid|$))/gi;
/** A column that every row must have, and that older code does not write. */
const NEW_AND_NEEDED = /\badd\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?(?!constraint\b|primary\b|unique\b|check\b|foreign\b|exclude\b|column\b)[\w"]+\s(?:\([^)`]*\)|[^;,(`])*?\bnot\s+null\b(?:\([^)`]*\)|[^;,(`])*/gi;
/** `migration('004-no-colour', …, 'contract')` as it is built: its maker says so. */
const DECLARED = /\bmigration\)?\(\s*['"`](\d{3}-[a-z0-9-]+)['"`]/g;

/** What the migrations of a package take away, as far as their makers or their text say it. */
export function contractionsIn(files: PackageFiles): ReadonlySet<string> {
  return new Set([...files].filter(([file]) => /\.(js|cjs|mjs|sql)$/.test(file)).flatMap(([file, bytes]) => {
    const text = Buffer.from(bytes).toString('utf8');
    const declared = declaredIn(text);
    // Of other files SQL is read where they have migrations at all.
    return [...declared, ...(/migration/i.test(file) || text.search(DECLARED) >= 0 ? [...all(text, TAKES_AWAY).filter((one) => !isReplaced(text, one)), ...all(text, NEW_AND_NEEDED).filter((one) => !/\b(?:default|generated)\b/.test(one))] : [])];
  }));
}

/** A constraint that stands in for one of the same name: most often it lets in more. Whose lets in less says so by `contract`. */
function isReplaced(text: string, found: string): boolean {
  const [, name] = /^add constraint ([\w"]+)/.exec(found) ?? [];
  return name !== undefined && new RegExp(`\\bdrop\\s+constraint\\s+(?:if\\s+exists\\s+)?${name}(?![\\w"])`, 'i').test(text);
}

function all(text: string, what: RegExp): readonly string[] { return [...text.matchAll(what)].map(([found]) => found.replace(/\s+/g, ' ').trim().toLowerCase()); }

function declaredIn(text: string): readonly string[] {
  const found = [...text.matchAll(DECLARED)];
  return found.filter(({ index }, at) => /,\s*['"`]contract['"`]\s*\)/.test(text.slice(index, found[at + 1]?.index))).map(([, id = '']) => `migration ${id}`);
}

/** What the migrations of a package are called, in the order in which they stand where it is built. */
export function migrationsIn(files: PackageFiles): readonly string[] {
  return [...new Set([...files].filter(([file]) => /\.(js|cjs|mjs)$/.test(file)).flatMap(([, bytes]) => [...Buffer.from(bytes).toString('utf8').matchAll(DECLARED)].map(([, id = '']) => id)))].sort();
}

/** The files of an installed package. */
export function filesIn(folder: string): PackageFiles {
  return new Map(readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name)).map((file) => [path.relative(folder, file).split(path.sep).join('/'), readFileSync(file)]));
}
