import { createRequire } from 'node:module';
import type { PlainDate, WorkingCalendar } from '@guildhall/cases-contract';
import type { Nation } from '@guildhall/kernel-contract';
import type Holidays from 'date-holidays';

/** What the library calls the nations. */
const SUBDIVISION: Readonly<Record<Nation, string>> = { england: 'ENG', wales: 'WLS', scotland: 'SCT', 'northern-ireland': 'NIR' };
const calendars = new Map<Nation, WorkingCalendar>();

/** The bank holidays of a nation: the law's days, not those on which a council chooses to be shut. */
export function bankHolidaysOf(nation: Nation): WorkingCalendar {
  let calendar = calendars.get(nation);
  if (!calendar) calendars.set(nation, (calendar = calendarOf(nation)));
  return calendar;
}

function calendarOf(nation: Nation): WorkingCalendar {
  let library: Holidays | undefined;
  const years = new Map<string, ReadonlySet<PlainDate>>();
  return {
    isHoliday(day) {
      const year = day.slice(0, 4);
      let holidays = years.get(year);
      if (!holidays) {
        // Loaded when a day is first asked for: the rules of the whole world come with it.
        library ??= new (createRequire(__filename)('date-holidays') as typeof Holidays)('GB', SUBDIVISION[nation]);
        holidays = new Set(library.getHolidays(Number(year)).filter(({ type }) => type === 'public' || type === 'bank').map(({ date }) => date.slice(0, 10)));
        years.set(year, holidays);
      }
      return holidays.has(day);
    },
  };
}
