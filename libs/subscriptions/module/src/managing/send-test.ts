import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, IDS, demand, type Clock, type Ids, type RequestContext } from '@guildhall/kernel-contract';
import { MANAGE_SUBSCRIPTIONS, type DeliveryView } from '@guildhall/subscriptions-contract';
import { toDelivery, type DeliveryRow } from '../data/delivery-row';
import { SendEvent } from '../delivering/send-event';
import { lockSubscription } from './find-subscription';

const TEST_TYPE = 'subscriptions.test-sent';

/** Sends an invented event, once and at once: whoever sets a receiver up sees what comes of it. */
@Injectable()
export class SendsTest {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids, @Inject(SendEvent) private readonly sending: SendEvent) {}

  async test(ctx: RequestContext, id: string): Promise<DeliveryView> {
    demand(ctx, MANAGE_SUBSCRIPTIONS);
    const eventId = this.ids.uuid();
    const now = this.clock.now();
    const data = { subscriptionId: id, isTest: true };
    const subscription = await this.db.run(ctx, async (tx) => {
      const found = await lockSubscription(tx, id);
      await sql(tx, 'insert into subscriptions.message (council_id, event_id, type, version, subject, data, at, is_test) values ($1, $2, $3, 1, $4, $5, $6, true)', [tx.council.id, eventId, TEST_TYPE, id, JSON.stringify(data), now]);
      await sql(tx, `insert into subscriptions.delivery (council_id, subscription_id, event_id, state, is_test, tries, next_try_at, last_tried_at, created_at) values ($1, $2, $3, 'waiting', true, 1, $4, $4, $4)`, [tx.council.id, id, eventId, now]);
      audit(tx, { action: 'subscriptions.tested', subject: { type: 'subscription', id } });
      return found;
    });
    const row: DeliveryRow = { event_id: eventId, type: TEST_TYPE, version: 1, subject: id, data, at: now, state: 'waiting', is_test: true, tries: 1, next_try_at: now, last_tried_at: now, last_status: null, last_failure: null, created_at: now, settled_at: null };
    const outcome = await this.sending.send(ctx, subscription, row);
    // Of the receiver nothing is concluded: a test may be meant to fail.
    const settled: DeliveryRow = { ...row, state: outcome.ok ? 'delivered' : 'dead', last_status: outcome.status ?? null, last_failure: outcome.ok ? null : outcome.failure, settled_at: this.clock.now() };
    await this.db.query(ctx, 'update subscriptions.delivery set state = $4, last_status = $5, last_failure = $6, settled_at = $7 where council_id = $1 and subscription_id = $2 and event_id = $3', [ctx.council.id, id, eventId, settled.state, settled.last_status, settled.last_failure, settled.settled_at]);
    return toDelivery(settled);
  }
}
