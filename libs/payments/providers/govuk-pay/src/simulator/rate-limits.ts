/** The groups that are counted apart (API reference, "Rate limits"). */
export type CountedCall = 'create' | 'capture' | 'other-post' | 'get';

const MOST_A_SECOND: Readonly<Record<CountedCall, number>> = { create: 15, capture: 15, 'other-post': 15, get: 75 };

/** Counts each account's calls by the second; an account of low traffic has one POST a minute. */
export class RateLimits {
  readonly #counts = new Map<string, { readonly window: number; count: number }>();

  constructor(private readonly now: () => Date, private readonly areOn: boolean) {}

  /** Whether one more may pass now. */
  allows(account: { readonly id: string; readonly isLowTraffic?: boolean }, call: CountedCall): boolean {
    if (!this.areOn) return true;
    const isSlow = account.isLowTraffic === true && call !== 'get';
    const window = Math.floor(this.now().getTime() / (isSlow ? 60_000 : 1000));
    const name = `${account.id} ${isSlow ? 'post' : call}`;
    const known = this.#counts.get(name);
    const count = known?.window === window ? known : { window, count: 0 };
    count.count += 1;
    this.#counts.set(name, count);
    return count.count <= (isSlow ? 1 : MOST_A_SECOND[call]);
  }
}
