import { toldCount, toldShares } from './told-count';

describe('a number that could be about somebody', () => {
  it.each([[0, 0, false], [1, 0, true], [4, 0, true], [5, 5, false]])('%i is told as %i, small: %s', (count, told, isSmall) => expect(toldCount(count)).toEqual({ count: told, isSmall }));

  it('cannot be worked out from those beside it', () => {
    expect(toldShares([20, 3, 9])).toEqual([{ count: 20, isSmall: false }, { count: 0, isSmall: true }, { count: 0, isSmall: false, isHidden: true }]);
    expect(toldShares([20, 3, 2])).toEqual([{ count: 20, isSmall: false }, { count: 0, isSmall: true }, { count: 0, isSmall: true }]);
    expect(toldShares([20, 0, 9])).toEqual([{ count: 20, isSmall: false }, { count: 0, isSmall: false }, { count: 9, isSmall: false }]);
  });
});
