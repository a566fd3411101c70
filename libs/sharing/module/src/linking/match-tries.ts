import { createHmac } from 'node:crypto';
import { Database, secretOf, sql } from '@guildhall/kernel';
import { CLOCK, IDS, type Clock, type Ids, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';

const DAY_IN_MS = 24 * 60 * 60 * 1000;
const FORGOTTEN_AT_ONCE = 500;

/** Counts in how many looks somebody was not found, for a day: so that nobody finds out a birthday by trying. Whoever it was is kept as a keyed hash. */
@Injectable()
export class MatchTries {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /**
   * Counts one more for each, before it is looked: of many at once no more than so many get through.
   * @returns what takes them back when somebody was found; nothing when one of them has had enough
   */
  async begin(ctx: RequestContext, limits: readonly { readonly who: string; readonly most: number }[]): Promise<{ readonly found: () => Promise<void> } | undefined> {
    const now = this.clock.now();
    const counted = limits.map(({ who, most }) => ({ id: this.ids.uuid(), who: createHmac('sha256', secretOf(ctx, 'sharing.match-tries')).update(who).digest('base64url'), most }));
    await this.db.run(ctx, async (tx) => {
      await sql(tx, `delete from sharing.link_try where council_id = $1 and try_id in (select try_id from sharing.link_try where council_id = $1 and until < $2 order by until limit ${FORGOTTEN_AT_ONCE}) returning 1 as gone`, [ctx.council.id, now]);
      await sql(tx, 'insert into sharing.link_try (council_id, try_id, who, until) select $1, try_id, who, $4 from unnest($2::uuid[], $3::text[]) as one (try_id, who) returning try_id', [ctx.council.id, counted.map(({ id }) => id), counted.map(({ who }) => who), new Date(now.getTime() + DAY_IN_MS)]);
    });
    const rows = await this.db.query<{ who: string; count: number }>(ctx, 'select who, count(*)::int as count from sharing.link_try where council_id = $1 and who = any($2) and until > $3 group by who', [ctx.council.id, counted.map(({ who }) => who), now]);
    if (counted.some(({ who, most }) => (rows.find((row) => row.who === who)?.count ?? 0) > most)) return undefined;
    return { found: async () => { await this.db.query(ctx, 'delete from sharing.link_try where council_id = $1 and try_id = any($2) returning try_id', [ctx.council.id, counted.map(({ id }) => id)]); } };
  }
}
