import type { SubscriptionState, SubscriptionView } from '@guildhall/subscriptions-contract';

/** One row of subscriptions.subscription. */
export interface SubscriptionRow {
  readonly subscription_id: string;
  readonly title: string;
  readonly url: string;
  readonly event_types: readonly string[];
  readonly case_types: readonly string[];
  readonly state: SubscriptionState;
  readonly disabled_because: 'gone' | 'failing' | null;
  readonly version: number;
  readonly secret_number: number;
  readonly former_secret_until: Date | null;
  readonly lease_id: string | null;
  readonly lease_until: Date | null;
  readonly failures_in_row: number;
  readonly failing_since: Date | null;
  readonly wait_until: Date | null;
  readonly last_delivered_at: Date | null;
  readonly created_at: Date;
}

/** The columns of {@link SubscriptionRow}. */
export const SUBSCRIPTION_COLUMNS = 'subscription_id, title, url, event_types, case_types, state, disabled_because, version, secret_number, former_secret_until, lease_id, lease_until, failures_in_row, failing_since, wait_until, last_delivered_at, created_at';

/** The one bridge from a row to what people and programs may read. */
export function toSubscription(row: SubscriptionRow, now: Date): SubscriptionView {
  return {
    id: row.subscription_id, title: row.title, url: row.url, eventTypes: row.event_types, caseTypes: row.case_types, state: row.state, version: row.version, createdAt: row.created_at,
    ...(row.disabled_because && { disabledBecause: row.disabled_because }), ...(row.failing_since && { failingSince: row.failing_since }), ...(row.last_delivered_at && { lastDeliveredAt: row.last_delivered_at }),
    ...(row.wait_until && row.wait_until > now && { waitUntil: row.wait_until }), ...(row.former_secret_until && row.former_secret_until > now && { formerSecretUntil: row.former_secret_until }),
  };
}
