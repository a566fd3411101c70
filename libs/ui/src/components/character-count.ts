import { attributes, content, i18nAttributes, isSafe, safe } from './html';
import type { Attributes, Printable } from './html';
import { hint } from './hint';
import { textarea } from './textarea';
import type { TextareaOptions } from './textarea';
import type { ComponentWords } from './words';

type Plural = Readonly<Record<string, string>>;

/** Several lines of text, with a count of what is left. */
export interface CharacterCountOptions extends TextareaOptions {
  readonly maxlength?: Printable;
  readonly maxwords?: Printable;
  readonly threshold?: Printable;
  readonly countType?: Printable;
  readonly textareaDescriptionText?: string;
  readonly countMessage?: { readonly classes?: string };
  readonly charactersUnderLimitText?: Plural;
  readonly charactersAtLimitText?: Printable;
  readonly charactersOverLimitText?: Plural;
  readonly wordsUnderLimitText?: Plural;
  readonly wordsAtLimitText?: Printable;
  readonly wordsOverLimitText?: Plural;
}

function groupAttributes(given: Attributes | undefined): string {
  if (typeof given === 'string' || isSafe(given)) return String(given);
  return attributes(given);
}

/** https://design-system.service.gov.uk/components/character-count/ */
export function characterCount(options: CharacterCountOptions, words: ComponentWords): string {
  const countType = options.countType ? options.countType : options.maxwords ? 'words' : undefined;
  const limit = options.maxwords || options.maxlength;
  const allowed = options.textareaDescriptionText || (countType === 'words' ? words.wordsAllowed : words.charactersAllowed);
  const id = options.id ? options.id : options.name;
  const counting = words.counting;
  const message = hint({ text: limit ? allowed.replaceAll('%{count}', String(limit)) : undefined, id: `${String(id)}-info`, classes: `govuk-character-count__message${options.countMessage?.classes ? ` ${options.countMessage.classes}` : ''}` });
  const group = attributes({
    'data-module': 'govuk-character-count',
    'data-maxlength': { value: options.maxlength, optional: true },
    'data-maxwords': { value: options.maxwords, optional: true },
    'data-threshold': { value: options.threshold, optional: true },
    'data-count-type': { value: countType ?? false, optional: true },
  })
    + (!limit && options.textareaDescriptionText ? i18nAttributes('textarea-description', { other: options.textareaDescriptionText }) : '')
    + i18nAttributes('characters-under-limit', options.charactersUnderLimitText ?? counting?.charactersUnderLimit)
    + i18nAttributes('characters-at-limit', options.charactersAtLimitText ?? counting?.charactersAtLimit)
    + i18nAttributes('characters-over-limit', options.charactersOverLimitText ?? counting?.charactersOverLimit)
    + (countType === 'words' || !counting ? i18nAttributes('words-under-limit', options.wordsUnderLimitText ?? counting?.wordsUnderLimit)
      + i18nAttributes('words-at-limit', options.wordsAtLimitText ?? counting?.wordsAtLimit)
      + i18nAttributes('words-over-limit', options.wordsOverLimitText ?? counting?.wordsOverLimit) : '')
    + groupAttributes(options.formGroup?.attributes);
  return textarea({
    ...options,
    id, describedBy: `${String(id)}-info`,
    formGroup: {
      classes: `govuk-character-count${options.formGroup?.classes ? ` ${String(options.formGroup.classes)}` : ''}`,
      attributes: safe(group), beforeInput: options.formGroup?.beforeInput,
      afterInput: { html: `${message}\n${options.formGroup?.afterInput ? content(options.formGroup.afterInput) : ''}` },
    },
    classes: `govuk-js-character-count${options.classes ? ` ${String(options.classes)}` : ''}`,
  }, words);
}
