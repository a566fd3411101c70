import type { KnownAccount } from './accounts';
import { isLive } from './accounts';

/** Requests a second and account (docs.stripe.com/rate-limits): test accounts have a quarter. */
const MOST_A_SECOND = { live: 100, test: 25 } as const;

/** Counts each account's calls by the second. */
export class RateLimits {
  readonly #counts = new Map<string, { readonly second: number; count: number }>();

  constructor(private readonly now: () => Date, private readonly areOn: boolean) {}

  /** Whether one more may pass now. */
  allows(account: KnownAccount): boolean {
    if (!this.areOn) return true;
    const second = Math.floor(this.now().getTime() / 1000);
    const known = this.#counts.get(account.id);
    const count = known?.second === second ? known : { second, count: 0 };
    count.count += 1;
    this.#counts.set(account.id, count);
    return count.count <= MOST_A_SECOND[isLive(account) ? 'live' : 'test'];
  }
}
