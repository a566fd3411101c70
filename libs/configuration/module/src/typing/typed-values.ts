import type { ConfiguredField, TextField } from '@guildhall/configuration-contract';
import type { FormBody } from '@guildhall/kernel';
import { LANGUAGES, type Language, type Text } from '@guildhall/kernel-contract';

/** Why what was typed is no value, by the key of its message. */
export interface TypingMistake {
  /** The input beside which it is said. */
  readonly field: string;
  readonly key: 'money' | 'number' | 'too-low' | 'too-high' | 'choose' | 'missing-en' | 'missing-cy' | 'too-long';
  readonly of: ConfiguredField;
}

/** Values by the key of their field; undefined where it is left out. */
export type TypedValues = ReadonlyMap<string, ConfiguredField['value']>;

const LONGEST = { line: 500, words: 20_000 } as const;

/** The name of an input: apart from every name that a form has of its own. */
export function inputName(key: string, language?: Language): string {
  return ['value', key, ...(language ? [language] : [])].join('.');
}

/** What the form shows of a value, by input. */
export function typedOf(field: ConfiguredField): Readonly<Record<string, string>> {
  switch (field.type) {
    case 'money': return { [inputName(field.key)]: field.value === undefined ? '' : poundsOf(field.value) };
    case 'number': return { [inputName(field.key)]: String(field.value ?? '') };
    case 'yes-no': return { [inputName(field.key)]: field.value ? 'yes' : 'no' };
    case 'line': case 'words': return Object.fromEntries(LANGUAGES.map((language) => [inputName(field.key, language), field.value?.[language] ?? '']));
  }
}

/** `4550` as `45.50`. */
export function poundsOf(pence: number): string {
  return (pence / 100).toFixed(2);
}

/** The longest that words of a field may be, in characters. */
export function longestOf(field: ConfiguredField): number {
  return isText(field) ? (field.longest ?? LONGEST[field.type]) : 0;
}

/** Whether a field has words in each language. */
export function isText(field: ConfiguredField): field is TextField {
  return field.type === 'line' || field.type === 'words';
}

/** Reads what was typed, and says all that is wrong with it. */
export function readTyped(fields: readonly ConfiguredField[], body: FormBody): { readonly values: TypedValues; readonly mistakes: readonly TypingMistake[] } {
  const read = fields.map((field) => ({ field, ...readField(field, (language) => { const typed = body[inputName(field.key, language)]; return typeof typed === 'string' ? typed : ''; }) }));
  return {
    values: new Map(read.flatMap(({ field, value, mistakes }) => (mistakes.length > 0 ? [] : [[field.key, value] as const]))),
    mistakes: read.flatMap(({ field, mistakes }) => mistakes.map(([key, language]) => ({ key, field: inputName(field.key, language), of: field }))),
  };
}

interface Read { readonly value?: ConfiguredField['value']; readonly mistakes: readonly (readonly [TypingMistake['key'], Language?])[] }

function readField(field: ConfiguredField, typed: (language?: Language) => string): Read {
  if (field.type === 'yes-no') return ['yes', 'no'].includes(typed()) ? { value: typed() === 'yes', mistakes: [] } : { mistakes: [['choose']] };
  if (field.isOptional && (isText(field) ? LANGUAGES : [undefined]).every((language) => typed(language).trim() === '')) return { mistakes: [] };
  if (isText(field)) return readText(field, typed);
  const value = field.type === 'money' ? penceOf(typed()) : wholeNumberOf(typed());
  if (value === undefined) return { mistakes: [[field.type]] };
  if (value < field.atLeast) return { mistakes: [['too-low']] };
  return field.atMost !== undefined && value > field.atMost ? { mistakes: [['too-high']] } : { value, mistakes: [] };
}

function readText(field: TextField, typed: (language?: Language) => string): Read {
  const words = (language: Language): string => wordsIn(field.type, typed(language), field.value?.[language] ?? '');
  const value: Text = { en: words('en'), cy: words('cy') };
  const mistakes = LANGUAGES.flatMap((language): Read['mistakes'] => (value[language] === '' ? [[`missing-${language}`, language]] : value[language].length > longestOf(field) ? [['too-long', language]] : []));
  return mistakes.length > 0 ? { mistakes } : { value, mistakes };
}

/** Browsers send every line end as two characters, and people leave blanks at the ends: what was there and is the same but for those stays as it was. */
function wordsIn(type: 'line' | 'words', typed: string, before: string): string {
  const tidy = (text: string): string => (type === 'line' ? text.replace(/\s*[\r\n]+\s*/g, ' ') : text.replace(/\r\n?/g, '\n')).trim();
  return tidy(typed) === tidy(before) ? before : tidy(typed);
}

function penceOf(typed: string): number | undefined {
  const [, pounds, pence = '00'] = /^£?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{2}))?$/.exec(typed.trim()) ?? [];
  return pounds === undefined ? undefined : Number(pounds.replaceAll(',', '')) * 100 + Number(pence);
}

function wholeNumberOf(typed: string): number | undefined {
  return /^\d{1,12}$/.test(typed.trim()) ? Number(typed.trim()) : undefined;
}
