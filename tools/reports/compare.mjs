import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Where committed reports differ from what they ought to be.
 *
 * @param {string} folder where they are kept
 * @param {string[]} parts the subfolders and files in it that these reports fill
 * @param {Map<string, string>} reports text by path below the folder
 * @returns {{ file: string, what: string }[]}
 */
export function differences(folder, parts, reports) {
  const kept = parts.flatMap((part) => filesBelow(folder, part));
  const changed = [...reports].flatMap(([file, text]) => {
    const at = path.join(folder, file);
    if (!existsSync(at)) return [{ file, what: 'is not committed' }];
    const found = readFileSync(at, 'utf8');
    return found === text ? [] : [{ file, what: firstDifference(found, text) }];
  });
  return [...changed, ...kept.filter((file) => !reports.has(file)).map((file) => ({ file, what: 'is about something that is no longer there' }))];
}

/** Writes the reports and removes those that have become about nothing. */
export function write(folder, parts, reports) {
  for (const file of parts.flatMap((part) => filesBelow(folder, part))) if (!reports.has(file)) rmSync(path.join(folder, file));
  for (const [file, text] of reports) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
}

function filesBelow(folder, part) {
  const at = path.join(folder, part);
  if (!existsSync(at)) return [];
  if (path.extname(part)) return [part];
  return readdirSync(at).map((name) => path.posix.join(part, name));
}

function firstDifference(found, wanted) {
  const [kept, now] = [found.split('\n'), wanted.split('\n')];
  const line = now.findIndex((text, index) => text !== kept[index]);
  const at = line === -1 ? now.length : line;
  return `differs from line ${at + 1} on:\n      committed: ${kept[at] ?? '(end)'}\n      now:       ${now[at] ?? '(end)'}`;
}
