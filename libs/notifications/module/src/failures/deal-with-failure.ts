import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, NotFound, demand, type Clock, type RequestContext, isUuid } from '@guildhall/kernel-contract';
import { RETRY_MESSAGES } from '@guildhall/notifications-contract';

/** An officer has told the person by other means: the message leaves the list of failures and stays failed. */
@Injectable()
export class DealWithFailure {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async deal(ctx: RequestContext, messageId: string): Promise<void> {
    demand(ctx, RETRY_MESSAGES);
    if (!isUuid(messageId)) throw new NotFound(`There is no message ${messageId}.`);
    await this.db.run(ctx, async (tx) => {
      const [row] = await sql<{ state: string; person_id: string | null }>(tx, 'select state, person_id from notifications.message where council_id = $1 and message_id = $2 for update', [ctx.council.id, messageId]);
      if (!row) throw new NotFound(`There is no message ${messageId}.`);
      // Sent again, or dealt with, by somebody else meanwhile: nothing is left to do.
      const changed = await sql(tx, `update notifications.message set dealt_with_at = $3, dealt_with_by = $4 where council_id = $1 and message_id = $2 and state = 'failed' and dealt_with_at is null returning 1 as changed`, [ctx.council.id, messageId, this.clock.now(), ctx.actor.kind === 'officer' ? ctx.actor.officerId : null]);
      if (changed.length) audit(tx, { action: 'notifications.dealt-with', subject: { type: 'message', id: messageId }, personId: row.person_id ?? undefined });
    });
  }
}
