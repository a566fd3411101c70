import { Inject, Injectable } from '@nestjs/common';
import { Database, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { SendWaiting } from './jobs';

const FORGOTTEN_AFTER_MINUTES = 5;
const MOST_A_ROUND = 200;

/** Finds messages that should have been tried by now, whatever became of their job, and puts them back to work. */
@Injectable()
export class FindForgottenMessages implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext): Promise<void> {
    const now = this.clock.now();
    await this.db.run(ctx, async (tx) => {
      const forgotten = await sql<{ message_id: string }>(tx, `
        select message_id from notifications.message where council_id = $1 and state = 'created' and next_try_at <= $2 and (claimed_until is null or claimed_until <= $3) order by next_try_at limit ${MOST_A_ROUND}`,
      [ctx.council.id, new Date(now.getTime() - FORGOTTEN_AFTER_MINUTES * 60_000), now]);
      for (const { message_id: messageId } of forgotten) enqueue(tx, SendWaiting, { messageId }, { key: `forgotten:${messageId}` });
    });
  }
}
