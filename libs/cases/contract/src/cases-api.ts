import { defineContract } from '@guildhall/kernel-contract';
import type { Outcome, Refusal, RequestContext } from '@guildhall/kernel-contract';
import type { CaseCount, CasePage, CaseView, OpenedCase, TimelineEntry, TimelinePage } from './case';
import type { AssignCase, ListCases, MoveCase, NoteOnCase, OpenCase, TellResident, WriteToCouncil } from './requests';
import type { MoveRefusal } from './transitions';

/** Why a case is not opened. @public */
export type OpenRefusal = Refusal<'unknown-case-type' | 'reference-taken'>;

/** Somebody else was first: who, what, and how the case stands now. Nothing was written. @public */
export interface ChangedMeanwhile extends Refusal<'changed-meanwhile'> {
  readonly current: CaseView;
  /** What happened after the version that the sender saw, oldest first. */
  readonly changes: readonly TimelineEntry[];
}

/** Why a case is not changed. @public */
export type ChangeRefusal = Refusal<'unknown-case'> | ChangedMeanwhile;

/** Which case: by its id, by its reference, or by reference and the key of its status page. @public */
export type WhichCase = { readonly caseId: string } | { readonly reference: string } | { readonly reference: string; readonly statusKey: string };

/**
 * What every case management must do, in process or over HTTP.
 *
 * Officers, machines and the council's own jobs need the permissions named at each method (NotAllowed otherwise). A signed-in resident sees and moves their own
 * cases, and nobody's else: to them other people's cases are not there. Whoever shows a status key may follow that one case.
 *
 * @public
 */
export interface CasesApi {
  /**
   * Opens a case. For residents and visitors it is called by the service they use; officers, machines and jobs need OPEN_CASES.
   * The same idempotency key gives the same case again; another request under the same key is a Conflict.
   */
  open(ctx: RequestContext, request: OpenCase): Promise<Outcome<OpenedCase, OpenRefusal>>;
  /** One case, or undefined when there is none that the actor may see. Staff need SEE_CASES, and their look is on record. */
  find(ctx: RequestContext, which: WhichCase): Promise<CaseView | undefined>;
  /** A page of cases. Staff need SEE_CASES; a resident gets their own. At most 100 at once; 25 unless told. */
  list(ctx: RequestContext, request: ListCases): Promise<CasePage>;
  /** How many there are of a kind, counted no further than `most` (1,000 unless told), and looking through no more than a thousand. */
  count(ctx: RequestContext, request: ListCases, most?: number): Promise<CaseCount>;
  /** What happened, newest first; residents and holders of the key get the public entries. */
  timeline(ctx: RequestContext, which: WhichCase, page?: { readonly after?: string; readonly limit?: number }): Promise<TimelinePage>;
  /** Moves a case. Officers need the transition's permission; residents may take the ways that are theirs. */
  move(ctx: RequestContext, request: MoveCase): Promise<Outcome<CaseView, ChangeRefusal | MoveRefusal>>;
  /** Writes an internal note: NOTE_ON_CASES. */
  note(ctx: RequestContext, request: NoteOnCase): Promise<Outcome<TimelineEntry, ChangeRefusal>>;
  /** Writes to the resident without moving the case: WORK_ON_CASES. */
  tell(ctx: RequestContext, request: TellResident): Promise<Outcome<TimelineEntry, ChangeRefusal>>;
  /** The resident writes to the council about their case. */
  write(ctx: RequestContext, request: WriteToCouncil): Promise<Outcome<TimelineEntry, ChangeRefusal>>;
  /** Gives a case to somebody or to a team. Taking one oneself, or giving one's own back, needs WORK_ON_CASES; anything else ASSIGN_CASES. */
  assign(ctx: RequestContext, request: AssignCase): Promise<Outcome<CaseView, ChangeRefusal>>;
}

class CasesDispatcher implements CasesApi {
  constructor(private readonly pick: (ctx: RequestContext) => CasesApi) {}
  open(ctx: RequestContext, request: OpenCase) { return this.pick(ctx).open(ctx, request); }
  find(ctx: RequestContext, which: WhichCase) { return this.pick(ctx).find(ctx, which); }
  list(ctx: RequestContext, request: ListCases) { return this.pick(ctx).list(ctx, request); }
  count(ctx: RequestContext, request: ListCases, most?: number) { return this.pick(ctx).count(ctx, request, most); }
  timeline(ctx: RequestContext, which: WhichCase, page?: { readonly after?: string; readonly limit?: number }) { return this.pick(ctx).timeline(ctx, which, page); }
  move(ctx: RequestContext, request: MoveCase) { return this.pick(ctx).move(ctx, request); }
  note(ctx: RequestContext, request: NoteOnCase) { return this.pick(ctx).note(ctx, request); }
  tell(ctx: RequestContext, request: TellResident) { return this.pick(ctx).tell(ctx, request); }
  write(ctx: RequestContext, request: WriteToCouncil) { return this.pick(ctx).write(ctx, request); }
  assign(ctx: RequestContext, request: AssignCase) { return this.pick(ctx).assign(ctx, request); }
}

/** Case management. @public @example constructor(@Inject(CASES.token) private readonly cases: CasesApi) {} */
export const CASES = defineContract<CasesApi>({ id: 'cases', version: '0.1.0', dispatch: (pick) => new CasesDispatcher(pick) });
