import type { RegisterMapping, Vocabulary } from '@guildhall/sharing-contract';

/** What letters a file is written in. @public */
export type CsvEncoding = 'utf-8' | 'windows-1252' | 'utf-16le';

/** What a body sets. @public */
export interface CsvRegisterOptions {
  /** The folder into which the back office's nightly job puts its file, as a whole path. It is only read. */
  readonly folder: string;
  /** The file's name; `*` stands for what changes every night: `council-tax-*.csv`. The newest is taken. */
  readonly file: string;
  /** What the columns say, by the names in the file's first line. */
  readonly columns: RegisterMapping;
  /** The words that agreements are made of; the starter set unless told. */
  readonly vocabulary?: Pick<Vocabulary, 'attributes'>;
  /** A comma unless told. */
  readonly delimiter?: ',' | ';' | '\t' | '|';
  /** Unless told: what its first bytes say, or UTF-8 where all of it is, or Windows-1252. */
  readonly encoding?: CsvEncoding;
  /**
   * How a file is known to be complete: by another that is written after it, named like it with this at its end (`council-tax-20261130.csv.done`), or by not having changed for so long. 60 seconds of stillness unless told.
   * Either way it is read twice and must be the same, must not end within a row, and must have `leastShareOfPeople`.
   */
  readonly completeWhen?: { readonly marker: string } | { readonly stillForInSeconds: number };
  /** A file with less than this share of the people of the one before is not believed; 0.5 unless told, 0 to believe any. */
  readonly leastShareOfPeople?: number;
  /** For so long a file is told from; 7 unless told. Then it is too old, and nothing is told until another comes. */
  readonly goodForInDays?: number;
  /** Tells several such files apart: lower-case words with hyphens. */
  readonly name?: string;
}
