import { parsePostcode } from '@guildhall/addresses-contract';
import type { Address, Postcode } from '@guildhall/addresses-contract';

const POSTCODE_IN_TEXT = /\b[a-z]{1,2}[0-9][a-z0-9]?[\s-]*[0-9oi][a-z]{2}\b/i;
const LONGEST = 200;
/** One word for what has several, so that each finds the other. */
const SAME: ReadonlyMap<string, string> = new Map([['apartment', 'flat'], ['apt', 'flat'], ['fflat', 'flat'], ['unit', 'flat'], ['st', 'street'], ['rd', 'road'], ['ave', 'avenue'], ['cl', 'close'], ['ln', 'lane']]);

/** Lower case, without accents and marks: `Lôn Tŷ’r Felin` becomes `lon tyr felin`. */
export function plainWords(text: string): string[] {
  const plain = text.slice(0, LONGEST).normalize('NFKD').replace(/[\p{M}'’‘`]/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
  return plain === '' ? [] : plain.split(' ');
}

/** What somebody wrote, fit to be sent: no control characters, no marks that a search could read as its own, at most 200 characters. */
export function fitToSend(text: string): string {
  return text.slice(0, LONGEST).normalize('NFC').replace(/[^\p{L}\p{N}\p{M}'’\-,./& ]+/gu, ' ').replace(/\s+/g, ' ').trim();
}

/** The whole postcode in what somebody wrote, and the words around it. */
export function postcodeIn(text: string): { readonly postcode: Postcode; readonly rest: string } | undefined {
  const written = POSTCODE_IN_TEXT.exec(text.slice(0, LONGEST))?.[0];
  const postcode = written === undefined ? undefined : parsePostcode(written);
  return postcode && written !== undefined ? { postcode, rest: text.slice(0, LONGEST).replace(written, ' ') } : undefined;
}

/** The addresses in which every word stands: a number as it is or with a letter after it (14 is also 14A), a name by its beginning. */
export function narrow(addresses: readonly Address[], words: string): readonly Address[] {
  const wanted = plainWords(words);
  return addresses.filter(({ lines }) => {
    const own = plainWords(lines.join(' ').slice(0, LONGEST));
    return wanted.every((word) => own.some((each) => isMeant(word, each)));
  });
}

function isMeant(word: string, own: string): boolean {
  if (/^\d+$/.test(word)) return own === word || (own.startsWith(word) && /^[a-z]$/.test(own.slice(word.length)));
  if (/^\d/.test(word)) return own === word;
  return own.startsWith(word) || SAME.get(word) === (SAME.get(own) ?? own);
}
