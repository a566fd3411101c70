import { Inject, Injectable } from '@nestjs/common';
import { Database, sql } from '@guildhall/kernel';
import { CLOCK, defineJob, type Clock, type RequestContext } from '@guildhall/kernel-contract';

/** Counts how often each service was used. */
export const CountUsage = defineJob<Record<never, never>>('services.count-usage');

/** Counts yesterday's and today's submissions by day, and forgets days that are more than 90 days ago: drafts are deleted long before. */
@Injectable()
export class CountUsageHandler {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext): Promise<void> {
    const now = this.clock.now();
    const yesterday = new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10);
    const longAgo = new Date(now.getTime() - 90 * 86_400_000).toISOString().slice(0, 10);
    await this.db.run(ctx, async (tx) => {
      await sql(tx, `insert into services.usage (council_id, service, day, submitted)
        select council_id, service, (submitted_at at time zone 'UTC')::date, count(*) from services.draft where council_id = $1 and state = 'submitted' and submitted_at >= $2::date group by 1, 2, 3
        on conflict (council_id, service, day) do update set submitted = greatest(services.usage.submitted, excluded.submitted)`, [tx.council.id, yesterday]);
      await sql(tx, 'delete from services.usage where council_id = $1 and day < $2::date', [tx.council.id, longAgo]);
    }, { retry: true });
  }
}
