import { attribute, attributes, content, more } from './html';
import type { Attributes, Content, Printable } from './html';
import type { ComponentWords, SafeHtmlLike } from './words';

/** The words of a question with several fields. */
export interface LegendOptions extends Content {
  readonly classes?: Printable;
  readonly isPageHeading?: boolean;
}

/** A question with several fields. */
export interface FieldsetOptions {
  readonly legend?: LegendOptions;
  readonly describedBy?: Printable;
  readonly classes?: Printable;
  readonly role?: Printable;
  readonly attributes?: Attributes;
  readonly html?: Printable;
}

function legend(options: LegendOptions | undefined): string {
  if (!options?.html && !options?.text) return '';
  const html = options.isPageHeading ? `<h1 class="govuk-fieldset__heading">\n      ${content(options)}\n    </h1>` : content(options);
  return `<legend class="govuk-fieldset__legend${more(options.classes)}">\n  ${html}\n  </legend>\n`;
}

/** https://design-system.service.gov.uk/components/fieldset/ */
export function fieldset(options: FieldsetOptions, _words?: ComponentWords, caller?: () => SafeHtmlLike): string {
  const inner = caller ? caller().toString() : options.html ? String(options.html) : '';
  return `<fieldset class="govuk-fieldset${more(options.classes)}"${attribute('role', options.role)}${attribute('aria-describedby', options.describedBy)}${attributes(options.attributes)}>\n${legend(options.legend)}${inner}\n</fieldset>`;
}
