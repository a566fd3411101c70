import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@guildhall/kernel';
import { CLOCK, IDS, type Channel, type Clock, type Ids, type Language, type Officer, type PersonId, type RequestContext, isUuid } from '@guildhall/kernel-contract';
import type { Answers, InstalledService } from '@guildhall/services-contract';
import type { AssistedDraft, Draft } from '../drafts/draft';
import { expiryOf } from '../drafts/draft-owner';
import { DRAFT_COLUMNS, draftOf, type DraftRow } from '../drafts/draft-row';

/** Keeps what an adviser fills in for a caller: one draft per call, the adviser's own until it is sent. */
@Injectable()
export class KeepAssistedDraft {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /** The adviser's draft of a call, whatever became of it. */
  async find(ctx: RequestContext, slug: string, draftId: string): Promise<Draft | undefined> {
    if (ctx.actor.kind !== 'officer' || !isUuid(draftId)) return undefined;
    const [row] = await this.db.query<DraftRow>(ctx, `select ${DRAFT_COLUMNS} from services.draft where council_id = $1 and draft_id = $2 and officer_id = $3 and service = $4`, [ctx.council.id, draftId, ctx.actor.officerId, slug]);
    return row && draftOf(row);
  }

  /**
   * A draft for a call, with the ids that the caller's record and code will have. The same form sent twice begins one.
   * It is nobody's current draft, so that its id is the one key that two insertions at once can meet at: at a second unique key, `on conflict` would not catch them.
   * @param draftId from a ticket that was checked, or a new one
   * @returns undefined when it was sent meanwhile
   */
  async begin(ctx: RequestContext, officer: Officer, installed: InstalledService, draftId: string, given: { readonly answers: Answers; readonly channel: Channel; readonly language: Language }): Promise<Draft | undefined> {
    const ownerKey = `c:${draftId}`;
    const now = this.clock.now();
    const assisted: AssistedDraft = { officerId: officer.officerId, officerName: officer.name, basis: { authority: 'caller-for-themselves', checks: [] }, personId: this.ids.uuid() as PersonId, claimId: this.ids.uuid() };
    const [row] = await this.db.query<DraftRow>(ctx, `insert into services.draft as draft (council_id, draft_id, owner_key, officer_id, service, service_version, channel, language, answers, assisted, is_current, created_at, updated_at, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, false, $11, $11, $12)
      on conflict (council_id, draft_id) do update set answers = draft.answers || excluded.answers, channel = excluded.channel, language = excluded.language, version = draft.version + (draft.answers || excluded.answers <> draft.answers)::int, updated_at = excluded.updated_at
        where draft.state = 'open' and draft.officer_id = excluded.officer_id and draft.service = excluded.service
      returning ${DRAFT_COLUMNS}`,
    [ctx.council.id, draftId, ownerKey, officer.officerId, installed.slug, installed.version, given.channel, given.language, JSON.stringify(given.answers), JSON.stringify(assisted), now, expiryOf(ownerKey, now, installed.service.keepsDraftsForDays)]);
    return row && draftOf(row);
  }

  /**
   * The same once more is no new version: what is sent twice at once is confirmed by one and found confirmed by the other.
   * @returns undefined when it was sent meanwhile
   */
  async save(ctx: RequestContext, draft: Draft, given: { readonly answers: Answers; readonly channel: Channel; readonly language: Language }): Promise<Draft | undefined> {
    const [row] = await this.db.query<DraftRow>(ctx, `update services.draft set answers = answers || $3::jsonb, channel = $4, language = $5, version = version + (answers || $3::jsonb <> answers)::int, updated_at = $6 where council_id = $1 and draft_id = $2 and state = 'open' returning ${DRAFT_COLUMNS}`,
      [ctx.council.id, draft.draftId, JSON.stringify(given.answers), given.channel, given.language, this.clock.now()]);
    return row && draftOf(row);
  }
}
