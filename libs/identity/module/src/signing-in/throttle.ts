import { sql } from '@guildhall/kernel';
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

/** Counts in the database, so that several servers count together. */
@Injectable()
export class Throttle {
  constructor(@Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /** Whether once more is allowed. Those who ask at once for the same key wait for one another. */
  async isOpen(tx: TransactionContext, scope: ThrottleScope, key: string): Promise<boolean> {
    await oneAtATime(tx, `${scope} ${key}`);
    const now = this.clock.now().getTime();
    const limits: readonly Limit[] = LIMITS[scope];
    const longest = Math.max(...limits.map(({ seconds }) => seconds));
    const rows = await sql<{ at: Date }>(tx, 'select at from identity.throttle where council_id = $1 and scope = $2 and key_hash = $3 and at > $4 order by at desc limit 1000', [tx.council.id, scope, hashOf(tx, scope, key), new Date(now - longest * 1000)]);
    return limits.every(({ times, seconds }) => rows.filter(({ at }) => at.getTime() > now - seconds * 1000).length < times);
  }

  async count(tx: TransactionContext, scope: ThrottleScope, key: string): Promise<void> {
    await sql(tx, 'insert into identity.throttle (council_id, scope, key_hash, at, throttle_id) values ($1, $2, $3, $4, $5)', [tx.council.id, scope, hashOf(tx, scope, key), this.clock.now(), this.ids.uuid()]);
  }

  /** Counts once more for each of these, if all allow it. */
  async take(tx: TransactionContext, wanted: readonly (readonly [ThrottleScope, string])[]): Promise<boolean> {
    for (const [scope, key] of wanted) if (!(await this.isOpen(tx, scope, key))) return false;
    for (const [scope, key] of wanted) await this.count(tx, scope, key);
    return true;
  }
}

function hashOf(tx: TransactionContext, scope: ThrottleScope, key: string): string {
  return keyedHash(tx, 'throttle', scope, key);
}
