import fc from 'fast-check';
import { addDays, addWorkingDays, isWorkingDay, workingDaysBetween } from './working-days';
import { bankHolidays } from './bank-holidays';

/** As gov.uk/bank-holidays lists them, weekdays only. */
const PUBLISHED = {
  england: ['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28', '2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28'],
  wales: ['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28'],
  scotland: ['2026-01-01', '2026-01-02', '2026-04-03', '2026-05-04', '2026-05-25', '2026-08-03', '2026-11-30', '2026-12-25', '2026-12-28'],
  'northern-ireland': ['2026-01-01', '2026-03-17', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-07-13', '2026-08-31', '2026-12-25', '2026-12-28'],
} as const;
const nations = fc.constantFrom(...(Object.keys(PUBLISHED) as (keyof typeof PUBLISHED)[]));
const days = fc.integer({ min: 0, max: 3650 }).map((offset) => addDays('2024-01-01', offset));

describe('bank holidays', () => {
  it.each(Object.entries(PUBLISHED))('of %s are those that were published', (nation, published) => {
    const calendar = bankHolidays(nation as keyof typeof PUBLISHED);
    const last = published[published.length - 1] ?? '';
    const found: string[] = [];
    for (let day = '2026-01-01'; day.slice(0, 4) <= last.slice(0, 4); day = addDays(day, 1)) {
      const isWeekday = isWorkingDay(day, { isHoliday: () => false });
      if (isWeekday && calendar.isHoliday(day)) found.push(day);
    }
    expect(found).toEqual(published);
  });

  it('are not worked, and neither are the days on which the council is closed besides', () => {
    const calendar = bankHolidays('wales', ['2026-12-29']);
    expect(addWorkingDays('2026-12-24', 1, calendar)).toBe('2026-12-30');
  });

  it('give every deadline a working day, counted alike both ways', () => {
    fc.assert(fc.property(nations, days, fc.integer({ min: 1, max: 60 }), (nation, day, count) => {
      const calendar = bankHolidays(nation);
      const due = addWorkingDays(day, count, calendar);
      return isWorkingDay(due, calendar) && workingDaysBetween(day, due, calendar) === count;
    }));
  });

  it('are no more than twelve weekdays in a year, and no fewer than seven', () => {
    fc.assert(fc.property(nations, fc.integer({ min: 2024, max: 2033 }), (nation, year) => {
      const calendar = bankHolidays(nation);
      let count = 0;
      for (let day = `${year}-01-01`; day.startsWith(String(year)); day = addDays(day, 1)) if (isWorkingDay(day, { isHoliday: () => false }) && calendar.isHoliday(day)) count++;
      return count >= 7 && count <= 12;
    }), { numRuns: 30 });
  });
});
