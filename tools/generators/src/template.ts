import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Files } from './generator';

const TEMPLATES = path.join(__dirname, '../templates');
const PLACE = /__([a-z][A-Za-z]*|[A-Z][A-Za-z]*)__/g;

/**
 * The files of a template with its places filled: `__name__` in texts and in names of files.
 *
 * @param name folder below `templates`; its files end in `.tmpl`
 * @param into folder from the root in which they are to stand
 * @throws Error when a template has a place for which there is no word: a fault of ours
 */
export function filled(name: string, words: Readonly<Record<string, string>>, into: string): Files {
  const folder = path.join(TEMPLATES, name);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tmpl')).sort();
  return Object.fromEntries(files.map((file) => [
    path.posix.join(into, fill(file.split(path.sep).join('/').slice(0, -'.tmpl'.length), words, file)), fill(readFileSync(path.join(folder, file), 'utf8'), words, file),
  ]));
}

function fill(text: string, words: Readonly<Record<string, string>>, file: string): string {
  return text.replace(PLACE, (place, key: string) => {
    const word = words[key];
    if (word === undefined) throw new Error(`The template ${file} has ${place}, for which there is no word.`);
    return word;
  });
}
