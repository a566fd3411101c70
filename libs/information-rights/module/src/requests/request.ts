import type { PlainDate } from '@guildhall/cases-contract';
import type { AssistedBasis } from '@guildhall/identity-contract';
import type { PauseReason, ResponseTime, Right as RequestKind, RightsRequestState as RequestState, RightsStep } from '@guildhall/information-rights-contract';
import type { Language, PersonId } from '@guildhall/kernel-contract';

export type { Right as RequestKind, RightsRequestState as RequestState, RightsStepKind as StepKind } from '@guildhall/information-rights-contract';

/** A request for one of somebody's rights. */
export interface RightsRequest {
  readonly requestId: string;
  readonly reference: string;
  readonly kind: RequestKind;
  readonly personId: PersonId;
  readonly language: Language;
  readonly askedBy: 'resident' | 'adviser';
  readonly basis?: AssistedBasis;
  readonly state: RequestState;
  readonly receivedAt: Date;
  readonly time: ResponseTime;
  readonly pausedFor?: PauseReason;
  readonly dueOn: PlainDate;
  /** An officer has made sure who has asked, and has read what somebody else may be in. */
  readonly isRead: boolean;
  readonly version: number;
  readonly runId?: string;
  readonly expiresAt?: Date;
  readonly closedAt?: Date;
}

/** A step, as its owner reads it. */
export type Step = RightsStep;

/** A row of information_rights.request, as REQUEST_COLUMNS names it. */
export interface RequestRow {
  readonly request_id: string; readonly reference: string; readonly kind: RequestKind; readonly person_id: PersonId; readonly language: Language; readonly asked_by: 'resident' | 'adviser'; readonly basis: AssistedBasis | null; readonly state: RequestState;
  readonly received_at: Date; readonly time: ResponseTime; readonly is_read: boolean; readonly paused_for: PauseReason | null; readonly due_on: PlainDate; readonly version: number; readonly run_id: string | null; readonly expires_at: Date | null; readonly closed_at: Date | null;
}
export const REQUEST_COLUMNS = 'request_id, reference, kind, person_id, language, asked_by, basis, state, received_at, time, is_read, paused_for, due_on::text, version, run_id, expires_at, closed_at';

export function requestOf(row: RequestRow): RightsRequest {
  return {
    requestId: row.request_id, reference: row.reference, kind: row.kind, personId: row.person_id, language: row.language, askedBy: row.asked_by, basis: row.basis ?? undefined, state: row.state, receivedAt: row.received_at, time: row.time, isRead: row.is_read,
    pausedFor: row.paused_for ?? undefined, dueOn: row.due_on, version: row.version, runId: row.run_id ?? undefined, expiresAt: row.expires_at ?? undefined, closedAt: row.closed_at ?? undefined,
  };
}
