import type { Database } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { Figures, lastMonths } from './figures';

const CLOCK = new FixedClock(new Date('2026-11-22T13:00:00Z'));
const CTX = { council: { id: 'a-council' } } as RequestContext;
const MONTHS = lastMonths(CLOCK.now());

/** Figures from these rows, and how often one of them was looked at. */
function figuresFrom(counts: readonly (readonly [id: string, month: string, figure: string, reason: string, count: number])[]): { readonly figures: Figures; looks(): number } {
  let looks = 0;
  const rows = counts.map(([id, month, figure, reason, count]) => ({ get agreement_id() { looks++; return id; }, month, figure, reason, count: String(count) }));
  const query = (_ctx: RequestContext, text: string): Promise<readonly object[]> => Promise.resolve(text.includes('figures_counted') ? [] : rows);
  return { figures: new Figures({ query } as unknown as Database, CLOCK), looks: () => looks };
}

describe('figures of many agreements together', () => {
  it('are sums of what may be told of each, month by month', async () => {
    const { figures } = figuresFrom([
      ['a', '2026-10', 'told', '', 7], ['a', '2026-11', 'told', '', 4], ['b', '2026-11', 'told', '', 5], ['b', '2026-11', 'refused', '', 9], ['b', '2026-11', 'said-no', '', 6],
      ['a', '2026-10', 'refused-because', 'choice', 3], ['a', '2026-11', 'refused-because', 'choice', 3], ['b', '2026-11', 'refused-because', 'choice', 4], ['b', '2026-11', 'refused-because', 'signature', 8],
    ]);
    const { months, agreements, reasons } = await figures.together(CTX, ['a', 'b']);
    expect(months.slice(-2)).toEqual([{ month: '2026-10', told: 7, refused: 0, saidNo: 0 }, { month: '2026-11', told: 5, refused: 9, saidNo: 6 }]);
    expect([...agreements]).toEqual([['a', { told: 7, refused: 0, saidNo: 0 }], ['b', { told: 5, refused: 9, saidNo: 6 }]]);
    expect(reasons).toEqual([{ check: 'signature', count: 8 }, { check: 'choice', count: 6 }]);
  });
  it('look at each row once, however many agreements there are', async () => {
    const ids = Array.from({ length: 100 }, (_one, nth) => `agreement-${nth}`);
    const rows = ids.flatMap((id) => MONTHS.flatMap((month) => (['told', 'refused', 'said-no'] as const).map((figure) => [id, month, figure, '', 10] as const)));
    const { figures, looks } = figuresFrom(rows);
    const { months } = await figures.together(CTX, ids);
    expect(months).toEqual(MONTHS.map((month) => ({ month, told: 1000, refused: 1000, saidNo: 1000 })));
    expect(looks()).toBe(rows.length);
  });
});
