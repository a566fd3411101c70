import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { Limits } from '../subscriptions.limits';

const MOST_AT_ONCE = 2000;
const DAY = 86_400_000;

/** Removes what was settled so long ago that nobody sends it again, then the events that nobody waits for. */
@Injectable()
export class WipeOldDeliveries implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(Limits) private readonly limits: Limits) {}

  async run(ctx: RequestContext): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.limits.keepForDays(ctx) * DAY);
    await this.inRounds(ctx, `
      delete from subscriptions.delivery where council_id = $1 and (subscription_id, event_id) in (
        select subscription_id, event_id from subscriptions.delivery where council_id = $1 and state <> 'waiting' and settled_at < $2 order by settled_at limit ${MOST_AT_ONCE}) returning 1 as gone`, before);
    await this.inRounds(ctx, `
      delete from subscriptions.message where council_id = $1 and event_id in (
        select event_id from subscriptions.message m where m.council_id = $1 and m.at < $2 and not exists (select from subscriptions.delivery d where d.council_id = $1 and d.event_id = m.event_id) order by m.at limit ${MOST_AT_ONCE}) returning 1 as gone`, before);
  }

  private async inRounds(ctx: RequestContext, statement: string, before: Date): Promise<void> {
    for (let removed = MOST_AT_ONCE; removed === MOST_AT_ONCE; ) removed = (await this.db.query(ctx, statement, [ctx.council.id, before])).length;
  }
}
