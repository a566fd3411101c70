import { attribute, attributes, i18nAttributes, more, print } from './html';
import type { Attributes, Printable } from './html';
import { beside, describe, openGroup } from './form-group';
import type { QuestionOptions } from './form-group';
import { label } from './label';
import type { ComponentWords } from './words';

/** A file or photo. */
export interface FileUploadOptions extends QuestionOptions {
  readonly disabled?: boolean;
  readonly multiple?: boolean;
  /** With the drop zone of GOV.UK Frontend. */
  readonly javascript?: boolean;
  readonly wrapperClasses?: Printable;
  readonly wrapperAttributes?: Attributes;
  readonly chooseFilesButtonText?: Printable;
  readonly noFileChosenText?: Printable;
  readonly multipleFilesChosenText?: Readonly<Record<string, string>>;
  readonly dropInstructionText?: Printable;
  readonly enteredDropZoneText?: Printable;
  readonly leftDropZoneText?: Printable;
}

function dropZone(options: FileUploadOptions, field: string): string {
  if (!options.javascript) return field;
  return `<div class="govuk-file-upload-wrapper${more(options.wrapperClasses)}" data-module="govuk-file-upload"${i18nAttributes('choose-files-button', options.chooseFilesButtonText)}${i18nAttributes('no-file-chosen', options.noFileChosenText)}`
    + `${i18nAttributes('multiple-files-chosen', options.multipleFilesChosenText)}${i18nAttributes('drop-instruction', options.dropInstructionText)}${i18nAttributes('entered-drop-zone', options.enteredDropZoneText)}${i18nAttributes('left-drop-zone', options.leftDropZoneText)}`
    + `${attributes(options.wrapperAttributes)}>\n${field}</div>\n`;
}

/** https://design-system.service.gov.uk/components/file-upload/ */
export function fileUpload(options: FileUploadOptions, words: ComponentWords): string {
  const id = options.id ? options.id : options.name;
  const { html, ids } = describe(options, id, options.describedBy ? options.describedBy : '', words);
  const field = `<input class="govuk-file-upload${more(options.classes)}${options.errorMessage ? ' govuk-file-upload--error' : ''}" id="${print(id)}" name="${print(options.name)}" type="file"${options.disabled ? ' disabled' : ''}${options.multiple ? ' multiple' : ''}${attribute('aria-describedby', ids)}${attributes(options.attributes)}>\n`;
  return `${openGroup(options)}${label({ ...options.label, for: id })}\n${html}${beside(options.formGroup?.beforeInput)}${dropZone(options, field)}${beside(options.formGroup?.afterInput)}</div>`;
}
