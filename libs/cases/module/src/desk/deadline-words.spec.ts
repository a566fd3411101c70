import { WEEKENDS_ONLY } from '@guildhall/cases-contract';
import { shownDeadline } from './deadline-words';

describe('a deadline on the desk', () => {
  it.each([
    ['open', '2026-11-25', { key: 'ahead', count: 2, look: 'soon' }],
    ['open', '2026-11-26', { key: 'ahead', count: 3, look: 'ahead' }],
    ['open', '2026-11-23', { key: 'today', look: 'soon' }],
    ['open', '2026-11-18', { key: 'late', count: 3, look: 'late' }],
    ['open', undefined, { key: 'none', look: 'none' }],
    ['closed', '2026-11-18', { key: 'closed', look: 'none' }],
    ['waiting', '2026-11-30', { key: 'paused-until', on: '2026-11-30', look: 'none' }],
    ['waiting', undefined, { key: 'paused', look: 'none' }],
    ['waiting', '2026-11-20', { key: 'late', count: 1, look: 'late' }],
  ] as const)('of a case that is %s, due %s, on Monday 23 November', (kind, due, shown) => {
    expect(shownDeadline(kind, due, '2026-11-23', WEEKENDS_ONLY)).toMatchObject(shown);
  });
});
