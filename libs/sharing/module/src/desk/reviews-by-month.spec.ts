import { reviewsByMonth } from './reviews-by-month';

describe('reviews by month', () => {
  it('begin with what is overdue, today among it, and go on for a year', () => {
    const found = reviewsByMonth('2026-11-22', ['2027-03-01', '2026-11-22', '2026-11-30', '2025-01-01', '2027-03-31', '2027-11-21']);
    expect(found.filter(({ count }) => count > 0)).toEqual([{ month: 'overdue', count: 2 }, { month: '2026-11', count: 1 }, { month: '2027-03', count: 2 }, { month: '2027-11', count: 1 }]);
    expect(found).toHaveLength(14);
  });
  it('have no line for what is overdue where nothing is', () => { expect(reviewsByMonth('2026-12-31', ['2027-01-01'])[0]).toEqual({ month: '2026-12', count: 0 }); });
});
