import { nextTryAt, restUntil } from './back-off';

const now = new Date('2026-11-23T09:00:00Z');
const seconds = (at: Date | undefined): number | undefined => at && (at.getTime() - now.getTime()) / 1000;

describe('when something is tried again', () => {
  it('is after 5 seconds, 5 minutes, and longer and longer until it is given up after ten tries in three days', () => {
    const waits = Array.from({ length: 10 }, (_, tried) => seconds(nextTryAt(now, tried + 1, 0.5)));
    expect(waits).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, undefined]);
    expect(waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0) / 3600).toBeCloseTo(75.58, 1);
  });
  it('is a fifth sooner or later by chance', () => {
    expect([0, 1].map((chance) => seconds(nextTryAt(now, 2, chance)))).toEqual([240, 360]);
  });
  it('is not before the far end asked for, up to a day', () => {
    expect([seconds(nextTryAt(now, 1, 0.5, 90)), seconds(nextTryAt(now, 1, 0.5, 120)), seconds(nextTryAt(now, 2, 0.5, 120)), seconds(nextTryAt(now, 1, 0.5, 10_000_000))]).toEqual([90, 120, 300, 86_400]);
  });
});

describe('a far end in trouble', () => {
  it('is left alone from the third failure in a row on, an hour at most', () => {
    expect([1, 2, 3, 4, 5, 9, 10, 11, 99, 5000].map((failures) => seconds(restUntil(now, failures, 0.5)))).toEqual([undefined, undefined, 30, 60, 120, 1920, 3600, 3600, 3600, 3600]);
  });
  it('is left alone as long as it asks for, at once', () => expect([60, 120].map((asked) => seconds(restUntil(now, 1, 0.5, asked)))).toEqual([60, 120]));
});
