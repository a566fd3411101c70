import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type Event, type PersonId, type RequestContext, type TransactionContext } from '@guildhall/kernel-contract';
import { expiryOf } from './draft-owner';

/** Makes the drafts of a session those of the person who signed in from it: at the first look, and by the event for whoever never looks. */
@Injectable()
export class ClaimDrafts {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** At once, when a page finds a draft of the session before. */
  async now(ctx: RequestContext, personId: PersonId, sessionId: string): Promise<void> {
    await this.db.run(ctx, (tx) => this.claim(tx, personId, sessionId), { retry: true });
  }

  async handle(tx: TransactionContext, { data }: Event<{ personId: PersonId; previousSessionId?: string }>): Promise<void> {
    if (data.previousSessionId) await this.claim(tx, data.personId, data.previousSessionId);
  }

  private async claim(tx: TransactionContext, personId: PersonId, sessionId: string): Promise<void> {
    const mine = `p:${personId}`;
    const theirs = `s:${sessionId}`;
    const found = await sql<{ draft_id: string; service: string; is_continuation: boolean; is_current: boolean; state: string }>(tx,
      `select draft_id, service, is_continuation, is_current, state from services.draft where council_id = $1 and owner_key = $2 order by draft_id limit 100 for update`, [tx.council.id, theirs]);
    for (const draft of found) {
      const [own] = draft.is_current
        ? await sql<{ draft_id: string; state: string }>(tx, `select draft_id, state from services.draft where council_id = $1 and owner_key = $2 and service = $3 and is_current for update`, [tx.council.id, mine, draft.service])
        : [];
      if (own && draft.is_continuation && own.state === 'open') {
        // Typed on a page whose session had ended: it belongs to what was there before.
        await sql(tx, `update services.draft set answers = draft.answers || typed.answers, origins = draft.origins || typed.origins, version = draft.version + 1, updated_at = $4
          from (select answers, origins from services.draft where council_id = $1 and draft_id = $3) as typed where draft.council_id = $1 and draft.draft_id = $2`, [tx.council.id, own.draft_id, draft.draft_id, this.clock.now()]);
        await sql(tx, 'delete from services.draft where council_id = $1 and draft_id = $2', [tx.council.id, draft.draft_id]);
        continue;
      }
      // The older one steps aside and stays: the account offers to carry on with it.
      if (own) await sql(tx, 'update services.draft set is_current = false where council_id = $1 and draft_id = $2', [tx.council.id, own.draft_id]);
      await sql(tx, 'update services.draft set owner_key = $3, is_continuation = false, expires_at = greatest(expires_at, $4) where council_id = $1 and draft_id = $2', [tx.council.id, draft.draft_id, mine, expiryOf(mine, this.clock.now())]);
    }
    if (found.length) audit(tx, { action: 'services.claim-drafts', subject: { type: 'person', id: personId }, personId, detail: { drafts: found.map(({ draft_id }) => draft_id) } });
  }
}
