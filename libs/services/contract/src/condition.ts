import type { AnswerValue, Answers } from './answers';

/** What an answer is compared with: a value; one of several (of checkboxes: any of them is chosen); or a range of a number. @public */
export type Match = string | number | boolean | readonly string[] | { readonly atLeast?: number; readonly atMost?: number };

/**
 * When a page or a question applies. As data: every question that is named has such an answer. Or a pure function of the answers on earlier pages.
 * @public
 * @example { problem: 'missed-bin' }
 * @example { anyOf: [{ problem: ['pothole', 'street-light'] }, { isUrgent: true }] }
 */
export type Condition =
  | { readonly [question: string]: Match }
  | { readonly anyOf: readonly Condition[] }
  | { readonly not: Condition }
  | ((answers: Answers) => boolean);

/** Ids that a question cannot have: they mean something in a condition. */
export const RESERVED_IN_CONDITIONS: readonly string[] = ['anyOf', 'not'];

/** Whether a condition holds; no condition holds always. @public */
export function holds(condition: Condition | undefined, answers: Answers): boolean {
  if (!condition) return true;
  if (typeof condition === 'function') return condition(answers);
  if (isAnyOf(condition)) return condition.anyOf.some((one) => holds(one, answers));
  if (isNot(condition)) return !holds(condition.not, answers);
  return Object.entries(condition as Readonly<Record<string, Match>>).every(([question, match]) => matches(answers[question], match));
}

/** The questions and matches that a condition names, as far as it is data. */
export function namedIn(condition: Condition | undefined): readonly { readonly question: string; readonly match: Match }[] {
  if (!condition || typeof condition === 'function') return [];
  if (isAnyOf(condition)) return condition.anyOf.flatMap(namedIn);
  if (isNot(condition)) return namedIn(condition.not);
  return Object.entries(condition as Readonly<Record<string, Match>>).map(([question, match]) => ({ question, match }));
}

function isAnyOf(condition: object): condition is { readonly anyOf: readonly Condition[] } {
  return Array.isArray((condition as { anyOf?: unknown }).anyOf);
}
function isNot(condition: object): condition is { readonly not: Condition } {
  const { not } = condition as { not?: unknown };
  return typeof not === 'function' || (typeof not === 'object' && not !== null);
}

function matches(answer: AnswerValue | null | undefined, match: Match): boolean {
  if (answer === undefined || answer === null) return false;
  if (Array.isArray(match)) {
    const wanted = match as readonly string[];
    return Array.isArray(answer) ? (answer as readonly unknown[]).some((one) => typeof one === 'string' && wanted.includes(one)) : typeof answer === 'string' && wanted.includes(answer);
  }
  if (typeof match === 'object') {
    const { atLeast = -Infinity, atMost = Infinity } = match as { atLeast?: number; atMost?: number };
    return typeof answer === 'number' && answer >= atLeast && answer <= atMost;
  }
  return Array.isArray(answer) ? (answer as readonly unknown[]).includes(match) : answer === match;
}
