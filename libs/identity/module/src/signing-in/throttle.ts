import { sql, write } from '@guildhall/kernel';
import { CLOCK, IDS } from '@guildhall/kernel-contract';
import type { Clock, Ids, TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { keyedHash } from '../keyed-hash';
import { oneAtATime } from '../people/verified-owner';

/** How often, within how many seconds. The longest comes last. */
interface Limit { readonly times: number; readonly seconds: number }

/**
 * What is limited. Five codes for a contact in a quarter of an hour with five tries each is one chance in 40,000 of guessing one; twenty a day keep it
 * so. An address (of the internet) may be a whole library's.
 */
const LIMITS = {
  'code-for-contact': [{ times: 5, seconds: 900 }, { times: 20, seconds: 86_400 }],
  'code-for-session': [{ times: 10, seconds: 900 }],
  'code-for-address': [{ times: 100, seconds: 3600 }],
  'redirect-for-session': [{ times: 30, seconds: 900 }],
  claim: [{ times: 10, seconds: 3600 }],
} as const satisfies Record<string, readonly Limit[]>;

/** @internal */
export type ThrottleScope = keyof typeof LIMITS;
/** What is limited, and for whom. */
type Wanted = readonly [scope: ThrottleScope, key: string];

/** Counts in the database, so that several servers count together. */
@Injectable()
export class Throttle {
  constructor(@Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /** Whether once more is allowed. Those who ask at once for the same key wait for one another. */
  async isOpen(tx: TransactionContext, scope: ThrottleScope, key: string): Promise<boolean> {
    return this.areOpen(tx, [[scope, key]]);
  }

  count(tx: TransactionContext, scope: ThrottleScope, key: string): void {
    write(tx, 'insert into identity.throttle (council_id, scope, key_hash, at, throttle_id) values ($1, $2, $3, $4, $5)', [tx.council.id, scope, hashOf(tx, scope, key), this.clock.now(), this.ids.uuid()]);
  }

  /** Counts once more for each of these, if all allow it. */
  async take(tx: TransactionContext, wanted: readonly Wanted[]): Promise<boolean> {
    if (!(await this.areOpen(tx, wanted))) return false;
    for (const [scope, key] of wanted) this.count(tx, scope, key);
    return true;
  }

  private async areOpen(tx: TransactionContext, wanted: readonly Wanted[]): Promise<boolean> {
    const now = this.clock.now().getTime();
    const limits = wanted.flatMap(([scope, key]) => {
      const keyHash = hashOf(tx, scope, key);
      return LIMITS[scope].map(({ times, seconds }: Limit) => ({ scope, keyHash, since: new Date(now - seconds * 1000), times }));
    });
    // Sent together: PostgreSQL counts when it holds the locks, and sees whatever those before have counted.
    const [, [found]] = await Promise.all([
      oneAtATime(tx, ...wanted.map(([scope, key]) => `${scope} ${key}`)),
      sql<{ are_open: boolean }>(tx, `select bool_and(times > (select count(*) from (select from identity.throttle t where t.council_id = $1 and t.scope = wanted.scope and t.key_hash = wanted.key_hash and t.at > wanted.since limit times) taken)) as are_open
        from unnest($2::text[], $3::text[], $4::timestamptz[], $5::int[]) as wanted (scope, key_hash, since, times)`,
      [tx.council.id, limits.map(({ scope }) => scope), limits.map(({ keyHash }) => keyHash), limits.map(({ since }) => since), limits.map(({ times }) => times)]),
    ]);
    return found?.are_open === true;
  }
}

function hashOf(tx: TransactionContext, scope: ThrottleScope, key: string): string {
  return keyedHash(tx, 'throttle', scope, key);
}
