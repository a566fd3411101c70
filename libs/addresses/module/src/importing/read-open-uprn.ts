import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { isWithin, parseUprn, pointOf } from '@guildhall/addresses-contract';
import type { Bounds } from '@guildhall/addresses-contract';

/** The points of some lines of the file, and where the next line begins. */
export interface OpenUprnPart {
  readonly uprns: readonly string[];
  readonly latitudes: readonly number[];
  readonly longitudes: readonly number[];
  /** Lines that are no point. Those outside the rectangle are not counted. */
  readonly skipped: number;
  readonly nextPosition: number;
}

/** Some ten thousand lines: what is in memory at once, whatever the size of the file, and what one transaction writes. */
const PART_IN_BYTES = 512 * 1024;
const LONGEST_HEADER_IN_BYTES = 4 * 1024;

interface Columns { readonly uprn: number; readonly latitude: number; readonly longitude: number; readonly firstLine: number }

/**
 * Reads OS Open UPRN (CSV: UPRN, X_COORDINATE, Y_COORDINATE, LATITUDE, LONGITUDE; degrees are ETRS89, which is WGS 84 within a metre), from a place at
 * which a line begins. Its lines hold numbers only, so that every end of a line ends a row, and a part may be cut there.
 * @param from in bytes; 0 is the file's beginning
 * @throws Error when the file is not OS Open UPRN
 */
export async function* readOpenUprn(file: string, from: number, within?: Bounds): AsyncGenerator<OpenUprnPart> {
  const handle = await open(file, 'r');
  try {
    const columns = await readColumns(handle, file);
    const buffer = Buffer.allocUnsafe(PART_IN_BYTES);
    for (let position = Math.max(from, columns.firstLine); ;) {
      const bytesRead = await fill(handle, buffer, position);
      if (bytesRead === 0) return;
      const isLast = bytesRead < PART_IN_BYTES;
      const end = isLast ? bytesRead : buffer.lastIndexOf(0x0a, bytesRead - 1) + 1;
      if (end === 0) throw new Error(`${file} has a line of more than ${PART_IN_BYTES} bytes at ${position}: it is not OS Open UPRN.`);
      position += end;
      yield { ...pointsIn(buffer.toString('utf8', 0, end), columns, within), nextPosition: position };
    }
  } finally {
    await handle.close();
  }
}

/** Reads until the buffer is full or the file is at its end: one reading may bring less in the middle of a file, as on a disk of the network. @returns how many bytes came */
async function fill(handle: FileHandle, buffer: Buffer, position: number): Promise<number> {
  let filled = 0;
  for (let came = -1; came !== 0 && filled < buffer.byteLength; filled += came) came = (await handle.read(buffer, filled, buffer.byteLength - filled, position + filled)).bytesRead;
  return filled;
}

function pointsIn(lines: string, columns: Columns, within: Bounds | undefined): Omit<OpenUprnPart, 'nextPosition'> {
  const found = new Map<string, readonly [latitude: number, longitude: number]>();
  let skipped = 0;
  for (const row of rowsOf(lines)) {
    const uprn = parseUprn(row[columns.uprn] ?? '');
    const point = pointOf(degrees(row[columns.latitude]), degrees(row[columns.longitude]));
    if (!uprn || !point) skipped++;
    // A UPRN that comes twice: the later line is right, and one statement may not write it twice.
    else if (!within || isWithin(within, point)) found.set(uprn, [point.latitude, point.longitude]);
  }
  return { uprns: [...found.keys()], latitudes: [...found.values()].map(([latitude]) => latitude), longitudes: [...found.values()].map(([, longitude]) => longitude), skipped };
}

async function readColumns(handle: FileHandle, file: string): Promise<Columns> {
  const buffer = Buffer.alloc(LONGEST_HEADER_IN_BYTES);
  const bytesRead = await fill(handle, buffer, 0);
  const end = buffer.subarray(0, bytesRead).indexOf(0x0a) + 1;
  const names = end === 0 ? [] : (rowsOf(buffer.toString('utf8', 0, end))[0] ?? []).map((name) => name.trim().toUpperCase());
  const [uprn, latitude, longitude] = ['UPRN', 'LATITUDE', 'LONGITUDE'].map((name) => names.indexOf(name)) as [number, number, number];
  if (Math.min(uprn, latitude, longitude) < 0) throw new Error(`${file} does not begin with a line that names UPRN, LATITUDE and LONGITUDE. Unpack the CSV of OS Open UPRN and name that file.`);
  return { uprn, latitude, longitude, firstLine: end };
}

function rowsOf(lines: string): string[][] {
  // Nothing in it needs quotes, and one that is not closed would swallow the lines behind it.
  return parse(lines.includes('"') ? lines.replaceAll('"', '') : lines, { bom: true, quote: false, relaxColumnCount: true, skipEmptyLines: true });
}

/** An empty cell is no nought. */
function degrees(cell: string | undefined): number { return cell === undefined || cell.trim() === '' ? Number.NaN : Number(cell); }
