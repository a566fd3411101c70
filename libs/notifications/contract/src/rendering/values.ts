import { InvalidInput } from '@guildhall/kernel-contract';
import type { Council, FieldError, Language, Text } from '@guildhall/kernel-contract';
import type { MessageTemplate, MessageValue, MessageValues, PlaceholderKind } from '../template';
import { isYes, placeholderKey } from './placeholders';

/** A value made ready for one language. @internal */
export type ReadyValue =
  | { readonly kind: 'text' | 'paragraphs' | 'link'; readonly words: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'flag'; readonly isYes: boolean };

/** Ready values by placeholder key. @internal */
export type ReadyValues = ReadonlyMap<string, ReadyValue>;

const LONGEST_VALUE = 10_000;
const LONGEST_LIST = 200;

/** Where links lead, and which language its pages are in when nobody asks for another. */
type LinkedCouncil = Pick<Council, 'origin'> & Partial<Pick<Council, 'languages'>>;

/**
 * Makes values ready, or refuses with every value that is missing, of the wrong kind, or not among the placeholders.
 * @internal
 * @throws InvalidInput
 */
export function readyValues(template: MessageTemplate, values: MessageValues, language: Language, council: LinkedCouncil): ReadyValues {
  const given = new Map<string, MessageValue>();
  const faults: FieldError[] = [];
  const known = new Set(Object.keys(template.placeholders).map(placeholderKey));
  for (const [name, value] of Object.entries(values)) {
    const key = placeholderKey(name);
    if (!known.has(key)) faults.push({ field: `values.${name}`, message: `The template ${template.id} has no placeholder "${name}".` });
    else if (given.has(key)) faults.push({ field: `values.${name}`, message: `"${name}" is given twice.` });
    given.set(key, value);
  }
  const ready = new Map<string, ReadyValue>();
  for (const [name, kind] of Object.entries(template.placeholders)) {
    const key = placeholderKey(name);
    const value = given.get(key);
    if (value === undefined || value === null) { faults.push({ field: `values.${name}`, message: `Missing value: ${name}.` }); continue; }
    const made = readyValue(kind, value, language, council);
    if (typeof made === 'string') faults.push({ field: `values.${name}`, message: `${name} ${made}` });
    else ready.set(key, made);
  }
  if (faults.length) throw new InvalidInput(`The values do not fit the template ${template.id}: ${faults.map((fault) => fault.message).join(' ')}`, faults);
  return ready;
}

function readyValue(kind: PlaceholderKind, value: MessageValue, language: Language, council: LinkedCouncil): ReadyValue | string {
  switch (kind) {
    case 'flag':
      return typeof value === 'boolean' || typeof value === 'string' ? { kind, isYes: isYes(value) } : 'must be yes or no.';
    case 'list': {
      if (!Array.isArray(value)) return 'must be a list.';
      if (value.length > LONGEST_LIST) return `has more than ${LONGEST_LIST} items.`;
      const items: string[] = [];
      for (const item of value as readonly unknown[]) {
        const words = wordsOf(item, language);
        if (words === undefined) return 'must be a list of words.';
        items.push(harmless(words));
      }
      return { kind, items };
    }
    case 'link': {
      const address = typeof value === 'string' ? linkAddress(value, council, language) : undefined;
      return address ? { kind, words: address } : 'must be a web address that begins with https:// or http://, or a path on the council\'s site that begins with /.';
    }
    case 'text': case 'paragraphs': {
      const words = wordsOf(value, language);
      if (words === undefined) return 'must be words.';
      if (words.length > LONGEST_VALUE) return `is longer than ${LONGEST_VALUE} characters.`;
      return { kind, words: kind === 'text' ? harmless(words) : withoutControls(words.replace(/\r\n?/g, '\n')).trim() };
    }
  }
}

function wordsOf(value: unknown, language: Language): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && language in value) {
    const words: unknown = (value as Partial<Text>)[language];
    return typeof words === 'string' ? words : undefined;
  }
  return undefined;
}

function linkAddress(value: string, council: LinkedCouncil, language: Language): string | undefined {
  // A path, but not `//elsewhere.example` nor `/\elsewhere.example`, which browsers read as another site.
  const isPath = /^\/(?![/\\])/.test(value);
  let url: URL;
  try { url = new URL(isPath ? council.origin + value : value); } catch { return undefined; }
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username || url.password) return undefined;
  // A browser that was never here before would open the page in the council's first language.
  if (council.languages && language !== council.languages[0] && council.languages.includes(language) && url.origin === new URL(council.origin).origin) url.searchParams.set('lang', language);
  // Brackets would end a Markdown address early.
  return url.href.replace(/\(/g, '%28').replace(/\)/g, '%29');
}

/** Every control character but the line feed; also the marks that turn the direction of writing round. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2066-\u2069\ufeff]/g;

function withoutControls(words: string): string {
  return words.replace(CONTROLS, ' ');
}

/**
 * One line, with web addresses broken so that no mail program or telephone makes links of them:
 * a name such as "Win a prize https://elsewhere.example" must not become a link in the council's message.
 */
function harmless(words: string): string {
  return withoutControls(words).replace(/\s+/g, ' ').trim()
    .replace(/:\/\//g, ': //')
    .replace(/(?<![@\p{L}\p{N}])((?:[\p{L}\p{N}-]+\.)+)(?=\p{L}{2,})(?!\S*@)/gu, (dots) => dots.replace(/\./g, '. '));
}

/** "a, b and c", "a, b ac c". @internal */
export function inSentence(items: readonly string[], language: Language): string {
  const last = items.at(-1) ?? '';
  if (items.length < 2) return last;
  // Welsh "a" is "ac" before a vowel, w and y among them; figures are left with "a".
  const and = language === 'en' ? 'and' : /^[aeiouwyâêîôûŵŷáéíóúäëïöü]/i.test(last) ? 'ac' : 'a';
  return `${items.slice(0, -1).join(', ')} ${and} ${last}`;
}
