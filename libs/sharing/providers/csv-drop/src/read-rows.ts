import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { CellOf } from '@guildhall/sharing-contract';
import { BadFile } from './bad-file';
import type { CsvRegisterOptions } from './csv-register.options';
import type { FirstLook } from './find-encoding';

/** No row of a register is longer: a quote was opened and never closed. */
const LONGEST_ROW = 100_000;

/** One row, by its line in the file. */
export interface FileRow {
  /** Where it begins; the first line, which names the columns, is 1. */
  readonly line: number;
  /** Whether it has as many cells as there are columns: otherwise nobody knows which is which. */
  readonly isWhole: boolean;
  readonly cellOf: CellOf;
}

/**
 * Reads a file row by row, however large it is.
 * @param columns those that must be there, each once
 * @throws BadFile when it cannot be read to its end, is not what was seen at first, or ends in the middle
 */
export async function* readRows(file: string, { encoding, sha256 }: FirstLook, columns: readonly string[], delimiter: NonNullable<CsvRegisterOptions['delimiter']>): AsyncGenerator<FileRow> {
  const hash = createHash('sha256');
  const parser = parse({ delimiter, record_delimiter: '\n', relax_column_count: true, max_record_size: LONGEST_ROW });
  // An error on either side ends the reading below.
  pipeline(Readable.from(textOf(file, encoding, (chunk) => hash.update(chunk)), { objectMode: false }), parser, () => undefined);
  let places: ReadonlyMap<string, number> | undefined;
  let width = 0;
  let line = 1;
  let isLastWhole = true;
  try {
    for await (const cells of parser as AsyncIterable<readonly string[]>) {
      const begins = line;
      line += 1 + cells.reduce((count, cell) => count + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0);
      if (cells.length === 1 && cells[0]?.trim() === '') continue;
      if (!places) {
        places = placesOf(cells, columns);
        width = cells.length;
        continue;
      }
      const found = places;
      isLastWhole = cells.length === width;
      yield { line: begins, isWhole: isLastWhole, cellOf: (column) => cells[found.get(column) ?? -1] };
    }
  } catch (error) {
    throw asBadFile(error);
  }
  if (hash.digest('hex') !== sha256) throw new BadFile('changing', 'It changed while it was read.');
  if (!places) throw new BadFile('empty', 'It is empty.');
  if (!isLastWhole) throw new BadFile('cut-off', `It ends in the middle of a row, at line ${line - 1}.`);
}

/** Its text, little by little, with one kind of line end. */
async function* textOf(file: string, encoding: FirstLook['encoding'], onChunk: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let held = '';
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    onChunk(chunk);
    const text = held + decoder.decode(chunk, { stream: true });
    // What ends with a carriage return waits for the line feed that may follow.
    held = text.endsWith('\r') ? '\r' : '';
    yield Buffer.from(lineFeeds(held ? text.slice(0, -1) : text));
  }
  yield Buffer.from(lineFeeds(held + decoder.decode()));
}
function lineFeeds(text: string): string { return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text; }

function placesOf(header: readonly string[], columns: readonly string[]): ReadonlyMap<string, number> {
  const names = header.map((name) => name.trim());
  const missing = columns.filter((column) => !names.includes(column));
  // What does stand there is not shown: where there is no line of names, it is somebody.
  if (missing.length > 0) throw new BadFile('columns', `Its first line does not name ${missing.join(', ')}.${names.length === 1 ? ' It has one column only: is the delimiter right?' : ''}`);
  const twice = columns.filter((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (twice.length > 0) throw new BadFile('columns', `Its first line names ${twice.join(', ')} twice.`);
  return new Map(columns.map((column) => [column, names.indexOf(column)]));
}

/** The parser's own messages show what stands in the file. */
function asBadFile(error: unknown): unknown {
  const { code, lines } = error as { code?: unknown; lines?: unknown };
  const at = typeof lines === 'number' ? ` at line ${lines}` : '';
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED': return new BadFile('cut-off', `A quote that is opened${at} is never closed.`);
    case 'CSV_MAX_RECORD_SIZE': return new BadFile('quotes', `A row${at} is longer than any can be: a quote before it is never closed.`);
    case 'INVALID_OPENING_QUOTE': case 'CSV_INVALID_CLOSING_QUOTE': return new BadFile('quotes', `A quote${at} stands within a cell: the cell must be in quotes, and the quote doubled.`);
    case 'ERR_ENCODING_INVALID_ENCODED_DATA': return new BadFile('encoding', 'Some of it is not in its encoding.');
    default: return error;
  }
}
