import type { CaseType } from '@guildhall/cases-contract';
import type { AmountField, TextField } from '@guildhall/configuration-contract';
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
const [LONGEST_DEADLINE, LONGEST_RETENTION] = [3650, 1200];

type Field = TextField | (AmountField & { readonly type: 'number' });
/** Fields of one state or step: keys and paths begin with where it stands. */
interface Part { optional: Pick<Part, 'text' | 'number'>; text(key: string, type: 'line' | 'words', label: Text, value: Text | undefined, ...path: string[]): readonly Field[]; number(key: string, label: Text, value: number | undefined, atMost: number, ...path: string[]): readonly Field[] }

/**
 * What of a case type can be typed.
 * @param type what is there now: its states and steps are called as they are here
 */
export function fieldsOfType(words: CaseTypeWords, type: CaseType | undefined): readonly Field[] {
  const whole = part([]);
  const states = inOrder(words.states, Object.keys(type?.states ?? {})).flatMap(([name, state]) => {
    const { text, number, optional } = part(['states', name], LABELS.state, type?.states[name]?.title ?? state.title);
    return [
      ...text('title', 'line', LABELS.name, state.title), ...optional.text('deskTitle', 'line', LABELS.deskTitle, state.deskTitle), ...text('publicText', 'words', LABELS.publicText, state.publicText), ...optional.text('nextText', 'words', LABELS.nextText, state.nextText),
      ...optional.number('deadline', LABELS.stateDeadline, state.deadlineInWorkingDays, LONGEST_DEADLINE, 'deadlineInWorkingDays'), ...number('months', LABELS.months, state.retention.months, LONGEST_RETENTION, 'retention', 'months'), ...text('because', 'words', LABELS.because, state.retention.because, 'retention', 'because'),
    ];
  });
  const transitions = inOrder(words.transitions, type?.transitions.map(({ id }) => id) ?? []).flatMap(([id, step]) => {
    const own = type?.transitions.find((one) => one.id === id);
    const { text, optional } = part(['transitions', id], LABELS.transition, own?.title ?? step.title);
    return [
      ...text('title', 'line', LABELS.button, step.title), ...optional.text('publicText', 'words', LABELS.timeline, step.publicText), ...text('question', 'line', LABELS.question, step.question), ...(own?.reasons ? optional : { text }).text('hint', 'words', LABELS.hint, step.hint),
      ...text('decision', 'line', LABELS.decision, step.decision?.title, 'decision', 'title'), ...text('heading', 'line', LABELS.heading, step.decision?.heading, 'decision', 'heading'), ...text('body', 'words', LABELS.body, step.decision?.body, 'decision', 'body'),
    ];
  });
  return [...whole.text('title', 'line', LABELS.title, words.title), ...whole.optional.number('deadline', LABELS.deadline, words.deadlineInWorkingDays, LONGEST_DEADLINE, 'deadlineInWorkingDays'), ...whole.optional.text('openedText', 'words', LABELS.openedText, words.openedText), ...states, ...transitions];
}

/** In the order of what is there now: what was kept has lost its own. */
function inOrder<Words>(words: Readonly<Record<string, Words>>, names: readonly string[]): readonly (readonly [string, Words])[] {
  return Object.entries(words).sort(([a], [b]) => names.indexOf(a) - names.indexOf(b));
}

/** A place within is called by the last part of its key, unless it stands elsewhere. */
function part(at: readonly string[], kind?: Text, title?: Text): Part {
  const group = kind && title && { en: `${kind.en} “${title.en}”`, cy: `${kind.cy} “${title.cy}”` };
  const place = (key: string, label: Text, path: readonly string[]): Pick<Field, 'key' | 'path' | 'group' | 'label'> => ({ key: [...at, key].join('.'), path: [...at, ...(path.length > 0 ? path : [key])], ...(group && { group }), label });
  const textAt: Part['text'] = (key, type, label, value, ...path) => [{ ...place(key, label, path), type, ...(value && { value }) }];
  const numberAt: Part['number'] = (key, label, value, atMost, ...path) => [{ ...place(key, label, path), type: 'number', ...(value !== undefined && { value }), atLeast: 1, atMost }];
  const asOptional = (fields: readonly Field[]): readonly Field[] => fields.map((field) => ({ ...field, isOptional: true }));
  return {
    text: (key, type, label, value, ...path) => (value ? textAt(key, type, label, value, ...path) : []),
    number: (key, label, value, atMost, ...path) => (value === undefined ? [] : numberAt(key, label, value, atMost, ...path)),
    optional: { text: (...of) => asOptional(textAt(...of)), number: (...of) => asOptional(numberAt(...of)) },
  };
}
