/** A day without a time or a zone: `2026-11-23`. @public */
export type PlainDate = string;

/** Which days of the week's five are not worked: the bank holidays of a nation. @public */
export interface WorkingCalendar {
  /** Whether nobody works on this day although it is from Monday to Friday. */
  isHoliday(day: PlainDate): boolean;
}

/** A calendar with weekends only: for tests, and for a council without a nation's holidays. @public */
export const WEEKENDS_ONLY: WorkingCalendar = { isHoliday: () => false };

const DAY = 86_400_000;

const HOUR = 3_600_000;
const MOST_REMEMBERED = 1000;
const LONDON = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' });
/** London's day does not change within an hour of UTC; asking Intl each time would cost more than the rest of a deadline. */
const dayOfHour = new Map<number, PlainDate>();

/** The day in London at an instant: deadlines and retention count the council's days, not UTC's. @public */
export function dayOf(instant: Date): PlainDate {
  const hour = Math.floor(instant.getTime() / HOUR);
  let day = dayOfHour.get(hour);
  if (day === undefined) {
    day = LONDON.format(instant);
    if (dayOfHour.size >= MOST_REMEMBERED) dayOfHour.clear();
    dayOfHour.set(hour, day);
  }
  return day;
}

/** The day so many days on (or back). @public */
export function addDays(day: PlainDate, days: number): PlainDate {
  return fromTime(toTime(day) + days * DAY);
}

/** The same day of the month so many months on; the month's last day where there is no such day. @public */
export function addMonths(day: PlainDate, months: number): PlainDate {
  const from = new Date(toTime(day));
  const last = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0)).getUTCDate();
  return fromTime(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, Math.min(from.getUTCDate(), last)));
}

/** Whether it is worked: Monday to Friday and no holiday. @public */
export function isWorkingDay(day: PlainDate, calendar: WorkingCalendar): boolean {
  const weekday = new Date(toTime(day)).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !calendar.isHoliday(day);
}

/**
 * The last of so many working days after a day, which itself does not count: one working day after a Friday is the Monday.
 * Nought gives the day itself, or the next working day when it is none.
 * @param count - whole number, not negative
 * @public
 */
export function addWorkingDays(day: PlainDate, count: number, calendar: WorkingCalendar): PlainDate {
  if (!Number.isInteger(count) || count < 0) throw new Error(`Working days are counted in whole numbers from 0; ${count} is not one.`);
  return remembered(reached, calendar, `${day} ${count}`, () => {
    let end = day;
    for (let left = count; left > 0; ) {
      end = addDays(end, 1);
      if (isWorkingDay(end, calendar)) left--;
    }
    while (!isWorkingDay(end, calendar)) end = addDays(end, 1);
    return end;
  });
}

/** Every case that opens today asks for the same few deadlines, and every line of a list how far off they are. */
type Remembered<Value> = WeakMap<WorkingCalendar, Map<string, Value>>;
const reached: Remembered<PlainDate> = new WeakMap();
const counted: Remembered<number> = new WeakMap();
function remembered<Value>(all: Remembered<Value>, calendar: WorkingCalendar, key: string, work: () => Value): Value {
  let known = all.get(calendar);
  if (!known) all.set(calendar, (known = new Map()));
  let value = known.get(key);
  if (value === undefined) {
    value = work();
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(key, value);
  }
  return value;
}

/**
 * How many working days lie after `from` up to and including `to`; negative when `to` is earlier.
 * Today is the day it is due: 0. Due on the next working day: 1. Two working days late: -2.
 * @public
 */
export function workingDaysBetween(from: PlainDate, to: PlainDate, calendar: WorkingCalendar): number {
  if (to < from) {
    const late = workingDaysBetween(to, from, calendar);
    return late === 0 ? 0 : -late;
  }
  return remembered(counted, calendar, `${from} ${to}`, () => {
    let count = 0;
    for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day, calendar)) count++;
    return count;
  });
}

function toTime(day: PlainDate): number {
  const time = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(time) || fromTime(time) !== day) throw new Error(`"${day}" is not a day written like 2026-11-23.`);
  return time;
}
function fromTime(time: number): PlainDate {
  return new Date(time).toISOString().slice(0, 10);
}
