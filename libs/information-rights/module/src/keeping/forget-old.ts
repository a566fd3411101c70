import { Database, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { addStep } from '../requests/steps';

/** How long it can be proved what was asked and what became of it. */
export const REQUEST_YEARS = 3;
const AT_ONCE = 500;

/** Removes copies that have had their time, and requests that were answered long ago. */
@Injectable()
export class ForgetsOld implements JobHandler<Record<never, never>> {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext): Promise<void> {
    while ((await this.#expire(ctx)) === AT_ONCE);
    const before = this.clock.now();
    before.setUTCFullYear(before.getUTCFullYear() - REQUEST_YEARS);
    while ((await this.#remove(ctx, before)) === AT_ONCE);
  }

  async #expire(ctx: RequestContext): Promise<number> {
    const now = this.clock.now();
    return this.db.run(ctx, async (tx) => {
      const rows = await sql<{ request_id: string }>(tx, `select request_id from information_rights.request where council_id = $1 and state = 'ready' and expires_at <= $2 order by expires_at limit ${AT_ONCE} for update skip locked`, [tx.council.id, now]);
      const ids = rows.map(({ request_id: id }) => id);
      if (ids.length === 0) return 0;
      await sql(tx, 'delete from information_rights.copy_part where council_id = $1 and request_id = any($2::uuid[])', [tx.council.id, ids]);
      await sql(tx, `update information_rights.request set state = 'expired', version = version + 1 where council_id = $1 and request_id = any($2::uuid[])`, [tx.council.id, ids]);
      for (const id of ids) addStep(tx, id, 'expired', now);
      return ids.length;
    });
  }

  async #remove(ctx: RequestContext, before: Date): Promise<number> {
    const rows = await this.db.query(ctx, `
      with old as (select request_id from information_rights.request where council_id = $1 and closed_at < $2 order by closed_at limit ${AT_ONCE})
      delete from information_rights.request r using old where r.council_id = $1 and r.request_id = old.request_id returning 1 as gone`, [ctx.council.id, before]);
    return rows.length;
  }
}
