import type { Council, Language, Text } from '@guildhall/kernel-contract';
import { wordValues, type CaseRecord } from './case-record';
import type { CaseTransition, CaseType } from './case-type';
import { dayInWords } from './dates-in-words';
import { fillWords } from './words';
import type { PlainDate } from './working-days';

/** A letter as it will be read. @public */
export interface DecisionLetter { readonly heading: string; readonly body: string }

/**
 * The letter that carries a decision, for a preview before it is taken and for sending after. Where the table has none, the decision's title and its reasons.
 * @param record the case as it is after the decision
 * @public
 */
export function decisionLetter(council: Council, type: CaseType, record: CaseRecord, transition: CaseTransition, given: { readonly reasons: string; readonly officer?: string; readonly today: PlainDate; readonly language: Language }): DecisionLetter {
  const { reasons, officer, today, language } = given;
  const letter = transition.decision?.letter ?? { heading: { en: '((title)): ((reference))', cy: '((title)): ((reference))' }, body: { en: '((reasons))', cy: '((reasons))' } };
  const values = {
    ...wordValues(council, type, record, language, today), name: record.contact?.name ?? NO_NAME[language], reasons, today: dayInWords(today)[language], officer: officer ?? council.name[language], title: (transition.decision?.title ?? transition.title)[language],
  };
  return { heading: fillWords(letter.heading[language], values), body: fillWords(letter.body[language], values) };
}

/** How somebody is addressed who gave no name. */
const NO_NAME: Text = { en: 'Sir or Madam', cy: 'Syr neu Fadam' };
