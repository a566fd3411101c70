import { constants } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { AttributeId, AttributeValue, Evidence, PersonKeys, RegisterMapping } from '@guildhall/sharing-contract';
import { findEntry } from './index-entries';
import type { FileReport } from './file-report';
import { Sealing } from './sealing';

/** What is kept of the file that is told from. There is nothing of a person in it. */
export interface Kept {
  /** Names its files: `<token>.index`, `<token>.values`, and `<token>.names` by which people are found. */
  readonly token: string;
  readonly salt: string;
  /** Of the index. */
  readonly entries: number;
  /** Of the index of names and dates of birth. */
  readonly names: number;
  /** Of the mapping by which it was read: with another, it is another. */
  readonly mapping: string;
  readonly file: { readonly name: string; readonly sizeInBytes: number; readonly changedAtMs: number };
  readonly report: FileReport;
}

/** What is kept of one person: what the mapping says of all is not written for each. */
interface KeptOfOne { readonly asOf: string; readonly told: readonly (readonly [AttributeId, AttributeValue])[] }
export function wordsOf(evidence: readonly Evidence[]): string {
  const kept: KeptOfOne = { asOf: evidence[0]?.asOf ?? '', told: evidence.map(({ attribute, value }) => [attribute, value]) };
  return JSON.stringify(kept);
}

const CURRENT = 'current.json';
/** What a process that died has left is nobody's after an hour. */
const UNFINISHED_FOR_MS = 3_600_000;

/** What is kept in the data folder: which file is told from is decided by one renaming, and whoever looks sees the one or the other. */
export class KeptFiles {
  constructor(private readonly folder: string, private readonly secret: Uint8Array) {}

  sealing(salt: string): Sealing { return new Sealing(this.secret, Buffer.from(salt, 'base64url')); }
  /** By keys of its own, so that it counts its rows by itself. */
  sealingOfNames(salt: string): Sealing { return new Sealing(this.secret, Buffer.concat([Buffer.from(salt, 'base64url'), Buffer.from('names')])); }

  /** The file that is told from; nothing when there is none. */
  async current(): Promise<Kept | undefined> {
    try {
      return JSON.parse(await readFile(path.join(this.folder, CURRENT), 'utf8')) as Kept;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** What is known of one person; nothing of whom it does not know, or knows twice. @throws the system's error when its files have gone, and Error when they are not what was kept */
  async find({ token, salt, entries }: Kept, localId: string, { source, verified }: Pick<RegisterMapping, 'source' | 'verified'>): Promise<readonly Evidence[]> {
    const sealing = this.sealing(salt);
    const mark = sealing.mark(localId);
    const entry = await this.#with(`${token}.index`, (index) => findEntry(index, entries, mark));
    if (!entry || entry.length === 0) return [];
    const sealed = Buffer.alloc(entry.length);
    await this.#with(`${token}.values`, (values) => values.read(sealed, 0, sealed.length, entry.offset));
    const { asOf, told } = JSON.parse(sealing.unseal(mark, entry.row, sealed)) as KeptOfOne;
    return told.map(([attribute, value]) => ({ attribute, value, asOf, source, verified: verified ?? null }));
  }

  /** The person of this name and date of birth; `several` when there are more. @throws as `find` */
  async named({ token, salt, names }: Kept, keys: Pick<PersonKeys, 'name' | 'dateOfBirth'>): Promise<{ readonly localId: string } | 'several' | undefined> {
    const sealing = this.sealingOfNames(salt);
    const mark = sealing.markOfNames(keys);
    const entry = await this.#with(`${token}.names`, (index) => findEntry(index, names, mark));
    if (!entry) return undefined;
    if (entry.length === 0) return 'several';
    const sealed = Buffer.alloc(entry.length);
    await this.#with(`${token}.values`, (values) => values.read(sealed, 0, sealed.length, entry.offset));
    return { localId: sealing.unseal(mark, entry.row, sealed) };
  }

  async create(name: string): Promise<FileHandle> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    return open(path.join(this.folder, name), 'wx+', 0o600);
  }

  /** From now on this is told from; what was before is removed. */
  async replace(kept: Kept): Promise<void> {
    const unfinished = `${kept.token}.json`;
    const file = await this.create(unfinished);
    try {
      await file.writeFile(JSON.stringify(kept));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(path.join(this.folder, unfinished), path.join(this.folder, CURRENT));
    const folder = await open(this.folder, constants.O_RDONLY);
    try { await folder.sync(); } catch (error) { if (codeOf(error) !== 'EINVAL' && codeOf(error) !== 'ENOTSUP') throw error; } finally { await folder.close(); }
  }

  async remove(token: string, ends: readonly string[] = ['index', 'values', 'names', 'unsorted', 'unsorted-names', 'json']): Promise<void> { for (const end of ends) await rm(path.join(this.folder, `${token}.${end}`), { force: true }); }

  async sweep(now: Date): Promise<void> {
    const current = await this.current();
    for (const name of await readdir(this.folder)) {
      if (name === CURRENT || name.startsWith(`${current?.token}.`)) continue;
      const found = await stat(path.join(this.folder, name)).catch(() => undefined);
      if (found && found.mtimeMs < now.getTime() - UNFINISHED_FOR_MS) await rm(path.join(this.folder, name), { force: true });
    }
  }

  async #with<Result>(name: string, work: (file: FileHandle) => Promise<Result>): Promise<Result> {
    const file = await open(path.join(this.folder, name), constants.O_RDONLY | constants.O_NOFOLLOW);
    try { return await work(file); } finally { await file.close(); }
  }
}

export function codeOf(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
