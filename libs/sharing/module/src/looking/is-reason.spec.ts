import { isReason } from './looks-at-others';

describe('a reason for looking', () => {
  it.each(['Checks the address for case RB-7K3F-92QD', 'Asked by the resident', 'gwirio’r cyfeiriad']) ('is one when it can be asked about: %s', (because) => { expect(isReason(because)).toBe(true); });
  it.each(['', '   ', 'check', 'x y', '1 2 3', '. . .', 'work\n', `work ${'x'.repeat(300)}`])('is none when it says nothing: %j', (because) => { expect(isReason(because)).toBe(false); });
});
