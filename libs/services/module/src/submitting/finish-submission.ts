import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, publish, sql, enqueue } from '@guildhall/kernel';
import { CASES, makeReference, type CasesApi, type OpenCase } from '@guildhall/cases-contract';
import { DOCUMENTS, type DocumentId, type DocumentsApi } from '@guildhall/documents-contract';
import { CLOCK, IDS, isGuildhallError, type Clock, type Ids, type RequestContext } from '@guildhall/kernel-contract';
import { PAYMENTS, type PaymentState, type PaymentsApi } from '@guildhall/payments-contract';
import { DraftSubmitted } from '@guildhall/services-contract';
import { SendClaimCode } from '../assisting/send-claim-code.job';
import type { Draft } from '../drafts/draft';
import { DRAFT_COLUMNS, draftOf, type DraftRow } from '../drafts/draft-row';

/** Where a confirmed draft has got to. */
export type SubmissionProgress = { readonly kind: 'submitted' } | { readonly kind: 'not-paid'; readonly payment: PaymentState | 'not-requested' } | { readonly kind: 'not-confirmed' };

/** How long an answer that may be on its way is waited for before somebody looks again: longer and longer, at most six hours. */
const LONGEST_WAIT_IN_MINUTES = 360;

/**
 * Brings a confirmed draft to its end, from wherever it stopped: paid or not, photos moved or not, case opened or not. Every step bears being done twice,
 * so the resident's own request, the news of the payment and the job that closes gaps may all run it at once: one case, one payment.
 */
@Injectable()
export class FinishSubmission {
  constructor(
    @Inject(Database) private readonly db: Database, @Inject(CASES.token) private readonly cases: CasesApi, @Inject(PAYMENTS.token) private readonly payments: PaymentsApi,
    @Inject(DOCUMENTS.token) private readonly documents: DocumentsApi, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** The draft as it stands now, to its end. */
  async finish(ctx: RequestContext, draftId: string): Promise<SubmissionProgress> {
    const draft = await this.read(ctx, draftId);
    return draft ? this.carryOn(ctx, draft) : { kind: 'not-confirmed' };
  }

  /** The same for a draft that has just been read. */
  async carryOn(ctx: RequestContext, draft: Draft): Promise<SubmissionProgress> {
    const { draftId } = draft;
    if (draft.state === 'open') return { kind: 'not-confirmed' };
    if (draft.state === 'submitted') return { kind: 'submitted' };
    if (draft.state === 'paying') {
      const payment = await this.paymentOf(ctx, draft);
      if (payment !== 'succeeded') return { kind: 'not-paid', payment };
      await this.db.query(ctx, `update services.draft set state = 'submitting', version = version + 1, updated_at = $3 where council_id = $1 and draft_id = $2 and state = 'paying'`, [ctx.council.id, draftId, this.clock.now()]);
    }
    await this.movePhotos(ctx, draft);
    const statusPath = await this.openCase(ctx, draft);
    await this.record(ctx, draft, statusPath);
    return { kind: 'submitted' };
  }

  /** Whether we know that it is paid: its case then comes by itself. */
  async isPaid(ctx: RequestContext, draftId: string): Promise<boolean> {
    const draft = await this.read(ctx, draftId);
    return draft?.state === 'submitting' || draft?.state === 'submitted';
  }

  /** Says when to look again, if it has not come to its end by then. */
  async lookAgainLater(ctx: RequestContext, draft: Draft): Promise<void> {
    const minutes = Math.min(LONGEST_WAIT_IN_MINUTES, 2 ** Math.min(draft.tries, 10));
    await this.db.query(ctx, `update services.draft set tries = tries + 1, next_try_at = $3 where council_id = $1 and draft_id = $2 and next_try_at is not null`, [ctx.council.id, draft.draftId, new Date(this.clock.now().getTime() + minutes * 60_000)]);
  }

  private async read(ctx: RequestContext, draftId: string): Promise<Draft | undefined> {
    const [row] = await this.db.query<DraftRow>(ctx, `select ${DRAFT_COLUMNS} from services.draft where council_id = $1 and draft_id = $2`, [ctx.council.id, draftId]);
    return row && draftOf(row);
  }

  /** Asked of payments, not remembered. The draft was written before the payment was asked for: there may be none yet. */
  private async paymentOf(ctx: RequestContext, { paymentId }: Draft): Promise<PaymentState | 'not-requested'> {
    if (!paymentId) return 'not-requested';
    try {
      return (await this.payments.find(ctx, paymentId)).state;
    } catch (error) {
      if (isGuildhallError(error) && error.code === 'not-found') return 'not-requested';
      throw error;
    }
  }

  /** Paid, but not yet heard of: whoever paid is not asked to pay again. */
  async isBeingPaid(ctx: RequestContext, draft: Draft): Promise<boolean> {
    if (draft.state !== 'paying') return false;
    const payment = await this.paymentOf(ctx, draft);
    return payment === 'submitted' || payment === 'succeeded';
  }

  private async movePhotos(ctx: RequestContext, { draftId, caseId, submission }: Draft): Promise<void> {
    const toCase = { type: 'case', id: caseId as string };
    for (const id of (submission?.documents ?? []) as readonly DocumentId[]) {
      const moved = await this.documents.find(ctx, id, { vouchedFor: toCase });
      if (moved?.subject?.type === 'case') continue;
      await this.documents.attach(ctx, id, toCase, { vouchedFor: { type: 'draft', id: draftId } });
    }
  }

  private async openCase(ctx: RequestContext, draft: Draft): Promise<string> {
    let { reference = '' } = draft;
    for (let attempt = 0; attempt < 5; attempt++) {
      const opened = await this.cases.open(ctx, requestOf(draft, reference));
      if (opened.ok) return opened.value.statusPath;
      if (opened.refusal.reason !== 'reference-taken') throw new Error(`The case of the draft ${draft.draftId} was refused: ${opened.refusal.reason}.`);
      reference = await this.takeOtherReference(ctx, draft, reference);
    }
    throw new Error(`Five references in a row were taken: ${draft.draftId}.`);
  }

  /** Whoever is first changes it; all others carry on with theirs. */
  private async takeOtherReference(ctx: RequestContext, { draftId }: Draft, taken: string): Promise<string> {
    const [row] = await this.db.query<{ reference: string }>(ctx, `update services.draft set reference = case when reference = $3 then $4 else reference end where council_id = $1 and draft_id = $2 returning reference`, [ctx.council.id, draftId, taken, makeReference(this.ids, ctx.council.referencePrefix)]);
    if (!row) throw new Error(`The draft ${draftId} is gone.`);
    return row.reference;
  }

  /** The answers have their place in the case now: the draft keeps only what the last page needs. */
  private async record(ctx: RequestContext, draft: Draft, statusPath: string): Promise<void> {
    const now = this.clock.now();
    await this.db.run(ctx, async (tx) => {
      const done = await sql(tx, `update services.draft set state = 'submitted', status_path = $3, answers = '{}', origins = '{}', submission = null, is_current = false, next_try_at = null, version = version + 1, updated_at = $4, submitted_at = $4, expires_at = $5
        where council_id = $1 and draft_id = $2 and state = 'submitting' returning 1 as done`, [tx.council.id, draft.draftId, statusPath, now, new Date(now.getTime() + 7 * 86_400_000)]);
      if (done.length === 0) return;
      publish(tx, DraftSubmitted, { draftId: draft.draftId, service: draft.service, caseId: draft.caseId as string, ...(draft.paymentId && { paymentId: draft.paymentId }) });
      audit(tx, { action: 'services.submit', subject: { type: 'draft', id: draft.draftId }, ...(draft.submission?.personId && { personId: draft.submission.personId }), detail: { service: draft.service, caseId: draft.caseId } });
      if (draft.assisted) enqueue(tx, SendClaimCode, { draftId: draft.draftId }, { key: draft.draftId });
    });
  }
}

/** Made from what was confirmed and from nothing else: the same request however often it is made. */
function requestOf({ draftId, caseId, submission, assisted, channel, paymentId }: Draft, reference: string): OpenCase {
  if (!submission || !caseId) throw new Error(`The draft ${draftId} is confirmed and does not say what.`);
  const { personId, contact, language, location, documents, answers, summary, caseType } = submission;
  const hasContact = Object.keys(contact).length > 0;
  return {
    idempotencyKey: `services.draft:${draftId}:${reference}`, caseId, caseType, reference, summary, channel, answers: [...answers],
    openedFor: { ...(personId && { personId }), ...(hasContact && { contact: { ...contact, ...(contact.postalLines && { postalLines: [...contact.postalLines] }) } }), language },
    ...(assisted && { assisted: { officerId: assisted.officerId, officerName: assisted.officerName, authority: assisted.basis.authority, ...(assisted.basis.checks.length && { note: assisted.basis.checks.join(', ') }) } }),
    // The message with the code says that it is filed, too: nobody gets two.
    ...(assisted?.personId && { isToldElsewhere: true }),
    ...(location && { location: location as OpenCase['location'] }), ...(documents.length && { documents: [...documents] }), ...(paymentId && { paymentId }),
  };
}
