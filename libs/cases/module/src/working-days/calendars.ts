import type { Council, RequestContext } from '@guildhall/kernel-contract';
import { bankHolidays, type PlainDate, type WorkingCalendar } from '@guildhall/cases-contract';

/** The working days of each council, made once. */
export class Calendars {
  readonly #calendars = new WeakMap<Council, WorkingCalendar>();
  constructor(private readonly closedDaysOf: (ctx: RequestContext) => readonly PlainDate[]) {}

  of(ctx: RequestContext): WorkingCalendar {
    let calendar = this.#calendars.get(ctx.council);
    if (!calendar) {
      calendar = bankHolidays(ctx.council.nation, this.closedDaysOf(ctx));
      this.#calendars.set(ctx.council, calendar);
    }
    return calendar;
  }
}
