import { attribute, attributes, content, more, print } from './html';
import type { Attributes, Content, Printable } from './html';
import type { ComponentWords } from './words';

/** What is wrong with a field, and what to do. */
export interface ErrorMessageOptions extends Content {
  readonly id?: Printable;
  readonly classes?: Printable;
  readonly attributes?: Attributes;
  readonly visuallyHiddenText?: Printable | false;
}

/** https://design-system.service.gov.uk/components/error-message/ */
export function errorMessage(options: ErrorMessageOptions, words: ComponentWords): string {
  const hidden = options.visuallyHiddenText === undefined ? words.error : options.visuallyHiddenText;
  return `<p${attribute('id', options.id)} class="govuk-error-message${more(options.classes)}"${attributes(options.attributes)}>\n  ${hidden ? `<span class="govuk-visually-hidden">${print(hidden)}:</span> ` : ''}${content(options)}\n</p>`;
}
