import { isDeepStrictEqual } from 'node:util';

/** One thing that is kept of somebody. */
export interface KeptEvidence {
  readonly evidenceId: string;
  readonly purposes: readonly string[];
  readonly value: unknown;
  /** By which agreement it was told; undefined for what was typed. */
  readonly agreementId?: string;
  readonly keptAt: Date;
  readonly until: Date;
}
/** What is asked of what is kept. */
export interface Wanting {
  readonly purposes: readonly string[];
  readonly now: Date;
  /** Since when they say that it is wrong, where nobody has answered yet. */
  readonly disputedAt?: Date;
  /** Agreements that they have stopped. */
  readonly stopped: ReadonlySet<string>;
}
/** What may be used. Without it: for which purposes nothing is kept; none where what is kept for them is not one and the same. */
export type Usable<Kept> = { readonly usable: Kept } | { readonly usable?: undefined; readonly missing: readonly string[] };

/**
 * The newest of what is kept of an attribute that may be used for every one of these purposes: by itself, or because the same was told for the others.
 * Nothing that was said to be wrong after it was kept, and nothing that was stopped.
 */
export function usableEvidence<Kept extends KeptEvidence>(kept: readonly Kept[], { purposes, now, disputedAt, stopped }: Wanting): Usable<Kept> {
  const fit = kept
    .filter((one) => one.until > now && !(disputedAt && disputedAt >= one.keptAt) && !(one.agreementId !== undefined && stopped.has(one.agreementId)) && one.purposes.some((purpose) => purposes.includes(purpose)))
    .sort((one, other) => other.keptAt.getTime() - one.keptAt.getTime());
  const lacking = (those: readonly Kept[]): readonly string[] => purposes.filter((purpose) => !those.some((one) => one.purposes.includes(purpose)));
  const usable = fit.find((one) => lacking(fit.filter(({ value }) => isDeepStrictEqual(value, one.value))).length === 0);
  return usable ? { usable } : { missing: lacking(fit) };
}
