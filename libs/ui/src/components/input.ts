import { attributes, content, more, print } from './html';
import type { Attributes, Content, Printable } from './html';
import { describe, openGroup } from './form-group';
import type { QuestionOptions } from './form-group';
import { label } from './label';
import type { ComponentWords } from './words';

interface Affix extends Content { readonly classes?: Printable; readonly attributes?: Attributes }

/** One line of text. */
export interface InputOptions extends QuestionOptions {
  readonly type?: Printable;
  readonly inputmode?: Printable;
  readonly value?: Printable;
  readonly disabled?: boolean;
  readonly prefix?: Affix;
  readonly suffix?: Affix;
  readonly autocomplete?: Printable;
  readonly pattern?: Printable;
  readonly spellcheck?: boolean;
  readonly autocapitalize?: Printable;
  readonly inputWrapper?: { readonly classes?: Printable; readonly attributes?: Attributes };
}

function given(name: string, value: Printable): string {
  if (value === true) return ` ${name}`;
  return value === undefined || value === null || value === false ? '' : ` ${name}="${print(value)}"`;
}

function has(part: Content | undefined): part is Content {
  return Boolean(part && (part.text || part.html));
}

function affix(options: Affix | undefined, type: 'prefix' | 'suffix'): string {
  return has(options) ? `<div class="govuk-input__${type}${more((options as Affix).classes)}" aria-hidden="true"${attributes((options as Affix).attributes)}>${content(options)}</div>\n` : '';
}

/** https://design-system.service.gov.uk/components/text-input/ */
export function input(options: InputOptions, words: ComponentWords): string {
  const id = options.id ? options.id : options.name;
  const { html, ids } = describe(options, id, options.describedBy ? options.describedBy : undefined, words);
  const field = `<input class="govuk-input${more(options.classes)}${options.errorMessage ? ' govuk-input--error' : ''}" id="${print(id)}" name="${print(options.name)}" type="${print(options.type || 'text')}"`
    + (typeof options.spellcheck === 'boolean' ? ` spellcheck="${options.spellcheck}"` : '')
    + given('value', options.value) + given('disabled', options.disabled) + given('aria-describedby', ids) + given('autocomplete', options.autocomplete)
    + given('autocapitalize', options.autocapitalize) + given('pattern', options.pattern) + given('inputmode', options.inputmode)
    + `${attributes(options.attributes)}>`;
  const { formGroup } = options;
  const wrapped = has(options.prefix) || has(options.suffix) || has(formGroup?.beforeInput) || has(formGroup?.afterInput)
    ? `<div class="govuk-input__wrapper${more(options.inputWrapper?.classes)}"${attributes(options.inputWrapper?.attributes)}>\n`
      + (has(formGroup?.beforeInput) ? `${content(formGroup?.beforeInput)}\n` : '') + affix(options.prefix, 'prefix') + field + '\n' + affix(options.suffix, 'suffix')
      + (has(formGroup?.afterInput) ? `${content(formGroup?.afterInput)}\n` : '') + '</div>'
    : field;
  return `${openGroup(options)}${label({ ...options.label, for: id })}\n${html}${wrapped}\n</div>`;
}

