import type { CaseType } from '@guildhall/cases-contract';
import type { ConfiguredLine } from '@guildhall/configuration-contract';
import type { Text } from '@guildhall/kernel-contract';
import type { CaseTypeWords } from './case-type-words';

const LABELS = {
  title: { en: 'Name', cy: 'Enw' }, openedText: { en: 'What the timeline says of the opening', cy: 'Yr hyn y mae’r llinell amser yn ei ddweud am yr agor' }, deadline: { en: 'Working days until it is done', cy: 'Diwrnodau gwaith nes ei fod wedi’i wneud' },
  state: { en: 'State', cy: 'Cyflwr' }, transition: { en: 'Step', cy: 'Cam' },
  name: { en: 'name', cy: 'enw' }, deskTitle: { en: 'name for officers', cy: 'enw i swyddogion' }, publicText: { en: 'what the resident reads', cy: 'yr hyn y mae’r preswylydd yn ei ddarllen' }, nextText: { en: 'what happens next', cy: 'yr hyn sy’n digwydd nesaf' },
  stateDeadline: { en: 'working days in this state', cy: 'diwrnodau gwaith yn y cyflwr hwn' }, months: { en: 'months that it is kept', cy: 'misoedd y’i cedwir' }, because: { en: 'why it is kept', cy: 'pam y’i cedwir' },
  button: { en: 'words on the button', cy: 'geiriau ar y botwm' }, timeline: { en: 'what the timeline says', cy: 'yr hyn y mae’r llinell amser yn ei ddweud' }, question: { en: 'question for the reasons', cy: 'cwestiwn am y rhesymau' }, hint: { en: 'hint to the reasons', cy: 'awgrym am y rhesymau' },
  decision: { en: 'decision', cy: 'penderfyniad' }, heading: { en: 'heading of the letter', cy: 'pennawd y llythyr' }, body: { en: 'letter', cy: 'llythyr' },
} as const satisfies Readonly<Record<string, Text>>;

/**
 * The words of a case type, line by line.
 * @param type what is there now: its states and steps are called as they are here
 */
export function linesOfType(words: CaseTypeWords, type: CaseType | undefined): readonly ConfiguredLine[] {
  const states = inOrder(words.states, Object.keys(type?.states ?? {})).flatMap(([name, state]) => {
    const at = partOf(LABELS.state, type?.states[name]?.title ?? state.title);
    return [
      ...inBoth(`states.${name}.title`, at(LABELS.name), state.title), ...inBoth(`states.${name}.deskTitle`, at(LABELS.deskTitle), state.deskTitle), ...inBoth(`states.${name}.publicText`, at(LABELS.publicText), state.publicText),
      ...inBoth(`states.${name}.nextText`, at(LABELS.nextText), state.nextText), ...number(`states.${name}.deadline`, at(LABELS.stateDeadline), state.deadlineInWorkingDays),
      ...number(`states.${name}.months`, at(LABELS.months), state.retention.months), ...inBoth(`states.${name}.because`, at(LABELS.because), state.retention.because),
    ];
  });
  const transitions = inOrder(words.transitions, type?.transitions.map(({ id }) => id) ?? []).flatMap(([id, step]) => {
    const at = partOf(LABELS.transition, type?.transitions.find((one) => one.id === id)?.title ?? step.title);
    return [
      ...inBoth(`transitions.${id}.title`, at(LABELS.button), step.title), ...inBoth(`transitions.${id}.publicText`, at(LABELS.timeline), step.publicText), ...inBoth(`transitions.${id}.question`, at(LABELS.question), step.question),
      ...inBoth(`transitions.${id}.hint`, at(LABELS.hint), step.hint), ...inBoth(`transitions.${id}.decision`, at(LABELS.decision), step.decision?.title), ...inBoth(`transitions.${id}.heading`, at(LABELS.heading), step.decision?.heading),
      ...inBoth(`transitions.${id}.body`, at(LABELS.body), step.decision?.body),
    ];
  });
  return [...inBoth('title', LABELS.title, words.title), ...number('deadline', LABELS.deadline, words.deadlineInWorkingDays), ...inBoth('openedText', LABELS.openedText, words.openedText), ...states, ...transitions];
}

/** In the order of what is there now: what was kept has lost its own. */
function inOrder<Words>(words: Readonly<Record<string, Words>>, names: readonly string[]): readonly (readonly [string, Words])[] {
  return Object.entries(words).sort(([a], [b]) => names.indexOf(a) - names.indexOf(b));
}
function partOf(kind: Text, title: Text): (part: Text) => Text {
  return (part) => ({ en: `${kind.en} “${title.en}”: ${part.en}`, cy: `${kind.cy} “${title.cy}”: ${part.cy}` });
}
function inBoth(key: string, label: Text, text: Text | undefined): readonly ConfiguredLine[] {
  return text ? (['en', 'cy'] as const).map((language) => ({ key: `${key}.${language}`, label, language, value: text[language] })) : [];
}
function number(key: string, label: Text, value: number | undefined): readonly ConfiguredLine[] {
  return value === undefined ? [] : [{ key, label, value: String(value) }];
}
