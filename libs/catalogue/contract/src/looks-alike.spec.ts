import { areAlike, looksOf, looksOfPackage } from './looks-alike';

const alike = (one: string, other: string): boolean => areAlike(looksOfPackage(one), looksOfPackage(other));

describe('a name that looks like another', () => {
  it.each([
    ['one letter less', '@westmarc/parking'], ['one letter more', '@westmarchh/parking'], ['two letters changed', '@westmrach/parking'], ['another letter', '@wesdmarch/parking'], ['letters that look like one', '@westrnarch/parking'],
    ['digits for letters', '@westmarch/park1ng'], ['other marks', '@west-march/par.king'], ['a slip in both', '@westmarch5/parkings'], ['scope and name in the other order', '@parking/westmarch'], ['the scope in the name', '@elsewhere/westmarch-parking'],
  ])('by %s is found', (_how, name) => { expect(alike('@westmarch/parking', name)).toBe(true); expect(alike(name, '@westmarch/parking')).toBe(true); });
  it.each(['@brackenfield/parking', '@westmarch/marking-streets', '@eastmarch/parking', '@glanafon/westmarch', '@westmarch/permits', '@eastmarsh/parking'])('is not %s', (name) => { expect(alike('@westmarch/parking', name)).toBe(false); });
  it('is not a short one that differs by a letter', () => { expect(alike('@kent/bins', '@bent/bins')).toBe(false); });
  it('is looked at as a hasty reader does', () => { expect(looksOf('@West-Rnarch_0.1')).toBe('westmarchol'); });
});
