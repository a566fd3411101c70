import { bankHolidays, type PlainDate } from '@guildhall/cases-contract';
import { answerDueOn, mayExtendUntil, type TimeInHand } from '@guildhall/information-rights-contract';
import type { RequestContext } from '@guildhall/kernel-contract';
import { ukDay, type AnswerTimeStep, type WordsToResident } from '@guildhall/sharing-contract';
import { seal, unseal } from '../data/sealed';

/** What a body that answers said last of its own time. */
export interface ToldTime { readonly at: string; readonly dueOn: PlainDate; readonly isPaused: boolean; readonly isExtended: boolean }

/** What bears on the time of a dispute, as it is kept beside it; nothing while nothing does. */
export interface KeptTime {
  readonly identifiedOn?: PlainDate;
  readonly isExtended: boolean;
  /** Only until it is certain who says so: while somebody is asked what is right, the law lets the time go on (UK GDPR, Article 12A(2) and (5)). */
  readonly pausedFor?: 'identity';
  /** Grows with each change: whoever changes it says which they saw. */
  readonly version: number;
  /** Of one that was passed on: what each body that answers said last of its own time, by its id. */
  readonly toldBy?: Readonly<Record<string, ToldTime>>;
  /** The same as versions before kept it, which knew of one such body. */
  readonly told?: Omit<ToldTime, 'isExtended'>;
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

/** The day by which somebody must have their answer (UK GDPR, Article 12(3) and 12A), and whether it has passed. Where other bodies answer it is the last day that one of them said, and stands still while one of theirs does. */
export function dueOn({ council: { nation } }: RequestContext, row: TimeRow, now: Date): DisputeDue {
  const [{ time, pausedFor }, today, calendar] = [timeOf(row), ukDay(now), bankHolidays(nation)];
  const { toldBy, told } = row.time ?? {};
  const said = toldBy ? Object.values(toldBy) : told ? [told] : [];
  const day = said.map((one) => one.dueOn).sort().at(-1) ?? answerDueOn(time, calendar, today);
  const isPaused = said.length > 0 ? said.some((one) => one.isPaused) : pausedFor !== undefined;
  return { dueOn: day, isOverdue: day < today && !isPaused, isPaused, isExtended: time.isExtended, mayExtend: !time.isExtended && today <= mayExtendUntil(time, calendar, today), version: row.time?.version ?? 0 };
}

/** The same of one body that answers: as it said itself, or by the law until it has. */
export function dueBy(ctx: RequestContext, row: TimeRow, now: Date, body: string): DisputeDue {
  const { toldBy, version = 0 } = row.time ?? {};
  if (!toldBy) return dueOn(ctx, row, now);
  const told = toldBy[body];
  return dueOn(ctx, { ...row, time: { version, isExtended: told?.isExtended ?? false, ...(told && { toldBy: { [body]: told } }) } }, now);
}

/** What each body that answers has said of its own time, with one more step of one of them. How it stands the newest says, in whichever order they come. */
export function toldWith(time: KeptTime | null, said: readonly SaidStep[], { body, kind, ...step }: Pick<SaidStep, 'body' | 'kind' | 'at'> & Omit<ToldTime, 'isExtended'>): Readonly<Record<string, ToldTime>> {
  const { toldBy, told } = time ?? {};
  const by = whoTold(time, said);
  const before: Readonly<Record<string, ToldTime>> = toldBy ?? (told && by !== undefined ? { [by]: { ...told, isExtended: time?.isExtended ?? false } } : {});
  const own = before[body];
  return { ...before, [body]: { ...(own && own.at > step.at ? own : step), isExtended: kind === 'extended' || (own?.isExtended ?? false) } };
}

/** Of the one time that versions before kept, whose it is. */
function whoTold(time: KeptTime | null, said: readonly SaidStep[]): string | undefined { return time?.told && said.find((one) => one.at === time.told?.at)?.body; }
/** Whether that is this body's. */
export function isToldBy(time: KeptTime | null, said: readonly SaidStep[], body: string): boolean { return whoTold(time, said) === body; }

/** Whether its owner need not hear of a step any more: the time stands otherwise by now. A question they hear, however late. */
export function isOver({ kind, at, body }: SaidStep, said: readonly SaidStep[]): boolean {
  return isOfClock(kind) && said.some((one) => one.body === body && one.at > at && isOfClock(one.kind));
}

function isOfClock(kind: AnswerTimeStep): boolean { return kind === 'paused' || kind === 'resumed'; }

/** The steps, sealed, with one more, in the form in which they are written. */
export function sealedWith(ctx: RequestContext, disputeId: string, said: Buffer | null, step: SaidStep): string {
  return seal(ctx, `dispute-said ${disputeId}`, JSON.stringify([...saidOf(ctx, disputeId, said), step])).toString('base64');
}

/** What was said, the oldest first. */
export function saidOf(ctx: RequestContext, disputeId: string, said: Buffer | null): readonly SaidStep[] {
  return said === null ? [] : (JSON.parse(unseal(ctx, `dispute-said ${disputeId}`, said)) as readonly SaidStep[]);
}
