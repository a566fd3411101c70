import { Inject, Injectable } from '@nestjs/common';
import { Database, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { RetentionTimes } from './retention-times';

const MOST_AT_ONCE = 500;
const MOST_ROUNDS = 200;
const DAY = 86_400_000;

/** Wipes the words and addresses of messages whose time is over, then the messages themselves. What was about to be sent again can then no longer be. */
@Injectable()
export class WipeOldMessages implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(RetentionTimes) private readonly times: RetentionTimes) {}

  async run(ctx: RequestContext): Promise<void> {
    const now = this.clock.now();
    await this.inRounds(ctx, `
      update notifications.message set content = null, address = null, asked = null, title = plain_title where council_id = $1 and message_id in (
        select message_id from notifications.message where council_id = $1 and content is not null and wipe_at <= $2 and state <> 'created' order by wipe_at limit ${MOST_AT_ONCE}) returning 1 as done`, now);
    await this.inRounds(ctx, `
      delete from notifications.message where council_id = $1 and message_id in (
        select message_id from notifications.message where council_id = $1 and created_at <= $2 and state <> 'created' order by created_at limit ${MOST_AT_ONCE}) returning 1 as done`, new Date(now.getTime() - this.times.logInDays(ctx) * DAY));
  }

  private async inRounds(ctx: RequestContext, statement: string, until: Date): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const done = await this.db.run(ctx, (tx) => sql(tx, statement, [ctx.council.id, until]));
      if (done.length < MOST_AT_ONCE) return;
    }
  }
}
