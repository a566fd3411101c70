import type { Text } from '@guildhall/kernel-contract';

const PERIOD = /^P(\d+)([DWMY])$/;
const COMMON_YEAR = '2025-01-01';
const DAY_IN_MS = 24 * 60 * 60 * 1000;

/**
 * The day so long after another one: a month after the last day of January is the last of February.
 * @public
 * @param period ISO 8601, of one unit: `P30D`, `P2W`, `P6M`, `P1Y`
 * @throws SyntaxError when it is none
 */
export function dateAfter(date: string, period: string): string {
  const { count, unit } = partsOf(period);
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  if (unit === 'D' || unit === 'W') return new Date(Date.UTC(year, month - 1, day) + count * (unit === 'W' ? 7 : 1) * DAY_IN_MS).toISOString().slice(0, 10);
  const months = month - 1 + count * (unit === 'Y' ? 12 : 1);
  const lastOfMonth = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, months, Math.min(day, lastOfMonth))).toISOString().slice(0, 10);
}

/** Whether one period is longer than another, as they are in a year that is no leap year. */
export function isLongerThan(period: string, other: string): boolean { return dateAfter(COMMON_YEAR, period) > dateAfter(COMMON_YEAR, other); }

const UNITS = { D: 'day', W: 'week', M: 'month', Y: 'year' } as const;
/** `1 year`, `30 days`; `1 flwyddyn`. @public @throws SyntaxError when it is no period */
export function periodInWords(period: string): Text {
  const { count, unit } = partsOf(period);
  const words = (language: 'en-GB' | 'cy'): string => new Intl.NumberFormat(language, { style: 'unit', unit: UNITS[unit], unitDisplay: 'long' }).format(count);
  return { en: words('en-GB'), cy: words('cy') };
}

function partsOf(period: string): { readonly count: number; readonly unit: 'D' | 'W' | 'M' | 'Y' } {
  const [, count = '', unit = ''] = PERIOD.exec(period) ?? [];
  if (!count) throw new SyntaxError(`${period} is no period like P30D or P1Y.`);
  return { count: Number(count), unit: unit as 'D' | 'W' | 'M' | 'Y' };
}
