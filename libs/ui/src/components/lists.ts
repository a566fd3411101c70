import { attributes, content, more, print } from './html';
import type { Attributes, Content, Printable } from './html';
import { tag } from './messages';

interface Styled extends Content { readonly classes?: Printable; readonly attributes?: Attributes }
interface Action extends Styled { readonly href?: Printable; readonly visuallyHiddenText?: Printable }
interface Actions { readonly items?: readonly Action[]; readonly classes?: Printable }
interface Row { readonly classes?: Printable; readonly key?: Styled; readonly value?: Styled; readonly actions?: Actions }
interface Card { readonly title?: Styled & { readonly headingLevel?: number }; readonly actions?: Actions; readonly classes?: Printable; readonly attributes?: Attributes }

/** Facts, each with its name. */
export interface SummaryListOptions {
  readonly rows?: readonly (Row | null | false | undefined)[];
  readonly card?: Card;
  readonly classes?: Printable;
  readonly attributes?: Attributes;
}

function actionLink(action: Action, cardTitle: Content | undefined): string {
  const hidden = action.visuallyHiddenText || cardTitle
    ? `<span class="govuk-visually-hidden">${action.visuallyHiddenText ? ` ${print(action.visuallyHiddenText)}` : ''}${cardTitle ? ` (${content(cardTitle)})` : ''}</span>` : '';
  return `<a class="govuk-link${more(action.classes)}" href="${print(action.href)}"${attributes(action.attributes)}>${action.html ? String(action.html) : print(action.text)}${hidden}</a>`;
}

function summaryRow(row: Row, anyHasActions: boolean, cardTitle: Content | undefined): string {
  const actions = row.actions?.items ?? [];
  let html = `<div class="govuk-summary-list__row${anyHasActions && !row.actions?.items ? ' govuk-summary-list__row--no-actions' : ''}${more(row.classes)}">\n<dt class="govuk-summary-list__key${more(row.key?.classes)}">\n${content(row.key)}\n</dt>\n<dd class="govuk-summary-list__value${more(row.value?.classes)}">\n${content(row.value)}\n</dd>\n`;
  if (actions.length > 0) {
    html += `<dd class="govuk-summary-list__actions${more(row.actions?.classes)}">\n`;
    if (actions.length === 1) html += actionLink(actions[0] as Action, cardTitle);
    else html += `<ul class="govuk-summary-list__actions-list">\n${actions.map((action) => `<li class="govuk-summary-list__actions-list-item">\n${actionLink(action, cardTitle)}\n</li>\n`).join('')}</ul>`;
    html += '\n</dd>\n';
  }
  return `${html}</div>\n`;
}

function cardActions(card: Card): string {
  const actions = card.actions?.items ?? [];
  if (actions.length === 0) return '';
  if (actions.length === 1) return `<div class="govuk-summary-card__actions${more(card.actions?.classes)}">\n${actionLink(actions[0] as Action, card.title)}\n</div>\n`;
  return `<ul class="govuk-summary-card__actions${more(card.actions?.classes)}">\n${actions.map((action) => `<li class="govuk-summary-card__action">\n${actionLink(action, card.title)}\n</li>\n`).join('')}</ul>\n`;
}

/** https://design-system.service.gov.uk/components/summary-list/ */
export function summaryList(options: SummaryListOptions): string {
  const rows = options.rows ?? [];
  const anyHasActions = rows.some((row) => row && (row.actions?.items?.length ?? 0) > 0);
  let html = `<dl class="govuk-summary-list${more(options.classes)}"${attributes(options.attributes)}>\n`;
  for (const row of rows) if (row) html += summaryRow(row, anyHasActions, options.card?.title);
  html += '</dl>';
  if (!options.card) return html;
  const level = options.card.title?.headingLevel || 2;
  const title = options.card.title ? `<h${level} class="govuk-summary-card__title${more(options.card.title.classes)}">\n${content(options.card.title)}\n</h${level}>\n` : '';
  return `<div class="govuk-summary-card${more(options.card.classes)}"${attributes(options.card.attributes)}>\n<div class="govuk-summary-card__title-wrapper">\n${title}${cardActions(options.card)}</div>\n<div class="govuk-summary-card__content">\n${html}\n</div>\n</div>`;
}

interface Cell extends Styled { readonly format?: Printable; readonly colspan?: Printable; readonly rowspan?: Printable }

/** Figures and facts to compare. */
export interface TableOptions {
  readonly caption?: Printable;
  readonly captionClasses?: Printable;
  readonly head?: readonly Cell[];
  readonly rows?: readonly (readonly Cell[] | null | false | undefined)[];
  readonly firstCellIsHeader?: boolean;
  readonly classes?: Printable;
  readonly attributes?: Attributes;
}

const spans = (cell: Cell): string => `${cell.colspan ? ` colspan="${print(cell.colspan)}"` : ''}${cell.rowspan ? ` rowspan="${print(cell.rowspan)}"` : ''}${attributes(cell.attributes)}`;

/** https://design-system.service.gov.uk/components/table/ */
export function table(options: TableOptions): string {
  let html = `<table class="govuk-table${more(options.classes)}"${attributes(options.attributes)}>\n`;
  if (options.caption) html += `<caption class="govuk-table__caption${more(options.captionClasses)}">${print(options.caption)}</caption>\n`;
  if (options.head) {
    html += '<thead class="govuk-table__head">\n<tr class="govuk-table__row">\n';
    for (const cell of options.head) html += `<th scope="col" class="govuk-table__header${cell.format ? ` govuk-table__header--${print(cell.format)}` : ''}${more(cell.classes)}"${spans(cell)}>${content(cell)}</th>\n`;
    html += '</tr>\n</thead>\n';
  }
  html += '<tbody class="govuk-table__body">\n';
  for (const row of options.rows ?? []) {
    if (!row) continue;
    html += '<tr class="govuk-table__row">\n';
    row.forEach((cell, index) => {
      html += index === 0 && options.firstCellIsHeader
        ? `<th scope="row" class="govuk-table__header${more(cell.classes)}"${spans(cell)}>${content(cell)}</th>\n`
        : `<td class="govuk-table__cell${cell.format ? ` govuk-table__cell--${print(cell.format)}` : ''}${more(cell.classes)}"${spans(cell)}>${content(cell)}</td>\n`;
    });
    html += '</tr>\n';
  }
  return `${html}</tbody>\n</table>`;
}

interface Task { readonly title?: Styled; readonly hint?: Content; readonly status?: Styled & { readonly tag?: Styled }; readonly href?: Printable; readonly classes?: Printable }

/** What there is to do, and how far it has got. */
export interface TaskListOptions {
  readonly items?: readonly (Task | null | false | undefined)[];
  readonly idPrefix?: Printable;
  readonly classes?: Printable;
  readonly attributes?: Attributes;
}

function task(item: Task, index: number, idPrefix: Printable): string {
  const id = `${print(idPrefix)}-${index}`;
  const title = item.href
    ? `<a class="govuk-link govuk-task-list__link${more(item.title?.classes)}" href="${print(item.href)}" aria-describedby="${item.hint ? `${id}-hint ` : ''}${id}-status">\n${content(item.title)}\n</a>\n`
    : `<div${item.title?.classes ? ` class="${print(item.title.classes)}"` : ''}>\n${content(item.title)}\n</div>\n`;
  const hint = item.hint ? `<div id="${id}-hint" class="govuk-task-list__hint">\n${content(item.hint)}\n</div>\n` : '';
  return `<li class="govuk-task-list__item${item.href ? ' govuk-task-list__item--with-link' : ''}${more(item.classes)}">\n<div class="govuk-task-list__name-and-hint">\n${title}${hint}</div>\n`
    + `<div class="govuk-task-list__status${more(item.status?.classes)}" id="${id}-status">\n${item.status?.tag ? tag(item.status.tag) : content(item.status)}\n</div>\n</li>\n`;
}

/** https://design-system.service.gov.uk/components/task-list/ */
export function taskList(options: TaskListOptions): string {
  const idPrefix = options.idPrefix || 'task-list';
  let items = '';
  (options.items ?? []).forEach((item, index) => { if (item) items += task(item, index + 1, idPrefix); });
  return `<ul class="govuk-task-list${more(options.classes)}"${attributes(options.attributes)}>\n${items}</ul>`;
}
