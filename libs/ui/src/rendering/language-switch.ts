import type { Language } from '@guildhall/kernel-contract';

/** A language as the switch offers it, in its own words. */
export interface OfferedLanguage { readonly language: Language; readonly name: string; readonly href?: string }

const NAMES: Readonly<Record<Language, string>> = { en: 'English', cy: 'Cymraeg' };

/** The same place in another language: the page's own address with `lang`, everything else kept. */
export function inLanguage(path: string, language: Language): string {
  const at = path.indexOf('?');
  const parameters = new URLSearchParams(at < 0 ? '' : path.slice(at + 1));
  parameters.set('lang', language);
  return `${at < 0 ? path : path.slice(0, at)}?${parameters.toString()}`;
}

/** What the switch shows: the current language as text, the others as links. */
export function languageSwitch(languages: readonly Language[], current: Language, path: string): readonly OfferedLanguage[] {
  return languages.map((language) => ({ language, name: NAMES[language], href: language === current ? undefined : inLanguage(path, language) }));
}
