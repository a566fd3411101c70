import { attributes, content, more, print } from './html';
import type { Attributes, Content, Printable } from './html';
import type { ComponentWords } from './words';

interface LinkOptions extends Content {
  readonly href?: Printable;
  readonly classes?: Printable;
  readonly attributes?: Attributes;
}

/** https://design-system.service.gov.uk/components/back-link/ */
export function backLink(options: LinkOptions, words: ComponentWords): string {
  return `<a href="${print(options.href || '#')}" class="govuk-back-link${more(options.classes)}"${attributes(options.attributes)}>${options.html ? String(options.html) : print(options.text || words.back)}</a>`;
}

/** https://design-system.service.gov.uk/components/skip-link/ */
export function skipLink(options: LinkOptions): string {
  return `<a href="${print(options.href || '#content')}" class="govuk-skip-link${more(options.classes)}"${attributes(options.attributes)} data-module="govuk-skip-link">${content(options)}</a>`;
}

/** Where a page stands. */
export interface BreadcrumbsOptions {
  readonly items?: readonly LinkOptions[];
  readonly classes?: Printable;
  readonly collapseOnMobile?: boolean;
  readonly attributes?: Attributes;
  readonly labelText?: Printable;
}

/** https://design-system.service.gov.uk/components/breadcrumbs/ */
export function breadcrumbs(options: BreadcrumbsOptions, words: ComponentWords): string {
  let items = '';
  for (const item of options.items ?? []) {
    items += item.href
      ? `<li class="govuk-breadcrumbs__list-item">\n<a class="govuk-breadcrumbs__link" href="${print(item.href)}"${attributes(item.attributes)}>${content(item)}</a>\n</li>\n`
      : `<li class="govuk-breadcrumbs__list-item" aria-current="page">${content(item)}</li>\n`;
  }
  return `<nav class="govuk-breadcrumbs${more(options.classes)}${options.collapseOnMobile ? ' govuk-breadcrumbs--collapse-on-mobile' : ''}"${attributes(options.attributes)} aria-label="${print(options.labelText ?? words.breadcrumb)}">\n<ol class="govuk-breadcrumbs__list">\n${items}</ol>\n</nav>`;
}

interface PageLink extends LinkOptions { readonly labelText?: Printable }
interface PageItem { readonly number?: Printable; readonly visuallyHiddenText?: Printable; readonly href?: Printable; readonly current?: boolean; readonly ellipsis?: boolean; readonly attributes?: Attributes }

/** Before and after this page of a list. */
export interface PaginationOptions {
  readonly items?: readonly (PageItem | null)[];
  readonly previous?: PageLink;
  readonly next?: PageLink;
  readonly landmarkLabel?: Printable;
  readonly classes?: Printable;
  readonly attributes?: Attributes;
}

const ARROW = {
  prev: '<svg class="govuk-pagination__icon govuk-pagination__icon--prev" xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13">\n<path d="m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z"></path>\n</svg>',
  next: '<svg class="govuk-pagination__icon govuk-pagination__icon--next" xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13">\n<path d="m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z"></path>\n</svg>',
} as const;

function arrowLink(link: PageLink | undefined, type: 'prev' | 'next', isBlock: boolean, words: ComponentWords): string {
  if (!link?.href) return '';
  const title = link.html || link.text ? content(link) : `${type === 'prev' ? words.previous : words.next}<span class="govuk-visually-hidden"> ${words.page}</span>`;
  return `<div class="govuk-pagination__${type}">\n<a class="govuk-link govuk-pagination__link" href="${print(link.href)}" rel="${type}"${attributes(link.attributes)}>\n`
    + (isBlock || type === 'prev' ? ARROW[type] : '')
    + `<span class="govuk-pagination__link-title${isBlock && !link.labelText ? ' govuk-pagination__link-title--decorated' : ''}">\n${title}\n</span>\n`
    + (link.labelText && isBlock ? `<span class="govuk-visually-hidden">:</span>\n<span class="govuk-pagination__link-label">${print(link.labelText)}</span>\n` : '')
    + (!isBlock && type === 'next' ? ARROW[type] : '')
    + '</a>\n</div>\n';
}

function pageItem(item: PageItem, words: ComponentWords): string {
  const page = words.page.charAt(0).toUpperCase() + words.page.slice(1);
  const inner = item.ellipsis ? '&ctdot;' : `<a class="govuk-link govuk-pagination__link" href="${print(item.href)}" aria-label="${print(item.visuallyHiddenText ?? `${page} ${String(item.number)}`)}"${item.current ? ' aria-current="page"' : ''}${attributes(item.attributes)}>\n${print(item.number)}\n</a>`;
  return `<li class="govuk-pagination__item${item.current ? ' govuk-pagination__item--current' : ''}${item.ellipsis ? ' govuk-pagination__item--ellipsis' : ''}">\n${inner}\n</li>\n`;
}

/** https://design-system.service.gov.uk/components/pagination/ */
export function pagination(options: PaginationOptions, words: ComponentWords): string {
  const isBlock = !options.items && Boolean(options.next || options.previous);
  const items = options.items ? `<ul class="govuk-pagination__list">\n${options.items.filter((item) => item !== null && Object.keys(item).length > 0).map((item) => pageItem(item as PageItem, words)).join('')}</ul>\n` : '';
  return `<nav class="govuk-pagination${isBlock ? ' govuk-pagination--block' : ''}${more(options.classes)}" aria-label="${print(options.landmarkLabel || words.pagination)}"${attributes(options.attributes)}>\n`
    + `${arrowLink(options.previous, 'prev', isBlock, words)}${items}${arrowLink(options.next, 'next', isBlock, words)}</nav>`;
}

