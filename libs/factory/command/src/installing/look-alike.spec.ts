import { alike } from './look-alike';

describe('a name that could be taken for another', () => {
  it.each([
    ['@westrnarch/parking', '@westmarch/parking'], ['@westmarch/parkng', '@westmarch/parking'], ['@westmarsh/parking', '@westmarch/parking'], ['@westmarch/park-ing', '@westmarch/parking'], ['@guildha11/payments', '@guildhall/payments'],
  ])('%s is like %s', (name, other) => { expect(alike(name, ['@aldermoor/tides', other])).toBe(other); });
  it.each([['@westmarch/parking', '@westmarch/parking'], ['@westmarch/parking', '@aldermoor/parking'], ['@westmarch/bins', '@westmarch/pins'], ['@westmarch/parking', '@westmarch/permits']])('%s is not like %s', (name, other) => { expect(alike(name, [other])).toBeUndefined(); });
});
