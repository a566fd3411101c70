import { nextQuestionAt, nextTryAt, restUntil } from './back-off';

const now = new Date('2026-11-23T09:00:00Z');
const seconds = (at: Date | undefined): number | undefined => at && (at.getTime() - now.getTime()) / 1000;

describe('trying again', () => {
  it('waits longer each time, a fifth more or less, and gives up after ten tries', () => {
    expect([1, 2, 3, 9, 10].map((tries) => seconds(nextTryAt(now, tries, 0.5)))).toEqual([5, 300, 1800, 86_400, undefined]);
    expect([seconds(nextTryAt(now, 2, 0)), seconds(nextTryAt(now, 2, 1))]).toEqual([240, 360]);
  });
  it('keeps to what the far end asked for, up to a day', () => {
    expect([seconds(nextTryAt(now, 1, 0.5, 120)), seconds(nextTryAt(now, 2, 0.5, 120)), seconds(nextTryAt(now, 1, 0.5, 10_000_000))]).toEqual([120, 300, 86_400]);
  });
  it('leaves a far end alone after three failures in a row, for longer each time, an hour at most', () => {
    expect([1, 2, 3, 4, 99].map((failures) => seconds(restUntil(now, failures, 0.5)))).toEqual([undefined, undefined, 30, 60, 3600]);
    expect(seconds(restUntil(now, 1, 0.5, 60))).toBe(60);
  });
  it('asks for a reference soon, and every day in the end', () => {
    expect([0, 1, 6, 60].map((asked) => seconds(nextQuestionAt(now, asked, 0.5)))).toEqual([2, 10, 86_400, 86_400]);
  });
});
