import type { PlainDate } from '@guildhall/cases-contract';
import type { AssistedBasis } from '@guildhall/identity-contract';
import { defineContract, type Outcome, type PersonId, type Refusal, type RequestContext, type Text } from '@guildhall/kernel-contract';
import type { PauseReason } from './response-clock';

/** A copy of what is held (UK GDPR, article 15), or its erasure (article 17). @public */
export const RIGHTS = ['access', 'erasure'] as const;
/** @public */
export type Right = (typeof RIGHTS)[number];

/**
 * - `preparing`: what is held is put together
 * - `to-read`: an officer reads what may be about others before the copy is given, or makes sure who has asked
 * - `ready`, `expired`: the copy can be downloaded, or no longer
 * - `to-decide`, `erasing`, `erased`: an officer decides, it is carried out, it is done
 * - `refused`: with reasons
 * @public
 */
export const RIGHTS_REQUEST_STATES = ['preparing', 'to-read', 'ready', 'expired', 'to-decide', 'erasing', 'erased', 'refused'] as const;
/** @public */
export type RightsRequestState = (typeof RIGHTS_REQUEST_STATES)[number];
/** What happened to a request. @public */
export const RIGHTS_STEPS = ['asked', 'paused-identity', 'paused-clarification', 'resumed', 'extended', 'ready', 'decided', 'erased', 'refused', 'expired'] as const;
/** @public */
export type RightsStepKind = (typeof RIGHTS_STEPS)[number];

/** Somebody's request for one of their rights. @public */
export interface RightsRequestView {
  readonly id: string;
  /** To be read aloud: `RB-7K3F-92QD`. */
  readonly reference: string;
  readonly kind: Right;
  readonly personId: PersonId;
  readonly state: RightsRequestState;
  readonly askedBy: 'resident' | 'adviser';
  readonly receivedAt: Date;
  /** The day by which it is answered at the latest, as the time stands. */
  readonly dueOn: PlainDate;
  readonly isExtended: boolean;
  /** Why the time stands still; absent while it runs. */
  readonly pausedFor?: PauseReason;
  /** Grows with each change: whoever changes it says which they saw. */
  readonly version: number;
  /** Until when a copy can be downloaded. */
  readonly expiresAt?: Date;
  readonly closedAt?: Date;
}
/** What happened, the oldest first, with an officer's words to the person. @public */
export interface RightsStep { readonly kind: RightsStepKind; readonly at: Date; readonly words?: string }
/** @public */
export interface RightsRequestInFull extends RightsRequestView { readonly steps: readonly RightsStep[] }
/** The soonest due first. @public */
export interface RightsRequestPage { readonly requests: readonly RightsRequestView[]; /** Hand it back as `after`; absent on the last page. */ readonly next?: string }

/** A record on which an officer decides, or has decided. It says nothing about the person. @public */
export interface RightsRecord {
  /** Names it in its request. */
  readonly number: number;
  /** The source it is in: `payments.payments`. */
  readonly source: string;
  readonly title: Text;
  readonly since: Date;
  /** `read`: an officer reads it before its owner gets it. */
  readonly proposal: 'read' | 'erase' | 'keep';
  /** The law by which it is kept. */
  readonly because?: Text;
  readonly keepUntil?: PlainDate;
  readonly mustKeep: boolean;
  readonly decision?: 'give' | 'leave-out' | 'erase' | 'keep';
  readonly decidedBecause?: string;
  readonly outcome?: 'erased' | 'kept';
}
/** What an officer says of one record. @public */
export interface ErasureDecision { readonly number: number; readonly decision: 'erase' | 'keep'; /** Why it is kept, where its module did not propose that. */ readonly because?: string }

/** What an officer says to a request, as they saw it, in words to the person. @public */
export interface SaidToRequest { readonly version: number; readonly words: string }
/** Why the time was not changed, or the request not refused. @public */
export type RightsClockRefusal = Refusal<'closed' | 'changed-meanwhile' | 'is-paused' | 'not-paused' | 'is-extended' | 'too-late'>;
/** @public */
export type GiveCopyRefusal = Refusal<'not-to-read' | 'changed-meanwhile' | 'is-paused'>;
/** @public */
export type ErasureRefusal = Refusal<'not-to-decide' | 'changed-meanwhile' | 'is-paused'>;

/**
 * People's rights over what is held about them, for the council's officers and their systems; residents have pages of their own. The rules are in `informationRightsKit` under `/testing`.
 * @public
 */
export interface InformationRightsApi {
  /** For somebody who has called or written: the time begins. While one of the same kind is open it is that one. Needs ASK_FOR_RESIDENTS. @throws InvalidInput names the fields that are wrong */
  ask(ctx: RequestContext, asked: { readonly personId: string; readonly kind: Right; readonly basis: AssistedBasis }): Promise<RightsRequestView>;
  /** Somebody's, the newest first. Needs HANDLE_REQUESTS. @throws NotFound for what is no id of a person */
  requestsOf(ctx: RequestContext, personId: string): Promise<readonly RightsRequestView[]>;
  /** Those that are open. Needs HANDLE_REQUESTS, as does all that follows. @throws InvalidInput when the place is none */
  open(ctx: RequestContext, page?: { readonly after?: string }): Promise<RightsRequestPage>;
  /** @throws NotFound */
  find(ctx: RequestContext, id: string): Promise<RightsRequestInFull>;
  /** What is to be read or decided on, in its order. @throws NotFound */
  records(ctx: RequestContext, id: string): Promise<readonly RightsRecord[]>;
  /** The time stands still until it is certain who asks, or what they mean. @throws NotFound, InvalidInput without words */
  pause(ctx: RequestContext, id: string, said: SaidToRequest & { readonly reason: PauseReason }): Promise<Outcome<RightsRequestView, RightsClockRefusal>>;
  /** What was asked for has come. @throws NotFound */
  resume(ctx: RequestContext, id: string, seen: { readonly version: number }): Promise<Outcome<RightsRequestView, RightsClockRefusal>>;
  /** By two more months, once, and within the first one (article 12(3)). @throws NotFound, InvalidInput without words */
  extend(ctx: RequestContext, id: string, said: SaidToRequest): Promise<Outcome<RightsRequestView, RightsClockRefusal>>;
  /** With reasons (article 12(4)). @throws NotFound, InvalidInput without words */
  refuse(ctx: RequestContext, id: string, said: SaidToRequest): Promise<Outcome<RightsRequestView, RightsClockRefusal>>;
  /** Gives a copy that was read, without the records of these numbers, which are about somebody else. @throws NotFound */
  giveCopy(ctx: RequestContext, id: string, given: { readonly version: number; readonly leaveOut: readonly number[] }): Promise<Outcome<RightsRequestView, GiveCopyRefusal>>;
  /** The copy, for whoever has called, as JSON for machines (article 20). On record. @throws NotFound when there is none, and of a resident who asked in their account: they download it themselves */
  copy(ctx: RequestContext, id: string): Promise<unknown>;
  /** Decides on every record; what was decided is told to the person, then carried out. @throws NotFound; InvalidInput where a record has no decision, must be kept, or is kept without a reason: then nothing is decided */
  decideErasure(ctx: RequestContext, id: string, decided: { readonly version: number; readonly decisions: readonly ErasureDecision[] }): Promise<Outcome<RightsRequestView, ErasureRefusal>>;
}

class InformationRightsDispatcher implements InformationRightsApi {
  constructor(private readonly pick: (ctx: RequestContext) => InformationRightsApi) {}
  ask(...given: Parameters<InformationRightsApi['ask']>) { return this.pick(given[0]).ask(...given); }
  requestsOf(...given: Parameters<InformationRightsApi['requestsOf']>) { return this.pick(given[0]).requestsOf(...given); }
  open(...given: Parameters<InformationRightsApi['open']>) { return this.pick(given[0]).open(...given); }
  find(...given: Parameters<InformationRightsApi['find']>) { return this.pick(given[0]).find(...given); }
  records(...given: Parameters<InformationRightsApi['records']>) { return this.pick(given[0]).records(...given); }
  pause(...given: Parameters<InformationRightsApi['pause']>) { return this.pick(given[0]).pause(...given); }
  resume(...given: Parameters<InformationRightsApi['resume']>) { return this.pick(given[0]).resume(...given); }
  extend(...given: Parameters<InformationRightsApi['extend']>) { return this.pick(given[0]).extend(...given); }
  refuse(...given: Parameters<InformationRightsApi['refuse']>) { return this.pick(given[0]).refuse(...given); }
  giveCopy(...given: Parameters<InformationRightsApi['giveCopy']>) { return this.pick(given[0]).giveCopy(...given); }
  copy(...given: Parameters<InformationRightsApi['copy']>) { return this.pick(given[0]).copy(...given); }
  decideErasure(...given: Parameters<InformationRightsApi['decideErasure']>) { return this.pick(given[0]).decideErasure(...given); }
}

/** Inject `@Inject(INFORMATION_RIGHTS.token) rights: InformationRightsApi`. @public */
export const INFORMATION_RIGHTS = defineContract<InformationRightsApi>({ id: 'information-rights', version: '0.1.0', dispatch: (pick) => new InformationRightsDispatcher(pick) });
