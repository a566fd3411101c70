import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, enqueue, sql } from '@guildhall/kernel';
import { makeReference, type CaseContact } from '@guildhall/cases-contract';
import { IDENTITY, type IdentityApi } from '@guildhall/identity-contract';
import { CLOCK, IDS, type Clock, type Ids, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { submissionOf, wantedBy, type InstalledService, type Origins, type Progress } from '@guildhall/services-contract';
import { AnswerSources } from '../sourcing/answer-sources';
import { SendPaymentLink } from '../assisting/send-claim-code.job';
import type { AssistedDraft, ConfirmedSubmission, Draft } from '../drafts/draft';
import { DRAFT_COLUMNS, draftOf, type DraftRow } from '../drafts/draft-row';

/** How long until somebody looks whether a confirmed draft has got to its end by itself. */
const FIRST_LOOK_IN_MS = 60_000;

/**
 * The first step of sending: writes down, in one transaction and before anything is asked of anybody, what will be sent and under which ids.
 * Whatever breaks after it, the rest can be done again and will be the same.
 */
@Injectable()
export class ConfirmDraft {
  constructor(@Inject(Database) private readonly db: Database, @Inject(IDENTITY.token) private readonly identity: IdentityApi, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids, @Inject(AnswerSources) private readonly sources: AnswerSources) {}

  /**
   * @param seenVersion the version of the draft that was shown
   * @returns undefined when the draft is no longer what was shown: changed or confirmed in another window
   */
  async confirm(ctx: RequestContext, installed: InstalledService, draft: Draft, progress: Progress, seenVersion: number, assisted?: { readonly record: AssistedDraft; readonly contact: CaseContact }): Promise<Draft | undefined> {
    const made = submissionOf(installed, progress, assisted ? this.#typedByAdviser(ctx, installed, progress) : draft.origins);
    const personId = assisted?.record.personId ?? (ctx.actor.kind === 'resident' ? ctx.actor.personId : undefined);
    const contact = assisted ? { ...assisted.contact, ...made.contact } : await this.contactOf(ctx, personId, made.contact);
    const submission: ConfirmedSubmission = { ...made, contact, ...(personId && { personId }), language: assisted ? draft.language : ctx.language };
    const isPaid = submission.fee.length === 0;
    const now = this.clock.now();
    return this.db.run(ctx, async (tx) => {
      const [row] = await sql<DraftRow & object>(tx, `update services.draft set state = $4, submission = $5, case_id = $6, reference = $7, payment_id = $8, assisted = coalesce($9::jsonb, assisted), language = $10, version = version + 1, updated_at = $11, next_try_at = $12, tries = 0
        where council_id = $1 and draft_id = $2 and state = 'open' and version = $3 returning ${DRAFT_COLUMNS}`,
      [tx.council.id, draft.draftId, seenVersion, isPaid ? 'submitting' : 'paying', JSON.stringify(submission), this.ids.uuid(), makeReference(this.ids, tx.council.referencePrefix), isPaid ? null : this.ids.uuid(),
        assisted ? JSON.stringify(assisted.record) : null, submission.language, now, new Date(now.getTime() + FIRST_LOOK_IN_MS)]);
      if (!row) return undefined;
      audit(tx, { action: 'services.confirm', subject: { type: 'draft', id: draft.draftId }, ...(personId && { personId }), detail: { service: draft.service, caseId: row.case_id } });
      if (assisted && !isPaid) enqueue(tx, SendPaymentLink, { draftId: draft.draftId }, { key: draft.draftId });
      return draftOf(row);
    });
  }

  /** An adviser has typed everything; where nobody tells answers, nobody asks whose they are. */
  #typedByAdviser(ctx: RequestContext, installed: InstalledService, { steps }: Progress): Origins {
    if (!this.sources.areThere(ctx)) return {};
    return Object.fromEntries(steps.flatMap(({ questions }) => questions.filter((question) => wantedBy(installed, question)).map(({ id }) => [id, { how: 'adviser' as const }])));
  }

  /** What the person gave for this service, and where they gave nothing, what their account knows. */
  private async contactOf(ctx: RequestContext, personId: PersonId | undefined, given: CaseContact): Promise<CaseContact> {
    if (!personId) return given;
    const known = await this.identity.contactOf(ctx, personId);
    if (!known) return given;
    const { name, email, phone, address } = known;
    return { ...(name && { name }), ...(email && { email }), ...(phone && { phone }), ...(address && address.length >= 2 && { postalLines: address }), ...given };
  }
}
