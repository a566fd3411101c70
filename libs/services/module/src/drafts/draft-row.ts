import type { Channel, Language } from '@guildhall/kernel-contract';
import type { PaymentId } from '@guildhall/payments-contract';
import type { Answers, Origins } from '@guildhall/services-contract';
import type { AssistedDraft, ConfirmedSubmission, Draft, DraftState } from './draft';

/** The columns of a draft, for every statement that reads one. */
export const DRAFT_COLUMNS = 'draft_id, owner_key, service, service_version, channel, language, state, is_continuation, answers, origins, version, submission, assisted, case_id, reference, payment_id, status_path, updated_at, expires_at, tries';

/** A draft as it is stored. */
export interface DraftRow {
  draft_id: string; owner_key: string; service: string; service_version: string; channel: Channel; language: Language; state: DraftState; is_continuation: boolean; answers: Answers; origins: Origins; version: number;
  submission: ConfirmedSubmission | null; assisted: AssistedDraft | null; case_id: string | null; reference: string | null; payment_id: string | null; status_path: string | null; updated_at: Date; expires_at: Date; tries: number;
}

/** The one bridge from the table to everything else. */
export function draftOf(row: DraftRow): Draft {
  return {
    draftId: row.draft_id, ownerKey: row.owner_key, service: row.service, serviceVersion: row.service_version, channel: row.channel, language: row.language, state: row.state, isContinuation: row.is_continuation,
    answers: row.answers, origins: row.origins, version: row.version, submission: row.submission ?? undefined, assisted: row.assisted ?? undefined, caseId: row.case_id ?? undefined, reference: row.reference ?? undefined,
    paymentId: (row.payment_id ?? undefined) as PaymentId | undefined, statusPath: row.status_path ?? undefined, updatedAt: row.updated_at, expiresAt: row.expires_at, tries: row.tries,
  };
}
