import { attribute, attributes, content, more, print } from './html';
import type { Attributes, Content, Printable } from './html';
import { button } from './button';
import type { ComponentWords, SafeHtmlLike } from './words';

type Caller = (() => SafeHtmlLike) | undefined;

interface BlockOptions extends Content {
  readonly id?: Printable;
  readonly classes?: Printable;
  readonly attributes?: Attributes;
}

const inside = (options: Content, caller: Caller): string => (caller ? caller().toString() : content(options));

/** Everything that is wrong with a form, each with a link to its field. */
export interface ErrorSummaryOptions {
  readonly titleText?: Printable;
  readonly titleHtml?: Printable;
  readonly descriptionText?: Printable;
  readonly descriptionHtml?: Printable;
  readonly errorList?: readonly (Content & { readonly href?: Printable; readonly attributes?: Attributes })[];
  readonly disableAutoFocus?: boolean;
  readonly classes?: Printable;
  readonly attributes?: Attributes;
}

/** https://design-system.service.gov.uk/components/error-summary/ */
export function errorSummary(options: ErrorSummaryOptions, words: ComponentWords, caller?: Caller): string {
  const description = caller || options.descriptionHtml || options.descriptionText ? `<p>\n${inside({ html: options.descriptionHtml, text: options.descriptionText }, caller)}\n</p>\n` : '';
  let items = '';
  for (const item of options.errorList ?? []) items += `<li>${item.href ? `<a href="${print(item.href)}"${attributes(item.attributes)}>${content(item)}</a>` : content(item)}</li>\n`;
  return `<div class="govuk-error-summary${more(options.classes)}"${options.disableAutoFocus === undefined ? '' : ` data-disable-auto-focus="${String(options.disableAutoFocus)}"`}${attributes(options.attributes)} data-module="govuk-error-summary">\n`
    + `<div role="alert">\n<h2 class="govuk-error-summary__title">\n${content({ html: options.titleHtml, text: options.titleText ?? words.problem })}\n</h2>\n<div class="govuk-error-summary__body">\n${description}`
    + `${items ? `<ul class="govuk-list govuk-error-summary__list">\n${items}</ul>\n` : ''}</div>\n</div>\n</div>`;
}

/** https://design-system.service.gov.uk/components/inset-text/ */
export function insetText(options: BlockOptions, _words?: ComponentWords, caller?: Caller): string {
  return `<div${attribute('id', options.id)} class="govuk-inset-text${more(options.classes)}"${attributes(options.attributes)}>\n  ${inside(options, caller)}\n</div>`;
}

/** https://design-system.service.gov.uk/components/warning-text/ */
export function warningText(options: BlockOptions & { readonly iconFallbackText?: Printable }, words: ComponentWords): string {
  return `<div class="govuk-warning-text${more(options.classes)}"${attributes(options.attributes)}>\n  <span class="govuk-warning-text__icon" aria-hidden="true">!</span>\n`
    + `  <strong class="govuk-warning-text__text">\n    <span class="govuk-visually-hidden">${print(options.iconFallbackText || words.warning)}</span>\n    ${content(options)}\n  </strong>\n</div>`;
}

/** More for those who want it. */
export interface DetailsOptions extends BlockOptions {
  readonly summaryText?: Printable;
  readonly summaryHtml?: Printable;
  readonly open?: boolean;
}

/** https://design-system.service.gov.uk/components/details/ */
export function details(options: DetailsOptions, _words?: ComponentWords, caller?: Caller): string {
  return `<details${attribute('id', options.id)} class="govuk-details${more(options.classes)}"${attributes(options.attributes)}${options.open ? ' open' : ''}>\n  <summary class="govuk-details__summary">\n`
    + `    <span class="govuk-details__summary-text">\n      ${content({ html: options.summaryHtml, text: options.summaryText })}\n    </span>\n  </summary>\n  <div class="govuk-details__text">\n    ${inside(options, caller)}\n  </div>\n</details>`;
}

interface PanelAction { readonly text?: Printable; readonly href?: Printable; readonly type?: Printable; readonly classes?: Printable; readonly attributes?: Attributes }

/** "It is done". */
export interface PanelOptions extends BlockOptions {
  readonly titleText?: Printable;
  readonly titleHtml?: Printable;
  readonly headingLevel?: number;
  readonly actions?: { readonly items?: readonly PanelAction[]; readonly classes?: Printable; readonly attributes?: Attributes };
}

function panelAction(action: PanelAction): string {
  if (!action.href || action.type === 'button') return button({ text: action.text, type: action.type || 'button', classes: `govuk-button--inverse${action.classes ? ` ${String(action.classes)}` : ''}`, href: action.href, attributes: action.attributes });
  return `<a class="govuk-link govuk-link--inverse${more(action.classes)}" href="${print(action.href)}"${attributes(action.attributes)}>${print(action.text)}</a>`;
}

function panelActions(options: PanelOptions): string {
  const { actions } = options;
  if (!actions || !String(options.classes ?? '').includes('govuk-panel--interruption')) return '';
  const items = actions.items?.length ? `<div class="govuk-button-group">\n${actions.items.map(panelAction).join('\n')}\n</div>\n` : '';
  return `<div class="govuk-panel__actions${more(actions.classes)}"${attributes(actions.attributes)}>\n${items}</div>\n`;
}

/** https://design-system.service.gov.uk/components/panel/ */
export function panel(options: PanelOptions, _words?: ComponentWords, caller?: Caller): string {
  const level = options.headingLevel || 1;
  const isInterruption = String(options.classes ?? '').includes('govuk-panel--interruption');
  const body = caller || options.html || options.text ? `<div class="govuk-panel__body">\n${inside(options, caller)}\n</div>\n` : '';
  return `<div class="govuk-panel${isInterruption ? '' : ' govuk-panel--confirmation'}${more(options.classes)}"${attributes(options.attributes)}>\n`
    + `<h${level} class="govuk-panel__title">\n${content({ html: options.titleHtml, text: options.titleText })}\n</h${level}>\n${body}${panelActions(options)}</div>`;
}

/** A message about the page as a whole. */
export interface NotificationBannerOptions extends BlockOptions {
  readonly type?: 'success' | (string & {});
  readonly role?: Printable;
  readonly titleText?: Printable;
  readonly titleHtml?: Printable;
  readonly titleHeadingLevel?: Printable;
  readonly titleId?: Printable;
  readonly disableAutoFocus?: boolean;
}

/** https://design-system.service.gov.uk/components/notification-banner/ */
export function notificationBanner(options: NotificationBannerOptions, words: ComponentWords, caller?: Caller): string {
  const isSuccess = options.type === 'success';
  const titleId = print(options.titleId || 'govuk-notification-banner-title');
  const level = print(options.titleHeadingLevel || 2);
  const title = options.titleHtml ? String(options.titleHtml) : print(options.titleText || (isSuccess ? words.success : words.important));
  const body = caller ? caller().toString() : options.html ? content(options) : options.text ? `<p class="govuk-notification-banner__heading">\n${print(options.text).trim()}\n</p>` : '';
  return `<div class="govuk-notification-banner${isSuccess ? ' govuk-notification-banner--success' : ''}${more(options.classes)}" role="${print(options.role || (isSuccess ? 'alert' : 'region'))}" aria-labelledby="${titleId}" data-module="govuk-notification-banner"`
    + `${options.disableAutoFocus === undefined ? '' : ` data-disable-auto-focus="${String(options.disableAutoFocus)}"`}${attributes(options.attributes)}>\n`
    + `<div class="govuk-notification-banner__header">\n<h${level} class="govuk-notification-banner__title" id="${titleId}">\n${title}\n</h${level}>\n</div>\n<div class="govuk-notification-banner__content">\n${body}\n</div>\n</div>`;
}

/** https://design-system.service.gov.uk/components/tag/ */
export function tag(options: BlockOptions): string {
  return `<strong class="govuk-tag${more(options.classes)}"${attributes(options.attributes)}>\n  ${content(options)}\n</strong>`;
}

/** https://design-system.service.gov.uk/components/phase-banner/ */
export function phaseBanner(options: BlockOptions & { readonly tag?: BlockOptions }): string {
  const label = tag({ text: options.tag?.text, html: options.tag?.html, classes: `govuk-phase-banner__content__tag${options.tag?.classes ? ` ${String(options.tag.classes)}` : ''}` });
  return `<div class="govuk-phase-banner govuk-width-container${more(options.classes)}"${attributes(options.attributes)}>\n<p class="govuk-phase-banner__content">\n${label}\n<span class="govuk-phase-banner__text">\n${content(options)}\n</span>\n</p>\n</div>`;
}
