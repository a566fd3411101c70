import { audit, nextTryAt, restUntil, sql } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';
import type { DeliveryRow } from '../data/delivery-row';
import type { SubscriptionRow } from '../data/subscription-row';
import { isGivenUp } from './given-up';
import type { TryOutcome } from './send-event';

/** One try, as it was made. */
export interface MadeTry { readonly subscription: Pick<SubscriptionRow, 'subscription_id' | 'url'>; readonly delivery: DeliveryRow; readonly outcome: TryOutcome }

/** Writes down what came of a try, for the event and for the receiver. @param chance from 0 to 1 */
export async function recordTry(tx: TransactionContext, { subscription: { subscription_id: id, url }, delivery, outcome }: MadeTry, now: Date, chance: number): Promise<void> {
  const key = [tx.council.id, id, delivery.event_id];
  if (outcome.ok) {
    await sql(tx, `update subscriptions.delivery set state = 'delivered', last_status = $4, last_failure = null, settled_at = $5 where council_id = $1 and subscription_id = $2 and event_id = $3 and state = 'waiting'`, [...key, outcome.status, now]);
    await sql(tx, 'update subscriptions.subscription set failures_in_row = 0, failing_since = null, wait_until = null, last_delivered_at = $3 where council_id = $1 and subscription_id = $2', [tx.council.id, id, now]);
    return;
  }
  const next = nextTryAt(now, delivery.tries, chance, outcome.retryAfterInSeconds);
  // Only when nobody else has tried since: their try counts now.
  await sql(tx, `
    update subscriptions.delivery set state = case when $5::timestamptz is null then 'dead' else 'waiting' end, next_try_at = coalesce($5, next_try_at), settled_at = case when $5::timestamptz is null then $6::timestamptz end, last_status = $7, last_failure = $8
    where council_id = $1 and subscription_id = $2 and event_id = $3 and state = 'waiting' and tries = $4`, [...key, delivery.tries, next ?? null, now, outcome.status ?? null, outcome.failure]);
  await recordTrouble(tx, id, url, outcome, now, chance);
}

async function recordTrouble(tx: TransactionContext, id: string, url: string, outcome: Extract<TryOutcome, { ok: false }>, now: Date, chance: number): Promise<void> {
  const [row] = await sql<{ failures_in_row: number; failing_since: Date; url: string; state: string }>(tx, `
    update subscriptions.subscription set failures_in_row = failures_in_row + 1, failing_since = coalesce(failing_since, $3) where council_id = $1 and subscription_id = $2 and url = $4 returning failures_in_row, failing_since, url, state`, [tx.council.id, id, now, url]);
  // Removed meanwhile, or it has another address now: of that one nothing bad is known.
  if (!row || row.state === 'disabled') return;
  const because = outcome.status === 410 ? 'gone' : isGivenUp(now, row.failing_since) ? 'failing' : undefined;
  if (because) return disable(tx, id, because, now);
  await sql(tx, 'update subscriptions.subscription set wait_until = $3 where council_id = $1 and subscription_id = $2', [tx.council.id, id, restUntil(now, row.failures_in_row, chance, outcome.retryAfterInSeconds) ?? null]);
}

/** Ends a subscription whose receiver is gone: nothing more is sent, and what waited is given up, where an officer sees it. */
async function disable(tx: TransactionContext, id: string, because: 'gone' | 'failing', now: Date): Promise<void> {
  await sql(tx, `update subscriptions.subscription set state = 'disabled', disabled_because = $3, wait_until = null, version = version + 1 where council_id = $1 and subscription_id = $2`, [tx.council.id, id, because]);
  await giveUpWaiting(tx, [id], now);
  audit(tx, { action: 'subscriptions.disabled', subject: { type: 'subscription', id }, detail: { because } });
}

/** Gives up what waits for subscriptions that are disabled. */
export async function giveUpWaiting(tx: TransactionContext, ids: readonly string[], now: Date): Promise<void> {
  await sql(tx, `update subscriptions.delivery set state = 'dead', settled_at = $3, last_failure = coalesce(last_failure, 'disabled') where council_id = $1 and subscription_id = any($2) and state = 'waiting' and not is_test`, [tx.council.id, ids, now]);
}
