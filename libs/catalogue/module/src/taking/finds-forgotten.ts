import { Database, audit, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { LookAtRelease } from './jobs';
import { OF_A_NEWCOMER } from './submission';

const FORGOTTEN_AFTER_MS = 10 * 60 * 1000;
const AT_ONCE = 200;
/** So long somebody new waits to be let in. */
const NEWCOMER_WAITS_MS = 30 * 24 * 60 * 60 * 1000;

/** Puts to work every release that should have been looked at by now, whatever became of its job, and drops whom nobody has let in for 30 days: the same may be handed in again. */
@Injectable()
export class FindsForgotten implements JobHandler<Record<never, never>> {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext): Promise<void> {
    await this.db.run(ctx, async (tx) => {
      const found = await sql<{ submission_id: string }>(tx, `select submission_id from catalogue.submission where council_id = $1 and state = 'waiting' and kind = 'release' and next_try_at <= $2 order by next_try_at limit $3`, [ctx.council.id, new Date(this.clock.now().getTime() - FORGOTTEN_AFTER_MS), AT_ONCE]);
      const dropped = await sql(tx, `delete from catalogue.submission s where s.council_id = $1 and s.kind = 'publisher' and s.state = 'waiting' and s.submitted_at < $2 and ${OF_A_NEWCOMER} returning 1 as dropped`, [ctx.council.id, new Date(this.clock.now().getTime() - NEWCOMER_WAITS_MS)]);
      if (dropped.length > 0) audit(tx, { action: 'catalogue.newcomers-dropped', subject: { type: 'catalogue', id: ctx.council.slug }, detail: { count: dropped.length } });
      for (const { submission_id: submissionId } of found) enqueue(tx, LookAtRelease, { submissionId }, { key: submissionId });
    });
  }
}
