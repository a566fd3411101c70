import type { PlainDate } from '@guildhall/cases-contract';
import type { Text } from '@guildhall/kernel-contract';
import type { DateQuestion } from '../question';
import { ERRORS } from './error-texts';
import { dayLimits, dayText, exampleDay, monthOf, plainDate } from './plain-dates';
import { fieldOf, type RawFields, type Reading, type ReadingAid } from './reading';

const PARTS = ['day', 'month', 'year'] as const;
const PART_TEXTS: Readonly<Record<(typeof PARTS)[number], Text>> = { day: { en: 'a day', cy: 'diwrnod' }, month: { en: 'a month', cy: 'mis' }, year: { en: 'a year', cy: 'blwyddyn' } };

/** A day in three fields; a whole date in the first one is taken apart. Months may be named, in either language. */
export function readDate(question: DateQuestion, raw: RawFields, { today }: ReadingAid): Reading<PlainDate> {
  const typed = takenApart({ day: fieldOf(raw, `${question.id}-day`), month: fieldOf(raw, `${question.id}-month`), year: fieldOf(raw, `${question.id}-year`) });
  const absent = PARTS.filter((part) => typed[part] === '');
  const fault = (message: Text, parts: readonly (typeof PARTS)[number][]): Reading<PlainDate> => ({ problem: { field: `${question.id}-${parts[0] ?? 'day'}`, message, parts } });
  if (absent.length === PARTS.length) return { value: undefined };
  if (absent.length) return fault(ERRORS.dateParts(listOf(absent.map((part) => PART_TEXTS[part]))), absent);
  const month = monthOf(typed.month);
  if (/^\d{1,3}$/.test(typed.year)) return fault(ERRORS.yearInFull, ['year']);
  const date = month !== undefined && /^\d{1,2}$/.test(typed.day) && /^\d{4}$/.test(typed.year) ? plainDate(Number(typed.year), month, Number(typed.day)) : undefined;
  if (!date) return fault(ERRORS.notADate(exampleDay(question, today)), ['day', 'month', 'year']);
  const problem = dateProblem(question, date, today);
  return problem ? fault(problem, ['day', 'month', 'year']) : { value: date };
}

/** What is wrong with a day as days go by. */
export function dateProblem(question: DateQuestion, date: PlainDate, today: PlainDate): Text | undefined {
  const { earliest, latest } = dayLimits(question, today);
  if (earliest !== undefined && date < earliest) return ERRORS.tooEarly(dayText(earliest));
  if (latest !== undefined && date > latest) return ERRORS.tooLate(dayText(latest));
  return undefined;
}

function takenApart(typed: Record<(typeof PARTS)[number], string>): Record<(typeof PARTS)[number], string> {
  if (typed.month || typed.year) return typed;
  const whole = /^(\d{1,2})[\s./-]+(\p{L}{3,}|\d{1,2})[\s./-]+(\d{4})$/u.exec(typed.day);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed.day);
  if (whole) return { day: whole[1] ?? '', month: whole[2] ?? '', year: whole[3] ?? '' };
  return iso ? { day: iso[3] ?? '', month: iso[2] ?? '', year: iso[1] ?? '' } : typed;
}

function listOf(texts: readonly Text[]): Text {
  return { en: texts.map(({ en }) => en).join(' and '), cy: texts.map(({ cy }) => cy).join(' a ') };
}
