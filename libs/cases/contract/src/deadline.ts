import type { CaseType } from './case-type';
import { stateOf } from './transitions';
import { addMonths, addWorkingDays, workingDaysBetween } from './working-days';
import type { PlainDate, WorkingCalendar } from './working-days';

/** What is kept of a case's deadlines. @public */
export interface CaseClock {
  /** By when the whole case is to be done; moved on by the time that the resident was waited for. */
  readonly caseDueOn?: PlainDate;
  /** By when the case is to leave its state. */
  readonly stateDueOn?: PlainDate;
  /** Since when the resident is waited for. */
  readonly pausedOn?: PlainDate;
}

/** The clock of a case that opens. @public */
export function startClock(type: CaseType, today: PlainDate, calendar: WorkingCalendar): CaseClock {
  return enter(type, type.initial, type.deadlineInWorkingDays ? addWorkingDays(today, type.deadlineInWorkingDays, calendar) : undefined, today, calendar);
}

/**
 * The clock after a move. While the resident is waited for, the case's own deadline stands still; a case that is opened again gets its time anew.
 * @public
 */
export function moveClock(type: CaseType, clock: CaseClock, move: { readonly from: string; readonly to: string; readonly on: PlainDate }, calendar: WorkingCalendar): CaseClock {
  const left = stateOf(type, move.from).kind;
  const entered = stateOf(type, move.to).kind;
  let caseDueOn = clock.caseDueOn;
  if (left === 'closed' && entered !== 'closed') caseDueOn = type.deadlineInWorkingDays ? addWorkingDays(move.on, type.deadlineInWorkingDays, calendar) : undefined;
  else if (clock.pausedOn && entered !== 'waiting' && caseDueOn) caseDueOn = addWorkingDays(caseDueOn, workingDaysBetween(clock.pausedOn, move.on, calendar), calendar);
  const next = enter(type, move.to, caseDueOn, move.on, calendar);
  return left === 'waiting' && entered === 'waiting' ? { ...next, pausedOn: clock.pausedOn ?? move.on } : next;
}

function enter(type: CaseType, state: string, caseDueOn: PlainDate | undefined, today: PlainDate, calendar: WorkingCalendar): CaseClock {
  const { kind, deadlineInWorkingDays } = stateOf(type, state);
  return {
    ...(caseDueOn && { caseDueOn }),
    ...(deadlineInWorkingDays && kind !== 'closed' && { stateDueOn: addWorkingDays(today, deadlineInWorkingDays, calendar) }),
    ...(kind === 'waiting' && { pausedOn: today }),
  };
}

/** The day that counts now: the earlier of the two; only the state's own while the resident is waited for; none when closed. @public */
export function dueOn(type: CaseType, state: string, clock: CaseClock): PlainDate | undefined {
  const { kind } = stateOf(type, state);
  if (kind === 'closed') return undefined;
  if (kind === 'waiting') return clock.stateDueOn;
  const days = [clock.caseDueOn, clock.stateDueOn].filter((day): day is PlainDate => day !== undefined).sort();
  return days[0];
}

/** A deadline in words that a page can say: `in 2 working days`, `today`, `3 working days late`. @public */
export type DeadlineStatus =
  | { readonly kind: 'none' }
  | { readonly kind: 'today' }
  | { readonly kind: 'ahead'; readonly workingDays: number }
  | { readonly kind: 'late'; readonly workingDays: number };

/**
 * Where a case stands with its deadline today. The day after is late by one working day, also when it is a Saturday.
 * @public
 */
export function deadlineStatus(due: PlainDate | undefined, today: PlainDate, calendar: WorkingCalendar): DeadlineStatus {
  if (!due) return { kind: 'none' };
  if (due === today) return { kind: 'today' };
  if (due < today) return { kind: 'late', workingDays: Math.max(1, workingDaysBetween(due, today, calendar)) };
  return { kind: 'ahead', workingDays: workingDaysBetween(today, due, calendar) };
}

/** Until when the case's data may be kept if it stays in this state. @public */
export function retainUntil(type: CaseType, state: string, enteredOn: PlainDate): PlainDate {
  return addMonths(enteredOn, stateOf(type, state).retention.months);
}
