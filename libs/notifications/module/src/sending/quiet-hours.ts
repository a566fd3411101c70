const LONDON = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const A_DAY = 24 * 60;
const MINUTE = 60_000;

/** Hours of the day in the United Kingdom, `HH:MM`, in which nobody is to be woken; over midnight when `from` is later than `to`. @public */
export interface QuietHours { readonly from: string; readonly to: string }

/** The first moment from this one on that is not in quiet hours: this one itself, or the end of those that it is in. Clocks that change in between are kept in mind. */
export function afterQuietHours(at: Date, { from, to }: QuietHours): Date {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const now = minutesInLondon(at);
  const isQuiet = start <= end ? now >= start && now < end : now >= start || now < end;
  if (!isQuiet) return at;
  const then = new Date(Math.floor(at.getTime() / MINUTE) * MINUTE + ((end - now + A_DAY) % A_DAY) * MINUTE);
  const off = ((end - minutesInLondon(then) + A_DAY * 1.5) % A_DAY) - A_DAY / 2;
  return new Date(then.getTime() + off * MINUTE);
}

/** What is wrong with quiet hours that somebody set; undefined when nothing is. */
export function quietHoursFault({ from, to }: QuietHours): string | undefined {
  const wrong = [from, to].find((time) => !/^([01]\d|2[0-3]):[0-5]\d$/.test(time));
  return wrong === undefined ? undefined : `quietHours: "${wrong}" is no time of the day. Write it as "21:00".`;
}

function minutesInLondon(at: Date): number {
  return minutesOf(LONDON.format(at));
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
