import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, NotFound, demand, done, refused, type Clock, type Outcome, type RequestContext, isUuid } from '@guildhall/kernel-contract';
import { READ_MESSAGES, RETRY_MESSAGES, mayReadMessage, type MessageView, type RetryRefusal } from '@guildhall/notifications-contract';
import { MESSAGE_COLUMNS, isRetryable, toView, type MessageRow } from '../data/message-row';
import { SendWaiting } from '../sending/jobs';

/** A message sent again by hand is tried for a day more. */
const TRIED_FOR_HOURS = 24;

/** Puts a failed message back to work. */
@Injectable()
export class RetryMessage {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async retry(ctx: RequestContext, messageId: string): Promise<Outcome<MessageView, RetryRefusal>> {
    demand(ctx, RETRY_MESSAGES);
    if (!isUuid(messageId)) throw new NotFound(`There is no message ${messageId}.`);
    const now = this.clock.now();
    return this.db.run(ctx, async (tx) => {
      const [row] = await sql<MessageRow>(tx, `select ${MESSAGE_COLUMNS} from notifications.message where council_id = $1 and message_id = $2 for update`, [ctx.council.id, messageId]);
      if (!row || !mayReadMessage(ctx, toView(row))) throw new NotFound(`There is no message ${messageId}. Reading it needs ${READ_MESSAGES.id}.`);
      if (!isRetryable(row)) return refused('not-retryable', `The message ${messageId} has not failed, or its words are no longer kept.`);
      const [moved] = await sql<MessageRow>(tx, `
        update notifications.message set state = 'created', failure = null, failure_code = null, last_failure = null, settled_at = null, dealt_with_at = null, dealt_with_by = null, next_try_at = $3, give_up_at = $4
        where council_id = $1 and message_id = $2 returning ${MESSAGE_COLUMNS}`, [ctx.council.id, messageId, now, new Date(now.getTime() + TRIED_FOR_HOURS * 3_600_000)]);
      enqueue(tx, SendWaiting, { messageId });
      audit(tx, { action: 'notifications.retry', subject: { type: 'message', id: messageId }, personId: row.person_id ?? undefined });
      return done(toView(moved ?? row));
    });
  }
}
