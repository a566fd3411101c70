import { moneyText } from '../money-text';
import type { MoneyQuestion, NumberQuestion } from '../question';
import { ERRORS } from './error-texts';
import { fieldOf, type RawFields, type Reading } from './reading';

/** A whole number: with spaces or commas between thousands, with its unit behind it, or as `2.0`. */
export function readNumber(question: NumberQuestion, raw: RawFields): Reading<number> {
  const typed = fieldOf(raw, question.id);
  if (typed === '') return { value: undefined };
  const units = [question.unit, question.unitOfOne].flatMap((unit) => (unit ? [unit.en.toLowerCase(), unit.cy.toLowerCase()] : []));
  const bare = units.reduce((text, unit) => (text.endsWith(unit) ? text.slice(0, -unit.length) : text), typed.toLowerCase());
  const match = /^([+-]?)(\d{1,12})(?:\.0+)?$/.exec(bare.replace(/[\s,]/g, '').replace(/^−/, '-'));
  if (!match) return { problem: { field: question.id, message: ERRORS.notANumber } };
  const value = Number(`${match[1]}${match[2]}`) + 0;
  const { atLeast = 0, atMost = Infinity } = question;
  if (value < atLeast) return { problem: { field: question.id, message: ERRORS.tooSmall(String(atLeast)) } };
  if (value > atMost) return { problem: { field: question.id, message: ERRORS.tooLarge(String(atMost)) } };
  return { value };
}

/** An amount of money in pence, read without fractions in between. */
export function readMoney(question: MoneyQuestion, raw: RawFields): Reading<number> {
  const typed = fieldOf(raw, question.id);
  if (typed === '') return { value: undefined };
  const match = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(typed.replace(/[£\s,]/g, '').replace(/gbp|pounds?$/i, ''));
  if (!match) return { problem: { field: question.id, message: ERRORS.notMoney } };
  const value = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  const { atLeastInPence = 0, atMostInPence = Infinity } = question;
  if (value < atLeastInPence) return { problem: { field: question.id, message: ERRORS.tooSmall(moneyText(atLeastInPence)) } };
  if (value > atMostInPence) return { problem: { field: question.id, message: ERRORS.tooLarge(moneyText(atMostInPence)) } };
  return { value };
}
