import type { Language } from '@guildhall/kernel-contract';

/** A day without a time: `2026-12-04`. @public */
export type PlainDate = string;

/**
 * How a date is written.
 * `full` "Friday 4 December 2026"; `sentence` the same within a sentence (Welsh writes its days small there);
 * `short` "4 December 2026"; `numeric` "04/12/2026", for dense tables of the desk only.
 * @public
 */
export type DateStyle = 'full' | 'sentence' | 'short' | 'numeric';

const DAYS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  cy: ['Dydd Sul', 'Dydd Llun', 'Dydd Mawrth', 'Dydd Mercher', 'Dydd Iau', 'Dydd Gwener', 'Dydd Sadwrn'],
};
const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  cy: ['Ionawr', 'Chwefror', 'Mawrth', 'Ebrill', 'Mai', 'Mehefin', 'Gorffennaf', 'Awst', 'Medi', 'Hydref', 'Tachwedd', 'Rhagfyr'],
};
const NOON: Readonly<Record<Language, string>> = { en: 'midday', cy: 'hanner dydd' };
const MIDNIGHT: Readonly<Record<Language, string>> = { en: 'midnight', cy: 'hanner nos' };
const TO: Readonly<Record<Language, string>> = { en: 'to', cy: 'i' };
const AT: Readonly<Record<Language, string>> = { en: 'at', cy: 'am' };

interface LocalTime { readonly year: number; readonly month: number; readonly day: number; readonly hour: number; readonly minute: number }

const london = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' });
const PLAIN = /^(\d{4})-(\d{2})-(\d{2})$/;

const HOUR = 3_600_000;
const MOST_REMEMBERED = 1000;
/** London is whole hours from UTC: within an hour only the minute moves. Asking Intl each time would cost more than the rest of a line. */
const hours = new Map<number, Omit<LocalTime, 'minute'>>();

function localTime(instant: Date): LocalTime {
  const since = Math.floor(instant.getTime() / HOUR);
  let known = hours.get(since);
  if (!known) {
    // "04/12/2026, 14"
    const text = london.format(instant);
    known = { day: Number(text.slice(0, 2)), month: Number(text.slice(3, 5)), year: Number(text.slice(6, 10)), hour: Number(text.slice(12, 14)) };
    if (hours.size >= MOST_REMEMBERED) hours.clear();
    hours.set(since, known);
  }
  return { ...known, minute: instant.getUTCMinutes() };
}

function asInstant(when: Date | string): Date {
  const instant = typeof when === 'string' ? new Date(when) : when;
  if (Number.isNaN(instant.getTime())) throw new Error(`"${String(when)}" is not a date: give a Date, an ISO instant or a plain date like 2026-12-04.`);
  return instant;
}

function dayOf(when: Date | PlainDate): Omit<LocalTime, 'hour' | 'minute'> {
  const plain = typeof when === 'string' ? PLAIN.exec(when) : null;
  return plain ? { year: Number(plain[1]), month: Number(plain[2]), day: Number(plain[3]) } : localTime(asInstant(when));
}

/**
 * A date in words, as the clock on the wall in the United Kingdom has it.
 * @public
 * @param when an instant, or a plain date, which is the same day everywhere
 * @example formatDate('cy', '2026-12-04') // "Dydd Gwener 4 Rhagfyr 2026"
 */
export function formatDate(language: Language, when: Date | PlainDate, style: DateStyle = 'full'): string {
  const { year, month, day } = dayOf(when);
  if (style === 'numeric') return `${String(day).padStart(2, '0')}/${String(month).padStart(2, '0')}/${year}`;
  const date = `${day} ${MONTHS[language][month - 1] ?? ''} ${year}`;
  if (style === 'short') return date;
  const weekday = DAYS[language][new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? '';
  return `${style === 'sentence' && language === 'cy' ? weekday.replace('Dydd', 'dydd') : weekday} ${date}`;
}

function clock(language: Language, hour: number, minute: number): string {
  if (minute === 0 && hour === 12) return NOON[language];
  if (minute === 0 && hour === 0) return MIDNIGHT[language];
  return `${hour % 12 === 0 ? 12 : hour % 12}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`}${hour < 12 ? 'am' : 'pm'}`;
}

/**
 * A time of day, or from one to another: "2pm", "2:30pm", "midday", "2pm to 4pm".
 * @public
 * @param until when given, the end of the span
 */
export function formatTime(language: Language, when: Date | string, until?: Date | string): string {
  const from = localTime(asInstant(when));
  const start = clock(language, from.hour, from.minute);
  if (until === undefined) return start;
  const to = localTime(asInstant(until));
  return `${start} ${TO[language]} ${clock(language, to.hour, to.minute)}`;
}

/** "Friday 4 December 2026 at 2:30pm". @public */
export function formatDateTime(language: Language, when: Date | string, style: DateStyle = 'full'): string {
  const instant = asInstant(when);
  return style === 'numeric' ? `${formatDate(language, instant, style)} ${formatTime(language, instant)}` : `${formatDate(language, instant, style)} ${AT[language]} ${formatTime(language, instant)}`;
}
