import type { AnswerOrigin } from './answer-origin';
import type { Channel, Language, OfficerId, PersonId, Text } from '@guildhall/kernel-contract';
import type { StateKind, TagColour } from './case-type';
import type { PlainDate } from './working-days';
import type { Words } from './words';

/** UUIDv7. @public */
export type CaseId = string & { readonly __brand: 'CaseId' };

/** A point on the ground, WGS 84 degrees. @public */
export interface CasePoint { readonly latitude: number; readonly longitude: number }

/** Where a case is about. @public */
export interface CaseLocation {
  readonly uprn?: string;
  /** As on an envelope, without the postcode. */
  readonly lines?: readonly string[];
  readonly postcode?: string;
  readonly point?: CasePoint;
  /** The point was marked by the person: on the map, or by its numbers. Otherwise it is the middle of the address or street. */
  readonly isMarked?: boolean;
  /** The address nearest to a marked point, in one line. */
  readonly near?: string;
  readonly ward?: { readonly code: string; readonly name: string };
  /** It says where somebody lives: shown to them and to staff, and not to whoever holds the address of the status page. */
  readonly personal?: boolean;
  /** In the resident's own words: `by the bus stop`. */
  readonly note?: string;
}

/** How to reach the person, as given for this case. @public */
export interface CaseContact {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  /** For somebody who is written to: three to seven lines, the last one the postcode. */
  readonly postalLines?: readonly string[];
  /** The system through which they reported keeps them informed: we send them nothing ourselves, so that nobody hears everything twice. */
  readonly isToldElsewhere?: boolean;
}

/** Who helped somebody who was not online, and what entitled them to. @public */
export interface AssistedBy {
  readonly officerId: OfficerId;
  readonly officerName: string;
  /** `the-person-asked-me`, `power-of-attorney`, `appointee`, … : the service's words. */
  readonly authority: string;
  readonly note?: string;
}

/** One answer as the check-answers page showed it. @public */
export interface CaseAnswer {
  /** Groups the answers; the same for all in a group. */
  readonly section: Words;
  readonly question: Words;
  readonly answer: Words;
  /** The question's id in the service, for machines. */
  readonly code?: string;
  /** Says something about a person: seen in full by those who work on the case, and looking at it is on record. */
  readonly personal?: boolean;
  /** Where it is from, where that is known. */
  readonly origin?: AnswerOrigin;
}

/** A decision that was taken. @public */
export interface CaseDecision {
  readonly outcome: string;
  readonly title: Text;
  readonly reasons: string;
  readonly decidedAt: Date;
  /** Officers see who. */
  readonly decidedBy?: string;
}

/** What only staff see of a case. @public */
export interface CaseForStaff {
  readonly team?: string;
  readonly assignee?: { readonly officerId: OfficerId; readonly name: string };
  readonly assisted?: AssistedBy;
  /** The earlier of the case's and the state's deadline; absent while nothing is due. */
  readonly dueOn?: PlainDate;
  readonly retainUntil: PlainDate;
  readonly channel: Channel;
  /** Something was noted on it that an officer is to look at, and none has done anything since. */
  readonly needsAttention?: true;
}

/** A case as people and programs may read it. Residents get it without `staff`. @public */
export interface CaseView {
  readonly id: CaseId;
  /** `RB-7K3F-92QD` */
  readonly reference: string;
  readonly caseType: string;
  readonly caseTypeVersion: number;
  readonly typeTitle: Text;
  /** One line without personal data: `Pothole in Mill Lane`. */
  readonly summary: Words;
  readonly state: string;
  readonly stateKind: StateKind;
  readonly stateTitle: Text;
  readonly stateColour: TagColour;
  /** The plain sentence that says how it stands, filled in. */
  readonly publicText: Text;
  readonly nextText?: Text;
  readonly openedAt: Date;
  /** When it came into its state. */
  readonly movedAt: Date;
  readonly closedAt?: Date;
  /** The day that the council gave has passed. */
  readonly isLate: boolean;
  /** Counts up with every change: send it back with a change, and nothing that somebody else wrote meanwhile is overwritten. */
  readonly version: number;
  readonly personId?: PersonId;
  readonly contact?: CaseContact;
  readonly language?: Language;
  readonly location?: CaseLocation;
  readonly answers: readonly CaseAnswer[];
  readonly documents: readonly string[];
  readonly paymentId?: string;
  readonly decision?: CaseDecision;
  readonly staff?: CaseForStaff;
}

/** A case that has just been opened, with the address of its status page: whoever has the address may follow the case. @public */
export interface OpenedCase extends CaseView {
  /** `/status/RB-7K3F-92QD?key=…` */
  readonly statusPath: string;
}

/** A line of a list. @public */
export interface CaseListItem {
  readonly id: CaseId;
  readonly reference: string;
  readonly caseType: string;
  readonly typeTitle: Text;
  readonly summary: Words;
  readonly state: string;
  readonly stateKind: StateKind;
  readonly stateTitle: Text;
  readonly stateColour: TagColour;
  readonly openedAt: Date;
  readonly movedAt: Date;
  readonly version: number;
  readonly dueOn?: PlainDate;
  readonly ward?: string;
  readonly team?: string;
  readonly assignee?: { readonly officerId: OfficerId; readonly name: string };
  /** For staff: an officer is to look at it. */
  readonly needsAttention?: true;
}

/** A page of a list. @public */
export interface CasePage {
  readonly items: readonly CaseListItem[];
  /** Hand it back as `after` for the next page; absent on the last. A page looks through a thousand cases at most: it may hold fewer than were asked for, or none, and still go on. */
  readonly next?: string;
  /** There were more cases than can be looked through in this way: some may be missing. Another condition, or another word, narrows the list. */
  readonly isCut?: true;
}

/** How many cases there are. @public */
export interface CaseCount {
  readonly count: number;
  /** There may be more: it was counted no further. */
  readonly isAtLeast: boolean;
}

/** What a timeline entry tells of. @public */
export type TimelineKind = 'opened' | 'moved' | 'decided' | 'assigned' | 'note' | 'update' | 'answer' | 'document';

/** Who did something; residents see officers as "the council". @public */
export interface TimelineActor {
  readonly kind: 'officer' | 'resident' | 'system' | 'machine';
  readonly id?: string;
  readonly name?: string;
}

/** One thing that happened to a case, or was said about it. Never changed, never removed alone. @public */
export interface TimelineEntry {
  readonly id: string;
  readonly at: Date;
  readonly kind: TimelineKind;
  readonly visibility: 'public' | 'internal';
  readonly by: TimelineActor;
  /** What a person reads. */
  readonly text?: Words;
  /** Reasons, when the reader may have them. */
  readonly reasons?: string;
  readonly transition?: string;
  readonly from?: string;
  readonly to?: string;
  readonly documents?: readonly string[];
  /** The case's version after it. */
  readonly caseVersion: number;
}

/** A page of a timeline, newest first. @public */
export interface TimelinePage {
  readonly items: readonly TimelineEntry[];
  readonly next?: string;
}
