import type { Language } from '@guildhall/kernel-contract';
import { transitionOf, wordsIn } from '@guildhall/cases-contract';
import type { CaseType, TimelineEntry } from '@guildhall/cases-contract';

/** An entry as the resident reads it. */
export interface ShownEvent {
  readonly at: Date;
  readonly title?: string;
  readonly titleKey?: string;
  readonly titleValues?: Readonly<Record<string, string>>;
  /** Whether to say that the reader did it; titles in the first person say so themselves. */
  readonly isYours: boolean;
  readonly words: readonly string[];
  readonly documentCount: number;
}

/** What happened, for the resident. */
export function shownEvents(language: Language, type: CaseType, entries: readonly TimelineEntry[]): readonly ShownEvent[] {
  return entries.map((entry) => ({ at: entry.at, ...titleOf(language, type, entry), isYours: entry.kind === 'moved' && entry.by.kind === 'resident', words: wordsOf(language, entry), documentCount: entry.documents?.length ?? 0 }));
}

function titleOf(language: Language, type: CaseType, entry: TimelineEntry): Pick<ShownEvent, 'title' | 'titleKey' | 'titleValues'> {
  const transition = entry.transition === undefined ? undefined : transitionOf(type, entry.transition);
  switch (entry.kind) {
    case 'moved': return { title: entry.by.kind === 'resident' ? transition?.title[language] : type.states[entry.to ?? '']?.title[language] };
    case 'decided': return { titleKey: 'cases.status.decided', titleValues: { title: transition?.decision?.title[language] ?? '' } };
    case 'opened': return { titleKey: 'cases.status.opened_title' };
    case 'update': return { titleKey: 'cases.status.update' };
    default: return { titleKey: 'cases.status.answer' };
  }
}

function wordsOf(language: Language, entry: TimelineEntry): readonly string[] {
  const said = entry.text === undefined || (entry.kind === 'moved' && entry.by.kind === 'resident') ? '' : wordsIn(entry.text, language);
  return [said, entry.reasons ?? ''].join('\n').split('\n').filter((line) => line.trim());
}
