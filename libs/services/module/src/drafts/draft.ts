import type { Channel, Language, OfficerId, PersonId } from '@guildhall/kernel-contract';
import type { AssistedBasis } from '@guildhall/identity-contract';
import type { PaymentId } from '@guildhall/payments-contract';
import type { Answers, Origins, Submission } from '@guildhall/services-contract';

/**
 * - `open`: being filled in
 * - `paying`: confirmed; the fee is still to be paid
 * - `submitting`: confirmed and paid; its case is being opened
 * - `submitted`: its case is open
 */
export type DraftState = 'open' | 'paying' | 'submitting' | 'submitted';

/** The draft's state machine. The way back from `paying` withdraws the payment first. */
export const DRAFT_STATES: Readonly<Record<DraftState, { readonly takesAnswers: boolean; readonly isConfirmed: boolean; readonly next: readonly DraftState[] }>> = {
  open: { takesAnswers: true, isConfirmed: false, next: ['paying', 'submitting'] },
  paying: { takesAnswers: false, isConfirmed: true, next: ['open', 'submitting'] },
  submitting: { takesAnswers: false, isConfirmed: true, next: ['submitted'] },
  submitted: { takesAnswers: false, isConfirmed: true, next: [] },
};

/** What is on record of a draft that an officer fills in for somebody. */
export interface AssistedDraft {
  readonly officerId: OfficerId;
  readonly officerName: string;
  readonly basis: AssistedBasis;
  /** The person's record, by an id that was made with the draft. Absent for somebody who gave no name. */
  readonly personId?: PersonId;
  readonly claimId: string;
}

/** What was confirmed, with all that the case and the payment need. */
export interface ConfirmedSubmission extends Submission {
  readonly personId?: PersonId;
  readonly language: Language;
}

/** Somebody's answers to a service, kept from the first page on. */
export interface Draft {
  readonly draftId: string;
  readonly ownerKey: string;
  readonly service: string;
  readonly serviceVersion: string;
  readonly channel: Channel;
  readonly language: Language;
  readonly state: DraftState;
  readonly isContinuation: boolean;
  readonly answers: Answers;
  /** Where they are from, where it is known. */
  readonly origins: Origins;
  /** Counts up with every change. */
  readonly version: number;
  readonly submission?: ConfirmedSubmission;
  readonly assisted?: AssistedDraft;
  readonly caseId?: string;
  readonly reference?: string;
  readonly paymentId?: PaymentId;
  readonly statusPath?: string;
  readonly updatedAt: Date;
  readonly expiresAt: Date;
  readonly tries: number;
}
