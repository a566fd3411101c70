import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { PackageFiles } from '@guildhall/catalogue-contract';

/** What a migration says that takes away what an older version of the code still uses. */
const TAKES_AWAY = /\b(?:drop\s+(?:table|column|schema|type)(?:\s+if\s+exists)?\s+[\w.",\s]+?|rename\s+(?:column\s+)?[\w".]+\s+to\s+[\w"]+|rename\s+to\s+[\w"]+|alter\s+(?:column\s+)?[\w"]+\s+type\s+\w+)(?=\s*(?:[;,`'"]|\\n|\n|cascade|restrict|$))/gi;

/** What the migrations of a package take away, as far as their text says it. */
export function contractionsIn(files: PackageFiles): ReadonlySet<string> {
  return new Set([...files].filter(([file]) => /migration/i.test(file) && /\.(js|cjs|mjs|sql)$/.test(file)).flatMap(([, bytes]) => [...Buffer.from(bytes).toString('utf8').matchAll(TAKES_AWAY)].map(([text]) => text.replace(/\s+/g, ' ').trim().toLowerCase())));
}

/** The files of an installed package. */
export function filesIn(folder: string): PackageFiles {
  return new Map(readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name)).map((file) => [path.relative(folder, file).split(path.sep).join('/'), readFileSync(file)]));
}
