/** A postcode in its usual writing, `ZZ99 1AB`. @public */
export type Postcode = string & { readonly __brand: 'Postcode' };

/*
 * The shape is that of BS 7666 / Royal Mail's PAF guide: outward `A9 A99 AA9 AA99 A9A AA9A`, inward `9AA` without C I K M O V in its letters.
 * ZZ99, the pseudo-postcode area of the ONS and the NHS (ZZ99 3VZ: no fixed abode), takes every letter.
 */
const WHOLE = /^(?:([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][ABD-HJLNP-UW-Z]{2})|(ZZ99)([0-9][A-Z]{2}))$/;
const LOOKS_LIKE_DIGIT: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', S: '5' };
const LOOKS_LIKE_LETTER: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '5': 'S' };

/**
 * Reads a postcode as people write it: any case, spaces and punctuation anywhere, a letter O for a nought in the inward code.
 * @public
 * @returns undefined when it cannot be a United Kingdom postcode
 * @example parsePostcode('zz99-1ab') // 'ZZ99 1AB'
 */
export function parsePostcode(text: string): Postcode | undefined {
  if (text.length > 40) return undefined;
  const letters = text.normalize('NFKC').toUpperCase().replace(/[\s.,\-–_'"]/g, '');
  if (letters.length < 5 || letters.length > 7) return undefined;
  const outward = letters.slice(0, -3);
  const first = letters.at(-3) ?? '';
  const inward = (LOOKS_LIKE_DIGIT[first] ?? first) + letters.slice(-2);
  for (const candidate of [outward, withLikelyDigits(outward)]) {
    const match = WHOLE.exec(candidate + inward);
    if (match) return `${match[1] ?? match[3]} ${match[2] ?? match[4]}` as Postcode;
  }
  return undefined;
}

/** The outward code alone may hold a letter where a digit was meant (`ZZO9`) or a digit where a letter was (`5A1`). */
function withLikelyDigits(outward: string): string {
  return [...outward].map((letter, at) => (at === 0 ? LOOKS_LIKE_LETTER[letter] : at >= 2 ? LOOKS_LIKE_DIGIT[letter] : undefined) ?? letter).join('');
}
