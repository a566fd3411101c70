import * as fc from 'fast-check';
import { parsePostcode } from './postcode';

describe('reading a postcode', () => {
  it.each([
    ['ZZ99 1AB', 'ZZ99 1AB'], ['zz991ab', 'ZZ99 1AB'], ['  z z 9 9 1 a b ', 'ZZ99 1AB'], ['ZZ99-1AB', 'ZZ99 1AB'], ['zz99\u00a01ab.', 'ZZ99 1AB'], ['ＺＺ９９ １ＡＢ', 'ZZ99 1AB'],
    ['A1 1AA', 'A1 1AA'], ['A11 1AA', 'A11 1AA'], ['AA1 1AA', 'AA1 1AA'], ['A1A 1AA', 'A1A 1AA'], ['AA1A 1AA', 'AA1A 1AA'],
    ['ZZ99 OAB', 'ZZ99 0AB'], ['ZZO9 1AB', 'ZZ09 1AB'], ['5E1 1AA', 'SE1 1AA'], ['ZZ99 3VZ', 'ZZ99 3VZ'],
  ])('reads %j as %j', (written, read) => expect(parsePostcode(written)).toBe(read));

  it.each(['', 'ZZ99', '1AB', 'ZZZ9 1AB', 'ZZ999 1AB', '99ZZ 1AB', 'AA9 1CB', 'ZZ99 AAB', 'ZZ99 1AB 2', 'High Street', 'ZZ99/1AB', 'x'.repeat(10_000)])('does not take %j for one', (written) => expect(parsePostcode(written)).toBeUndefined());

  it('reads what it has written as itself, whatever it was given', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[A-Za-z0-9 -]{4,9}$/)), (written) => {
      const read = parsePostcode(written);
      if (read !== undefined) expect(parsePostcode(read)).toBe(read);
    }));
  });
});
