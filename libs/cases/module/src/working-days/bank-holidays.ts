import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import type { Nation } from '@guildhall/kernel-contract';
import type { PlainDate, WorkingCalendar } from '@guildhall/cases-contract';

/** What the library calls the nations. */
const SUBDIVISION: Readonly<Record<Nation, string>> = { england: 'ENG', wales: 'WLS', scotland: 'SCT', 'northern-ireland': 'NIR' };

/**
 * A nation's bank holidays (Banking and Financial Dealings Act 1971 and proclamations), with the days on which the council's offices are closed besides.
 * Years are worked out once each.
 */
export function bankHolidays(nation: Nation, closedDays: readonly PlainDate[] = []): WorkingCalendar {
  let library: Holidays | undefined;
  const closed = new Set(closedDays);
  const years = new Map<string, ReadonlySet<PlainDate>>();
  return {
    isHoliday(day) {
      const year = day.slice(0, 4);
      let holidays = years.get(year);
      if (!holidays) {
        library ??= holidaysOf(nation);
        holidays = new Set(library.getHolidays(Number(year)).filter(({ type }) => type === 'public' || type === 'bank').map(({ date }) => date.slice(0, 10)));
        years.set(year, holidays);
      }
      return holidays.has(day) || closed.has(day);
    },
  };
}

/** Loaded when a day is first asked for: the rules of the whole world come with it, and a server should start without waiting for them. */
function holidaysOf(nation: Nation): Holidays {
  const Library = createRequire(__filename)('date-holidays') as typeof Holidays;
  return new Library('GB', SUBDIVISION[nation]);
}
