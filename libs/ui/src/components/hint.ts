import { attribute, attributes, content, more } from './html';
import type { Attributes, Content, Printable } from './html';

/** Help before a field. */
export interface HintOptions extends Content {
  readonly id?: Printable;
  readonly classes?: Printable;
  readonly attributes?: Attributes;
}

/** https://design-system.service.gov.uk/components/text-input/#hint-text */
export function hint(options: HintOptions): string {
  return `<div${attribute('id', options.id)} class="govuk-hint${more(options.classes)}"${attributes(options.attributes)}>\n  ${content(options)}\n</div>`;
}
