/** Why a file cannot be used. */
export type BadFileReason = 'empty' | 'encoding' | 'columns' | 'quotes' | 'cut-off' | 'changing' | 'too-few';

/** A file that cannot be used: the one before is kept. Its message is a sentence without anything that stands in the file. */
export class BadFile extends Error {
  constructor(readonly reason: BadFileReason, message: string) {
    super(message);
    this.name = 'BadFile';
  }
}
