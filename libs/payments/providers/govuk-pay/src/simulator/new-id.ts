import { randomBytes } from 'node:crypto';

/** 26 lower-case letters and digits, as GOV.UK Pay's ids are. */
export function newId(): string {
  return Array.from(randomBytes(26), (byte) => 'abcdefghijklmnopqrstuv0123456789'[byte % 32]).join('');
}
