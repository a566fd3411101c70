import type { QualityReport, RowsCounted } from '@guildhall/sharing-contract';

/** What one file was like, as it is kept beside what was taken of it. */
export type FileReport = Required<Omit<QualityReport, 'name' | 'hasMore' | 'since'>> & { readonly file: string };

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
