import { deadlineStatus } from './deadline';
import { WEEKENDS_ONLY } from './working-days';
import { fillWords } from './words';

describe('a deadline in words', () => {
  it.each([
    [undefined, { kind: 'none' }],
    ['2026-11-23', { kind: 'today' }],
    ['2026-11-25', { kind: 'ahead', workingDays: 2 }],
    ['2026-11-30', { kind: 'ahead', workingDays: 5 }],
    ['2026-11-18', { kind: 'late', workingDays: 3 }],
    ['2026-11-20', { kind: 'late', workingDays: 1 }],
  ])('on Monday 23 November 2026, due %s', (due, status) => {
    expect(deadlineStatus(due, '2026-11-23', WEEKENDS_ONLY)).toEqual(status);
  });
  it('on a Saturday, due on the Friday, is late', () => {
    expect(deadlineStatus('2026-11-20', '2026-11-21', WEEKENDS_ONLY)).toEqual({ kind: 'late', workingDays: 1 });
  });
});

describe('words with placeholders', () => {
  it('are filled, and what stands in double brackets goes when a value is missing', () => {
    const pattern = 'Your bins are on their way[[, by ((dueOn))]].[[ Quote ((reference)).]]';
    expect(fillWords(pattern, { dueOn: 'Friday 4 December 2026', reference: 'RB-1' })).toBe('Your bins are on their way, by Friday 4 December 2026. Quote RB-1.');
    expect(fillWords(pattern, { reference: 'RB-1' })).toBe('Your bins are on their way. Quote RB-1.');
    expect(fillWords(pattern, {})).toBe('Your bins are on their way.');
  });
  it('do not fill what a value brings', () => {
    expect(fillWords('About ((summary)).', { summary: '((reference)) [[x]]', reference: 'RB-1' })).toBe('About ((reference)) [[x]].');
  });
});
