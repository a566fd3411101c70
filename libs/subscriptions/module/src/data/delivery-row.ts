import type { DeliveryFailure, DeliveryState, DeliveryView } from '@guildhall/subscriptions-contract';

/** One row of subscriptions.delivery with what its message says. */
export interface DeliveryRow {
  readonly event_id: string;
  readonly type: string;
  readonly version: number;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: Date;
  readonly state: DeliveryState;
  readonly is_test: boolean;
  readonly tries: number;
  readonly next_try_at: Date;
  readonly last_tried_at: Date | null;
  readonly last_status: number | null;
  readonly last_failure: DeliveryFailure | null;
  readonly created_at: Date;
  readonly settled_at: Date | null;
}

/** The columns of {@link DeliveryRow}, of `delivery d` joined with `message m`. */
export const DELIVERY_COLUMNS = 'd.event_id, m.type, m.version, m.subject, m.data, m.at, d.state, d.is_test, d.tries, d.next_try_at, d.last_tried_at, d.last_status, d.last_failure, d.created_at, d.settled_at';
/** The tables of {@link DELIVERY_COLUMNS}. */
export const DELIVERY_TABLES = 'subscriptions.delivery d join subscriptions.message m using (council_id, event_id)';

/** The one bridge from a row to what people and programs may read. */
export function toDelivery(row: DeliveryRow, waitUntil?: Date | null): DeliveryView {
  // A receiver that is left alone for a while is not tried before.
  const next = waitUntil && waitUntil > row.next_try_at ? waitUntil : row.next_try_at;
  return {
    eventId: row.event_id, eventType: row.type, subject: row.subject, at: row.at, state: row.state, isTest: row.is_test, tries: row.tries,
    ...(row.state === 'waiting' && { nextTryAt: next }), ...(row.last_tried_at && { lastTriedAt: row.last_tried_at }), ...(row.last_status !== null && { lastStatus: row.last_status }),
    ...(row.last_failure && { lastFailure: row.last_failure }), ...(row.settled_at && { settledAt: row.settled_at }),
  };
}
