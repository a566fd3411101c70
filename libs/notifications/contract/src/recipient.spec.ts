import { addressFor, maskedAddress, mobileNumber, usableEmail, usablePostalLines } from './recipient';
import type { Address } from './recipient';

describe('addresses of messages', () => {
  it.each([
    ['07700 900123', '+447700900123'], ['+44 7700 900123', '+447700900123'], ['+44 (0)7700 900123', '+447700900123'], ['0044 7700 900123', '+447700900123'], ['447700900123', '+447700900123'], ['07624 900123', '+447624900123'], ['+33 6 12 34 56 78', '+33612345678'],
    ['01632 960123', undefined], ['020 7946 0123', undefined], ['070 1234 5678', undefined], ['07612 345678', undefined], ['07700 90012', undefined], ['+44 1632 960123', undefined], ['not a number', undefined], ['', undefined], ['12345678', undefined],
  ])('a text can go to %p as %p', (given, kept) => {
    expect(mobileNumber(given)).toBe(kept);
  });

  it.each(['ann@riverbourne.example', 'ann.o\'neill+bins@a.riverbourne.example', ' ann@riverbourne.example ', 'ann@xn--glanafn-exa.example', 'siân@riverbourne.example'])('an e-mail can go to %p', (given) => {
    expect(usableEmail(given)).toBe(given.trim());
  });
  it.each(['', 'ann', '@riverbourne.example', 'ann@', 'ann@localhost', 'a b@riverbourne.example', 'ann@riverbourne.example\r\nBcc: x@y.example', 'ann@@riverbourne.example', 'ann@river bourne.example', '<ann@riverbourne.example>', 'ann@a.example, bob@b.example', 'ann..b@riverbourne.example', 'ann@-riverbourne.example', `${'a'.repeat(65)}@riverbourne.example`, `ann@${'a.'.repeat(130)}example`, 'ann@127.0.0.1'])('no e-mail can go to %p', (given) => {
    expect(usableEmail(given)).toBeUndefined();
  });

  it('a letter needs three to seven lines and a postcode at the end', () => {
    expect(usablePostalLines(['Ann Resident', '1 Mill Lane', '', 'zz991aa'])).toEqual(['Ann Resident', '1 Mill Lane', 'ZZ99 1AA']);
    expect(usablePostalLines(['1 Mill Lane', 'ZZ99 1AA'])).toBeUndefined();
    expect(usablePostalLines(['Ann', '1 Mill Lane', 'Riverbourne'])).toBeUndefined();
    expect(usablePostalLines(['1', '2', '3', '4', '5', '6', '7', 'ZZ99 1AA'])).toBeUndefined();
  });

  it('a name cannot break out of its line', () => {
    expect(addressFor({ email: 'ann@riverbourne.example', name: 'Ann\r\nBcc: bob@elsewhere.example' }, 'email')).toEqual({ channel: 'email', email: 'ann@riverbourne.example', name: 'Ann Bcc: bob@elsewhere.example' });
  });

  it.each([
    [{ channel: 'email', email: 'ann@riverbourne.example' }, 'a…@riverbourne.example'],
    [{ channel: 'sms', phone: '+447700900123' }, '07700 …123'],
    [{ channel: 'sms', phone: '+33612345678' }, '+33 …678'],
    [{ channel: 'letter', lines: ['Ann', '1 Mill Lane', 'ZZ99 1AA'] }, 'ZZ99 1AA'],
  ] as [Address, string][])('%j is shown as %p', (address, shown) => {
    expect(maskedAddress(address)).toBe(shown);
  });
});
