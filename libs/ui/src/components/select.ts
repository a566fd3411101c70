import { attribute, attributes, isSame, more, print } from './html';
import type { Attributes, Printable } from './html';
import { beside, describe, openGroup } from './form-group';
import type { QuestionOptions } from './form-group';
import { label } from './label';
import type { ComponentWords } from './words';

/** One choice of a list. For short, well-known lists on the officer's side; residents get radios. */
export interface SelectOptions extends QuestionOptions {
  readonly value?: Printable;
  readonly disabled?: boolean;
  readonly items?: readonly ({ readonly value?: Printable; readonly text?: Printable; readonly selected?: boolean; readonly disabled?: boolean; readonly attributes?: Attributes } | null | false | undefined)[];
}

/** https://design-system.service.gov.uk/components/select/ */
export function select(options: SelectOptions, words: ComponentWords): string {
  const id = options.id ? options.id : options.name;
  const { html, ids } = describe(options, id, options.describedBy ? options.describedBy : '', words);
  let choices = '';
  for (const item of options.items ?? []) {
    if (!item) continue;
    const value = item.value === undefined ? item.text : item.value;
    const isSelected = item.selected || (options.value ? isSame(value, options.value) && item.selected !== false : false);
    choices += `<option${item.value === undefined ? '' : ` value="${print(item.value)}"`}${isSelected ? ' selected' : ''}${item.disabled ? ' disabled' : ''}${attributes(item.attributes)}>${print(item.text)}</option>\n`;
  }
  return `${openGroup(options)}${label({ ...options.label, for: id })}\n${html}${beside(options.formGroup?.beforeInput)}`
    + `<select class="govuk-select${more(options.classes)}${options.errorMessage ? ' govuk-select--error' : ''}" id="${print(id)}" name="${print(options.name)}"${options.disabled ? ' disabled' : ''}${attribute('aria-describedby', ids)}${attributes(options.attributes)}>\n${choices}</select>\n`
    + `${beside(options.formGroup?.afterInput)}</div>`;
}
