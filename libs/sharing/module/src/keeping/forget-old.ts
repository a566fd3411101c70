import { Database } from '@guildhall/kernel';
import { CLOCK, type Clock, type JobHandler, type RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { STOPPED_AND_PROMISED } from '../evidence/delete-stopped';

const MOST_AT_ONCE = 2000;

/** Removes the names of messages that nobody would believe any more, answers that nobody asks for again, and evidence that was kept as long as it may be or was to go when it was stopped. */
@Injectable()
export class ForgetsOld implements JobHandler<Record<never, never>> {
  constructor(private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async run(ctx: RequestContext): Promise<void> {
    await this.#inRounds(ctx, `delete from sharing.nonce where council_id = $1 and (keyid, nonce) in (select keyid, nonce from sharing.nonce where council_id = $1 and until < $2 order by until limit ${MOST_AT_ONCE}) returning 1 as gone`);
    await this.#inRounds(ctx, `delete from sharing.evidence where council_id = $1 and evidence_id in (select evidence_id from sharing.evidence where council_id = $1 and until < $2 order by until limit ${MOST_AT_ONCE}) returning 1 as gone`);
    // What came in while somebody stopped it, and what was stopped before anybody kept that promise.
    await this.#inRounds(ctx, `delete from sharing.evidence where council_id = $1 and evidence_id in (select e.evidence_id from sharing.evidence e where ${STOPPED_AND_PROMISED} and e.kept_at <= $2 limit ${MOST_AT_ONCE}) returning 1 as gone`);
    await this.#inRounds(ctx, `delete from sharing.answer where council_id = $1 and (peer_id, exchange_id) in (select peer_id, exchange_id from sharing.answer where council_id = $1 and until < $2 order by until limit ${MOST_AT_ONCE}) returning 1 as gone`);
  }

  async #inRounds(ctx: RequestContext, statement: string): Promise<void> {
    for (let removed = MOST_AT_ONCE; removed === MOST_AT_ONCE; ) removed = (await this.db.query(ctx, statement, [ctx.council.id, this.clock.now()])).length;
  }
}
