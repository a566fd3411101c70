import { attribute, attributes, more, print } from './html';
import type { Printable } from './html';
import { beside, describe, openGroup } from './form-group';
import type { QuestionOptions } from './form-group';
import { label } from './label';
import type { ComponentWords } from './words';

/** Several lines of text. */
export interface TextareaOptions extends QuestionOptions {
  readonly value?: Printable;
  readonly rows?: Printable;
  readonly spellcheck?: boolean;
  readonly disabled?: boolean;
  readonly autocomplete?: Printable;
}

/** https://design-system.service.gov.uk/components/textarea/ */
export function textarea(options: TextareaOptions, words: ComponentWords): string {
  const id = options.id ? options.id : options.name;
  const { html, ids } = describe(options, id, options.describedBy ? options.describedBy : '', words);
  return `${openGroup(options)}${label({ ...options.label, for: id })}\n${html}${beside(options.formGroup?.beforeInput)}`
    + `<textarea class="govuk-textarea${options.errorMessage ? ' govuk-textarea--error' : ''}${more(options.classes)}" id="${print(id)}" name="${print(options.name)}" rows="${print(options.rows || 5)}"`
    + (typeof options.spellcheck === 'boolean' ? ` spellcheck="${options.spellcheck}"` : '') + (options.disabled ? ' disabled' : '')
    + `${attribute('aria-describedby', ids)}${attribute('autocomplete', options.autocomplete)}${attributes(options.attributes)}>${print(options.value)}</textarea>\n`
    + `${beside(options.formGroup?.afterInput)}</div>`;
}
