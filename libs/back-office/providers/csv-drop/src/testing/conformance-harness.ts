import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { backOfficeKit, type BackOfficeHarness, type HappenedAtFarEnd } from '@guildhall/back-office-contract/testing';
import { type HarnessSource } from '@guildhall/kernel-contract';
import { FixedClock, RecordedLog, testProviderDependencies } from '@guildhall/kernel-contract/testing';
import { csvDrop } from '../index';
import { CsvDropProvider } from '../csv-drop.provider';
import { ExchangeFolder } from '../exchange-folder';

export const START = new Date('2026-11-23T08:30:00Z');
type Row = Readonly<Record<string, string>>;
/** Every case in every file, the oldest first. */
export async function casesIn(folder: string): Promise<readonly Row[]> {
  const names = (await readdir(join(folder, 'out')).catch(() => [])).filter((name) => name.endsWith('.csv')).sort();
  return (await Promise.all(names.map(async (name) => parse(await readFile(join(folder, 'out', name)), { columns: true }) as Row[]))).flat();
}
export const drop = (folder: string, name: string, rows: readonly (readonly string[])[]): Promise<void> => new ExchangeFolder(folder).write(['in', name], stringify(rows as string[][]));

export const source: HarnessSource<BackOfficeHarness & { readonly folder: string; readonly provider: CsvDropProvider; readonly clock: FixedClock; readonly log: RecordedLog }> = {
  abilities: ['polls', 'photos'],
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'guildhall-csv-drop-'));
    const [clock, log] = [new FixedClock('2026-11-23T12:00:00Z'), new RecordedLog()];
    const provider = csvDrop({ folder, settlesInSeconds: 0 }).create(testProviderDependencies({ clock, log })) as CsvDropProvider;
    let count = 0;
    return {
      folder, provider, clock, log,
      received: async () => { await provider.progress({ since: START, farReferences: [] }); return Promise.all((await casesIn(folder)).map(async (row) => ({ identity: row['case_id'] ?? '', text: Object.values(row).join('\n'), photos: await Promise.all((row['photos'] ?? '').split(';').filter(Boolean).map((name) => readFile(join(folder, 'out', name)))) }))); },
      happens: async (reference, { status, at, text = '' }: HappenedAtFarEnd) => drop(folder, `told-${String(++count).padStart(3, '0')}.csv`, [['status', 'at', 'text', 'reference', 'id'], [status, at.toISOString(), text, reference, `R-${count}`]]),
    };
  },
  close: ({ folder }) => rm(folder, { recursive: true, force: true }),
};

/** What "guildhall conform" runs, and with it whoever installs this package. */
export const harnesses = [{ kit: backOfficeKit.id, source }];
