import { Inject, Injectable } from '@nestjs/common';
import { Database, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, IDS, type Clock, type Ids, type JobHandler, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { DELIVERY_COLUMNS, DELIVERY_TABLES, type DeliveryRow } from '../data/delivery-row';
import { SUBSCRIPTION_COLUMNS, type SubscriptionRow } from '../data/subscription-row';
import { DeliverDue } from './jobs';
import { recordTry, type MadeTry } from './record-try';
import { SendEvent } from './send-event';

/** Longer than the longest answer: a worker that has died holds a subscription no longer than this. */
const LEASE_IN_SECONDS = 45;
/** One turn: then others have theirs. With the longest answer after it, it ends before the queue gives the job to another worker. */
const TURN_IN_SECONDS = 20;
const MOST_A_TURN = 25;
/** A turn that took longer is paid with as long a rest, so that slow receivers never have all the workers. */
const SLOW_IN_SECONDS = 2;

type Claimed = Pick<MadeTry, 'subscription' | 'delivery'> & { readonly subscription: SubscriptionRow };

/**
 * Sends to one subscription what is due, one event after the other, in a turn of its own: a receiver that is slow or dead keeps up nobody but itself.
 * Each try is on record before it is made, and what came of it after: a crash between the two sends again what may have arrived, under the same id.
 */
@Injectable()
export class DeliverDueEvents implements JobHandler<{ readonly subscriptionId: string }> {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids, @Inject(SendEvent) private readonly sending: SendEvent) {}

  async run(ctx: RequestContext, { subscriptionId }: { readonly subscriptionId: string }): Promise<void> {
    const lease = this.ids.uuid();
    const begun = this.clock.now().getTime();
    let made: MadeTry | undefined;
    for (let sent = 0; ; sent++) {
      const seconds = (this.clock.now().getTime() - begun) / 1000;
      const isOver = sent >= MOST_A_TURN || seconds >= TURN_IN_SECONDS;
      const claimed = await this.db.run(ctx, async (tx) => {
        const before = made;
        if (before) await recordTry(tx, before, this.clock.now(), this.chance());
        return this.claim(tx, subscriptionId, lease, { isOver, restInSeconds: seconds > SLOW_IN_SECONDS ? seconds : 0 });
      });
      if (!claimed) return;
      made = { ...claimed, outcome: await this.sending.send(ctx, claimed.subscription, claimed.delivery) };
    }
  }

  /** Takes the next event that is due, on record as tried; or ends the turn and sees to it that there is another when there is more to do. */
  private async claim(tx: TransactionContext, subscriptionId: string, lease: string, turn: { readonly isOver: boolean; readonly restInSeconds: number }): Promise<Claimed | undefined> {
    const now = this.clock.now();
    const [subscription] = await sql<SubscriptionRow>(tx, `select ${SUBSCRIPTION_COLUMNS} from subscriptions.subscription where council_id = $1 and subscription_id = $2 for update`, [tx.council.id, subscriptionId]);
    if (!subscription) return undefined;
    if (subscription.lease_id !== lease && subscription.lease_until && subscription.lease_until > now) {
      // Another worker has it, or had it and died: look again when its time is up.
      enqueue(tx, DeliverDue, { subscriptionId }, { runAt: subscription.lease_until, key: `leased:${subscriptionId}` });
      return undefined;
    }
    if (subscription.state !== 'active') return this.release(tx, subscriptionId);
    if (subscription.wait_until && subscription.wait_until > now) {
      enqueue(tx, DeliverDue, { subscriptionId }, { runAt: subscription.wait_until, key: `rest:${subscriptionId}:${subscription.wait_until.getTime()}` });
      return this.release(tx, subscriptionId);
    }
    const [delivery] = await sql<DeliveryRow>(tx, `select ${DELIVERY_COLUMNS} from ${DELIVERY_TABLES} where d.council_id = $1 and d.subscription_id = $2 and d.state = 'waiting' and not d.is_test order by d.next_try_at, d.event_id limit 1`, [tx.council.id, subscriptionId]);
    if (!delivery) return this.release(tx, subscriptionId);
    if (turn.isOver || delivery.next_try_at > now) {
      const runAt = new Date(Math.max(delivery.next_try_at.getTime(), now.getTime() + turn.restInSeconds * 1000));
      enqueue(tx, DeliverDue, { subscriptionId }, { runAt, key: runAt > now ? `later:${subscriptionId}:${runAt.getTime()}` : `now:${subscriptionId}` });
      return this.release(tx, subscriptionId);
    }
    await sql(tx, 'update subscriptions.subscription set lease_id = $3, lease_until = $4 where council_id = $1 and subscription_id = $2', [tx.council.id, subscriptionId, lease, new Date(now.getTime() + LEASE_IN_SECONDS * 1000)]);
    await sql(tx, 'update subscriptions.delivery set tries = tries + 1, last_tried_at = $4 where council_id = $1 and subscription_id = $2 and event_id = $3', [tx.council.id, subscriptionId, delivery.event_id, now]);
    return { subscription, delivery: { ...delivery, tries: delivery.tries + 1 } };
  }

  private async release(tx: TransactionContext, subscriptionId: string): Promise<undefined> {
    await sql(tx, 'update subscriptions.subscription set lease_id = null, lease_until = null where council_id = $1 and subscription_id = $2', [tx.council.id, subscriptionId]);
    return undefined;
  }

  private chance(): number {
    return (this.ids.bytes(1)[0] ?? 128) / 255;
  }
}
