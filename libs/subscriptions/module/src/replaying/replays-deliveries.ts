import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, Conflict, NotFound, demand, done, isUuid, refused, type Clock, type Outcome, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { MANAGE_SUBSCRIPTIONS, ReplayDeliveries, checkRequest, type DeliveryView, type ReplayRefusal } from '@guildhall/subscriptions-contract';
import type { SubscriptionRow } from '../data/subscription-row';
import { DeliverDue } from '../delivering/jobs';
import { lockSubscription } from '../managing/find-subscription';
import { ReadsDeliveries } from '../reading/reads-deliveries';
import { Limits } from '../subscriptions.limits';

const MOST_AT_ONCE = 10_000;
const DAY = 86_400_000;
/** As if for the first time: all its tries are before it again. */
const AGAIN = `state = 'waiting', tries = 0, settled_at = null, last_status = null, last_failure = null`;

/** Sends again what a receiver lost or never had. Under the same ids: what it has it takes no second time. */
@Injectable()
export class ReplaysDeliveries {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(Limits) private readonly limits: Limits, @Inject(ReadsDeliveries) private readonly reading: ReadsDeliveries) {}

  /** @throws NotFound; Conflict when the subscription is disabled, or of a test */
  async one(ctx: RequestContext, id: string, eventId: string): Promise<DeliveryView> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    await this.db.run(ctx, async (tx) => {
      await this.lock(tx, id);
      const [before] = isUuid(eventId) ? await sql<{ is_test: boolean }>(tx, 'select is_test from subscriptions.delivery where council_id = $1 and subscription_id = $2 and event_id = $3', [tx.council.id, id, eventId]) : [];
      if (!before) throw new NotFound('There is no such event here. It may have been so long ago that it is no longer kept.');
      if (before.is_test) throw new Conflict('A test is not sent again. Send a new one.');
      await sql(tx, `update subscriptions.delivery set ${AGAIN}, next_try_at = $4 where council_id = $1 and subscription_id = $2 and event_id = $3`, [tx.council.id, id, eventId, this.clock.now()]);
      this.begin(tx, id, { eventId });
    });
    return (await this.reading.find(ctx, id, eventId)).delivery;
  }

  /** @throws NotFound; Conflict when the subscription is disabled */
  async period(ctx: RequestContext, id: string, request: ReplayDeliveries): Promise<Outcome<{ readonly count: number }, ReplayRefusal>> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    checkRequest(ReplayDeliveries, request);
    const { from, to, which } = request;
    const [begin, end, now] = [new Date(from), new Date(to), this.clock.now()];
    const days = this.limits.keepForDays(ctx);
    if (Number.isNaN(begin.getTime()) || Number.isNaN(end.getTime()) || begin >= end) return refused('wrong-period', 'The period must end after it begins.');
    if (begin.getTime() < now.getTime() - (days + 1) * DAY) return refused('wrong-period', `What happened is kept for ${days} days. Begin later.`);
    const count = await this.db.run(ctx, async (tx) => {
      const { event_types: eventTypes, case_types: caseTypes } = await this.lock(tx, id);
      const changed = await sql(tx, `
        insert into subscriptions.delivery (council_id, subscription_id, event_id, state, next_try_at, created_at)
        select m.council_id, $2, m.event_id, 'waiting', $5, $5 from subscriptions.message m
        where m.council_id = $1 and m.at >= $3 and m.at < $4 and not m.is_test and (m.type = any($6) or m.type like any($7)) and (cardinality($8::text[]) = 0 or m.case_type = any($8))
          and not exists (select from subscriptions.delivery d where d.council_id = $1 and d.subscription_id = $2 and d.event_id = m.event_id and d.state = any($9))
        order by m.at, m.event_id limit ${MOST_AT_ONCE}
        on conflict (council_id, subscription_id, event_id) do update set ${AGAIN}, next_try_at = excluded.next_try_at returning 1 as changed`,
      // A pattern holds no letter that LIKE gives a meaning to.
      [tx.council.id, id, begin, end, now, eventTypes.filter((type) => !type.endsWith('*')), eventTypes.filter((type) => type.endsWith('*')).map((type) => `${type.slice(0, -1)}%`), caseTypes, which === 'all' ? ['waiting'] : ['waiting', 'delivered']]);
      this.begin(tx, id, { count: changed.length });
      return changed.length;
    });
    return done({ count });
  }

  /** @throws NotFound; Conflict when the subscription is disabled */
  async dead(ctx: RequestContext, id: string): Promise<{ readonly count: number }> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    return this.db.run(ctx, async (tx) => {
      await this.lock(tx, id);
      const changed = await sql(tx, `
        update subscriptions.delivery set ${AGAIN}, next_try_at = $3 where council_id = $1 and subscription_id = $2 and event_id in (
          select event_id from subscriptions.delivery where council_id = $1 and subscription_id = $2 and state = 'dead' and not is_test order by created_at, event_id limit ${MOST_AT_ONCE}) returning 1 as changed`, [tx.council.id, id, this.clock.now()]);
      this.begin(tx, id, { count: changed.length });
      return { count: changed.length };
    });
  }

  private async lock(tx: TransactionContext, id: string): Promise<SubscriptionRow> {
    const subscription = await lockSubscription(tx, id);
    if (subscription.state === 'disabled') throw new Conflict('This subscription is disabled: nothing is sent to it. Resume it first.');
    return subscription;
  }

  private begin(tx: TransactionContext, id: string, detail: object): void {
    audit(tx, { action: 'subscriptions.replayed', subject: { type: 'subscription', id }, detail });
    enqueue(tx, DeliverDue, { subscriptionId: id }, { key: `now:${id}` });
  }
}
