/** What councils and suppliers add to a catalogue: how a supplier supports a package, that a council runs one and what came of it, and that somebody asks for help or offers it. */
export const CONTRIBUTION_KINDS = ['offer', 'adoption', 'help'] as const;
export type ContributionKind = (typeof CONTRIBUTION_KINDS)[number];

/** A field of a form. `pounds` is kept in pence, `month` as `2026-11`. */
export interface Field { readonly name: string; readonly as: 'text' | 'long' | 'whole' | 'pounds' | 'month' | 'web' | 'one' | 'some'; readonly isNeeded?: boolean; readonly choices?: readonly string[] }
interface Form {
  /** Whether it is about a package that is listed here; `may` where it can also be about none. */
  readonly package: 'must' | 'may';
  readonly fields: readonly Field[];
}

export const SUPPORT = ['hosting', 'installing', 'support', 'changes', 'training', 'assessing'] as const;
export const PRICED_PER = ['day', 'month', 'year', 'once', 'on-request'] as const;

/** One form for suppliers of any size: whoever is larger is not asked otherwise. */
export const FORMS: Readonly<Record<ContributionKind, Form>> = {
  offer: {
    package: 'may',
    fields: [
      { name: 'what', as: 'some', isNeeded: true, choices: SUPPORT }, { name: 'text', as: 'long', isNeeded: true }, { name: 'price', as: 'pounds' }, { name: 'per', as: 'one', isNeeded: true, choices: PRICED_PER },
      { name: 'answers', as: 'whole', isNeeded: true }, { name: 'languages', as: 'some', isNeeded: true, choices: ['en', 'cy'] }, { name: 'people', as: 'one', isNeeded: true, choices: ['1', '2-9', '10-49', '50-249', '250'] }, { name: 'web', as: 'web' },
    ],
  },
  adoption: {
    package: 'must',
    fields: [
      { name: 'since', as: 'month', isNeeded: true }, { name: 'state', as: 'one', isNeeded: true, choices: ['trying', 'live', 'stopped'] }, { name: 'benefit', as: 'long', isNeeded: true }, { name: 'saving', as: 'pounds' },
      { name: 'steps', as: 'whole' }, { name: 'evidence', as: 'whole' }, { name: 'method', as: 'long' }, { name: 'web', as: 'web' },
    ],
  },
  help: { package: 'may', fields: [{ name: 'way', as: 'one', isNeeded: true, choices: ['asks', 'offers'] }, { name: 'title', as: 'text', isNeeded: true }, { name: 'text', as: 'long', isNeeded: true }, { name: 'web', as: 'web' }] },
};

/** What was written into a form. */
export type Written = Readonly<Record<string, string | number | readonly string[]>>;
