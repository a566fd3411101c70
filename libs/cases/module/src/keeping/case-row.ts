import type { Channel, Language, OfficerId, PersonId } from '@guildhall/kernel-contract';
import { dueOn, stateOf } from '@guildhall/cases-contract';
import type { AssistedBy, CaseAnswer, CaseContact, CaseDecision, CaseId, CaseLocation, CaseRecord, CaseType, PlainDate, Words } from '@guildhall/cases-contract';

/** What the database says while nothing is due. */
export const NOTHING_DUE = 'infinity';

/** A row of cases."case". */
export interface CaseRow {
  case_id: CaseId; reference: string; case_type: string; case_type_version: number; state: string; summary: Words; version: number; opened_at: Date; moved_at: Date; closed_at: Date | null;
  case_due_on: PlainDate | null; state_due_on: PlainDate | null; paused_on: PlainDate | null; retain_until: PlainDate; team: string | null; assignee_id: OfficerId | null; assignee_name: string | null;
  person_id: PersonId | null; contact: CaseContact | null; language: Language; channel: Channel; assisted: AssistedBy | null; location: CaseLocation | null; answers: CaseAnswer[];
  documents: string[]; payment_id: string | null; decision: (Omit<CaseDecision, 'decidedAt'> & { decidedAt: string }) | null; status_key_hash: string; needs_attention: boolean;
}

/** Columns of a whole case: dates as text, for the driver would make local midnights of them. */
export const CASE_COLUMNS = `case_id, reference, case_type, case_type_version, state, summary, version, opened_at, moved_at, closed_at, case_due_on::text, state_due_on::text, paused_on::text, retain_until::text, team, assignee_id, assignee_name,
  person_id, contact, language, channel, assisted, location, answers, documents, payment_id, decision, status_key_hash, needs_attention`;

/** Columns of a line in a list. */
export const LIST_COLUMNS = `case_id, reference, case_type, case_type_version, state, summary, version, opened_at, moved_at, case_due_on::text, state_due_on::text, paused_on::text, due_on::text, team, assignee_id, assignee_name, location->'ward' as ward, needs_attention`;

export type ListRow = Pick<CaseRow, 'case_id' | 'reference' | 'case_type' | 'case_type_version' | 'state' | 'summary' | 'version' | 'opened_at' | 'moved_at' | 'case_due_on' | 'state_due_on' | 'paused_on' | 'team' | 'assignee_id' | 'assignee_name' | 'needs_attention'> & { due_on: string; ward: CaseLocation['ward'] | null };

function clockOf(row: Pick<CaseRow, 'case_due_on' | 'state_due_on' | 'paused_on'>): CaseRecord['clock'] {
  return { ...(row.case_due_on && { caseDueOn: row.case_due_on }), ...(row.state_due_on && { stateDueOn: row.state_due_on }), ...(row.paused_on && { pausedOn: row.paused_on }) };
}
function assigneeOf(row: Pick<CaseRow, 'assignee_id' | 'assignee_name'>): CaseRecord['assignee'] {
  return row.assignee_id ? { officerId: row.assignee_id, name: row.assignee_name ?? '' } : undefined;
}

/** What is kept, from how it is kept. */
export function recordOf(row: CaseRow): CaseRecord {
  const assignee = assigneeOf(row);
  return {
    id: row.case_id, reference: row.reference, caseType: row.case_type, caseTypeVersion: row.case_type_version, summary: row.summary, state: row.state, openedAt: row.opened_at, movedAt: row.moved_at,
    ...(row.closed_at && { closedAt: row.closed_at }), version: row.version, ...(row.person_id && { personId: row.person_id }), ...(row.contact && { contact: row.contact }), language: row.language,
    ...(row.location && { location: row.location }), answers: row.answers, documents: row.documents, ...(row.payment_id && { paymentId: row.payment_id }),
    ...(row.decision && { decision: { ...row.decision, decidedAt: new Date(row.decision.decidedAt) } }), channel: row.channel, ...(row.assisted && { assisted: row.assisted }),
    ...(row.team && { team: row.team }), ...(assignee && { assignee }), clock: clockOf(row), retainUntil: row.retain_until, ...(row.needs_attention && { needsAttention: true }),
  };
}

/** What a list needs of a case. */
export function listRecordOf(row: ListRow): Pick<CaseRecord, 'id' | 'reference' | 'caseType' | 'caseTypeVersion' | 'summary' | 'state' | 'openedAt' | 'movedAt' | 'version' | 'location' | 'team' | 'assignee' | 'clock' | 'needsAttention'> {
  const assignee = assigneeOf(row);
  return {
    id: row.case_id, reference: row.reference, caseType: row.case_type, caseTypeVersion: row.case_type_version, summary: row.summary, state: row.state, openedAt: row.opened_at, movedAt: row.moved_at, version: row.version,
    ...(row.ward && { location: { ward: row.ward } }), ...(row.team && { team: row.team }), ...(assignee && { assignee }), clock: clockOf(row), ...(row.needs_attention && { needsAttention: true }),
  };
}

/** The columns that follow from state and clock, for lists to sort and select by. */
export function derivedOf(type: CaseType, record: CaseRecord): { isClosed: boolean; dueOn: string } {
  return { isClosed: stateOf(type, record.state).kind === 'closed', dueOn: dueOn(type, record.state, record.clock) ?? NOTHING_DUE };
}
