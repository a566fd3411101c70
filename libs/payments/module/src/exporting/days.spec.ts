import { isDay, lastClosedDay, startOfDay } from './days';

it('knows a day from what is none', () => {
  expect(['2026-11-27', '2024-02-29'].map(isDay)).toEqual([true, true]);
  expect(['2026-02-30', '2026-13-01', '27/11/2026', '2026-11-27T00:00', '', '2026-1-1'].filter(isDay)).toEqual([]);
});

it.each([
  ['2026-01-15', '2026-01-15T00:00:00.000Z'], ['2026-07-15', '2026-07-14T23:00:00.000Z'],
  // The clocks go forward at one in the night of 29 March, and back on 25 October.
  ['2026-03-29', '2026-03-29T00:00:00.000Z'], ['2026-03-30', '2026-03-29T23:00:00.000Z'], ['2026-10-25', '2026-10-24T23:00:00.000Z'], ['2026-10-26', '2026-10-26T00:00:00.000Z'],
])('%s begins at midnight in London: %s', (day, start) => {
  expect(startOfDay(day).toISOString()).toBe(start);
});

it('closes a day ten minutes after its midnight in London', () => {
  expect(lastClosedDay(new Date('2026-11-28T00:09:59Z'))).toBe('2026-11-26');
  expect(lastClosedDay(new Date('2026-11-28T00:10:00Z'))).toBe('2026-11-27');
  expect(lastClosedDay(new Date('2026-07-01T23:10:00Z'))).toBe('2026-07-01');
});
