import { Inject, Injectable } from '@nestjs/common';
import { Database, type Statement } from '@guildhall/kernel';
import { CLOCK, IDS, type Channel, type Clock, type Ids, type RequestContext } from '@guildhall/kernel-contract';
import type { Answers, InstalledService, Origins } from '@guildhall/services-contract';
import type { Draft } from './draft';
import { expiryOf, ownerKeyOf } from './draft-owner';
import { DRAFT_COLUMNS, draftOf, type DraftRow } from './draft-row';

/** Keeps answers as they are given. */
@Injectable()
export class SaveAnswers {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  /**
   * Adds answers to a draft; those of other pages stay as they are, whichever window they came from.
   * @returns undefined when it takes no answers any more
   */
  async into(ctx: RequestContext, installed: InstalledService, draft: Draft, answers: Answers, origins: Origins = {}): Promise<Draft | undefined> {
    const now = this.clock.now();
    const changed = { serviceVersion: installed.version, language: ctx.language, updatedAt: now, expiresAt: expiryOf(draft.ownerKey, now, installed.service.keepsDraftsForDays) };
    // Only what another window may have changed comes back: the rest is known.
    const [row] = await this.db.query<Pick<DraftRow, 'answers' | 'origins' | 'version'>>(ctx, `update services.draft set answers = answers || $3::jsonb, origins = origins || $8::jsonb, version = version + 1, service_version = $4, language = $5, updated_at = $6, expires_at = $7
      where council_id = $1 and draft_id = $2 and state = 'open' returning answers, origins, version`,
    [ctx.council.id, draft.draftId, JSON.stringify(answers), changed.serviceVersion, changed.language, changed.updatedAt, changed.expiresAt, JSON.stringify(origins)]);
    return row && { ...draft, ...changed, ...row };
  }

  /** Takes answers out of a draft: their questions are open again. @returns undefined when it takes no answers any more */
  async without(ctx: RequestContext, draft: Draft, questions: readonly string[]): Promise<Draft | undefined> {
    const [row] = await this.db.query<Pick<DraftRow, 'answers' | 'origins' | 'version'>>(ctx, `update services.draft set answers = answers - $3::text[], origins = origins - $3::text[], version = version + 1 where council_id = $1 and draft_id = $2 and state = 'open' returning answers, origins, version`, [ctx.council.id, draft.draftId, questions]);
    return row && { ...draft, ...row };
  }

  /**
   * Begins a draft with its first answers. Two windows that begin at once begin one.
   * @param isContinuation the answers are not of the first page: a session has ended in between
   * @param session keeps the session that owns it, when that is new
   * @returns undefined when there is one that takes no answers any more
   */
  async first(ctx: RequestContext, installed: InstalledService, { answers, origins }: Pick<Draft, 'answers' | 'origins'>, isContinuation: boolean, session: readonly Statement[]): Promise<Draft | undefined> {
    const ownerKey = ownerKeyOf(ctx);
    if (!ownerKey) throw new Error('A draft needs a session: call this in Sessions.ensureWith.');
    const channel: Channel = 'web';
    const now = this.clock.now();
    const [row] = await this.db.query<DraftRow>(ctx, `insert into services.draft as draft (council_id, draft_id, owner_key, service, service_version, channel, language, is_continuation, answers, created_at, updated_at, expires_at, origins)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12)
      on conflict (council_id, owner_key, service) where is_current do update set answers = case when draft.expires_at > excluded.created_at then draft.answers || excluded.answers else excluded.answers end, origins = case when draft.expires_at > excluded.created_at then draft.origins || excluded.origins else excluded.origins end, version = draft.version + 1, updated_at = excluded.updated_at, expires_at = excluded.expires_at where draft.state = 'open'
      returning ${DRAFT_COLUMNS}`,
    [ctx.council.id, this.ids.uuid(), ownerKey, installed.slug, installed.version, channel, ctx.language, isContinuation, JSON.stringify(answers), now, expiryOf(ownerKey, now, installed.service.keepsDraftsForDays), JSON.stringify(origins)], session);
    return row && draftOf(row);
  }
}
