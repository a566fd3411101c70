/** What a council sets. @public */
export interface CsvDropOptions {
  /**
   * A folder that the system's own transfer reads and writes, as a whole path: `/srv/exchange/depot`. Below it: `out` for cases, `in` for what became of them, `faults` for rows that cannot be read.
   * All servers of the council see the same one.
   */
  readonly folder: string;
  /** What officers call the system: `Depot`. */
  readonly title?: string;
  /** Tells several such systems apart: lower-case words with hyphens. */
  readonly name?: string;
}
