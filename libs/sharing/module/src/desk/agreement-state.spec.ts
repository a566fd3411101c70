import { stateOn } from './agreement-state';

describe('how an agreement stands', () => {
  const agreement = { from: '2026-04-01', until: '2028-03-31', review: '2027-03-01' };
  it.each([
    ['2026-03-31', undefined, 'to-come'], ['2026-04-01', undefined, 'in-force'], ['2027-02-28', null, 'in-force'], ['2027-03-01', undefined, 'review-due'], ['2028-03-31', undefined, 'review-due'], ['2028-04-01', undefined, 'ended'],
    ['2026-11-21', '2026-11-22', 'in-force'], ['2026-11-22', '2026-11-22', 'ended'], ['2026-03-01', '2026-02-01', 'ended'],
  ])('on %s, ended on %s, is %s', (today, endedOn, state) => { expect(stateOn(today, agreement, endedOn)).toBe(state); });
});
