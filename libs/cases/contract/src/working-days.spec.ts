import fc from 'fast-check';
import { WEEKENDS_ONLY, addDays, addMonths, addWorkingDays, dayOf, isWorkingDay, workingDaysBetween, type WorkingCalendar } from './working-days';

const days = fc.integer({ min: 0, max: 20_000 }).map((offset) => addDays('2000-01-01', offset));
const calendars = fc.uniqueArray(days, { maxLength: 60 }).map((holidays): WorkingCalendar => { const set = new Set(holidays); return { isHoliday: (day) => set.has(day) }; });

describe('working days', () => {
  it('one after a Friday is the Monday, and nought after a Saturday too', () => {
    expect(addWorkingDays('2026-11-20', 1, WEEKENDS_ONLY)).toBe('2026-11-23');
    expect(addWorkingDays('2026-11-21', 0, WEEKENDS_ONLY)).toBe('2026-11-23');
    expect(addWorkingDays('2026-11-20', 0, WEEKENDS_ONLY)).toBe('2026-11-20');
  });

  it('pass over holidays', () => {
    const christmas: WorkingCalendar = { isHoliday: (day) => ['2026-12-25', '2026-12-28'].includes(day) };
    expect(addWorkingDays('2026-12-24', 1, christmas)).toBe('2026-12-29');
    expect(workingDaysBetween('2026-12-24', '2026-12-29', christmas)).toBe(1);
  });

  it('end on a working day', () => {
    fc.assert(fc.property(days, fc.integer({ min: 0, max: 80 }), calendars, (day, count, calendar) => isWorkingDay(addWorkingDays(day, count, calendar), calendar)));
  });

  it('counted back give what was added', () => {
    fc.assert(fc.property(days, fc.integer({ min: 1, max: 80 }), calendars, (day, count, calendar) => workingDaysBetween(day, addWorkingDays(day, count, calendar), calendar) === count));
  });

  it('added in two steps are added in one', () => {
    fc.assert(fc.property(days, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), calendars, (day, one, other, calendar) =>
      addWorkingDays(addWorkingDays(day, one, calendar), other, calendar) === addWorkingDays(day, one + other, calendar)));
  });

  it('never come earlier with more of them, nor with more holidays', () => {
    fc.assert(fc.property(days, fc.integer({ min: 1, max: 60 }), calendars, (day, count, calendar) => {
      const reached = addWorkingDays(day, count, calendar);
      return reached < addWorkingDays(day, count + 1, calendar) && addWorkingDays(day, count, WEEKENDS_ONLY) <= reached;
    }));
  });

  it('between two days are the same number the other way, below nought', () => {
    fc.assert(fc.property(days, fc.integer({ min: 0, max: 400 }), calendars, (day, ahead, calendar) => {
      const later = addDays(day, ahead);
      return workingDaysBetween(later, day, calendar) + workingDaysBetween(day, later, calendar) === 0;
    }));
  });

  it('refuse fractions, negative counts and days that are none', () => {
    expect(() => addWorkingDays('2026-11-20', -1, WEEKENDS_ONLY)).toThrow('whole numbers');
    expect(() => addWorkingDays('2026-11-20', 1.5, WEEKENDS_ONLY)).toThrow('whole numbers');
    expect(() => addDays('20 November', 1)).toThrow('like 2026-11-23');
    expect(() => addDays('2026-02-30', 1)).toThrow('like 2026-11-23');
  });
});

describe('plain days', () => {
  it('are London’s: after midnight in summer it is the next day there and not yet in UTC', () => {
    expect(dayOf(new Date('2026-07-01T23:30:00Z'))).toBe('2026-07-02');
    expect(dayOf(new Date('2026-01-01T23:30:00Z'))).toBe('2026-01-01');
  });

  it('a month after the 31st are the last of a shorter month', () => {
    expect(addMonths('2027-01-31', 1)).toBe('2027-02-28');
    expect(addMonths('2028-01-31', 1)).toBe('2028-02-29');
    expect(addMonths('2026-11-23', 72)).toBe('2032-11-23');
  });
});
