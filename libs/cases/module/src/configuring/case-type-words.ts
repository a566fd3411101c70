import type { CaseState, CaseTransition, CaseType } from '@guildhall/cases-contract';
import type { Text } from '@guildhall/kernel-contract';

/** What of a state a council may change. */
export type StateWords = Pick<CaseState, 'title' | 'deskTitle' | 'publicText' | 'nextText' | 'deadlineInWorkingDays' | 'retention'>;
/** What of a transition a council may change. */
export interface TransitionWords {
  readonly title: Text;
  readonly publicText?: Text;
  readonly question?: Text;
  readonly hint?: Text;
  readonly decision?: { readonly title: Text; readonly heading?: Text; readonly body?: Text };
}
/** What of a case type a council may change: words, deadlines and how long it is kept. States and transitions stay as their package has them. */
export interface CaseTypeWords {
  readonly title: Text;
  readonly deadlineInWorkingDays?: number;
  readonly openedText?: Text;
  readonly states: Readonly<Record<string, StateWords>>;
  readonly transitions: Readonly<Record<string, TransitionWords>>;
}

/** What of a case type can be changed, as it is. */
export function wordsOfType(type: CaseType): CaseTypeWords {
  return given({
    title: type.title, deadlineInWorkingDays: type.deadlineInWorkingDays, openedText: type.openedText,
    states: Object.fromEntries(Object.entries(type.states).map(([name, { title, deskTitle, publicText, nextText, deadlineInWorkingDays, retention }]) => [name, given({ title, deskTitle, publicText, nextText, deadlineInWorkingDays, retention })])),
    transitions: Object.fromEntries(type.transitions.map((transition) => [transition.id, wordsOfTransition(transition)])),
  });
}

/** The same case type with these words, under another version. */
export function typeWithWords(type: CaseType, words: CaseTypeWords, version: number): CaseType {
  const { states, transitions, title, deadlineInWorkingDays, openedText } = words;
  return {
    ...type, version, earlier: undefined, title, deadlineInWorkingDays, openedText,
    states: Object.fromEntries(Object.entries(type.states).map(([name, { kind, colour, reportStatus }]) => [name, { ...given({ kind, colour, reportStatus }), ...states[name] } as CaseState])),
    transitions: type.transitions.map((transition) => transitionWith(transition, transitions[transition.id])),
  };
}

function wordsOfTransition({ title, publicText, reasons, decision }: CaseTransition): TransitionWords {
  return given({ title, publicText, question: reasons?.question, hint: reasons?.hint, decision: decision && given({ title: decision.title, heading: decision.letter?.heading, body: decision.letter?.body }) });
}

function transitionWith(transition: CaseTransition, words: TransitionWords | undefined): CaseTransition {
  if (!words) return transition;
  const { title, publicText, question, hint, decision } = words;
  const { reasons, decision: own } = transition;
  return {
    ...transition, title, publicText,
    ...(reasons && { reasons: { ...reasons, question: question ?? reasons.question, hint } }),
    ...(own && { decision: { ...own, title: decision?.title ?? own.title, ...(own.letter && { letter: { heading: decision?.heading ?? own.letter.heading, body: decision?.body ?? own.letter.body } }) } }),
  };
}

/** Without members that have no value: JSON has no undefined. */
function given<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Value;
}
