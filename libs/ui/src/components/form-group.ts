import { attributes, content, more } from './html';
import type { Attributes, Content, Printable } from './html';
import type { ComponentWords } from './words';
import { errorMessage } from './error-message';
import type { ErrorMessageOptions } from './error-message';
import { hint } from './hint';
import type { HintOptions } from './hint';
import type { LabelOptions } from './label';

/** The element around a question. */
export interface FormGroupOptions {
  readonly classes?: Printable;
  readonly attributes?: Attributes;
  readonly beforeInput?: Content;
  readonly afterInput?: Content;
  readonly beforeInputs?: Content;
  readonly afterInputs?: Content;
}

/** What every question has. */
export interface QuestionOptions {
  readonly id?: Printable;
  readonly name?: Printable;
  readonly describedBy?: Printable;
  readonly label?: LabelOptions;
  readonly hint?: HintOptions;
  readonly errorMessage?: ErrorMessageOptions;
  readonly formGroup?: FormGroupOptions;
  readonly classes?: Printable;
  readonly attributes?: Attributes;
}

/** Opens the element around a question. */
export function openGroup(options: Pick<QuestionOptions, 'errorMessage' | 'formGroup'>): string {
  return `<div class="govuk-form-group${options.errorMessage ? ' govuk-form-group--error' : ''}${more(options.formGroup?.classes)}"${attributes(options.formGroup?.attributes)}>\n`;
}

/** Hint and error message of a question, and the ids that its field must name as its description. */
export function describe(options: Pick<QuestionOptions, 'hint' | 'errorMessage'>, id: Printable, describedBy: Printable, words: ComponentWords): { readonly html: string; readonly ids: Printable } {
  let html = '';
  let ids: Printable = describedBy;
  const add = (another: string): void => { ids = ids ? `${String(ids)} ${another}` : another; };
  if (options.hint) {
    add(`${String(id)}-hint`);
    html += `${hint({ ...options.hint, id: `${String(id)}-hint` })}\n`;
  }
  if (options.errorMessage) {
    add(`${String(id)}-error`);
    html += `${errorMessage({ ...options.errorMessage, id: `${String(id)}-error` }, words)}\n`;
  }
  return { html, ids };
}

/** Something that a page puts before or after the field. */
export function beside(given: Content | undefined): string {
  return given ? `${content(given)}\n` : '';
}
