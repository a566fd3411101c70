import type { Channel, Council, Language, PersonId, Text } from '@guildhall/kernel-contract';
import type { AssistedBy, CaseAnswer, CaseContact, CaseDecision, CaseForStaff, CaseId, CaseListItem, CaseLocation, CaseView, TimelineEntry } from './case';
import type { CaseState, CaseTransition, CaseType } from './case-type';
import { dayInWords, weekdayInWords } from './dates-in-words';
import { dueOn, moveClock, retainUntil, startClock, type CaseClock } from './deadline';
import type { OpenCase } from './requests';
import { areReasonsPublic, stateOf } from './transitions';
import { dayOf, type PlainDate, type WorkingCalendar } from './working-days';
import { fillWords, isPattern, type WordValues, type Words } from './words';

/** All that is kept of a case, whoever keeps it. Nobody outside an implementation sees it: views are made from it. @public */
export interface CaseRecord {
  readonly id: CaseId;
  readonly reference: string;
  readonly caseType: string;
  readonly caseTypeVersion: number;
  readonly summary: Words;
  readonly state: string;
  readonly openedAt: Date;
  readonly movedAt: Date;
  readonly closedAt?: Date;
  readonly version: number;
  readonly personId?: PersonId;
  readonly contact?: CaseContact;
  readonly language?: Language;
  readonly location?: CaseLocation;
  readonly answers: readonly CaseAnswer[];
  readonly documents: readonly string[];
  readonly paymentId?: string;
  readonly decision?: CaseDecision;
  readonly channel: Channel;
  readonly assisted?: AssistedBy;
  readonly team?: string;
  readonly assignee?: CaseForStaff['assignee'];
  readonly clock: CaseClock;
  readonly retainUntil: PlainDate;
  readonly needsAttention?: true;
}

/** For whom something is shown: staff; the person whose case it is; or whoever holds the address of its status page. @public */
export type Audience = 'staff' | 'owner' | 'follower';

/** The record of a case that is being opened. @public */
export function openRecord(type: CaseType, request: OpenCase, given: { readonly reference: string; readonly channel: Channel; readonly language: Language; readonly personId?: string; readonly at: Date; readonly calendar: WorkingCalendar }): CaseRecord {
  const today = dayOf(given.at);
  const { openedFor, location, assisted } = request;
  return {
    id: request.caseId as CaseId, reference: given.reference, caseType: type.id, caseTypeVersion: type.version, summary: request.summary, state: type.initial,
    openedAt: given.at, movedAt: given.at, ...(stateOf(type, type.initial).kind === 'closed' && { closedAt: given.at }), version: 1,
    ...(given.personId && { personId: given.personId as PersonId }),
    ...(openedFor?.contact && { contact: openedFor.contact }), language: openedFor?.language ?? given.language,
    ...(location && { location }), answers: request.answers, documents: request.documents ?? [], ...(request.paymentId && { paymentId: request.paymentId }),
    channel: request.channel ?? given.channel, ...(assisted && { assisted: assisted as AssistedBy }), ...(type.team && { team: type.team }),
    clock: startClock(type, today, given.calendar), retainUntil: retainUntil(type, type.initial, today),
  };
}

/** The record after a transition that has been checked. @public */
export function moveRecord(type: CaseType, record: CaseRecord, transition: CaseTransition, move: { readonly at: Date; readonly reasons?: string; readonly by?: string; readonly documents?: readonly string[]; readonly calendar: WorkingCalendar }): CaseRecord {
  const on = dayOf(move.at);
  const { closedAt: wasClosedAt, decision: wasDecided, ...kept } = record;
  const isClosed = stateOf(type, transition.to).kind === 'closed';
  const decision = transition.decision ? { outcome: transition.decision.outcome, title: transition.decision.title, reasons: move.reasons ?? '', decidedAt: move.at, ...(move.by && { decidedBy: move.by }) } : wasDecided;
  return {
    ...kept, state: transition.to, movedAt: move.at, version: record.version + 1, documents: [...new Set([...record.documents, ...(move.documents ?? [])])],
    ...(isClosed && { closedAt: stateOf(type, record.state).kind === 'closed' ? (wasClosedAt ?? move.at) : move.at }), ...(decision && { decision }),
    clock: moveClock(type, record.clock, { from: record.state, to: transition.to, on }, move.calendar), retainUntil: retainUntil(type, transition.to, on),
  };
}

/** Values for the placeholders in the words of a type, in one language. @public */
export function wordValues(council: Council, type: CaseType, record: CaseRecord, language: Language, today: PlainDate): WordValues {
  // A day that has passed is no promise any more: what stands in brackets with it goes.
  const set = dueOn(type, record.state, record.clock);
  const due = set !== undefined && set >= today ? set : undefined;
  return {
    reference: record.reference, openedOn: dayInWords(dayOf(record.openedAt))[language], ...(due && { dueOn: weekdayInWords(due)[language] }),
    ...(record.closedAt && { closedOn: dayInWords(dayOf(record.closedAt))[language] }), summary: typeof record.summary === 'string' ? record.summary : record.summary[language], council: council.name[language],
  };
}

/** Words of a type, filled for a case in both languages. @public */
export function filledFor(council: Council, type: CaseType, record: CaseRecord, words: Text, today: PlainDate): Text {
  const filled = (language: Language): string => (isPattern(words[language]) ? fillWords(words[language], wordValues(council, type, record, language, today)) : words[language]);
  return { en: filled('en'), cy: filled('cy') };
}

/** What the resident's timeline says of a move on the day of the move, or of the opening when there is no transition. @public */
export function publicTextOf(council: Council, type: CaseType, record: CaseRecord, transition?: CaseTransition): Text {
  const words = transition ? transition.publicText : type.openedText;
  return filledFor(council, type, record, words ?? stateOf(type, record.state).publicText, dayOf(record.movedAt));
}

/** The view of a case for an audience on a day: the one bridge from what is kept to what is shown. @public */
export function viewFor(audience: Audience, council: Council, type: CaseType, record: CaseRecord, today: PlainDate): CaseView {
  const state = stateOf(type, record.state);
  const { decision } = record;
  const due = dueOn(type, record.state, record.clock);
  return {
    id: record.id, reference: record.reference, caseType: record.caseType, caseTypeVersion: record.caseTypeVersion, typeTitle: type.title, summary: record.summary,
    state: record.state, stateKind: state.kind, stateTitle: titleFor(audience, state), stateColour: state.colour,
    publicText: filledFor(council, type, record, state.publicText, today), ...(state.nextText && { nextText: filledFor(council, type, record, state.nextText, today) }),
    openedAt: record.openedAt, movedAt: record.movedAt, ...(record.closedAt && { closedAt: record.closedAt }), isLate: state.kind === 'open' && due !== undefined && due < today, version: record.version,
    ...(audience !== 'follower' && { ...(record.personId && { personId: record.personId }), ...(record.contact && { contact: record.contact }) }),
    ...(record.language && { language: record.language }), ...(record.location && !(audience === 'follower' && record.location.personal) && { location: record.location }),
    answers: audience === 'follower' ? record.answers.filter((answer) => !answer.personal) : record.answers,
    documents: record.documents, ...(record.paymentId && { paymentId: record.paymentId }),
    ...(decision && { decision: audience === 'staff' ? decision : { outcome: decision.outcome, title: decision.title, reasons: decision.reasons, decidedAt: decision.decidedAt } }),
    ...(audience === 'staff' && { staff: {
      ...(record.team && { team: record.team }), ...(record.assignee && { assignee: record.assignee }), ...(record.assisted && { assisted: record.assisted }),
      ...(due && { dueOn: due }), retainUntil: record.retainUntil, channel: record.channel, ...(record.needsAttention && { needsAttention: true as const }),
    } }),
  };
}

function titleFor(audience: Audience, state: CaseState): Text {
  return audience === 'staff' ? (state.deskTitle ?? state.title) : state.title;
}

/** A line of a list for an audience. @public */
export function listItemFor(audience: Audience, type: CaseType, record: Pick<CaseRecord, 'id' | 'reference' | 'caseType' | 'summary' | 'state' | 'openedAt' | 'movedAt' | 'version' | 'location' | 'team' | 'assignee' | 'clock' | 'needsAttention'>): CaseListItem {
  const state = stateOf(type, record.state);
  const due = dueOn(type, record.state, record.clock);
  return {
    id: record.id, reference: record.reference, caseType: record.caseType, typeTitle: type.title, summary: record.summary, state: record.state, stateKind: state.kind, stateTitle: titleFor(audience, state),
    stateColour: state.colour, openedAt: record.openedAt, movedAt: record.movedAt, version: record.version,
    ...(audience === 'staff' && { ...(due && { dueOn: due }), ...(record.location?.ward && { ward: record.location.ward.name }), ...(record.team && { team: record.team }), ...(record.assignee && { assignee: record.assignee }), ...(record.needsAttention && { needsAttention: true as const }) }),
  };
}

/** A timeline entry for an audience; undefined when it is not for them. Residents see what the council says, not which officer said it. @public */
export function entryFor(audience: Audience, type: CaseType, entry: TimelineEntry): TimelineEntry | undefined {
  if (audience === 'staff') return entry;
  if (entry.visibility !== 'public') return undefined;
  const { reasons, ...shown } = entry;
  const transition = type.transitions.find(({ id }) => id === entry.transition);
  return { ...shown, by: { kind: entry.by.kind }, ...(reasons && (entry.by.kind === 'resident' || (transition && areReasonsPublic(transition))) && { reasons }) };
}
