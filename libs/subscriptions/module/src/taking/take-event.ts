import { Inject, Injectable } from '@nestjs/common';
import { enqueue, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type Event, type EventAmongOthers, type EventHandler, type TransactionContext } from '@guildhall/kernel-contract';
import { isWanted } from '@guildhall/subscriptions-contract';
import { DeliverDue } from '../delivering/jobs';
import { MOST_SUBSCRIPTIONS } from '../managing/check-choices';
import { toldOf, type ToldEvent } from './outward-event';

/** Every event that others may be told comes here, one of each message and case. */
const MOST_TOGETHER = 50;

/** Writes down for whom events are, in the transaction in which they are handled: from then on nothing of them is lost, whatever dies. */
@Injectable()
export class TakeEvent implements EventHandler<object> {
  readonly together = { most: MOST_TOGETHER, handle: (events: readonly EventAmongOthers<object>[]): Promise<void> => this.take(events) };

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  handle(tx: TransactionContext, event: Event<object>): Promise<void> {
    return this.take([{ tx, event }]);
  }

  private async take(events: readonly EventAmongOthers<object>[]): Promise<void> {
    const all = events.flatMap(({ tx, event }) => {
      const told = toldOf(tx, event);
      return told ? [{ tx, told }] : [];
    });
    const [first] = all;
    if (!first) return;
    const { tx } = first;
    const subscriptions = await sql<{ subscription_id: string; event_types: string[]; case_types: string[]; state: string }>(tx, `select subscription_id, event_types, case_types, state from subscriptions.subscription where council_id = $1 order by subscription_id limit ${MOST_SUBSCRIPTIONS}`, [tx.council.id]);
    // Nobody is told anything here: then nothing is kept.
    if (subscriptions.length === 0) return;
    // Also when nobody wants it today: it can be sent to who subscribes tomorrow.
    const column = <Value>(valueOf: (told: ToldEvent) => Value): readonly Value[] => all.map(({ told }) => valueOf(told));
    await sql(tx, `
      insert into subscriptions.message (council_id, event_id, type, version, subject, case_type, data, at)
      select $1::uuid, * from unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::jsonb[], $8::timestamptz[]) on conflict do nothing`,
    [tx.council.id, column(({ id }) => id), column(({ type }) => type), column(({ version }) => version), column(({ subject }) => subject), column(({ caseType }) => caseType ?? null), column(({ data }) => JSON.stringify(data)), column(({ at }) => at)]);
    const wanting = subscriptions.flatMap(({ subscription_id: id, state, event_types: eventTypes, case_types: caseTypes }) => (state === 'disabled' ? [] : all.filter(({ told }) => isWanted({ eventTypes, caseTypes }, told)).map((each) => ({ ...each, id, isActive: state === 'active' }))));
    if (wanting.length === 0) return;
    await sql(tx, `
      insert into subscriptions.delivery (council_id, subscription_id, event_id, state, next_try_at, created_at) select $1::uuid, subscription_id, event_id, 'waiting', $4, $4 from unnest($2::uuid[], $3::uuid[]) as wanting (subscription_id, event_id)
      on conflict do nothing`, [tx.council.id, wanting.map(({ id }) => id), wanting.map(({ told }) => told.id), this.clock.now()]);
    // One for each subscription, and in their order, so that of two workers neither waits for what the other holds.
    const now = new Map(wanting.filter(({ isActive }) => isActive).reverse().map((each) => [each.id, each.tx]));
    for (const [subscriptionId, own] of [...now].reverse()) enqueue(own, DeliverDue, { subscriptionId }, { key: `now:${subscriptionId}` });
  }
}
