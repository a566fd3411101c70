import type { MessageChannel } from '@guildhall/notifications-contract';

/** What a council may set. @public */
export interface OutboxOptions {
  /** Which channels it stands in for: all of them unless told. */
  readonly channels?: readonly MessageChannel[];
}
