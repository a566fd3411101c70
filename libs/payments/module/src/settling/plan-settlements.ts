import type { Clock, JobHandler, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK } from '@guildhall/kernel-contract';
import { Database, enqueue, hasContract, sql } from '@guildhall/kernel';
import { CASES } from '@guildhall/cases-contract';
import { Inject, Injectable } from '@nestjs/common';
import { daysAfter, firstCaughtUpWith, lastClosedDay } from '../exporting/days';
import { settlingProviders } from '../keeping/council-providers';
import { HeedFinance } from './heed-finance';
import { ReadSettlementsJob } from './jobs';
import { tell } from './compare-items';

const HOUR = 3_600_000;
/** Providers date some settlements a little later: each day is read again, once a day, for so long. */
const READ_AGAIN_FOR_DAYS = 3;
/** A reading that has not moved for so long has died with its worker. */
const DEAD_AFTER = HOUR;
const MOST_UNTOLD = 500;

/** Sees to it that every day's settled list of every provider is read once the day is over, again on the days after, and again an hour after it failed; and that differences stand as their cases do. */
@Injectable()
export class PlanSettlements implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(HeedFinance) private readonly finance: HeedFinance) {}

  async run(ctx: RequestContext): Promise<void> {
    for (const { id } of settlingProviders(ctx)) await this.database.run(ctx, (tx) => this.#plan(tx, id));
    await this.#tellAgain(ctx);
    await this.finance.lookAgain(ctx);
  }

  /** Begins a day's list from its beginning, unless it is being read. @returns whether it was begun */
  async begin(ctx: RequestContext, provider: string, day: string): Promise<boolean> {
    return this.database.run(ctx, async (tx) => {
      const now = this.clock.now();
      await sql(tx, 'insert into payments.settlement_day (council_id, provider, day, changed_at) values ($1, $2, $3, $4) on conflict do nothing', [tx.council.id, provider, day, now]);
      return (await this.#begin(tx, provider, 'd.day = $4', [day])) > 0;
    });
  }

  async #plan(tx: Parameters<typeof sql>[0], provider: string): Promise<void> {
    const now = this.clock.now();
    const last = lastClosedDay(now);
    await sql(tx, 'insert into payments.settlement_day (council_id, provider, day, changed_at) values ($1, $2, $3, $4) on conflict do nothing', [tx.council.id, provider, last, now]);
    // From the first day that was ever read on without a gap: what was taken before is nobody's to look for.
    await sql(tx, `insert into payments.settlement_day (council_id, provider, day, changed_at)
      select $1, $2, day::date, $3 from generate_series(greatest((select min(day) from payments.settlement_day where council_id = $1 and provider = $2), $4::date)::timestamp, $5::date::timestamp, interval '1 day') as day
      on conflict do nothing`, [tx.council.id, provider, now, firstCaughtUpWith(now), last]);
    await this.#begin(tx, provider, `d.day >= $4::date and (d.state in ('waiting', 'failed', 'running') or (d.state = 'done' and d.day >= $5::date and d.finished_at < $6))`,
      [firstCaughtUpWith(now), daysAfter(last, -READ_AGAIN_FOR_DAYS), new Date(now.getTime() - 23 * HOUR)]);
  }

  async #begin(tx: Parameters<typeof sql>[0], provider: string, which: string, values: readonly unknown[]): Promise<number> {
    const now = this.clock.now();
    const dead = values.length + 4;
    const begun = await sql<{ day: string; reading: number }>(tx, `
      update payments.settlement_day d set state = 'running', reading = d.reading + 1, page = 0, place = null, failure = null, changed_at = $3
      where d.council_id = $1 and d.provider = $2 and (${which}) and (d.state <> 'running' or d.changed_at < $${dead})
      returning d.day::text as day, d.reading`, [tx.council.id, provider, now, ...values, new Date(now.getTime() - DEAD_AFTER)]);
    for (const { day, reading } of begun) enqueue(tx, ReadSettlementsJob, { provider, day, reading }, { key: `${provider} ${day} ${reading} 0` });
    return begun.length;
  }

  /** What nobody has been told, because the cases did not answer for too long. */
  async #tellAgain(ctx: RequestContext): Promise<void> {
    if (!hasContract(ctx, CASES)) return;
    await this.database.run(ctx, async (tx) => {
      tell(tx, await sql<{ difference_id: string }>(tx, 'select difference_id from payments.settlement_difference where council_id = $1 and told_version < version order by difference_id limit $2', [tx.council.id, MOST_UNTOLD]));
    });
  }
}
