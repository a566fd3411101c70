import type { Postcode } from '@guildhall/addresses-contract';
import { parsePostcode } from '@guildhall/addresses-contract';
import { plainWords } from './words';

/** What a line of words asks for. */
export interface ReadQuery {
  readonly postcode?: Postcode;
  /** The beginning of a postcode, without its space, upper case. */
  readonly postcodeBeginning?: string;
  /** `14`, `14a` */
  readonly houseNumber?: string;
  readonly flat?: number;
  /** Words of names. */
  readonly words: readonly string[];
}

const POSTCODE_IN_TEXT = /\b([a-z]{1,2}[0-9][a-z0-9]?)[\s-]*([0-9oi][a-z]{2})\b/i;
const BEGINNING = /^[a-z]{1,2}[0-9][a-z0-9]?([0-9][a-z]?)?$/;

/** Finds the postcode, the numbers and the words in what somebody wrote, in whatever order. */
export function readQuery(text: string): ReadQuery {
  const written = POSTCODE_IN_TEXT.exec(text.slice(0, 200));
  const postcode = written ? parsePostcode(written[0]) : undefined;
  const rest = plainWords(postcode && written ? text.slice(0, 200).replace(written[0], ' ') : text);
  const joined = rest.join('');
  if (!postcode && BEGINNING.test(joined)) return { postcodeBeginning: joined.toUpperCase(), words: [] };
  let flat: number | undefined;
  let houseNumber: string | undefined;
  const words: string[] = [];
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] as string;
    const next = rest[at + 1] ?? '';
    if (/^(flat|fflat|apartment|apt|unit)$/.test(word) && /^\d{1,3}$/.test(next)) { flat = Number(next); at++; continue; }
    if (/^\d{1,4}$/.test(word) && /^[a-c]$/.test(next)) { houseNumber = word + next; at++; continue; }
    if (/^\d{1,4}[a-z]?$/.test(word)) { houseNumber = word; continue; }
    words.push(word);
  }
  return { postcode, houseNumber, flat, words };
}
