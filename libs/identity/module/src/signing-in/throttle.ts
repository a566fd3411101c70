import { sql, write } from '@guildhall/kernel';
import type { Statement } from '@guildhall/kernel';
import { CLOCK, IDS } from '@guildhall/kernel-contract';
import type { Clock, Ids, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { keyedHash } from '../keyed-hash';
import { lockOn } from '../people/verified-owner';

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
/** The same as it is stored: nobody can read there whom it is about. */
interface Hashed { readonly scope: ThrottleScope; readonly keyHash: string }

/** Whether less was counted of each of these than its limit. */
const ARE_OPEN = `bool_and(times > (select count(*) from (select from identity.throttle t where t.council_id = $1 and t.scope = wanted.scope and t.key_hash = wanted.key_hash and t.at > wanted.since limit times) counted))
  from unnest($2::text[], $3::text[], $4::timestamptz[], $5::int[]) as wanted (scope, key_hash, since, times)`;

/** Counts in the database, so that several servers count together. */
@Injectable()
export class Throttle {
  constructor(@Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /** Whether once more is allowed. Those who ask at once for the same key wait for one another. */
  async isOpen(tx: TransactionContext, scope: ThrottleScope, key: string): Promise<boolean> {
    const { lock, counted } = this.asked(tx, [{ scope, keyHash: hashOf(tx, scope, key) }]);
    // Sent together: PostgreSQL counts when it holds the locks, and sees whatever those before have counted.
    const [, [found]] = await Promise.all([sql(tx, lock.text, lock.values), sql<{ bool_and: boolean }>(tx, `select ${ARE_OPEN}`, counted)]);
    return found?.bool_and === true;
  }

  count(tx: TransactionContext, scope: ThrottleScope, key: string): void {
    write(tx, 'insert into identity.throttle (council_id, scope, key_hash, at, throttle_id) values ($1, $2, $3, $4, $5)', [tx.council.id, scope, hashOf(tx, scope, key), this.clock.now(), this.ids.uuid()]);
  }

  /**
   * Counts once more for each of these, if all allow it: asked and counted in one round trip.
   * @param session keeps the session that asks, when that is new
   */
  async take(tx: TransactionContext, wanted: readonly Wanted[], session: readonly Statement[]): Promise<boolean> {
    const { counts } = this.taking(tx, wanted);
    const answers = await Promise.all([...session, ...counts].map(({ text, values }) => sql(tx, text, values)));
    return answers.at(-1)?.length === wanted.length;
  }

  /**
   * What counts once more for each of these, if all allow it, for whoever stores one thing by it in the same round trip.
   * @returns the statements, the last of which has a row for each when it is allowed; and by what the rows are found that are counted then
   */
  taking(ctx: RequestContext, wanted: readonly Wanted[]): { readonly counts: readonly Statement[]; readonly keyHashes: readonly string[]; readonly ids: readonly string[] } {
    const hashed = wanted.map(([scope, key]) => ({ scope, keyHash: hashOf(ctx, scope, key) }));
    const { lock, counted } = this.asked(ctx, hashed);
    const keyHashes = hashed.map(({ keyHash }) => keyHash);
    const ids = hashed.map(() => this.ids.uuid());
    const count = {
      text: `insert into identity.throttle (council_id, scope, key_hash, at, throttle_id)
        select $1::uuid, scope, key_hash, $6::timestamptz, throttle_id from unnest($7::text[], $8::text[], $9::uuid[]) as taken (scope, key_hash, throttle_id) where (select ${ARE_OPEN}) returning scope`,
      values: [...counted, this.clock.now(), hashed.map(({ scope }) => scope), keyHashes, ids],
    };
    return { counts: [lock, count], keyHashes, ids };
  }

  /** What waits for those who ask for the same, and what of them is counted. */
  private asked(ctx: RequestContext, hashed: readonly Hashed[]): { readonly lock: Statement; readonly counted: readonly unknown[] } {
    const now = this.clock.now().getTime();
    const limits = hashed.flatMap(({ scope, keyHash }) => LIMITS[scope].map(({ times, seconds }: Limit) => ({ scope, keyHash, since: new Date(now - seconds * 1000), times })));
    return {
      lock: lockOn(hashed.map(({ keyHash }) => keyHash)),
      counted: [ctx.council.id, limits.map(({ scope }) => scope), limits.map(({ keyHash }) => keyHash), limits.map(({ since }) => since), limits.map(({ times }) => times)],
    };
  }
}

function hashOf(ctx: RequestContext, scope: ThrottleScope, key: string): string {
  return keyedHash(ctx, 'throttle', scope, key);
}
