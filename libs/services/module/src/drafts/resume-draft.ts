import { Inject, Injectable } from '@nestjs/common';
import { Database, Sessions, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import type { Draft } from './draft';
import { expiryOf, ownerKeyOf } from './draft-owner';
import { DRAFT_COLUMNS, draftOf, type DraftRow } from './draft-row';

/** Gives the answers of somebody who never signed in back to them when their session has ended and the form, still open before them, is sent. */
@Injectable()
export class ResumeDraft {
  constructor(@Inject(Database) private readonly db: Database, @Inject(Sessions) private readonly sessions: Sessions, @Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * @param draftId from a ticket that was checked
   * @returns undefined when the draft is a person's, is confirmed, or its session lives: then it is not this visitor's to take, whatever page they have kept
   */
  async resume(ctx: RequestContext, draftId: string): Promise<Draft | undefined> {
    const ownerKey = ownerKeyOf(ctx);
    if (!ownerKey?.startsWith('s:')) return undefined;
    const now = this.clock.now();
    return this.db.run(ctx, async (tx) => {
      const [found] = await sql<{ service: string; owner_key: string }>(tx, `select service, owner_key from services.draft where council_id = $1 and draft_id = $2 and owner_key like 's:%' and state = 'open' and expires_at > $3 for update`, [tx.council.id, draftId, now]);
      if (!found || (await this.sessions.isAlive(tx, found.owner_key.slice('s:'.length)))) return undefined;
      await sql(tx, 'update services.draft set is_current = false where council_id = $1 and owner_key = $2 and service = $3 and is_current and draft_id <> $4', [tx.council.id, ownerKey, found.service, draftId]);
      const [row] = await sql<DraftRow & object>(tx, `update services.draft set owner_key = $3, is_current = true, updated_at = $4, expires_at = $5 where council_id = $1 and draft_id = $2 returning ${DRAFT_COLUMNS}`, [tx.council.id, draftId, ownerKey, now, expiryOf(ownerKey, now)]);
      return row && draftOf(row);
    });
  }
}
