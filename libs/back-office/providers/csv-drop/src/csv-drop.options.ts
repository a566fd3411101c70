/** What a council sets. @public */
export interface CsvDropOptions {
  /**
   * A folder that the system's own transfer reads and writes, as a whole path: `/srv/exchange/depot`. Below it: `out` for cases, `in` for what became of them, `faults` for rows that cannot be read.
   * All servers of the council see the same one.
   */
  readonly folder: string;
  /** A file of what became of cases is read when nothing has been written to it for so long: one that is still coming would be read half, and its last row taken for a whole one. 60 unless told; 0 where every file is renamed into its place. */
  readonly settlesInSeconds?: number;
  /** What officers call the system: `Depot`. */
  readonly title?: string;
  /** Tells several such systems apart: lower-case words with hyphens. */
  readonly name?: string;
}
