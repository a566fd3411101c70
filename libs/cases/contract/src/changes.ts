import { done, refused } from '@guildhall/kernel-contract';
import type { Council, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { isStaff, timelineActorOf } from './access';
import type { CaseForStaff, TimelineEntry, TimelineKind } from './case';
import { moveRecord, publicTextOf, type CaseRecord } from './case-record';
import type { CaseTransition, CaseType } from './case-type';
import type { AssignCase, MoveCase, NoteOnCase, OpenCase, TellResident, WriteToCouncil } from './requests';
import { areReasonsPublic, checkMove, moverOf, type MoveRefusal } from './transitions';
import type { WorkingCalendar } from './working-days';

/** What a change makes of a case: the record as it is then, and the entry that tells of it. @public */
export interface CaseChange { readonly record: CaseRecord; readonly entry: TimelineEntry }

/** Where and when a change is made. @public */
export interface ChangeSetting { readonly entryId: string; readonly at: Date; readonly calendar: WorkingCalendar }

/** The first entry of a case. @public */
export function openedEntry(ctx: RequestContext, type: CaseType, record: CaseRecord, entryId: string): TimelineEntry {
  return { id: entryId, at: record.openedAt, kind: 'opened', visibility: 'public', by: timelineActorOf(ctx), text: publicTextOf(ctx.council, type, record), to: record.state, caseVersion: record.version };
}

/** A move, checked and done on paper. What the actor may do at all is asked before. @public */
export function moved(ctx: RequestContext, type: CaseType, record: CaseRecord, request: MoveCase, { entryId, at, calendar }: ChangeSetting): Outcome<CaseChange & { readonly transition: CaseTransition }, MoveRefusal> {
  const checked = checkMove(type, record.state, { transition: request.transition, by: moverOf(ctx.actor), reasons: request.reasons });
  if (!checked.ok) return checked;
  const transition = checked.value;
  const reasons = request.reasons?.trim() || undefined;
  const by = timelineActorOf(ctx);
  const next = moveRecord(type, lookedAt(record, by), transition, { at, reasons, by: by.name, documents: request.documents, calendar });
  const entry: TimelineEntry = {
    id: entryId, at, kind: transition.decision ? 'decided' : 'moved', visibility: 'public', by, text: moveText(ctx.council, type, next, transition, by.kind === 'resident' && reasons ? reasons : undefined),
    ...(reasons && { reasons }), transition: transition.id, from: record.state, to: next.state, ...(request.documents?.length && { documents: request.documents }), caseVersion: next.version,
  };
  return done({ record: next, entry, transition });
}

/** A resident reads their own words in the entry's reasons; the text then says only what they did. */
function moveText(council: Council, type: CaseType, record: CaseRecord, transition: CaseTransition, residentsWords: string | undefined): TimelineEntry['text'] {
  return residentsWords && areReasonsPublic(transition) && !transition.publicText ? transition.title : publicTextOf(council, type, record, transition);
}

/** A note, an update for the resident, or the resident's own words. @public */
export function said(ctx: RequestContext, record: CaseRecord, kind: Extract<TimelineKind, 'note' | 'update' | 'answer'>, request: NoteOnCase | TellResident | WriteToCouncil, { entryId, at }: ChangeSetting): CaseChange {
  const documents = 'documents' in request && request.documents?.length ? request.documents : undefined;
  const by = timelineActorOf(ctx);
  const marked: CaseRecord = 'needsAttention' in request && request.needsAttention ? { ...record, needsAttention: true } : lookedAt(record, by);
  const next = { ...marked, version: record.version + 1, documents: [...new Set([...record.documents, ...(documents ?? [])])] };
  const text = request.text.trim();
  return { record: next, entry: { id: entryId, at, kind, visibility: kind === 'note' ? 'internal' : 'public', by, ...(text && { text }), ...(documents && { documents }), caseVersion: next.version } };
}

/** An officer has done something with it: whatever they were to look at they have seen. */
function lookedAt(record: CaseRecord, { kind }: TimelineEntry['by']): CaseRecord {
  const { needsAttention, ...rest } = record;
  return kind === 'officer' || !needsAttention ? rest : record;
}

/** A case in other hands. @public */
export function assigned(ctx: RequestContext, record: CaseRecord, request: AssignCase, { entryId, at }: ChangeSetting): CaseChange {
  const { assignee: _before, ...rest } = record;
  const assignee = request.assignee as CaseForStaff['assignee'];
  const next: CaseRecord = { ...rest, version: record.version + 1, ...(assignee && { assignee }), ...(request.team !== undefined && { team: request.team }) };
  return {
    record: next,
    entry: { id: entryId, at, kind: 'assigned', visibility: 'internal', by: timelineActorOf(ctx), ...(assignee && { text: assignee.name }), from: record.assignee?.name ?? record.team, to: assignee?.name ?? next.team, caseVersion: next.version },
  };
}

/** Whether the sender of a change has seen the case as it is. @public */
export function isUpToDate(record: CaseRecord, request: { readonly expectedVersion?: number }): boolean {
  return request.expectedVersion === undefined || request.expectedVersion === record.version;
}

/** The refusal for a case that is not there, or not for this actor. @public */
export function unknownCase(caseId: string): ReturnType<typeof refused<'unknown-case'>> {
  return refused('unknown-case', `There is no case ${caseId} here.`);
}

/** The refusal's sentence for whoever came second. @public */
export function changedSentence(ctx: RequestContext, changes: readonly TimelineEntry[]): string {
  const last = changes[changes.length - 1];
  return `${(isStaff(ctx) && last?.by.name) || 'Somebody'} changed this case after you opened it. Nothing of yours was written yet: look at what changed, then send it again.`;
}

/** The type of an opening, checked. @public */
export function typeToOpen(type: CaseType | undefined, request: OpenCase): Outcome<CaseType, ReturnType<typeof refused<'unknown-case-type'>>['refusal']> {
  return type ? done(type) : refused('unknown-case-type', `There is no case type ${request.caseType} here. Register it at CASE_TYPE.`);
}
