import type { EventFilter } from './filter';

/** `active`: told as things happen · `paused`: what happens waits for it · `disabled`: it said that it is gone, or failed for days; nothing more waits. @public */
export type SubscriptionState = 'active' | 'paused' | 'disabled';

/** Another system that is told. @public */
export interface SubscriptionView extends EventFilter {
  readonly id: string;
  /** What officers call it: `Bin lorries`. */
  readonly title: string;
  /** Where events are posted to. */
  readonly url: string;
  readonly state: SubscriptionState;
  /** `gone`: it answered 410. `failing`: nothing had arrived for five days. */
  readonly disabledBecause?: 'gone' | 'failing';
  /** Grows with each change: a change says which one it saw. */
  readonly version: number;
  /** Since when nothing has arrived, while that is so. */
  readonly failingSince?: Date;
  /** Nothing is tried before then, so that a receiver in trouble is left alone. */
  readonly waitUntil?: Date;
  readonly lastDeliveredAt?: Date;
  /** Until then its former secret signs too. */
  readonly formerSecretUntil?: Date;
  readonly createdAt: Date;
}

/** `waiting`: to be tried · `delivered`: taken by the receiver, 2xx · `dead`: given up, until somebody has it sent again. @public */
export type DeliveryState = 'waiting' | 'delivered' | 'dead';

/**
 * Why the last try failed. `status`: an answer other than 2xx · `timeout`: none within 15 seconds · `unreachable`: no connection · `certificate`: its certificate is not good ·
 * `not-public`: its name leads into a private network · `disabled`: the subscription was disabled meanwhile.
 * @public
 */
export type DeliveryFailure = 'status' | 'timeout' | 'unreachable' | 'certificate' | 'not-public' | 'disabled';

/** One event on its way to one subscription. @public */
export interface DeliveryView {
  readonly eventId: string;
  readonly eventType: string;
  readonly subject: string;
  /** When it happened. */
  readonly at: Date;
  readonly state: DeliveryState;
  readonly isTest: boolean;
  readonly tries: number;
  /** While it waits. */
  readonly nextTryAt?: Date;
  readonly lastTriedAt?: Date;
  /** HTTP status of the last answer. */
  readonly lastStatus?: number;
  readonly lastFailure?: DeliveryFailure;
  readonly settledAt?: Date;
}

/** An event that can be subscribed to. @public */
export interface OfferedEvent {
  readonly type: string;
  readonly version: number;
  /** What has happened, in one sentence. */
  readonly describes: string;
  /** Names of the fields in its data. */
  readonly fields: readonly string[];
  /** The field whose value is also its `subject`. */
  readonly subject: string;
}
