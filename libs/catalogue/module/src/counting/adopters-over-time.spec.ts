import { adoptersOverTime } from './adopters-over-time';

it('counts each organisation once, from the first thing that it ran', () => {
  const months = adoptersOverTime([{ organisation: 'riverbourne', since: '2026-10' }, { organisation: 'riverbourne', since: '2026-03' }, { organisation: 'glanafon', since: '2026-11' }, { organisation: 'early', since: '2020-01' }], new Date('2026-11-30T12:00:00Z'));
  expect(months).toHaveLength(12);
  expect([months[0], months[3], months.at(-1)]).toEqual([{ month: '2025-12', count: 1 }, { month: '2026-03', count: 2 }, { month: '2026-11', count: 3 }]);
});
