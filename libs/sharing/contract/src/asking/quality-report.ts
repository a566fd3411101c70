import type { AttributeId } from '../agreeing/vocabulary';
import type { Evidence } from './exchange';

/** How many rows, and where the first twenty are, by the lines of a file: a table has none. @public */
export interface RowsCounted { readonly count: number; readonly lines: readonly number[] }

/** What one file or table is like that a source tells from. It says how much of it does not fit, so that somebody can look; nothing that stands there. @public */
export interface QualityReport {
  /** The file or the table. */
  readonly name: string;
  /** How the letters of a file are written: `utf-8`. */
  readonly encoding?: string;
  /** When it was read, as an instant. */
  readonly takenAt: string;
  /** Of a source that tells of one person at a time, and cannot look at everybody: from this instant on each time that one was read is counted, and the same person as often as they were read. */
  readonly since?: string;
  /** How many were looked at. */
  readonly rows: number;
  /** There are more, which were not looked at. */
  readonly hasMore?: boolean;
  /** Of whom something can be told. */
  readonly people: number;
  readonly withoutLocalId: RowsCounted;
  /** They have more or fewer cells than there are columns, as only rows of a file can. */
  readonly ofAnotherLength?: RowsCounted;
  /** The day from which they are known to be so is none. */
  readonly withoutDay: RowsCounted;
  /** Those of people who are there before: nothing is told of them. */
  readonly doubles: RowsCounted;
  readonly attributes: Readonly<Record<AttributeId, { readonly known: number; readonly misfits: RowsCounted }>>;
}

/** One row as it would be told. @public */
export interface RowPreviewed {
  /** Of a file. */
  readonly line?: number;
  readonly localId: string;
  readonly evidence: readonly Evidence[];
  /** What does not fit, and is not told. */
  readonly misfits: readonly (AttributeId | 'as-of' | 'of-another-length')[];
}

/** The first rows of one file or table as they would be told. They are about people: only for those who may see them, and for no log. @public */
export interface RowsPreviewed { readonly name: string; readonly attributes: readonly AttributeId[]; readonly rows: readonly RowPreviewed[] }
