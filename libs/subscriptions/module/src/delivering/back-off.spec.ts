import { isGivenUp, nextTryAt, restUntil, retryAfterOf } from './back-off';

const now = new Date('2026-11-23T09:00:00Z');
const seconds = (at: Date | undefined): number | undefined => at && (at.getTime() - now.getTime()) / 1000;

describe('when an event is tried again', () => {
  it('is after 5 seconds, 5 minutes, and longer and longer until it is given up after ten tries in three days', () => {
    const waits = Array.from({ length: 10 }, (_, tried) => seconds(nextTryAt(now, tried + 1, 0.5)));
    expect(waits).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, undefined]);
    expect(waits.reduce<number>((sum, wait) => sum + (wait ?? 0), 0) / 3600).toBeCloseTo(75.58, 1);
  });
  it('is a fifth sooner or later by chance', () => {
    expect([0, 1].map((chance) => seconds(nextTryAt(now, 2, chance)))).toEqual([240, 360]);
  });
  it('is not before the receiver asked for', () => expect(seconds(nextTryAt(now, 1, 0.5, 90))).toBe(90));
});

describe('a receiver in trouble', () => {
  it('is left alone from the third failure in a row on, an hour at most', () => {
    expect([1, 2, 3, 4, 5, 9, 10, 11, 5000].map((failures) => seconds(restUntil(now, failures, 0.5)))).toEqual([undefined, undefined, 30, 60, 120, 1920, 3600, 3600, 3600]);
  });
  it('is left alone as long as it asks for, at once', () => expect(seconds(restUntil(now, 1, 0.5, 120))).toBe(120));
  it('is given up when nothing has arrived for five days', () => {
    expect([4.99, 5].map((days) => isGivenUp(now, new Date(now.getTime() - days * 86_400_000)))).toEqual([false, true]);
  });
});

describe('Retry-After', () => {
  it.each([['120', 120], [' 7 ', 7], ['Mon, 23 Nov 2026 09:02:00 GMT', 120], ['999999999', 86_400], ['0', undefined], ['-5', undefined], ['Mon, 23 Nov 2026 08:00:00 GMT', undefined], ['soon', undefined], ['', undefined], [undefined, undefined], ['1e9', undefined]])('%j is %s seconds', (header, expected) => expect(retryAfterOf(header, now)).toBe(expected));
});
