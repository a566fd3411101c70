import { parseReference } from './reference';

/** What can be searched in a case. @public */
export interface Searchable {
  readonly reference: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly addressLines?: readonly string[];
  readonly postcode?: string;
}

const POSTCODE = /\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b/gi;
const EMAIL = /[^\s@<>,;]+@[^\s@<>,;]+/g;
const PHONE = /\+?\(?\d[\d\s()\-.]{7,}\d/g;
const REFERENCE = /\b[a-z]{2}[\s-]+[a-z\d]{4}[\s-]*[a-z\d]{4}\b/gi;

/** The words under which a case is found: lower case without accents, numbers of telephones without spaces, postcodes in one. @public */
export function searchWordsOf(found: Searchable): readonly string[] {
  const reference = found.reference.replace(/-/g, '').toLowerCase();
  const words = new Set([reference, reference.slice(2)]);
  for (const word of plainWords(found.name ?? '')) words.add(word);
  for (const word of (found.addressLines ?? []).flatMap(plainWords)) words.add(word);
  if (found.postcode) words.add(found.postcode.replace(/\s+/g, '').toLowerCase());
  if (found.email) words.add(found.email.trim().toLowerCase());
  if (found.phone) words.add(plainPhone(found.phone));
  words.delete('');
  return [...words];
}

/** One word of a search: found when a case has a word that begins with it; a word of one or two signs (a house number) must be the whole. @public */
export interface SearchWord { readonly word: string; readonly isWhole: boolean }

/**
 * What somebody typed into a search, as words of which a case must have all. References, telephone numbers, postcodes and e-mail addresses are
 * known by their shape, however they are written.
 * @param prefix the council's reference prefix
 * @public
 */
export function searchWordsIn(typed: string, prefix: string): readonly SearchWord[] {
  const whole = parseReference(typed, prefix);
  if (whole) return [{ word: whole.replace(/-/g, '').toLowerCase(), isWhole: true }];
  const words = new Map<string, boolean>();
  const take = (pattern: RegExp, read: (match: string) => string | undefined) => (text: string) => text.replace(pattern, (match) => {
    const word = read(match);
    if (!word) return match;
    words.set(word, true);
    return ' ';
  });
  const rest = [
    take(EMAIL, (match) => match.toLowerCase()),
    take(REFERENCE, (match) => parseReference(match)?.replace(/-/g, '').toLowerCase()),
    take(PHONE, plainPhone),
    take(POSTCODE, (match) => match.replace(/\s+/g, '').toLowerCase()),
  ].reduce((text, step) => step(text), typed.normalize('NFKC').slice(0, 200));
  for (const word of plainWords(rest)) words.set(word, word.length < 3);
  return [...words].slice(0, 8).map(([word, isWhole]) => ({ word, isWhole }));
}

/** Whether a case with these words is found. @public */
export function isFound(words: readonly string[], wanted: readonly SearchWord[]): boolean {
  return wanted.every(({ word, isWhole }) => words.some((one) => (isWhole ? one === word : one.startsWith(word))));
}

function plainWords(text: string): string[] {
  return text.normalize('NFKD').replace(/\p{M}+/gu, '').replace(/['’]/g, '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean).map((word) => word.slice(0, 50));
}
/** `+44 (0)7700 900123` and `07700 900 123` are the same telephone. */
function plainPhone(phone: string): string {
  const digits = phone.replace(/\(0\)/g, '').replace(/[^\d+]/g, '').replace(/^\+/, '00');
  return digits.startsWith('0044') ? `0${digits.slice(4)}` : digits;
}
