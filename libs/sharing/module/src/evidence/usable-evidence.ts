/** One thing that is kept of somebody, without its value. */
export interface KeptEvidence {
  readonly evidenceId: string;
  readonly purposes: readonly string[];
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

/** The newest of what is kept of an attribute that may be used for one of these purposes. Nothing that was said to be wrong after it was kept, and nothing that was stopped. */
export function usableEvidence<Kept extends KeptEvidence>(kept: readonly Kept[], { purposes, now, disputedAt, stopped }: Wanting): Kept | undefined {
  return kept
    .filter((one) => one.until > now && one.purposes.some((purpose) => purposes.includes(purpose)) && !(disputedAt && disputedAt >= one.keptAt) && !(one.agreementId !== undefined && stopped.has(one.agreementId)))
    .reduce<Kept | undefined>((newest, one) => (newest && newest.keptAt >= one.keptAt ? newest : one), undefined);
}
