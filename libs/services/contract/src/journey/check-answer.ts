import { assertNever } from '@guildhall/kernel-contract';
import type { PlainDate } from '@guildhall/cases-contract';
import type { AnswerValue } from '../answers';
import { mostCharacters, mostPhotos, type Question } from '../question';
import { dateProblem } from './read-date';

/**
 * Whether a stored answer still answers its question: options may have gone, limits may have moved, a day may have passed since it was given.
 * `null` answers a question that may be left out.
 * @public
 */
export function isStillAnswer(question: Question, value: AnswerValue | null | undefined, today: PlainDate): boolean {
  if (value === undefined) return false;
  if (value === null) return question.optional === true;
  switch (question.type) {
    case 'text': case 'textarea': case 'name': return typeof value === 'string' && [...value].length <= mostCharacters(question);
    case 'email': case 'phone': return typeof value === 'string';
    case 'yes-no': return typeof value === 'boolean';
    case 'declaration': return value === true;
    case 'radios': return question.options.some((option) => option.value === value);
    case 'checkboxes': {
      const values = [...question.options, ...(question.noneOption ? [question.noneOption] : [])].map((option) => option.value);
      return Array.isArray(value) && value.length > 0 && (value as readonly unknown[]).every((one) => typeof one === 'string' && values.includes(one));
    }
    case 'number': return typeof value === 'number' && value >= (question.atLeast ?? 0) && value <= (question.atMost ?? Infinity);
    case 'money': return typeof value === 'number' && value >= (question.atLeastInPence ?? 0) && value <= (question.atMostInPence ?? Infinity);
    case 'date': return typeof value === 'string' && dateProblem(question, value, today) === undefined;
    case 'address': case 'location': return typeof value === 'object' && !Array.isArray(value);
    case 'photos': return Array.isArray(value) && value.length > 0 && value.length <= mostPhotos(question);
    default: return assertNever(question);
  }
}
