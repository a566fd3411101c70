import { nextQuestionAt } from './next-question';

const now = new Date('2026-11-23T09:00:00Z');

it('asks for a reference soon, and every day in the end', () => {
  expect([0, 1, 6, 60].map((asked) => (nextQuestionAt(now, asked, 0.5).getTime() - now.getTime()) / 1000)).toEqual([2, 10, 86_400, 86_400]);
});
