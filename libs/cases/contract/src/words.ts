import type { Language, Text } from '@guildhall/kernel-contract';

/** Values for the placeholders in a case type's words: `((reference))`. One that is missing is left out. @public */
export type WordValues = Readonly<Record<string, string | undefined>>;

/**
 * Fills a pattern: `((name))` becomes its value, and `[[ … ]]` stays only when every placeholder inside has a value.
 * @public
 * @example fillWords('On their way[[, by ((dueOn))]].', {}) // 'On their way.'
 */
export function fillWords(pattern: string, values: WordValues): string {
  return pattern
    .replace(/\[\[((?:(?!\]\]).)*)\]\]/gs, (_, inside: string) => (namesIn(inside).every((name) => values[name]) ? inside : ''))
    .replace(/\(\((\w+)\)\)/g, (_, name: string) => values[name] ?? '');
}

/** Whether there is anything to fill. */
export function isPattern(words: string): boolean {
  return words.includes('((') || words.includes('[[');
}

/** The placeholders that a pattern names. @public */
export function namesIn(pattern: string): readonly string[] {
  return [...pattern.matchAll(/\(\((\w+)\)\)/g)].map((match) => match[1] ?? '');
}

/** Words that are the same in every language (what somebody typed), or different ones. @public */
export type Words = string | Text;

/** The words in a language. @public */
export function wordsIn(words: Words, language: Language): string {
  return typeof words === 'string' ? words : words[language];
}
