import { attribute, attributes, more } from './html';
import type { Attributes, Printable } from './html';
import { beside, describe, openGroup } from './form-group';
import type { QuestionOptions } from './form-group';
import { fieldset } from './fieldset';
import type { FieldsetOptions } from './fieldset';
import { input } from './input';
import type { ComponentWords } from './words';

interface DatePart {
  readonly id?: Printable;
  readonly name?: string;
  readonly label?: Printable;
  readonly value?: Printable;
  readonly autocomplete?: Printable;
  readonly inputmode?: Printable;
  readonly pattern?: Printable;
  readonly classes?: string;
  readonly error?: boolean;
  readonly attributes?: Attributes;
}

/** A date that people know by heart, in three fields. */
export interface DateInputOptions extends Omit<QuestionOptions, 'label' | 'name' | 'id'> {
  readonly id?: string;
  readonly namePrefix?: string;
  readonly values?: Readonly<Record<string, Printable>>;
  readonly items?: readonly (DatePart | null | false | undefined)[];
  readonly day?: DatePart;
  readonly month?: DatePart;
  readonly year?: DatePart;
  readonly fieldset?: FieldsetOptions;
}

type PartName = 'day' | 'month' | 'year';
const PARTS: readonly PartName[] = ['day', 'month', 'year'];
const isWrong = (part: DatePart): boolean => Boolean(part.error || part.classes?.includes('govuk-input--error'));

function partOf(part: DatePart, standard: Readonly<Record<PartName, DatePart>>): PartName | undefined {
  return PARTS.find((name) => part === standard[name]) ?? PARTS.find((name) => part.name !== undefined && part.name !== '' && (part.name === name || part.name === standard[name].name));
}

function onePart(options: DateInputOptions, part: DatePart, standard: Readonly<Record<PartName, DatePart>>, anyIsWrong: boolean, words: ComponentWords): string {
  const which = partOf(part, standard);
  const name = part.name ?? which ?? '';
  const value = part.value ?? (which ? standard[which].value : undefined);
  const namePrefix = options.namePrefix ? `${options.namePrefix}-` : '';
  let classes = '';
  if (!part.classes?.includes('govuk-input--error') && (isWrong(part) || (part.error !== false && options.errorMessage && !anyIsWrong))) classes += ' govuk-input--error';
  if (!part.classes?.includes('govuk-input--width-')) classes += ` govuk-input--width-${which === 'year' ? 4 : 2}`;
  if (part.classes) classes += ` ${part.classes}`;
  const ownLabel = PARTS.includes(name as PartName) ? words[name as PartName] : name.charAt(0).toUpperCase() + name.slice(1).toLowerCase();
  return `<div class="govuk-date-input__item">\n${input({
    label: { text: part.label ? part.label : ownLabel, classes: 'govuk-date-input__label' },
    id: part.id ? part.id : `${String(options.id)}-${name}`, classes: `govuk-date-input__input${classes}`, name: namePrefix + name,
    value: value ?? options.values?.[namePrefix + name], type: 'text', inputmode: part.inputmode ? part.inputmode : 'numeric',
    autocomplete: part.autocomplete, pattern: part.pattern, attributes: part.attributes,
  }, words)}\n</div>\n`;
}

/** https://design-system.service.gov.uk/components/date-input/ */
export function dateInput(options: DateInputOptions, words: ComponentWords): string {
  const standard = {
    day: options.day ?? { name: 'day', value: options.values?.day, classes: 'govuk-input--width-2' },
    month: options.month ?? { name: 'month', value: options.values?.month, classes: 'govuk-input--width-2' },
    year: options.year ?? { name: 'year', value: options.values?.year, classes: 'govuk-input--width-4' },
  };
  const parts = options.items && options.items.length > 0 ? options.items : PARTS.map((name) => standard[name]);
  const anyIsWrong = parts.some((part) => part && isWrong(part));
  const { html, ids } = describe(options, options.id, options.fieldset?.describedBy ? options.fieldset.describedBy : '', words);
  let fields = '';
  for (const part of parts) if (part) fields += onePart(options, part, standard, anyIsWrong, words);
  const inner = `${html}<div class="govuk-date-input${more(options.classes)}"${attributes(options.attributes)}${attribute('id', options.id)}>\n${beside(options.formGroup?.beforeInputs)}${fields}${beside(options.formGroup?.afterInputs)}</div>`;
  // The role: without it JAWS does not announce the description of a fieldset made of text fields.
  return `${openGroup(options)}${options.fieldset ? fieldset({ ...options.fieldset, role: 'group', describedBy: ids, html: inner }) : inner}\n</div>`;
}
