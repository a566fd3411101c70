import { Inject, Injectable } from '@nestjs/common';
import { Database, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { Apply, FindReference, HandOver, PassOn } from '../jobs';

const FORGOTTEN_AFTER_MINUTES = 5;
const MOST_A_ROUND = 200;
/** What was told of a case that is not here by then is of none of ours. */
const UNMATCHED_FOR_DAYS = 30;

/** Finds cases and progress that should have been dealt with by now, whatever became of their job, and puts them back to work. */
@Injectable()
export class FindForgottenWork implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext): Promise<void> {
    const now = this.clock.now();
    const before = new Date(now.getTime() - FORGOTTEN_AFTER_MINUTES * 60_000);
    await this.db.run(ctx, async (tx) => {
      const cases = await sql<{ case_id: string; state: string }>(tx, `select case_id, state from back_office.hand_over where council_id = $1 and state in ('waiting', 'taken') and next_try_at <= $2 and (claimed_until is null or claimed_until <= $3) order by next_try_at limit ${MOST_A_ROUND}`, [ctx.council.id, before, now]);
      for (const { case_id: caseId, state } of cases) enqueue(tx, state === 'waiting' ? HandOver : FindReference, { caseId }, { key: `forgotten:${caseId}` });
      const waiting = await sql<{ case_id: string }>(tx, `select distinct case_id from (select case_id from back_office.progress where council_id = $1 and not is_applied and received_at <= $2 limit 1000) as waiting limit ${MOST_A_ROUND}`, [ctx.council.id, before]);
      for (const { case_id: caseId } of waiting) enqueue(tx, Apply, { caseId }, { key: `apply:${caseId}` });
      const words = await sql<{ entry_id: string }>(tx, `select entry_id from back_office.words where council_id = $1 and state = 'waiting' and next_try_at <= $2 and (claimed_until is null or claimed_until <= $3) order by next_try_at limit ${MOST_A_ROUND}`, [ctx.council.id, before, now]);
      for (const { entry_id: entryId } of words) enqueue(tx, PassOn, { entryId }, { key: `forgotten:${entryId}` });
      await sql(tx, 'delete from back_office.unmatched where council_id = $1 and received_at < $2', [ctx.council.id, new Date(now.getTime() - UNMATCHED_FOR_DAYS * 86_400_000)]);
    });
  }
}
