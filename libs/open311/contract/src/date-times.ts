const LONDON = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/**
 * An instant as GeoReport v2 and the strictest of its clients want it: W3C date-time (ISO 8601), in the council's own time, with its offset and without a fraction.
 * @public
 * @example writeDateTime(new Date('2026-06-01T08:30:00.123Z')) // '2026-06-01T09:30:00+01:00'
 */
export function writeDateTime(at: Date): string {
  const part = Object.fromEntries(LONDON.formatToParts(at).map(({ type, value }) => [type, value])) as Record<string, string>;
  const local = `${part['year']?.padStart(4, '0')}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}:${part['second']}`;
  const offset = Math.round((Date.parse(`${local}Z`) - Math.floor(at.getTime() / 1000) * 1000) / 60_000);
  return `${local}${offset < 0 ? '-' : '+'}${String(Math.trunc(Math.abs(offset) / 60)).padStart(2, '0')}:${String(Math.abs(offset) % 60).padStart(2, '0')}`;
}

/**
 * Reads an instant: a W3C date-time with its offset or Z, with or without a fraction. A `+` that an address turned into a space is forgiven.
 * @public
 * @returns undefined when it is none, has no offset, or is a day that no calendar has
 */
export function readDateTime(written: string): Date | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/.exec(written.trim().replace(/ (\d{2}:?\d{2})$/, '+$1').replace(/z$/, 'Z'));
  if (!match) return undefined;
  const [, day = '', time = '', offset = ''] = match;
  const at = new Date(`${day}T${time.length === 5 ? `${time}:00` : time}${offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset}`);
  // The thirtieth of February is the second of March to a parser, and a mistake to everybody else.
  return Number.isNaN(at.getTime()) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day || day < '0001' ? undefined : at;
}
