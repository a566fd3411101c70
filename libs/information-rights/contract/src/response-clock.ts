import { addDays, addMonths, addWorkingDays, type PlainDate, type WorkingCalendar } from '@guildhall/cases-contract';
import { done, refused, type Outcome, type Refusal } from '@guildhall/kernel-contract';

/** Why the time stands still: it is not certain yet who asks, or what they mean. @public */
export type PauseReason = 'identity' | 'clarification';

/** What bears on the day by which a request is answered. @public */
export interface ResponseTime {
  /** The day on which it was received, whether anybody works on it or not. */
  readonly receivedOn: PlainDate;
  /** The day on which it became certain who asks, where that was not so at once: the time begins then (UK GDPR, article 12A). */
  readonly identifiedOn?: PlainDate;
  /** Stretches in which what was meant was not clear yet: from the day of the question up to the day of the answer, which does not count. The last one may not have ended. */
  readonly clarifications: readonly { readonly from: PlainDate; readonly until?: PlainDate }[];
  /** By two more months, where requests are complex or many (article 12(3)). */
  readonly isExtended: boolean;
}

/**
 * The day by which a request must be answered, as the Information Commissioner counts: the same day of the next month, the month's last day where there is none, the next working day where
 * nobody works on it; and with an extension the same of the third month. Days on which an answer was waited for are added.
 * @see https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/subject-access-requests/a-guide-to-subject-access/
 * @public
 */
export function answerDueOn({ receivedOn, identifiedOn, clarifications, isExtended }: ResponseTime, calendar: WorkingCalendar, today: PlainDate): PlainDate {
  const begins = identifiedOn ?? receivedOn;
  // What was waited for before the time began stopped nothing.
  const waited = clarifications.reduce((days, { from, until = today }) => days + Math.max(0, daysBetween(from < begins ? begins : from, until)), 0);
  return addWorkingDays(addDays(addMonths(begins, isExtended ? 3 : 1), waited), 0, calendar);
}

/** Until when it may be extended: the reason must be told within the first month (article 12(3)). @public */
export function mayExtendUntil(time: ResponseTime, calendar: WorkingCalendar, today: PlainDate): PlainDate {
  return answerDueOn({ ...time, isExtended: false }, calendar, today);
}

/** The time of a request, and why it stands still; without that it runs. @public */
export interface TimeInHand { readonly time: ResponseTime; readonly pausedFor?: PauseReason }

/** The time stands still until it is certain who asks, or what they mean (article 12A(2) and (5)). @public */
export function pauseTime({ time, pausedFor }: TimeInHand, reason: PauseReason, today: PlainDate): Outcome<TimeInHand, Refusal<'is-paused'>> {
  if (pausedFor) return refused('is-paused', 'The time stands still already.');
  return done({ time: reason === 'clarification' ? { ...time, clarifications: [...time.clarifications, { from: today }] } : time, pausedFor: reason });
}

/** What was asked for has come: the time begins, or goes on. @public */
export function resumeTime({ time, pausedFor }: TimeInHand, today: PlainDate): Outcome<TimeInHand, Refusal<'not-paused'>> {
  if (!pausedFor) return refused('not-paused', 'The time does not stand still.');
  if (pausedFor === 'identity') return done({ time: { ...time, identifiedOn: today } });
  return done({ time: { ...time, clarifications: time.clarifications.map((one) => (one.until === undefined ? { ...one, until: today } : one)) } });
}

/** By two more months, once, and within the first one (article 12(3)). @public */
export function extendTime({ time, pausedFor }: TimeInHand, calendar: WorkingCalendar, today: PlainDate): Outcome<TimeInHand, Refusal<'is-extended' | 'too-late'>> {
  if (time.isExtended) return refused('is-extended', 'It is extended already: that can be done once.');
  if (today > mayExtendUntil(time, calendar, today)) return refused('too-late', 'It can be extended only within the first month.');
  return done({ time: { ...time, isExtended: true }, ...(pausedFor && { pausedFor }) });
}

function daysBetween(from: PlainDate, until: PlainDate): number {
  return Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000);
}
