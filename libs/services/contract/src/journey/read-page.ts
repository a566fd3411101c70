import { assertNever } from '@guildhall/kernel-contract';
import type { PlainDate } from '@guildhall/cases-contract';
import type { AnswerValue, Answers } from '../answers';
import { mostPhotos, type Question } from '../question';
import { ANSWER_THIS, ERRORS, MISSING } from './error-texts';
import { readCheckboxes, readDeclaration, readRadios, readYesNo } from './read-choice';
import { readDate } from './read-date';
import { readMoney, readNumber } from './read-number';
import { readAddress, readLocation } from './read-place';
import { readEmail, readPhone, readWords } from './read-words';
import type { LookedUp, Problem, RawFields, Reading, ReadingAid } from './reading';

/** What a form said: the answers that are right, and what is wrong with the others. @public */
export interface PageReading { readonly answers: Answers; readonly problems: readonly Problem[] }

/** What reading a form may need. @public */
export interface PageAid {
  readonly today: PlainDate;
  /** What choices and points turned out to be, by question. */
  readonly lookedUp?: Readonly<Record<string, LookedUp | undefined>>;
  /** Answers that are there already: photos come and go by themselves. */
  readonly given?: Answers;
}

/**
 * Reads the fields of some questions. Forgiving of spaces, capitals and punctuation; every mistake comes with a sentence that says what to do.
 * Fields of other questions are passed over.
 * @public
 */
export function readPage(questions: readonly Question[], raw: RawFields, aid: PageAid): PageReading {
  const answers: Record<string, AnswerValue | null> = {};
  const problems: Problem[] = [];
  for (const question of questions) {
    const reading = readQuestion(question, raw, { today: aid.today, lookedUp: aid.lookedUp?.[question.id] }, aid.given);
    if (reading.problem) problems.push({ question: question.id, ...reading.problem });
    else if (reading.value !== undefined) answers[question.id] = reading.value;
    else if (question.optional) answers[question.id] = null;
    else problems.push({ question: question.id, field: firstField(question), message: question.missing ?? MISSING[question.type] ?? ANSWER_THIS });
  }
  return { answers, problems };
}

/** The field to which an error of this question leads when nothing was answered. @public */
export function firstField(question: Question): string {
  switch (question.type) {
    case 'date': return `${question.id}-day`;
    case 'address': case 'location': return `${question.id}-find`;
    default: return question.id;
  }
}

function readQuestion(question: Question, raw: RawFields, aid: ReadingAid, given: Answers | undefined): Reading {
  switch (question.type) {
    case 'text': case 'textarea': case 'name': return readWords(question, raw);
    case 'email': return readEmail(question, raw);
    case 'phone': return readPhone(question, raw);
    case 'yes-no': return readYesNo(question, raw);
    case 'radios': return readRadios(question, raw);
    case 'checkboxes': return readCheckboxes(question, raw);
    case 'declaration': return readDeclaration(question, raw);
    case 'number': return readNumber(question, raw);
    case 'money': return readMoney(question, raw);
    case 'date': return readDate(question, raw, aid);
    case 'address': return readAddress(question, raw, aid);
    case 'location': return readLocation(question, raw, aid);
    case 'photos': {
      const photos = given?.[question.id];
      if (!Array.isArray(photos) || photos.length === 0) return { value: undefined };
      return photos.length > mostPhotos(question) ? { problem: { field: question.id, message: ERRORS.tooManyPhotos(mostPhotos(question)) } } : { value: photos as AnswerValue };
    }
    default: return assertNever(question);
  }
}
