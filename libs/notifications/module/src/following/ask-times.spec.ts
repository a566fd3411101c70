import { isPastNews, nextAskAt } from './ask-times';

const sent = new Date('2026-11-23T09:00:00Z');
const after = (minutes: number): Date => new Date(sent.getTime() + minutes * 60_000);
const DAY = 24 * 60;

it.each([[10, 25], [119, 134], [120, 180], [DAY - 1, DAY + 59], [DAY, DAY + 360], [3 * DAY, 3 * DAY + 360], [7 * DAY - 30, 7 * DAY], [7 * DAY, 7 * DAY + 360]])('asked after %d minutes without news, it is asked again after %d', (asked, next) => {
  expect(nextAskAt(sent, after(asked))).toEqual(after(next));
});

it('is waited for no longer than a week, and a day more while nobody could be asked', () => {
  expect([7 * DAY - 1, 7 * DAY].map((at) => isPastNews(sent, after(at), true))).toEqual([false, true]);
  expect([7 * DAY, 8 * DAY - 1, 8 * DAY].map((at) => isPastNews(sent, after(at), false))).toEqual([false, false, true]);
});
