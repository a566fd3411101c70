import type { AttributeId } from '@guildhall/sharing-contract';

/** How many rows, and the lines of the first twenty. @public */
export interface RowsCounted { readonly count: number; readonly lines: readonly number[] }

/** What one file was like. Lines of the file are in it, so that somebody can look; nothing that stands there is. @public */
export interface QualityReport {
  readonly file: string;
  readonly encoding: string;
  readonly takenAt: string;
  readonly rows: number;
  /** Of whom something can be told. */
  readonly people: number;
  readonly withoutLocalId: RowsCounted;
  /** They have more or fewer cells than there are columns. */
  readonly ofAnotherLength: RowsCounted;
  /** The day from which they are known to be so is none. */
  readonly withoutDay: RowsCounted;
  /** Those of people who are there before: nothing is told of them. */
  readonly doubles: RowsCounted;
  readonly attributes: Readonly<Record<AttributeId, { readonly known: number; readonly misfits: RowsCounted }>>;
}

const MOST_LINES = 20;

/** Counts rows while they go by. */
export class RowCount implements RowsCounted {
  count = 0;
  readonly lines: number[] = [];
  /** Lines come in any order; the first of the file are kept. */
  add(line: number): void {
    this.count++;
    if (this.lines.length === MOST_LINES && line > (this.lines[MOST_LINES - 1] ?? 0)) return;
    this.lines.push(line);
    this.lines.sort((a, b) => a - b);
    if (this.lines.length > MOST_LINES) this.lines.pop();
  }
  toJSON(): RowsCounted { return { count: this.count, lines: this.lines }; }
}
