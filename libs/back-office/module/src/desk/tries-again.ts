import { Inject, Injectable } from '@nestjs/common';
import { HAND_OVER_CASES } from '@guildhall/back-office-contract';
import { CASES, type CasesApi } from '@guildhall/cases-contract';
import { Database, audit, enqueue, sql } from '@guildhall/kernel';
import { CLOCK, NotFound, demand, isUuid, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { HandOver } from '../jobs';

/** An officer has mended the cause: the case goes on its way once more, now, and its tries count anew. */
@Injectable()
export class TriesAgain {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CASES.token) private readonly cases: CasesApi, @Inject(CLOCK) private readonly clock: Clock) {}

  /** @returns the case's reference @throws NotFound when it is not here, or nobody hands it over */
  async again(ctx: RequestContext, caseId: string): Promise<string> {
    demand(ctx, HAND_OVER_CASES);
    const view = isUuid(caseId) ? await this.cases.find(ctx, { caseId }) : undefined;
    if (!view) throw new NotFound(`There is no case ${caseId} here.`);
    await this.db.run(ctx, async (tx) => {
      const now = this.clock.now();
      const [row] = await sql<{ state: string; provider_id: string }>(tx, 'select state, provider_id from back_office.hand_over where council_id = $1 and case_id = $2 for update', [ctx.council.id, caseId]);
      if (!row) throw new NotFound(`The case ${caseId} is handed over to nobody.`);
      // Handed over meanwhile, or pressed twice: nothing is left to do.
      const moved = await sql(tx, `update back_office.hand_over set state = 'waiting', next_try_at = $3, tries = case when state = 'refused' then 0 else tries end, refused_at = null where council_id = $1 and case_id = $2 and (state = 'refused' or (state = 'waiting' and next_try_at > $3)) returning 1 as moved`, [ctx.council.id, caseId, now]);
      if (!moved.length) return;
      // Whoever mended the far end need not wait for its rest to end.
      await sql(tx, 'update back_office.far_end set wait_until = null where council_id = $1 and provider_id = $2', [ctx.council.id, row.provider_id]);
      enqueue(tx, HandOver, { caseId });
      audit(tx, { action: 'back-office.again', subject: { type: 'case', id: caseId }, personId: view.personId });
    });
    return view.reference;
  }
}
