import { addDays, type PlainDate } from '@guildhall/cases-contract';
import type { Text } from '@guildhall/kernel-contract';

const MONTHS: readonly Text[] = [
  { en: 'January', cy: 'Ionawr' }, { en: 'February', cy: 'Chwefror' }, { en: 'March', cy: 'Mawrth' }, { en: 'April', cy: 'Ebrill' }, { en: 'May', cy: 'Mai' }, { en: 'June', cy: 'Mehefin' },
  { en: 'July', cy: 'Gorffennaf' }, { en: 'August', cy: 'Awst' }, { en: 'September', cy: 'Medi' }, { en: 'October', cy: 'Hydref' }, { en: 'November', cy: 'Tachwedd' }, { en: 'December', cy: 'Rhagfyr' },
];

/** A day as people read it: `4 December 2026`. @public */
export function dayText(day: PlainDate): Text {
  const [year = '', month = '', date = ''] = day.split('-');
  const name = MONTHS[Number(month) - 1] ?? { en: month, cy: month };
  return { en: `${Number(date)} ${name.en} ${year}`, cy: `${Number(date)} ${name.cy} ${year}` };
}

/** The number of a month that was typed: `3`, `03`, `March`, `mar`, `Mawrth`. */
export function monthOf(typed: string): number | undefined {
  if (/^\d{1,2}$/.test(typed)) return Number(typed);
  const word = typed.normalize('NFC').toLowerCase().replace(/\.$/, '');
  if (word.length < 3) return undefined;
  const index = MONTHS.findIndex(({ en, cy }) => en.toLowerCase().startsWith(word) || cy.toLowerCase().startsWith(word));
  return index === -1 ? undefined : index + 1;
}

/** The plain date, when there is such a day. */
export function plainDate(year: number, month: number, date: number): PlainDate | undefined {
  const time = new Date(Date.UTC(year, month - 1, date));
  return time.getUTCFullYear() === year && time.getUTCMonth() === month - 1 && time.getUTCDate() === date ? time.toISOString().slice(0, 10) : undefined;
}

/** The first and the last day that a question takes. */
export function dayLimits(question: { readonly earliestInDays?: number; readonly latestInDays?: number }, today: PlainDate): { readonly earliest?: PlainDate; readonly latest?: PlainDate } {
  return {
    ...(question.earliestInDays !== undefined && { earliest: addDays(today, question.earliestInDays) }),
    ...(question.latestInDays !== undefined && { latest: addDays(today, question.latestInDays) }),
  };
}

/** A day that the question takes, as it is typed: `26 11 2026`. @public */
export function exampleDay(question: { readonly earliestInDays?: number; readonly latestInDays?: number; readonly isBirthday?: boolean }, today: PlainDate): string {
  const { earliest, latest } = dayLimits(question, today);
  const day = question.isBirthday ? '1985-03-27' : latest === undefined ? (earliest ?? today) : addDays(latest, earliest === undefined || earliest < latest ? -1 : 0);
  return day.split('-').reverse().map(Number).join(' ');
}
