import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Progress } from '@guildhall/back-office-contract';
import type { Log } from '@guildhall/kernel-contract';
import { asWords } from './case-columns';
import type { ExchangeFolder } from './exchange-folder';

const MOST_BYTES = 20_000_000;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

/** A row that could not be read, by its line in the file. */
interface Fault { readonly line: number; readonly problem: string; readonly cells: readonly string[] }

/**
 * Reads every file in the inbox. They stay there until all of them is kept for certain, and are then put away in `in/done`; what is read twice is known by its id.
 * Rows that cannot be read are written to `faults`, with what is wrong, and the others are taken.
 * A file to which something was written a moment ago may still be coming: it waits for the next time.
 * @param reading `keptUntil`: what was read before this moment has been kept
 */
export async function readInbox(folder: ExchangeFolder, { keptUntil, settlesInSeconds }: { readonly keptUntil: Date; readonly settlesInSeconds: number }, log: Log): Promise<readonly Progress[]> {
  const all: Progress[] = [];
  const now = (await folder.now()).getTime();
  for (const name of await folder.list('in')) {
    if (!/^[^.].*\.csv$/i.test(name)) continue;
    const changedAt = await folder.changedAt('in', name);
    if (changedAt === undefined) continue;
    const settledAt = changedAt.getTime() + settlesInSeconds * 1000;
    if (settledAt > now) continue;
    if (settledAt < keptUntil.getTime()) {
      await folder.move(['in', name], ['in', 'done', `${changedAt.toISOString().replace(/[-:.]/g, '')}-${name}`]);
      continue;
    }
    const { progress, faults } = (await folder.sizeOf('in', name)) > MOST_BYTES ? { progress: [], faults: [{ line: 0, problem: `the file is larger than ${MOST_BYTES} bytes`, cells: [] }] } : readProgress(await folder.read('in', name));
    all.push(...progress);
    if (!faults.length) {
      await folder.remove('faults', name);
      continue;
    }
    log.warn('back-office.rows-not-read', { rows: faults.length });
    await folder.write(['faults', name], stringify([['line', 'problem', 'row'], ...faults.map(({ line, problem, cells }) => [String(line), problem, ...cells.map(asWords)])], { record_delimiter: '\r\n' }));
  }
  return all;
}

/** The rows of one file: `reference` (ours) or `their_reference`, `status`, `at`; `id`, `code` and `text` where there are any. Columns in any order, others are passed over. */
export function readProgress(bytes: Uint8Array): { readonly progress: readonly Progress[]; readonly faults: readonly Fault[] } {
  let rows: readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // A quote in the middle of a word is a word's; a row of another length is that row's fault only.
    rows = parse(text, { bom: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true, info: true, delimiter: [',', ';', '\t'] }) as unknown as typeof rows;
  } catch (error) {
    return { progress: [], faults: [{ line: 0, problem: error instanceof TypeError ? 'the file is not UTF-8' : 'the file is no CSV', cells: [] }] };
  }
  const header = (rows[0]?.record ?? []).map((name) => name.trim().toLowerCase());
  const missing = ['status', 'at'].filter((name) => !header.includes(name));
  if (missing.length || !(header.includes('reference') || header.includes('their_reference'))) return { progress: [], faults: [{ line: 1, problem: `the first line must name the columns reference or their_reference, status, at${missing.length ? `; missing: ${missing.join(', ')}` : ''}`, cells: rows[0]?.record ?? [] }] };
  const progress: Progress[] = [];
  const faults: Fault[] = [];
  for (const { record, info } of rows.slice(1)) {
    const read = record.length === header.length ? progressOf((name) => record[header.indexOf(name)]?.trim() ?? '') : `it has ${record.length} cells, and there are ${header.length} columns`;
    if (typeof read === 'string') faults.push({ line: info.lines, problem: read, cells: record });
    else progress.push(read);
  }
  return { progress, faults };
}

/** @returns what is wrong with it, when something is */
function progressOf(cell: (name: string) => string): Progress | string {
  const [id, caseReference, farReference, status, written, code, text] = ['id', 'reference', 'their_reference', 'status', 'at', 'code', 'text'].map(cell) as [string, string, string, string, string, string, string];
  if (caseReference === '' && farReference === '') return 'it names no case';
  if (status === '') return 'it has no status';
  const at = new Date(INSTANT.test(written) ? written : Number.NaN);
  if (Number.isNaN(at.getTime())) return 'at must be an instant with its offset, like 2026-11-23T09:00:00Z';
  if (Math.max(id.length, caseReference.length, farReference.length, code.length) > 200) return 'an id, a reference or a code is longer than 200 characters';
  return {
    progressId: id || createHash('sha256').update(JSON.stringify([caseReference, farReference, status, written, code, text])).digest('base64url'), status: status.toLowerCase().replace(/[\s-]+/g, '_'), at,
    ...(caseReference !== '' && { caseReference }), ...(farReference !== '' && { farReference }), ...(code !== '' && { code }), ...(text !== '' && { text }),
  };
}
