import type { Language, RequestContext } from '@guildhall/kernel-contract';
import { extensionsOf } from '@guildhall/kernel';
import { STANDARD_TEXT, fillWords, wordValues, type CaseRecord, type CaseTransition, type CaseType, type PlainDate } from '@guildhall/cases-contract';

/** A text that fits, with the case's own facts in it, in the language of whoever reads it. */
export interface FittingText { readonly id: string; readonly title: string; readonly text: string }

/** The standard texts for one use in one case. @param use a step, for the reasons that it asks for */
export function standardTextsFor(ctx: RequestContext, type: CaseType, record: CaseRecord, use: 'update' | 'note' | CaseTransition, today: PlainDate): readonly FittingText[] {
  // What the resident reads is in their language, what staff read in the officer's.
  const language: Language = use === 'note' ? ctx.language : (record.language ?? ctx.language);
  const values = wordValues(ctx.council, type, record, language, today);
  return extensionsOf(ctx, STANDARD_TEXT)
    .filter((text) => (typeof use === 'string' ? text.use.includes(use) : text.use.includes('reasons') && (!text.transitions || text.transitions.includes(use.id))) && (!text.caseTypes || text.caseTypes.includes(type.id)))
    .map(({ id, title, text }) => ({ id, title, text: fillWords(text[language], values) }));
}

/** What was typed with a chosen text put in below. */
export function withText(typed: string, texts: readonly FittingText[], id: string): string {
  const text = texts.find((one) => one.id === id)?.text;
  return text ? [typed, text].filter(Boolean).join('\n\n') : typed;
}
