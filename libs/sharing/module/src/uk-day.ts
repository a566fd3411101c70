const UK_DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' });

/** The day it is in the United Kingdom, where agreements begin and end. */
export function ukDay(now: Date): string { return UK_DAY.format(now); }
