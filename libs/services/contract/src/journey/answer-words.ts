import type { Text } from '@guildhall/kernel-contract';
import { assertNever } from '@guildhall/kernel-contract';
import { placeWords, type Words } from '@guildhall/cases-contract';
import type { AddressAnswer, AnswerValue, LocationAnswer, PhotoAnswer } from '../answers';
import { moneyText } from '../money-text';
import type { Option, Question } from '../question';
import { dayText } from './plain-dates';

const NOT_ANSWERED: Text = { en: 'Not answered', cy: 'Heb ei ateb' };
const YES: Text = { en: 'Yes', cy: 'Ie' };
const NO: Text = { en: 'No', cy: 'Na' };
const CONFIRMED: Text = { en: 'Confirmed', cy: 'Wedi’i gadarnhau' };

/** An answer in words, line by line. @public */
export function answerWords(question: Question, answer: AnswerValue | null | undefined): readonly Words[] {
  if (answer === undefined || answer === null) return [NOT_ANSWERED];
  switch (question.type) {
    case 'text': case 'name': case 'email': case 'phone': return [String(answer)];
    case 'textarea': return String(answer).split('\n');
    case 'number': {
      const unit = answer === 1 ? (question.unitOfOne ?? question.unit) : question.unit;
      return unit ? [{ en: `${String(answer)} ${unit.en}`, cy: `${String(answer)} ${unit.cy}` }] : [String(answer)];
    }
    case 'money': return [moneyText(answer as number)];
    case 'date': return [dayText(String(answer))];
    case 'yes-no': return [answer === true ? (question.yes ?? YES) : (question.no ?? NO)];
    case 'declaration': return [CONFIRMED];
    case 'radios': return [optionTitle(question.options, String(answer))];
    case 'checkboxes': return (answer as readonly string[]).map((value) => optionTitle([...question.options, ...(question.noneOption ? [question.noneOption] : [])], value));
    case 'address': return addressLines(answer as AddressAnswer);
    case 'location': return placeWords(answer as LocationAnswer);
    case 'photos': return photoWords(answer as readonly PhotoAnswer[]);
    default: return assertNever(question);
  }
}

/** The lines of an address with its postcode. */
export function addressLines({ lines, postcode }: Pick<AddressAnswer, 'lines' | 'postcode'>): readonly string[] {
  return [...lines, postcode];
}

/** Several lines as one piece of words. */
export function joinWords(words: readonly Words[], between = '\n'): Words {
  if (words.every((one) => typeof one === 'string')) return words.join(between);
  const inLanguage = (language: 'en' | 'cy'): string => words.map((one) => (typeof one === 'string' ? one : one[language])).join(between);
  return { en: inLanguage('en'), cy: inLanguage('cy') };
}

function optionTitle(options: readonly Option[], value: string): Words {
  return options.find((option) => option.value === value)?.title ?? value;
}
function photoWords(photos: readonly PhotoAnswer[]): readonly Words[] {
  // Welsh counts with the singular, and softens "llun" after "dau".
  const cy = photos.length === 2 ? '2 lun' : `${photos.length} llun`;
  return [{ en: photos.length === 1 ? '1 photo' : `${photos.length} photos`, cy }, ...photos.map(({ filename }) => filename)];
}
