import type { CheckboxesQuestion, DeclarationQuestion, RadiosQuestion, YesNoQuestion } from '../question';
import { ERRORS } from './error-texts';
import { fieldOf, fieldsOf, type RawFields, type Reading } from './reading';

export function readYesNo(question: YesNoQuestion, raw: RawFields): Reading<boolean> {
  const typed = fieldOf(raw, question.id);
  if (typed === '') return { value: undefined };
  return typed === 'yes' || typed === 'no' ? { value: typed === 'yes' } : { problem: { field: question.id, message: ERRORS.notAChoice } };
}

export function readRadios(question: RadiosQuestion, raw: RawFields): Reading<string> {
  const typed = fieldOf(raw, question.id);
  if (typed === '') return { value: undefined };
  return question.options.some(({ value }) => value === typed) ? { value: typed } : { problem: { field: question.id, message: ERRORS.notAChoice } };
}

export function readCheckboxes(question: CheckboxesQuestion, raw: RawFields): Reading<readonly string[]> {
  const typed = new Set(fieldsOf(raw, question.id));
  if (typed.size === 0) return { value: undefined };
  const values = [...question.options.map(({ value }) => value), ...(question.noneOption ? [question.noneOption.value] : [])];
  if ([...typed].some((one) => !values.includes(one))) return { problem: { field: question.id, message: ERRORS.notAChoice } };
  if (question.noneOption && typed.has(question.noneOption.value) && typed.size > 1) return { problem: { field: question.id, message: ERRORS.noneAndOthers } };
  return { value: values.filter((value) => typed.has(value)) };
}

export function readDeclaration(question: DeclarationQuestion, raw: RawFields): Reading<true> {
  return { value: fieldOf(raw, question.id) === 'yes' ? true : undefined };
}
