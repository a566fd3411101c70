import type { Language } from '@guildhall/kernel-contract';

/** The words that components say by themselves, so that no page has to repeat them in every language. */
export interface ComponentWords {
  readonly back: string;
  readonly breadcrumb: string;
  readonly error: string;
  readonly warning: string;
  readonly success: string;
  readonly important: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly previous: string;
  readonly next: string;
  readonly pagination: string;
  readonly page: string;
  readonly problem: string;
  readonly charactersAllowed: string;
  readonly wordsAllowed: string;
  /** Handed to the character count's script: plural forms by CLDR rule. Left out in English, which the script knows. */
  readonly counting?: {
    readonly charactersUnderLimit: Readonly<Record<string, string>>;
    readonly charactersAtLimit: string;
    readonly charactersOverLimit: Readonly<Record<string, string>>;
    readonly wordsUnderLimit: Readonly<Record<string, string>>;
    readonly wordsAtLimit: string;
    readonly wordsOverLimit: Readonly<Record<string, string>>;
  };
}

/** The English words are those of GOV.UK Frontend. */
export const COMPONENT_WORDS: Readonly<Record<Language, ComponentWords>> = {
  en: {
    back: 'Back', breadcrumb: 'Breadcrumb', error: 'Error', warning: 'Warning', success: 'Success', important: 'Important',
    day: 'Day', month: 'Month', year: 'Year', previous: 'Previous', next: 'Next', pagination: 'Pagination', page: 'page',
    problem: 'There is a problem', charactersAllowed: 'You can enter up to %{count} characters', wordsAllowed: 'You can enter up to %{count} words',
  },
  cy: {
    back: 'Yn ôl', breadcrumb: 'Briwsion bara', error: 'Gwall', warning: 'Rhybudd', success: 'Llwyddiant', important: 'Pwysig',
    day: 'Diwrnod', month: 'Mis', year: 'Blwyddyn', previous: 'Blaenorol', next: 'Nesaf', pagination: 'Tudalennu', page: 'tudalen',
    problem: 'Mae problem wedi codi', charactersAllowed: 'Gallwch ddefnyddio hyd at %{count} nod', wordsAllowed: 'Gallwch ddefnyddio hyd at %{count} gair',
    counting: {
      charactersUnderLimit: {
        zero: 'Mae gennych %{count} nod ar ôl', one: 'Mae gennych %{count} nod ar ôl', two: 'Mae gennych %{count} nod ar ôl',
        few: 'Mae gennych %{count} nod ar ôl', many: 'Mae gennych %{count} nod ar ôl', other: 'Mae gennych %{count} nod ar ôl',
      },
      charactersAtLimit: 'Nid oes gennych unrhyw nodau ar ôl',
      charactersOverLimit: {
        zero: 'Mae gennych %{count} nod yn ormod', one: 'Mae gennych %{count} nod yn ormod', two: 'Mae gennych %{count} nod yn ormod',
        few: 'Mae gennych %{count} nod yn ormod', many: 'Mae gennych %{count} nod yn ormod', other: 'Mae gennych %{count} nod yn ormod',
      },
      wordsUnderLimit: {
        zero: 'Mae gennych %{count} gair ar ôl', one: 'Mae gennych %{count} gair ar ôl', two: 'Mae gennych %{count} air ar ôl',
        few: 'Mae gennych %{count} gair ar ôl', many: 'Mae gennych %{count} gair ar ôl', other: 'Mae gennych %{count} gair ar ôl',
      },
      wordsAtLimit: 'Nid oes gennych unrhyw eiriau ar ôl',
      wordsOverLimit: {
        zero: 'Mae gennych %{count} gair yn ormod', one: 'Mae gennych %{count} gair yn ormod', two: 'Mae gennych %{count} air yn ormod',
        few: 'Mae gennych %{count} gair yn ormod', many: 'Mae gennych %{count} gair yn ormod', other: 'Mae gennych %{count} gair yn ormod',
      },
    },
  },
};

/** One component: options in the shape of GOV.UK Frontend's, and the page's words. */
export type Component<Options> = (options: Options, words: ComponentWords, caller?: () => SafeHtmlLike) => string;

/** What a `{% call %}` block hands over. */
export interface SafeHtmlLike { toString(): string }
