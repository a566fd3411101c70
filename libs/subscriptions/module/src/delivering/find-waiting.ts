import { Inject, Injectable } from '@nestjs/common';
import { Database, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { DeliverDue } from './jobs';
import { giveUpWaiting } from './record-try';

const LOST_TEST_AFTER_SECONDS = 120;

/** Puts to work every subscription for which something is due, whatever became of its job; and gives up what nobody will send any more. */
@Injectable()
export class FindWaitingDeliveries implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext): Promise<void> {
    const now = this.clock.now();
    await this.db.run(ctx, async (tx) => {
      const found = await sql<{ subscription_id: string; state: string }>(tx, `
        select s.subscription_id, s.state from subscriptions.subscription s
        where s.council_id = $1 and s.state <> 'paused' and (s.lease_until is null or s.lease_until <= $2) and (s.wait_until is null or s.wait_until <= $2)
          and exists (select from subscriptions.delivery d where d.council_id = $1 and d.subscription_id = s.subscription_id and d.state = 'waiting' and not d.is_test and d.next_try_at <= $2)
        order by s.subscription_id limit 100`, [ctx.council.id, now]);
      for (const { subscription_id: subscriptionId, state } of found) if (state === 'active') enqueue(tx, DeliverDue, { subscriptionId }, { key: `now:${subscriptionId}` });
      const disabled = found.filter(({ state }) => state === 'disabled').map(({ subscription_id: id }) => id);
      if (disabled.length) await giveUpWaiting(tx, disabled, now);
      // A test whose sender died: nobody looks at its end any more.
      await sql(tx, `update subscriptions.delivery set state = 'dead', settled_at = $2, last_failure = 'timeout' where council_id = $1 and is_test and state = 'waiting' and created_at <= $3`, [ctx.council.id, now, new Date(now.getTime() - LOST_TEST_AFTER_SECONDS * 1000)]);
    });
  }
}
