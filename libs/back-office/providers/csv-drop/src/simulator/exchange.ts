import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { ExchangeFolder } from '../exchange-folder';
import type { ExchangeFault } from './faults';

/** Where one council and the simulated system exchange files. @public */
export interface ExchangeOptions { readonly title: string; readonly folder: string }
/** A case as a row of a file. */
export interface ReceivedRow { readonly file: string; readonly isTaken: boolean; readonly cells: Readonly<Record<string, string>>; readonly photos: readonly string[] }
/** Something that happened to a case there. */
export interface ToldRow { readonly id: string; readonly reference: string; readonly theirReference: string; readonly status: string; readonly at: Date; readonly text: string }

const PART = '.part';
const PHOTO = /^[A-Za-z0-9_-]+\.[a-z0-9]+$/;

/** One council's folder, seen from the other side. While it is away, a file lies in its place, as where a share is not mounted, and the folder beside it. */
export class Exchange {
  readonly title: string;
  readonly told: ToldRow[] = [];
  #files = 0;
  constructor(private readonly options: ExchangeOptions) { this.title = options.title; }

  async isAway(): Promise<boolean> { return (await kindOf(this.#beside)) === 'folder'; }
  async takeAway(): Promise<void> {
    if (await this.isAway()) return;
    await this.#here.write(['.work', 'check'], '');
    await rename(this.options.folder, this.#beside);
    await writeFile(this.options.folder, 'The exchange is away.\n');
  }
  async giveBack(): Promise<void> {
    if (!(await this.isAway())) return;
    await rm(this.options.folder, { recursive: true, force: true });
    await rename(this.#beside, this.options.folder);
  }

  /** The cases that came, the oldest first. */
  async received(): Promise<readonly ReceivedRow[]> {
    const folder = await this.#folder();
    const all: ReceivedRow[] = [];
    for (const place of ['taken', 'out'] as const) {
      for (const file of (await folder.list(place)).filter((name) => name.endsWith('.csv'))) {
        const rows = parse(await folder.read(place, file), { columns: true }) as Record<string, string>[];
        all.push(...rows.map((cells) => ({ file, isTaken: place === 'taken', cells, photos: (cells['photos'] ?? '').split(';').filter(Boolean) })));
      }
    }
    return all;
  }
  /** A photo's bytes; undefined when no file is called so. */
  async photo(name: string): Promise<Buffer | undefined> {
    if (!PHOTO.test(name)) return undefined;
    const folder = await this.#folder();
    for (const place of ['out', 'taken'] as const) if (await folder.has(place, name)) return folder.read(place, name);
    return undefined;
  }
  /** As the system's transfer does: what is in `out` is the system's now. */
  async takeFiles(): Promise<void> {
    const folder = await this.#folder();
    for (const name of await folder.list('out')) await folder.move(['out', name], ['taken', name]);
  }
  /** Lists of rows that the council could not read, and files that are not finished. */
  async left(): Promise<{ readonly faults: readonly { readonly name: string; readonly text: string }[]; readonly unfinished: readonly string[]; readonly waiting: readonly string[] }> {
    const folder = await this.#folder();
    const inbox = await folder.list('in');
    return {
      faults: await Promise.all((await folder.list('faults')).map(async (name) => ({ name, text: (await folder.read('faults', name)).toString('utf8') }))),
      unfinished: inbox.filter((name) => name.endsWith(PART)), waiting: inbox.filter((name) => name.endsWith('.csv')),
    };
  }
  async finishFiles(): Promise<void> {
    const folder = await this.#folder();
    for (const name of (await this.left()).unfinished) await folder.move(['in', name], ['in', name.slice(0, -PART.length)]);
  }

  /** Something happens to a case: a file says so. False when there is no such case. */
  async says(reference: string, status: string, text: string, at: Date, fault: ExchangeFault | undefined): Promise<boolean> {
    const index = (await this.received()).findIndex(({ cells }) => cells['reference'] === reference);
    if (index < 0) return false;
    const row: ToldRow = { id: `F-${this.told.length + 1}`, reference, theirReference: `L-${1001 + index}`, status, at, text };
    this.told.push(row);
    await this.#put(row, fault);
    return true;
  }
  /** The last thing that happened to a case once more, in another file. */
  async saysAgain(reference: string): Promise<boolean> {
    const last = this.told.findLast((row) => row.reference === reference);
    if (last) await this.#put(last, undefined);
    return last !== undefined;
  }

  async #put(row: ToldRow, fault: ExchangeFault | undefined): Promise<void> {
    const folder = await this.#folder();
    const name = `told-${row.at.toISOString().replace(/[-:.]/g, '')}-${String(++this.#files).padStart(4, '0')}.csv`;
    await folder.write(['in', fault === 'delay' ? `${name}${PART}` : name], contentOf(row, fault));
    if (fault === 'twice') await this.#put(row, undefined);
  }
  async #folder(): Promise<ExchangeFolder> { return (await this.isAway()) ? new ExchangeFolder(this.#beside) : this.#here; }
  get #here(): ExchangeFolder { return new ExchangeFolder(this.options.folder); }
  get #beside(): string { return `${this.options.folder}.away`; }
}

function contentOf({ id, reference, theirReference, status, at, text }: ToldRow, fault: ExchangeFault | undefined): string | Buffer {
  if (fault === 'other-columns') return 'job,done\r\n1,yes\r\n';
  if (fault === 'no-utf8') return Buffer.from([0x72, 0xe9, 0x66, 0x0d, 0x0a]);
  const cells = { id, reference: fault === 'unknown-case' ? 'XX-0000-0000' : reference, their_reference: fault === 'unknown-case' ? '' : theirReference, status: fault === 'no-status' ? '' : status, at: fault === 'odd-time' ? 'yesterday' : at.toISOString(), text };
  const file = stringify([cells], { header: true, record_delimiter: '\r\n' });
  return fault === 'open-quote' ? `${file}"` : file;
}

async function kindOf(path: string): Promise<'folder' | 'file' | 'nothing'> {
  return stat(path).then((found) => (found.isDirectory() ? 'folder' : 'file'), () => 'nothing');
}
