import type { Ids } from '@guildhall/kernel-contract';

/** Without 0 O 1 I L U: it is read from paper and said on the telephone. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** A new claim code, `7K3F-92QD`: 39 bits, which is enough for a code of which ten may be tried in an hour. @public */
export function makeClaimCode(ids: Ids): string {
  let code = '';
  while (code.length < LENGTH) {
    for (const byte of ids.bytes(LENGTH)) {
      // 240 = 8 × 30: higher bytes would favour the first letters.
      if (byte < 240 && code.length < LENGTH) code += LETTERS.charAt(byte % LETTERS.length);
    }
  }
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** A claim code as a person typed it, in the form in which it is compared; undefined when it cannot be one. @public */
export function normaliseClaimCode(given: string): string | undefined {
  const text = given.normalize('NFKC').toUpperCase().replace(/[\s\-‐-―]/g, '');
  return text.length === LENGTH && [...text].every((letter) => LETTERS.includes(letter)) ? text : undefined;
}
