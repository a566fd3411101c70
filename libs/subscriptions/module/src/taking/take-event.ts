import { Inject, Injectable } from '@nestjs/common';
import { enqueue, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type Event, type EventHandler, type TransactionContext } from '@guildhall/kernel-contract';
import { isWanted } from '@guildhall/subscriptions-contract';
import { DeliverDue } from '../delivering/jobs';
import { MOST_SUBSCRIPTIONS } from '../managing/check-choices';
import { toldOf } from './outward-event';

/** Writes down for whom an event is, in the transaction in which it is handled: from then on nothing of it is lost, whatever dies. */
@Injectable()
export class TakeEvent implements EventHandler<object> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async handle(tx: TransactionContext, event: Event<object>): Promise<void> {
    const told = toldOf(tx, event);
    if (!told) return;
    const subscriptions = await sql<{ subscription_id: string; event_types: string[]; case_types: string[]; state: string }>(tx, `select subscription_id, event_types, case_types, state from subscriptions.subscription where council_id = $1 order by subscription_id limit ${MOST_SUBSCRIPTIONS}`, [tx.council.id]);
    // Nobody is told anything here: then nothing is kept.
    if (subscriptions.length === 0) return;
    // Also when nobody wants it today: it can be sent to who subscribes tomorrow.
    await sql(tx, 'insert into subscriptions.message (council_id, event_id, type, version, subject, case_type, data, at) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing', [tx.council.id, told.id, told.type, told.version, told.subject, told.caseType ?? null, JSON.stringify(told.data), told.at]);
    const wanting = subscriptions.filter(({ state, event_types: eventTypes, case_types: caseTypes }) => state !== 'disabled' && isWanted({ eventTypes, caseTypes }, told));
    if (wanting.length === 0) return;
    await sql(tx, `
      insert into subscriptions.delivery (council_id, subscription_id, event_id, state, next_try_at, created_at) select $1::uuid, subscription_id, $2::uuid, 'waiting', $4, $4 from unnest($3::uuid[]) as wanting (subscription_id)
      on conflict do nothing`, [tx.council.id, told.id, wanting.map(({ subscription_id: id }) => id), this.clock.now()]);
    for (const { subscription_id: subscriptionId, state } of wanting) if (state === 'active') enqueue(tx, DeliverDue, { subscriptionId }, { key: `now:${subscriptionId}` });
  }
}
