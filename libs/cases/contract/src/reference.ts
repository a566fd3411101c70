import type { Ids } from '@guildhall/kernel-contract';

/**
 * Twenty-nine signs: digits, and consonants that are neither read as a digit nor as one another (no I, L, O, S, U).
 * Without vowels no reference spells a word. A prime number of signs, so that one check sign finds every single wrong
 * sign and every two signs that changed places.
 */
const SIGNS = '0123456789BCDFGHJKMNPQRTVWXYZ';
const RANDOM_SIGNS = 7;

/** What people write instead of a sign that is never used. */
const MISREAD: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', S: '5', U: 'V' };
const MISREAD_IN_PREFIX: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '5': 'S' };

/**
 * Makes a reference that people can read out and type: `RB-7K3F-92QD`. 17 thousand million per council: unique enough to try, and the
 * case's unique key catches the rest.
 *
 * @param ids - source of randomness
 * @param prefix - two capital letters, the council's `referencePrefix`
 * @public
 */
export function makeReference(ids: Ids, prefix: string): string {
  if (!/^[A-Z]{2}$/.test(prefix)) throw new Error(`A reference's prefix is two capital letters, like RB; "${prefix}" is not.`);
  let body = '';
  while (body.length < RANDOM_SIGNS) {
    for (const byte of ids.bytes(RANDOM_SIGNS + 1)) {
      // 232 = 8 × 29: bytes above would make some signs likelier than others.
      if (byte < 232 && body.length < RANDOM_SIGNS) body += SIGNS.charAt(byte % SIGNS.length);
    }
  }
  return format(prefix, body + checkSign(body));
}

/**
 * Reads what somebody typed: lower case, spaces, dots or no hyphens, O for 0, I or L for 1, S for 5, U for V, and with or without the prefix.
 *
 * @param typed - as it was typed
 * @param prefix - the council's own, for a reference typed without one
 * @returns the reference as it is written, or undefined when it cannot be one (the check sign disagrees)
 * @public
 * @example parseReference('rb 7k3f 92qd') // 'RB-7K3F-92QD' when the check sign agrees
 */
export function parseReference(typed: string, prefix?: string): string | undefined {
  const signs = typed.toUpperCase().replace(/[\s.\-_/‐-―]+/gu, '');
  const bodyLength = RANDOM_SIGNS + 1;
  let head: string;
  let body: string;
  if (signs.length === bodyLength + 2) {
    head = signs.slice(0, 2).replace(/[015]/g, (sign) => MISREAD_IN_PREFIX[sign] ?? sign);
    body = signs.slice(2);
  } else if (signs.length === bodyLength && prefix) {
    head = prefix;
    body = signs;
  } else return undefined;
  if (!/^[A-Z]{2}$/.test(head)) return undefined;
  body = body.replace(/[OILSU]/g, (sign) => MISREAD[sign] ?? sign);
  if ([...body].some((sign) => !SIGNS.includes(sign))) return undefined;
  return checkSign(body.slice(0, RANDOM_SIGNS)) === body.charAt(RANDOM_SIGNS) ? format(head, body) : undefined;
}

function format(prefix: string, body: string): string {
  return `${prefix}-${body.slice(0, 4)}-${body.slice(4)}`;
}

/** Weights 1…7 and 8 for the check sign itself, all different modulo 29: hence what SIGNS promises. */
function checkSign(body: string): string {
  let sum = 0;
  for (let i = 0; i < RANDOM_SIGNS; i++) sum += (i + 1) * SIGNS.indexOf(body.charAt(i));
  // sum + 8 × check ≡ 0 (mod 29); the inverse of 8 modulo 29 is 11, as 88 = 3 × 29 + 1.
  const check = ((29 - (sum % 29)) * 11) % 29;
  return SIGNS.charAt(check);
}
