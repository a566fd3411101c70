import type { PlainValue } from '@guildhall/kernel';
import type { TimelineActor, TimelineEntry, TimelineKind, Words } from '@guildhall/cases-contract';

/** A row of cases.timeline_entry. */
export interface EntryRow {
  case_version: number; entry_id: string; at: Date; kind: TimelineKind; visibility: 'public' | 'internal'; by_kind: TimelineActor['kind']; by_id: string | null; by_name: string | null; words: Words | null; reasons: string | null;
  transition: string | null; from_state: string | null; to_state: string | null; documents: string[] | null;
}

export const ENTRY_COLUMNS = 'case_version, entry_id, at, kind, visibility, by_kind, by_id, by_name, words, reasons, transition, from_state, to_state, documents';

/** What is kept, from how it is kept. */
export function entryOf(row: EntryRow): TimelineEntry {
  return {
    id: row.entry_id, at: row.at, kind: row.kind, visibility: row.visibility, by: { kind: row.by_kind, ...(row.by_id && { id: row.by_id }), ...(row.by_name && { name: row.by_name }) },
    ...(row.words !== null && { text: row.words }), ...(row.reasons && { reasons: row.reasons }), ...(row.transition && { transition: row.transition }), ...(row.from_state && { from: row.from_state }), ...(row.to_state && { to: row.to_state }),
    ...(row.documents?.length && { documents: row.documents }), caseVersion: row.case_version,
  };
}

/** An entry as statement values, in the order of ENTRY_COLUMNS. */
export function entryValues(entry: TimelineEntry): PlainValue[] {
  return [
    entry.caseVersion, entry.id, entry.at, entry.kind, entry.visibility, entry.by.kind, entry.by.id ?? null, entry.by.name ?? null, entry.text === undefined ? null : JSON.stringify(entry.text), entry.reasons ?? null,
    entry.transition ?? null, entry.from ?? null, entry.to ?? null, entry.documents ?? null,
  ];
}

/** Their types, for a statement that selects them. */
export const ENTRY_TYPES = ['int', 'uuid', 'timestamptz', 'text', 'text', 'text', 'text', 'text', 'jsonb', 'text', 'text', 'text', 'text', 'uuid[]'] as const;
