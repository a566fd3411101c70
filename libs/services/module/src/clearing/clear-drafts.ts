import { Inject, Injectable } from '@nestjs/common';
import { Database, LOG, hasContract } from '@guildhall/kernel';
import { DOCUMENTS, type DocumentsApi } from '@guildhall/documents-contract';
import { CLOCK, defineJob, type Clock, type Log, type RequestContext } from '@guildhall/kernel-contract';
import type { Draft } from '../drafts/draft';
import { DRAFT_COLUMNS, draftOf, type DraftRow } from '../drafts/draft-row';
import { PayForDraft } from '../paying/pay-for-draft';
import { FinishSubmission } from '../submitting/finish-submission';

/** Deletes drafts whose time has come. */
export const ClearDrafts = defineJob<Record<never, never>>('services.clear-drafts');

const AT_ONCE = 200;

/** Deletes drafts that were not finished in time, with their photos; nothing that was paid. */
@Injectable()
export class ClearDraftsHandler {
  constructor(
    @Inject(Database) private readonly db: Database, @Inject(DOCUMENTS.token) private readonly documents: DocumentsApi, @Inject(PayForDraft) private readonly paying: PayForDraft,
    @Inject(FinishSubmission) private readonly submissions: FinishSubmission, @Inject(CLOCK) private readonly clock: Clock, @Inject(LOG) private readonly log: Log,
  ) {}

  /** All that have expired by now, each tried once: one that cannot be cleared waits for the next run and stops no other. */
  async run(ctx: RequestContext): Promise<void> {
    const now = this.clock.now();
    let last: DraftRow | undefined;
    do {
      const rows: readonly DraftRow[] = await this.db.query<DraftRow>(ctx, `select ${DRAFT_COLUMNS} from services.draft where council_id = $1 and expires_at <= $2 and state <> 'submitting' ${last ? 'and (expires_at, draft_id) > ($3, $4)' : ''}
        order by expires_at, draft_id limit ${AT_ONCE}`, [ctx.council.id, now, ...(last ? [last.expires_at, last.draft_id] : [])]);
      for (const draft of rows.map(draftOf)) await this.tryClearing(ctx, draft);
      last = rows[AT_ONCE - 1];
    } while (last);
  }

  private async tryClearing(ctx: RequestContext, draft: Draft): Promise<void> {
    try {
      await this.clear(ctx, draft);
    } catch (error) {
      const { name, code } = error as { name?: string; code?: string };
      this.log.error('services.draft-not-cleared', { draftId: draft.draftId, council: ctx.council.slug, error: code ?? name });
    }
  }

  private async clear(ctx: RequestContext, draft: Draft): Promise<void> {
    if (draft.state === 'paying') {
      const taken = await this.paying.takeBack(ctx, draft);
      // Paid after all, or being decided: the case comes before the broom.
      if (!taken.ok) return void (await this.submissions.finish(ctx, draft.draftId));
    }
    // The photos of what was sent are the case's. One that was taken in and never got into the answers, because a process died, still lies with the draft.
    if (hasContract(ctx, DOCUMENTS)) {
      const subject = { type: 'draft', id: draft.draftId };
      for (const { id } of await this.documents.forSubject(ctx, subject, { vouchedFor: subject })) await this.documents.remove(ctx, id, { vouchedFor: subject });
    }
    await this.db.query(ctx, `delete from services.draft where council_id = $1 and draft_id = $2 and state in ('open', 'submitted') and expires_at <= $3`, [ctx.council.id, draft.draftId, this.clock.now()]);
  }
}
