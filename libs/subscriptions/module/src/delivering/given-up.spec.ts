import { isGivenUp } from './given-up';

const now = new Date('2026-11-23T09:00:00Z');

it('a receiver is given up when nothing has arrived for five days', () => {
  expect([4.99, 5].map((days) => isGivenUp(now, new Date(now.getTime() - days * 86_400_000)))).toEqual([false, true]);
});
