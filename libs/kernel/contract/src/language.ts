/** The languages in which a resident can be served. @public */
export type Language = 'en' | 'cy';

/** Every language, in the order in which a switch offers them. @public */
export const LANGUAGES: readonly Language[] = ['en', 'cy'];

/**
 * The same words in every language. A missing one does not compile.
 * @public
 * @example const title: Text = { en: 'Garden waste', cy: 'Gwastraff gardd' };
 */
export type Text = Readonly<Record<Language, string>>;

/** Messages as a tree; a leaf is an ICU MessageFormat pattern. @public */
export interface TextTree {
  readonly [key: string]: string | TextTree;
}

/** A tree with exactly the keys of another one: what a translation must be. @public */
export type Translation<Tree> = { readonly [Key in keyof Tree]: Tree[Key] extends string ? string : Translation<Tree[Key]> };

/** A module's messages in every language, found in templates as `t('<module>.<path>')`. @public */
export interface Texts {
  readonly en: TextTree;
  readonly cy: TextTree;
}

/**
 * Declares the messages that residents read. The Welsh tree must have the English tree's keys, or the build fails.
 * @public
 */
export function defineTexts<const Tree extends TextTree>(texts: { readonly en: Tree; readonly cy: Translation<Tree> }): Texts {
  return texts as Texts;
}

/**
 * Declares messages that only officers read: English now, Welsh when a council brings it (missing messages fall back to English).
 * @public
 */
export function defineDeskTexts<const Tree extends TextTree>(texts: { readonly en: Tree; readonly cy?: TextTree }): Texts {
  return { en: texts.en, cy: texts.cy ?? texts.en };
}
