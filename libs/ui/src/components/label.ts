import { attribute, attributes, content, more } from './html';
import type { Attributes, Content, Printable } from './html';

/** The words of a question with one field. */
export interface LabelOptions extends Content {
  readonly for?: Printable;
  readonly classes?: Printable;
  readonly isPageHeading?: boolean;
  readonly attributes?: Attributes;
}

/** https://design-system.service.gov.uk/components/text-input/ */
export function label(options: LabelOptions): string {
  if (!options.html && !options.text) return '';
  const html = `<label class="govuk-label${more(options.classes)}"${attributes(options.attributes)}${attribute('for', options.for)}>\n  ${content(options)}\n</label>`;
  return options.isPageHeading ? `<h1 class="govuk-label-wrapper">\n  ${html}\n</h1>` : html;
}
