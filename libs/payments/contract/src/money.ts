import type { Text } from '@guildhall/kernel-contract';

/** Sterling: the only currency a council collects in. @public */
export type Currency = 'GBP';

/** An amount of money in whole pence. @public */
export interface Money { readonly amountInPence: number; readonly currency: Currency }

/** The most that one payment may ask for, in pence: £100,000, the lowest limit of the providers we know (GOV.UK Pay API reference, `amount`). @public */
export const MOST_PER_PAYMENT_IN_PENCE = 10_000_000;

/**
 * How a fee is treated for VAT. Fees are stated with their VAT in them.
 * Much of what a council charges for by law is outside the scope of VAT (VAT Notice 749), which is not the same as zero-rated.
 * @public
 */
export type VatRate = 'standard' | 'reduced' | 'zero' | 'exempt' | 'outside-the-scope';

/** Per cent of each rate (VAT Act 1994, sections 2 and 29A). @public */
export const VAT_PER_CENT: Readonly<Record<VatRate, number>> = { standard: 20, reduced: 5, zero: 0, exempt: 0, 'outside-the-scope': 0 };

/** One fee of a payment, and where the finance system books it. @public */
export interface FeeLine {
  /** Names the fee within its service: `first-bin`. */
  readonly code: string;
  readonly title: Text;
  /** With VAT, in pence; at least 1. */
  readonly amountInPence: number;
  /** The council's own income code: `GW-4410`. */
  readonly ledgerCode: string;
  readonly vatRate: VatRate;
}

/** The VAT inside an amount that has its VAT in it, in pence, rounded half up (VAT Notice 700, 17.5 allows rounding per invoice line). @public */
export function vatIn(amountInPence: number, vatRate: VatRate): number {
  const perCent = VAT_PER_CENT[vatRate];
  return Math.floor((2 * amountInPence * perCent + (100 + perCent)) / (2 * (100 + perCent)));
}

/** What the lines come to. @public */
export function totalOf(lines: readonly Pick<FeeLine, 'amountInPence'>[]): number {
  return lines.reduce((sum, line) => sum + line.amountInPence, 0);
}

/**
 * Shares an amount over what is left of each line, in proportion, so that every share is whole pence, none is more than its line has left,
 * and paying back everything pays back each line exactly.
 * @public
 * @param amountInPence at least 0 and at most the sum of `leftInPence`
 */
export function shareOut(amountInPence: number, leftInPence: readonly number[]): readonly number[] {
  const left = leftInPence.reduce((sum, line) => sum + line, 0);
  if (amountInPence < 0 || amountInPence > left) throw new RangeError(`${amountInPence} pence cannot be shared over lines that have ${left} pence left.`);
  if (left === 0) return leftInPence.map(() => 0);
  const shares = leftInPence.map((line) => Math.floor((amountInPence * line) / left));
  const byFraction = leftInPence.map((line, index) => ({ index, fraction: (amountInPence * line) % left })).sort((a, b) => b.fraction - a.fraction || a.index - b.index);
  let over = amountInPence - shares.reduce((sum, share) => sum + share, 0);
  for (const { index } of byFraction) {
    if (over === 0) break;
    shares[index] = (shares[index] ?? 0) + 1;
    over -= 1;
  }
  return shares;
}
