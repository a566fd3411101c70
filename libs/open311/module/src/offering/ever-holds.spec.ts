import { everHolds } from './ever-holds';

describe('whether a question can come up', () => {
  const settled = { problem: 'pothole', isHurt: false } as const;
  const open = new Set(['size', 'count']);
  it.each([
    [undefined, 'always'], [{ problem: 'pothole' }, 'always'], [{ problem: ['pothole', 'light'] }, 'always'], [{ problem: 'light' }, 'never'], [{ isHurt: true }, 'never'],
    [{ size: 'large' }, 'maybe'], [{ problem: 'pothole', size: 'large' }, 'maybe'], [{ problem: 'light', size: 'large' }, 'never'], [{ neverAsked: 'x' }, 'never'], [{ count: { atLeast: 2 } }, 'maybe'],
    [{ anyOf: [{ problem: 'light' }, { size: 'large' }] }, 'maybe'], [{ anyOf: [{ problem: 'light' }, { problem: 'pothole' }] }, 'always'], [{ anyOf: [{ problem: 'light' }, { isHurt: true }] }, 'never'],
    [{ not: { problem: 'light' } }, 'always'], [{ not: { problem: 'pothole' } }, 'never'], [{ not: { size: 'large' } }, 'maybe'], [() => false, 'maybe'],
  ] as const)('%j: %s', (condition, holding) => {
    expect(everHolds(condition as never, settled, open)).toBe(holding);
  });
});
