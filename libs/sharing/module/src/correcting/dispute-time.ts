import { bankHolidays, type PlainDate } from '@guildhall/cases-contract';
import { answerDueOn, mayExtendUntil, type TimeInHand } from '@guildhall/information-rights-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { ukDay, type AnswerTimeStep, type WordsToResident } from '@guildhall/sharing-contract';
import { seal, unseal } from '../data/sealed';

/** What bears on the time of a dispute, as it is kept beside it; nothing while nothing does. */
export interface KeptTime {
  readonly identifiedOn?: PlainDate;
  readonly isExtended: boolean;
  /** Only until it is certain who says so: while somebody is asked what is right, the law lets the time go on (UK GDPR, Article 12A(2) and (5)). */
  readonly pausedFor?: 'identity';
  /** Grows with each change: whoever changes it says which they saw. */
  readonly version: number;
  /** Of one that was passed on: what the body that answers said last of its own time. */
  readonly told?: { readonly at: string; readonly dueOn: PlainDate; readonly isPaused: boolean };
}

/** What the resident was told while the dispute was open. */
export interface SaidStep { readonly kind: AnswerTimeStep; readonly at: string; readonly body: string; readonly words: WordsToResident | null }

/** A dispute's time, its own columns of it. */
export interface TimeRow { readonly raised_at: Date; readonly time: KeptTime | null }

/** When it is due, and how that came. */
export interface DisputeDue {
  readonly dueOn: PlainDate;
  readonly isOverdue: boolean;
  /** The time stands still, until it is certain who says so. */
  readonly isPaused: boolean;
  readonly isExtended: boolean;
  readonly mayExtend: boolean;
  readonly version: number;
}

/** The time as the law counts it: for a request to put something right as for all of them. */
export function timeOf({ raised_at: raisedAt, time }: TimeRow): TimeInHand {
  const { identifiedOn, isExtended = false, pausedFor } = time ?? {};
  return { time: { receivedOn: ukDay(raisedAt), clarifications: [], isExtended, ...(identifiedOn && { identifiedOn }) }, ...(pausedFor && { pausedFor }) };
}

/** The day by which somebody must have their answer (UK GDPR, Article 12(3) and 12A), and whether it has passed. Where another body answers it is the day that it said. */
export function dueOn({ council: { nation } }: RequestContext, row: TimeRow, now: Date): DisputeDue {
  const [{ time, pausedFor }, today, calendar] = [timeOf(row), ukDay(now), bankHolidays(nation)];
  const day = row.time?.told?.dueOn ?? answerDueOn(time, calendar, today);
  const isPaused = row.time?.told?.isPaused ?? pausedFor !== undefined;
  return { dueOn: day, isOverdue: day < today && !isPaused, isPaused, isExtended: time.isExtended, mayExtend: !time.isExtended && today <= mayExtendUntil(time, calendar, today), version: row.time?.version ?? 0 };
}

/** The steps, sealed, with one more, in the form in which they are written. */
export function sealedWith(ctx: RequestContext, disputeId: string, said: Buffer | null, step: SaidStep): string {
  return seal(ctx, `dispute-said ${disputeId}`, JSON.stringify([...saidOf(ctx, disputeId, said), step])).toString('base64');
}

/** What was said, the oldest first. */
export function saidOf(ctx: RequestContext, disputeId: string, said: Buffer | null): readonly SaidStep[] {
  return said === null ? [] : (JSON.parse(unseal(ctx, `dispute-said ${disputeId}`, said)) as readonly SaidStep[]);
}
