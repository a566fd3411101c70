import { attribute, attributes, content, print } from './html';
import type { Attributes, Content, Printable } from './html';

/** Does something. A verb, and what it does: "Pay £45.00". */
export interface ButtonOptions extends Content {
  readonly name?: Printable;
  readonly type?: Printable;
  readonly value?: Printable;
  readonly disabled?: boolean;
  /** A link that looks like a button: for beginning a journey only. */
  readonly href?: Printable;
  readonly classes?: Printable;
  readonly attributes?: Attributes;
  readonly preventDoubleClick?: boolean;
  readonly isStartButton?: boolean;
  readonly id?: Printable;
}

const START_ICON = '\n<svg class="govuk-button__start-icon" xmlns="http://www.w3.org/2000/svg" width="17.5" height="19" viewBox="0 0 33 40" aria-hidden="true" focusable="false">\n<path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z"/>\n</svg>';

/** https://design-system.service.gov.uk/components/button/ */
export function button(options: ButtonOptions): string {
  const common = ` class="govuk-button${options.classes ? ` ${print(options.classes)}` : ''}${options.isStartButton ? ' govuk-button--start' : ''}" data-module="govuk-button"${attributes(options.attributes)}${attribute('id', options.id)}`;
  const words = options.html && options.isStartButton ? `<span>${content(options)}</span>` : content(options);
  const inner = `${words}${options.isStartButton ? START_ICON : ''}`;
  if (options.href) return `<a href="${print(options.href)}" role="button" draggable="false"${common}>\n  ${inner}\n</a>`;
  return `<button type="${print(options.type || 'submit')}"${attribute('value', options.value)}${attribute('name', options.name)}${options.disabled ? ' disabled aria-disabled="true"' : ''}`
    + `${options.preventDoubleClick === undefined ? '' : ` data-prevent-double-click="${String(options.preventDoubleClick)}"`}${common}>\n  ${inner}\n</button>`;
}
