import type { Language } from '@guildhall/kernel-contract';
import { assertNever } from '@guildhall/kernel-contract';
import type { PlainDate } from '@guildhall/cases-contract';
import { exampleDay, mostCharacters, type Option, type Problem, type Question, type RawFields } from '@guildhall/services-contract';

/** A question as the templates show it: which component, and its options. */
export interface FieldView {
  readonly kind: 'input' | 'count' | 'radios' | 'checkboxes' | 'date' | 'address' | 'location' | 'photos' | 'sourced';
  readonly id: string;
  readonly options: object;
  /** Of a question whose answer somebody else may have: what is offered or was told, or what stands around its field. */
  readonly sourced?: object;
}

/** How a question is shown. */
export interface FieldSetting {
  readonly language: Language;
  readonly raw: RawFields;
  readonly problems: readonly Problem[];
  /** The question is the page's heading. */
  readonly isHeading: boolean;
  /** What is known already, and from where. */
  readonly source?: string;
  /** Dense, for an officer's screen. */
  readonly isDense?: boolean;
  /** For the example of a date: one that the question takes. */
  readonly today?: PlainDate;
}

/** Makes the options of a question's component. Places and photos get what is common to them; the rest is put in by who knows it. */
export function fieldView(question: Question, setting: FieldSetting): FieldView {
  const { language, raw, isHeading } = setting;
  const problem = setting.problems.find((one) => one.question === question.id);
  const { id } = question;
  const text = titleOf(question, language);
  const size = isHeading ? 'l' : 's';
  const label = { text, classes: `govuk-label--${size}`, isPageHeading: isHeading };
  const legend = { text, classes: `govuk-fieldset__legend--${size}`, isPageHeading: isHeading };
  const words = [question.hint?.[language], question.type === 'date' && setting.today ? { en: `For example, ${exampleDay(question, setting.today)}.`, cy: `Er enghraifft, ${exampleDay(question, setting.today)}.` }[language] : undefined, setting.source].filter(Boolean).join(' ');
  const common = { ...(words && { hint: { text: words } }), ...(problem && { errorMessage: { text: problem.message[language] } }) };
  const dense = setting.isDense ? 'govuk-radios--small govuk-checkboxes--small' : '';
  const line = { id, name: id, label, value: one(raw, id), ...common };
  switch (question.type) {
    case 'text': return { kind: 'input', id, options: { ...line, classes: question.width ? `govuk-input--width-${question.width}` : undefined, autocomplete: question.autocomplete } };
    case 'name': return { kind: 'input', id, options: { ...line, autocomplete: 'name', spellcheck: false } };
    case 'email': return { kind: 'input', id, options: { ...line, type: 'email', autocomplete: 'email', spellcheck: false } };
    case 'phone': return { kind: 'input', id, options: { ...line, type: 'tel', autocomplete: 'tel', classes: 'govuk-input--width-20' } };
    case 'number': return { kind: 'input', id, options: { ...line, inputmode: 'numeric', spellcheck: false, classes: 'govuk-input--width-3', ...(question.unit && { suffix: { text: question.unit[language] } }) } };
    case 'money': return { kind: 'input', id, options: { ...line, inputmode: 'decimal', spellcheck: false, classes: 'govuk-input--width-10', prefix: { text: '£' } } };
    case 'textarea': return { kind: 'count', id, options: { ...line, maxlength: mostCharacters(question), threshold: 50, rows: setting.isDense ? 2 : (question.rows ?? 5) } };
    case 'yes-no': return {
      kind: 'radios', id,
      options: {
        idPrefix: id, name: id, fieldset: { legend }, value: one(raw, id), classes: `govuk-radios--inline ${dense}`.trim(), ...common,
        items: [{ value: 'yes', text: (question.yes ?? { en: 'Yes', cy: 'Ie' })[language] }, { value: 'no', text: (question.no ?? { en: 'No', cy: 'Na' })[language] }],
      },
    };
    case 'radios': return { kind: 'radios', id, options: { idPrefix: id, name: id, fieldset: { legend }, value: one(raw, id), items: itemsOf(question.options, language), ...(dense && { classes: question.options.length === 2 ? `${dense} govuk-radios--inline` : dense }), ...common } };
    case 'checkboxes': return {
      kind: 'checkboxes', id,
      options: {
        idPrefix: id, name: id, fieldset: { legend }, values: all(raw, id), ...(dense && { classes: dense }), ...common,
        items: [...itemsOf(question.options, language), ...(question.noneOption ? [{ divider: { en: 'or', cy: 'neu' }[language] }, { ...itemsOf([question.noneOption], language)[0], behaviour: 'exclusive' }] : [])],
      },
    };
    case 'declaration': return {
      kind: 'checkboxes', id,
      // Its sentences stand before the box, below a heading of their own.
      options: { idPrefix: id, name: id, fieldset: { legend: { text, classes: 'govuk-visually-hidden' } }, values: all(raw, id), items: [{ value: 'yes', text: question.confirm[language] }], ...common },
    };
    case 'date': {
      const wrong = problem?.parts ?? [];
      return {
        kind: 'date', id,
        options: {
          id, namePrefix: id, fieldset: { legend }, ...common,
          items: (['day', 'month', 'year'] as const).map((part) => ({
            name: part, value: one(raw, `${id}-${part}`), classes: `govuk-input--width-${part === 'year' ? 4 : 2}${wrong.includes(part) ? ' govuk-input--error' : ''}`,
            ...(question.isBirthday && { autocomplete: `bday-${part}` }),
          })),
        },
      };
    }
    case 'address': case 'location': case 'photos': return { kind: question.type, id, options: { id, legend, hint: words || undefined, error: problem && { text: problem.message[language], field: problem.field, parts: problem.parts ?? [] } } };
    default: return assertNever(question);
  }
}

/** The question as its heading or label: one that may be left out says so. */
export function titleOf({ title, optional }: Question, language: Language): string {
  return optional ? `${title[language]} ${{ en: '(optional)', cy: '(dewisol)' }[language]}` : title[language];
}

/** What was typed into a field. */
export function one(raw: RawFields, name: string): string {
  const value = raw[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}
function all(raw: RawFields, name: string): readonly string[] {
  const value = raw[name];
  return typeof value === 'string' ? [value] : (value ?? []);
}
function itemsOf(options: readonly Option[], language: Language): readonly { value: string; text: string; hint?: { text: string } }[] {
  return options.map(({ value, title, hint }) => ({ value, text: title[language], ...(hint && { hint: { text: hint[language] } }) }));
}
