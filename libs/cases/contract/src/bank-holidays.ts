import { createRequire } from 'node:module';
import type { Nation } from '@guildhall/kernel-contract';
import type Holidays from 'date-holidays';
import type { PlainDate, WorkingCalendar } from './working-days';

/** What the library calls the nations. */
const SUBDIVISION: Readonly<Record<Nation, string>> = { england: 'ENG', wales: 'WLS', scotland: 'SCT', 'northern-ireland': 'NIR' };
const libraries = new Map<Nation, Holidays>();
const known = new Map<string, ReadonlySet<PlainDate>>();

/**
 * A nation's bank holidays (Banking and Financial Dealings Act 1971 and proclamations), with the days on which the council's offices are closed besides: none where a law counts the days, and not the council.
 * Years are worked out once each.
 * @public
 */
export function bankHolidays(nation: Nation, closedDays: readonly PlainDate[] = []): WorkingCalendar {
  const closed = new Set(closedDays);
  return { isHoliday: (day) => holidaysIn(nation, day.slice(0, 4)).has(day) || closed.has(day) };
}

function holidaysIn(nation: Nation, year: string): ReadonlySet<PlainDate> {
  const key = `${nation} ${year}`;
  let holidays = known.get(key);
  if (!holidays) {
    holidays = new Set(libraryOf(nation).getHolidays(Number(year)).filter(({ type }) => type === 'public' || type === 'bank').map(({ date }) => date.slice(0, 10)));
    known.set(key, holidays);
  }
  return holidays;
}

/** Loaded when a day is first asked for: the rules of the whole world come with it, and a server should start without waiting for them. */
function libraryOf(nation: Nation): Holidays {
  let library = libraries.get(nation);
  if (!library) {
    library = new (createRequire(__filename)('date-holidays') as typeof Holidays)('GB', SUBDIVISION[nation]);
    libraries.set(nation, library);
  }
  return library;
}
