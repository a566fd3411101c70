import type { Text } from '@guildhall/kernel-contract';
import type { ConfiguredLine } from './configurable';

/** Where a field is, and what it is called. @public */
export interface FieldPlace {
  /** The same for the same place in every content, and once in each: that of its line, without a language. */
  readonly key: string;
  /** Where its value stands in the content: `['settings', 'yearlyFee']`. */
  readonly path: readonly string[];
  /** What it belongs to, where several belong to one: `State “Ordered”`. */
  readonly group?: Text;
  readonly label: Text;
  /** Whether it may be left out: then it has a field where it is absent, too, and whoever empties the field takes it out. */
  readonly isOptional?: boolean;
}

/** An amount in whole pence, or a whole number; without a value where it is left out. @public */
export interface AmountField extends FieldPlace { readonly type: 'money' | 'number'; readonly value?: number; readonly atLeast: number; readonly atMost?: number }
/** Something that is so or not. @public */
export interface YesNoField extends FieldPlace { readonly type: 'yes-no'; readonly value: boolean }
/** Words in each language: one line, or as many as are needed; without a value where they are left out. @public */
export interface TextField extends FieldPlace { readonly type: 'line' | 'words'; readonly value?: Text; /** Characters in each language; 500 in a line and 20,000 in more unless told. */ readonly longest?: number }

/** One place of a content that an officer can type into. @public */
export type ConfiguredField = AmountField | YesNoField | TextField;

/** Lines of what is typed, for a comparison. Money is written by whoever has it. @public */
export function linesOfFields(fields: readonly (TextField | (AmountField & { readonly type: 'number' }))[]): readonly ConfiguredLine[] {
  return fields.flatMap(({ key, group, label: own, ...field }): readonly ConfiguredLine[] => {
    if (field.value === undefined) return [];
    const label = group ? { en: `${group.en}: ${own.en}`, cy: `${group.cy}: ${own.cy}` } : own;
    if (field.type === 'number') return [{ key, label, value: String(field.value) }];
    const { value } = field;
    return (['en', 'cy'] as const).map((language) => ({ key: `${key}.${language}`, label, language, value: value[language] }));
  });
}
