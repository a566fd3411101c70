import fs from 'node:fs';
import path from 'node:path';
import { patternsOf } from '../wording/messages';
import type { MessageSource } from '../wording/messages';
import type { Problem } from './check-templates';

// `messages.t(ctx, 'payments.receipt.title'` and `titleKey: 'payments.account.title'`
const KEYS = [/\.(?:t|html)\(\s*[\w.]+,\s*'([^']+)'/g, /\b\w*[kK]ey:\s*'([a-z][a-z0-9-]*\.[\w.-]+)'/g];

/**
 * Message keys in code that no module says.
 * @public
 * @param folder whose TypeScript files are read, specs left out
 */
export function checkKeysInCode(folder: string, sources: readonly MessageSource[]): readonly Problem[] {
  const known = new Set(sources.flatMap((source) => [...patternsOf(source, 'en').keys()]));
  const prefixes = new Set(sources.map(({ prefix }) => prefix));
  const problems: Problem[] = [];
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.ts$/.test(entry.name) || /\.spec\.ts$/.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    const source = fs.readFileSync(file, 'utf8');
    for (const pattern of KEYS) {
      for (const [, key = ''] of source.matchAll(pattern)) {
        if (prefixes.has(key.split('.')[0] ?? '') && !known.has(key)) problems.push({ where: path.relative(folder, file), what: `no module says "${key}"` });
      }
    }
  }
  return problems;
}
