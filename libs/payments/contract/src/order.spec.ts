import { payerAddressFrom } from './index';

describe('a payer’s address out of an envelope’s lines', () => {
  it.each([
    [['14 Weir Lane', 'Riverbourne', 'ZZ99 1AA'], { line1: '14 Weir Lane', town: 'Riverbourne', postcode: 'ZZ99 1AA', country: 'GB' }],
    [[' Flat 2 ', 'The Old Mill', '', '14 Weir Lane', 'Riverbourne', 'zz991aa'], { line1: 'Flat 2', line2: 'The Old Mill, 14 Weir Lane', town: 'Riverbourne', postcode: 'ZZ991AA', country: 'GB' }],
  ])('of %j is clear', (lines, address) => expect(payerAddressFrom(lines)).toEqual(address));

  it.each([[[]], [['ZZ99 1AA']], [['14 Weir Lane', 'ZZ99 1AA']], [['14 Weir Lane', 'Riverbourne']], [['14 Weir Lane', 'Riverbourne', '75001']], [['x'.repeat(256), 'Riverbourne', 'ZZ99 1AA']]])('of %j is not, and nothing is guessed', (lines) => expect(payerAddressFrom(lines)).toBeUndefined());
});
