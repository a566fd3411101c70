import type { RequestContext, Text } from '@guildhall/kernel-contract';
import { transitionOf, wordsIn } from '@guildhall/cases-contract';
import type { CaseType, TimelineActor, TimelineEntry } from '@guildhall/cases-contract';

/** An entry as the desk shows it: message keys with values, and words that people wrote. */
export interface ShownEntry {
  readonly at: Date;
  readonly titleKey: string;
  readonly titleValues: Readonly<Record<string, string>>;
  readonly byName?: string;
  readonly byKey?: string;
  /** Typed or told; lines kept. */
  readonly words?: string;
  readonly isTold?: boolean;
  readonly documentCount: number;
  readonly isInternal: boolean;
}

/** What happened, for officers. */
export function shownEntries(ctx: RequestContext, type: CaseType, entries: readonly TimelineEntry[]): readonly ShownEntry[] {
  const say = (text: Text | undefined): string => text?.[ctx.language] ?? '';
  return entries.map((entry) => ({
    at: entry.at, ...titleOf(type, entry, say), ...byOf(entry.by), documentCount: entry.documents?.length ?? 0, isInternal: entry.visibility === 'internal',
    ...wordsOf(entry, entry.text === undefined ? undefined : wordsIn(entry.text, ctx.language)),
  }));
}

function titleOf(type: CaseType, entry: TimelineEntry, say: (text: Text | undefined) => string): { titleKey: string; titleValues: Readonly<Record<string, string>> } {
  const transition = entry.transition === undefined ? undefined : transitionOf(type, entry.transition);
  const key = (name: string, titleValues: Readonly<Record<string, string>> = {}) => ({ titleKey: `cases.desk.events.${name}`, titleValues });
  switch (entry.kind) {
    case 'moved': return entry.by.kind === 'resident' ? key('resident-moved', { title: say(transition?.title) }) : key('moved', { state: say(type.states[entry.to ?? '']?.deskTitle ?? type.states[entry.to ?? '']?.title) });
    case 'decided': return key('decided', { title: say(transition?.decision?.title) });
    case 'assigned': return entry.text !== undefined ? key('given', { name: entry.to ?? '' }) : entry.to !== undefined && entry.to !== entry.from ? key('given-team', { name: entry.to }) : key('given-back');
    case 'opened': case 'note': case 'update': case 'answer': case 'document': return key(entry.kind);
  }
}

function byOf(by: TimelineActor): { byName?: string; byKey?: string } {
  return by.name ? { byName: by.name } : by.kind === 'officer' ? {} : { byKey: `cases.desk.events.${by.kind}` };
}

function wordsOf(entry: TimelineEntry, text: string | undefined): { words?: string; isTold?: boolean } {
  switch (entry.kind) {
    case 'note': case 'update': case 'answer': return { words: text };
    case 'moved': case 'decided': return entry.reasons ? { words: entry.reasons } : { words: text, isTold: true };
    case 'opened': return { words: text, isTold: true };
    case 'assigned': case 'document': return {};
  }
}
