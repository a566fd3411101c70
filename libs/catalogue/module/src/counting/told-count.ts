/** A smaller number could be about a team that others know. */
const SMALLEST_TOLD = 5;

/** A count as it may be told: a small one only as fewer than five, and none as none. */
export interface ToldCount { readonly count: number; readonly isSmall: boolean; /** It is not told, for another one’s sake. */ readonly isHidden?: boolean }

export function toldCount(count: number): ToldCount {
  const isSmall = count > 0 && count < SMALLEST_TOLD;
  return { count: isSmall ? 0 : count, isSmall };
}

/**
 * Counts of one whole, as they may be told beside it: where just one of them is small it could be worked out from the others, so the next smallest is hidden with it.
 */
export function toldShares(counts: readonly number[]): readonly ToldCount[] {
  const told = counts.map(toldCount);
  if (told.filter(({ isSmall }) => isSmall).length !== 1) return told;
  const next = counts.reduce((best, count, at) => (!told[at]?.isSmall && count > 0 && (best < 0 || count < (counts[best] ?? Infinity)) ? at : best), -1);
  return told.map((one, at) => (at === next ? { count: 0, isSmall: false, isHidden: true } : one));
}
