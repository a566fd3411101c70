import { nextTryAt } from './back-off';

const now = new Date('2026-11-23T09:00:00Z');
const minutes = (tries: number, chance = 0.5, asked?: number): number => (nextTryAt(now, tries, chance, asked).getTime() - now.getTime()) / 60_000;

describe('the time until the next try', () => {
  it('doubles from a minute to an hour', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 30, 2000].map((tries) => minutes(tries))).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
  });
  it('varies by a fifth either way', () => {
    expect([minutes(3, 0), minutes(3, 1)]).toEqual([3.2, 4.8]);
  });
  it('is not sooner than the provider asked for', () => {
    expect(minutes(1, 0.5, 300)).toBe(5);
    expect(minutes(5, 0.5, 1)).toBe(16);
  });
});
