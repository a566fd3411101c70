import { attribute, attributes, isSame, more, print } from './html';
import type { Attributes, Content, Printable } from './html';
import { beside, describe, openGroup } from './form-group';
import type { QuestionOptions } from './form-group';
import { fieldset } from './fieldset';
import type { FieldsetOptions } from './fieldset';
import { hint } from './hint';
import { label } from './label';
import type { ComponentWords } from './words';

interface Choice extends Content {
  readonly id?: Printable;
  readonly name?: Printable;
  readonly value?: Printable;
  readonly label?: { readonly classes?: Printable; readonly attributes?: Attributes };
  readonly hint?: Content & { readonly classes?: Printable; readonly attributes?: Attributes };
  readonly divider?: Printable;
  readonly checked?: boolean;
  readonly conditional?: { readonly html?: Printable } | false;
  readonly behaviour?: Printable;
  readonly disabled?: boolean;
  readonly attributes?: Attributes;
}

interface ChoicesOptions extends Omit<QuestionOptions, 'label'> {
  readonly idPrefix?: Printable;
  readonly fieldset?: FieldsetOptions;
  readonly items?: readonly (Choice | null | false | undefined)[];
}

/** One of several. */
export interface RadiosOptions extends ChoicesOptions { readonly value?: Printable }
/** Any of several. */
export interface CheckboxesOptions extends ChoicesOptions { readonly values?: readonly Printable[] | string }

interface Kind {
  readonly block: 'govuk-radios' | 'govuk-checkboxes';
  readonly type: 'radio' | 'checkbox';
  readonly isChosen: (choice: Choice) => boolean;
}

function oneChoice(kind: Kind, options: ChoicesOptions, choice: Choice, index: number, idPrefix: Printable, describedBy: Printable): string {
  if (choice.divider) return `<div class="${kind.block}__divider">${print(choice.divider)}</div>\n`;
  const id = choice.id ? choice.id : `${String(idPrefix)}${index > 1 ? `-${index}` : ''}`;
  const hintId = choice.hint?.text || choice.hint?.html ? `${String(id)}-item-hint` : '';
  const descriptions = [describedBy, hintId].filter(Boolean).join(' ');
  const isChecked = choice.checked || kind.isChosen(choice);
  const revealed = choice.conditional ? choice.conditional.html : undefined;
  const name = kind.type === 'checkbox' && choice.name ? choice.name : options.name;
  return `<div class="${kind.block}__item">\n`
    + `<input class="${kind.block}__input" id="${print(id)}" name="${print(name)}" type="${kind.type}" value="${print(choice.value)}"${isChecked ? ' checked' : ''}${choice.disabled ? ' disabled' : ''}`
    + (revealed ? ` data-aria-controls="conditional-${print(id)}"` : '') + (kind.type === 'checkbox' ? attribute('data-behaviour', choice.behaviour) : '') + `${attribute('aria-describedby', descriptions)}${attributes(choice.attributes)}>\n`
    + `${label({ html: choice.html, text: choice.text, classes: `${kind.block}__label${choice.label?.classes ? ` ${String(choice.label.classes)}` : ''}`, attributes: choice.label?.attributes, for: id })}\n`
    + (hintId ? `${hint({ ...choice.hint, id: hintId, classes: `${kind.block}__hint${choice.hint?.classes ? ` ${String(choice.hint.classes)}` : ''}` })}\n` : '')
    + '</div>\n'
    + (revealed ? `<div class="${kind.block}__conditional${isChecked ? '' : ` ${kind.block}__conditional--hidden`}" id="conditional-${print(id)}">\n${String(revealed).trim()}\n</div>\n` : '');
}

function choices(kind: Kind, options: ChoicesOptions, describedBy: Printable, words: ComponentWords): string {
  const idPrefix = options.idPrefix ? options.idPrefix : options.name;
  const { html, ids } = describe(options, idPrefix, describedBy, words);
  const eachDescribedBy = kind.type === 'checkbox' && !options.fieldset ? ids : '';
  let items = '';
  let index = 0;
  for (const choice of options.items ?? []) {
    index += 1;
    if (choice) items += oneChoice(kind, options, choice, index, idPrefix, eachDescribedBy);
  }
  const inner = `${html}<div class="${kind.block}${more(options.classes)}"${attributes(options.attributes)} data-module="${kind.block}">\n${beside(options.formGroup?.beforeInputs)}${items}${beside(options.formGroup?.afterInputs)}</div>`;
  return `${openGroup(options)}${options.fieldset ? fieldset({ ...options.fieldset, role: undefined, describedBy: ids, html: inner }) : inner}\n</div>`;
}

/** https://design-system.service.gov.uk/components/radios/ */
export function radios(options: RadiosOptions, words: ComponentWords): string {
  const { value } = options;
  return choices({ block: 'govuk-radios', type: 'radio', isChosen: (choice) => (value ? isSame(choice.value, value) && choice.checked !== false : false) }, options, options.fieldset?.describedBy ? options.fieldset.describedBy : '', words);
}

/** https://design-system.service.gov.uk/components/checkboxes/ */
export function checkboxes(options: CheckboxesOptions, words: ComponentWords): string {
  const { values } = options;
  const includes = (value: Printable): boolean => (typeof values === 'string' ? values.includes(String(value)) : (values ?? []).some((one) => isSame(one, value)));
  return choices({ block: 'govuk-checkboxes', type: 'checkbox', isChosen: (choice) => (values ? includes(choice.value) && choice.checked !== false : false) }, options, options.fieldset?.describedBy ? options.fieldset.describedBy : options.describedBy ? options.describedBy : '', words);
}

