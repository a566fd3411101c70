import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, Conflict, demand, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_SUBSCRIPTIONS, type SubscriptionView } from '@guildhall/subscriptions-contract';
import { SUBSCRIPTION_COLUMNS, toSubscription, type SubscriptionRow } from '../data/subscription-row';
import { DeliverDue } from '../delivering/jobs';
import { lockSubscription, noSubscription } from './find-subscription';

/** Pauses, resumes and removes subscriptions. */
@Injectable()
export class StopsAndGoes {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws Conflict when it is disabled: it already tells nobody */
  async pause(ctx: RequestContext, id: string): Promise<SubscriptionView> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    return this.db.run(ctx, async (tx) => {
      const before = await lockSubscription(tx, id);
      if (before.state === 'disabled') throw new Conflict('This subscription is disabled: nothing is sent to it. Resume it first.');
      if (before.state === 'paused') return toSubscription(before, this.clock.now());
      audit(tx, { action: 'subscriptions.paused', subject: { type: 'subscription', id } });
      const [row] = await sql<SubscriptionRow>(tx, `update subscriptions.subscription set state = 'paused', version = version + 1 where council_id = $1 and subscription_id = $2 returning ${SUBSCRIPTION_COLUMNS}`, [tx.council.id, id]);
      return toSubscription(row ?? before, this.clock.now());
    });
  }

  async resume(ctx: RequestContext, id: string): Promise<SubscriptionView> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    return this.db.run(ctx, async (tx) => {
      const before = await lockSubscription(tx, id);
      if (before.state === 'active') return toSubscription(before, this.clock.now());
      audit(tx, { action: 'subscriptions.resumed', subject: { type: 'subscription', id } });
      const [row] = await sql<SubscriptionRow>(tx, `
        update subscriptions.subscription set state = 'active', disabled_because = null, failures_in_row = 0, failing_since = null, wait_until = null, version = version + 1 where council_id = $1 and subscription_id = $2 returning ${SUBSCRIPTION_COLUMNS}`, [tx.council.id, id]);
      enqueue(tx, DeliverDue, { subscriptionId: id }, { key: `now:${id}` });
      return toSubscription(row ?? before, this.clock.now());
    });
  }

  async remove(ctx: RequestContext, id: string): Promise<void> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    await this.db.run(ctx, async (tx) => {
      await lockSubscription(tx, id);
      const gone = await sql(tx, 'delete from subscriptions.subscription where council_id = $1 and subscription_id = $2 returning 1 as gone', [tx.council.id, id]);
      if (!gone.length) throw noSubscription();
      audit(tx, { action: 'subscriptions.removed', subject: { type: 'subscription', id } });
    });
  }
}
