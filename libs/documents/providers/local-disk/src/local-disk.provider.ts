import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { Unavailable, provenBytes } from '@guildhall/kernel-contract';
import type { BytesAtRest, Ids } from '@guildhall/kernel-contract';
import { parseStoreKey, rangeWithin } from '@guildhall/documents-contract';
import type { ByteRange, BytesFromStore, DocumentStore, StoreKey } from '@guildhall/documents-contract';

/** The file that holds a key's bytes lies in a folder of the key's parts: so a key may be the beginning of another. */
const FILE = '_bytes';
/** Unfinished writing lies beside, under names that no key can have. */
const UNFINISHED = '_unfinished';

/**
 * Keeps documents in a folder. A document is written beside, brought to the disk (fsync) and only then given its name: whoever looks sees
 * the whole of it or nothing, also after a power cut.
 */
export class LocalDisk implements DocumentStore {
  constructor(private readonly folder: string, private readonly ids: Ids) {}

  async put(key: StoreKey, content: BytesAtRest): Promise<void> {
    const target = this.#fileOf(key);
    await this.#reaching(async () => {
      const unfinished = path.join(this.folder, UNFINISHED, this.ids.token());
      await mkdir(path.dirname(unfinished), { recursive: true, mode: 0o700 });
      try {
        await write(unfinished, content);
        const made = await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
        await rename(unfinished, target);
        // The name is durable only when its folder is; and so on up to the first folder that was there before.
        for (let folder = path.dirname(target); ; folder = path.dirname(folder)) {
          await syncFolder(folder);
          if (made === undefined || folder === path.dirname(made)) break;
        }
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    });
  }

  async get(key: StoreKey, range?: ByteRange): Promise<BytesFromStore | undefined> {
    const target = this.#fileOf(key);
    return this.#reaching(async () => {
      let file: FileHandle;
      // Never through a symbolic link: one that somebody put there would lead out of the folder.
      try { file = await open(target, constants.O_RDONLY | constants.O_NOFOLLOW); } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw error;
      }
      try {
        const { size } = await file.stat();
        const part = range ? rangeWithin(range, size) : { start: 0, end: size - 1 };
        if (!part || size === 0) {
          await file.close();
          return { sizeInBytes: size, stream: Readable.from([]) };
        }
        return { sizeInBytes: size, stream: file.createReadStream({ start: part.start, end: part.end }) };
      } catch (error) {
        await file.close();
        throw error;
      }
    });
  }

  async delete(key: StoreKey): Promise<void> {
    const target = this.#fileOf(key);
    await this.#reaching(async () => {
      await rm(target, { force: true });
      await syncFolder(path.dirname(target)).catch((error: unknown) => { if (codeOf(error) !== 'ENOENT') throw error; });
    });
  }

  /** Bytes of writings that were cut off by a crash: anything there at start is nobody's. */
  async sweepUnfinished(): Promise<number> {
    const folder = path.join(this.folder, UNFINISHED);
    const names = await readdir(folder).catch(() => []);
    const anHourAgo = Date.now() - 3_600_000;
    let swept = 0;
    for (const name of names) {
      const file = path.join(folder, name);
      const found = await stat(file).catch(() => undefined);
      if (found && found.mtimeMs < anHourAgo) { await rm(file, { force: true }); swept++; }
    }
    return swept;
  }

  /** Whether the folder can be written: what `doctor` asks. */
  async check(): Promise<void> {
    await this.#reaching(async () => {
      const probe = path.join(this.folder, UNFINISHED, this.ids.token());
      await mkdir(path.dirname(probe), { recursive: true, mode: 0o700 });
      await (await open(probe, 'wx', 0o600)).close();
      await rm(probe);
    });
  }

  #fileOf(key: StoreKey): string { return path.join(this.folder, ...parseStoreKey(key).split('/'), FILE); }

  async #reaching<Result>(doing: () => Promise<Result>): Promise<Result> {
    try { return await doing(); } catch (error) {
      const code = codeOf(error);
      if (code && UNAVAILABLE.has(code)) throw new Unavailable(`The folder for documents cannot be used (${code}). Look at the disk: is it mounted, is there room, may this process write?`);
      throw error;
    }
  }
}

const UNAVAILABLE: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EIO', 'ENOENT', 'ENOTDIR', 'EMFILE', 'ENFILE', 'ESTALE', 'ELOOP']);

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

async function write(file: string, content: BytesAtRest): Promise<void> {
  const target = await open(file, 'wx', 0o600);
  try {
    for await (const chunk of provenBytes(content.read(), content) as AsyncIterable<Uint8Array>) await target.writeFile(chunk);
    await target.sync();
  } finally {
    await target.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try { await handle.sync(); } catch (error) {
    // Some file systems (network ones) cannot sync a folder; the bytes themselves are on the disk.
    if (codeOf(error) !== 'EINVAL' && codeOf(error) !== 'ENOTSUP') throw error;
  } finally { await handle.close(); }
}
