import { normaliseEmail, normalisePhone, takesTexts } from '@guildhall/identity-contract';
import { mostCharacters, type EmailQuestion, type NameQuestion, type PhoneQuestion, type TextQuestion, type TextareaQuestion } from '../question';
import { ERRORS } from './error-texts';
import { fieldOf, type RawFields, type Reading } from './reading';

/** Words: spaces in a row are one in a line, as they were typed in a text. */
export function readWords(question: TextQuestion | TextareaQuestion | NameQuestion, raw: RawFields): Reading<string> {
  const typed = fieldOf(raw, question.id);
  const words = question.type === 'textarea' ? typed : typed.replace(/\s+/g, ' ');
  if (words === '') return { value: undefined };
  const most = mostCharacters(question);
  // Characters as people count them, not UTF-16 units.
  return [...words].length > most ? { problem: { field: question.id, message: ERRORS.tooLong(most) } } : { value: words };
}

/** A space inside is a mistake for the person to see: without it the address would be another, and perhaps somebody else's. */
export function readEmail(question: EmailQuestion, raw: RawFields): Reading<string> {
  const typed = fieldOf(raw, question.id).replace(/^mailto:\s*/i, '');
  if (typed === '') return { value: undefined };
  const email = normaliseEmail(typed);
  return email ? { value: email } : { problem: { field: question.id, message: ERRORS.notAnEmail } };
}

export function readPhone(question: PhoneQuestion, raw: RawFields): Reading<string> {
  const typed = fieldOf(raw, question.id);
  if (typed === '') return { value: undefined };
  const number = normalisePhone(typed.replace(/[\s/–-]+/g, ' ').replace(/^\+44\s*\(0\)/, '+44').replace(/^44(?=\s?[17])/, '+44'));
  if (!number) return { problem: { field: question.id, message: question.forTexts ? ERRORS.notAMobile : ERRORS.notAPhone } };
  if (question.forTexts && !takesTexts(number)) return { problem: { field: question.id, message: ERRORS.notAMobile } };
  return { value: phoneText(number) };
}

/** A number as people in the United Kingdom write it; others with their country's code. */
function phoneText(number: string): string {
  if (!number.startsWith('+44')) return number;
  const national = `0${number.slice(3)}`;
  if (/^07|^02/.test(national)) return /^02/.test(national) ? `${national.slice(0, 3)} ${national.slice(3, 7)} ${national.slice(7)}` : `${national.slice(0, 5)} ${national.slice(5)}`;
  return `${national.slice(0, 5)} ${national.slice(5)}`;
}
