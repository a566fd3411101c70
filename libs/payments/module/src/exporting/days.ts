/** Days of the ledger are days in London, where councils keep their books. A day is `2026-11-27`. */
const LONDON = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' });
const CLOCK_IN_LONDON = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
/** What is booked at midnight may be committed a moment later. */
const CLOSED_AFTER_MINUTES = 10;

/** Whether this is a day that there is. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
}

/** The day that it is in London at a moment. */
export function dayInLondon(at: Date): string { return LONDON.format(at); }

export function dayBefore(day: string): string { return daysAfter(day, -1); }

/** The last day to which nothing can be added any more. */
export function lastClosedDay(now: Date): string {
  return dayBefore(LONDON.format(new Date(now.getTime() - CLOSED_AFTER_MINUTES * 60_000)));
}

/** No settled list that was missed is caught up with after so long: what it held stands out as not settled. */
const CAUGHT_UP_FOR_DAYS = 31;

/** The first day whose settled list is still caught up with. */
export function firstCaughtUpWith(now: Date): string { return daysAfter(lastClosedDay(now), -CAUGHT_UP_FOR_DAYS); }

/** The moment when a day begins in London, or when one so many days later does: midnight, in winter that of UTC, in summer an hour earlier. */
export function startOfDay(day: string, later = 0): Date {
  const midnight = new Date(`${daysAfter(day, later)}T00:00:00Z`);
  return CLOCK_IN_LONDON.format(midnight) === '00:00' ? midnight : new Date(midnight.getTime() - 3_600_000);
}

export function daysAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
