import { Inject, Injectable } from '@nestjs/common';
import { Database, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import type { Draft } from './draft';

/** Which of several drafts of one service is filled in now, and which is given up. */
@Injectable()
export class LayAsideDrafts {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** Gives up an open draft: it and its photos are gone at the next clearing. A confirmed one stays. */
  async giveUp(ctx: RequestContext, draft: Draft): Promise<void> {
    await this.db.query(ctx, `update services.draft set is_current = false, expires_at = $3 where council_id = $1 and draft_id = $2 and state = 'open'`, [ctx.council.id, draft.draftId, this.clock.now()]);
  }

  /** Carries on with an older one; the one that was filled in so far lies beside it from now on. */
  async carryOn(ctx: RequestContext, draft: Draft): Promise<void> {
    await this.db.run(ctx, async (tx) => {
      await sql(tx, 'update services.draft set is_current = false where council_id = $1 and owner_key = $2 and service = $3 and is_current and draft_id <> $4', [tx.council.id, draft.ownerKey, draft.service, draft.draftId]);
      await sql(tx, `update services.draft set is_current = true, updated_at = $3 where council_id = $1 and draft_id = $2 and state in ('open', 'paying')`, [tx.council.id, draft.draftId, this.clock.now()]);
    }, { retry: true });
  }
}
