import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const MODE_OF_FOLDER = 0o750;
const MODE_OF_FILE = 0o640;

/** Files of one folder, each there whole or not at all. */
export class ExchangeFolder {
  constructor(readonly root: string) {}

  path(...parts: readonly string[]): string { return join(this.root, ...parts); }

  /** Written beside its place and renamed into it: whoever looks sees all of it. */
  async write(parts: readonly string[], content: string | Uint8Array): Promise<void> {
    const place = this.path(...parts);
    const beside = this.path('.work', `${randomUUID()}.tmp`);
    await mkdir(dirname(beside), { recursive: true, mode: MODE_OF_FOLDER });
    await writeFile(beside, content, { mode: MODE_OF_FILE, flush: true });
    try {
      await mkdir(dirname(place), { recursive: true, mode: MODE_OF_FOLDER });
      await rename(beside, place);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  }
  /** False when it was not there. */
  async move(from: readonly string[], to: readonly string[]): Promise<boolean> {
    await mkdir(dirname(this.path(...to)), { recursive: true, mode: MODE_OF_FOLDER });
    try {
      await rename(this.path(...from), this.path(...to));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }
  async has(...parts: readonly string[]): Promise<boolean> { return (await this.changedAt(...parts)) !== undefined; }
  /** When the file came to be where it is: a time that nobody who sends files can set. */
  async changedAt(...parts: readonly string[]): Promise<Date | undefined> {
    return stat(this.path(...parts)).then(({ ctime }) => ctime, (error: unknown) => { if (isMissing(error)) return undefined; throw error; });
  }
  /** The time by the clock of the disk, which may be another machine's. */
  async now(): Promise<Date> {
    await this.write(['.work', 'now'], '');
    return (await stat(this.path('.work', 'now'))).ctime;
  }
  async sizeOf(...parts: readonly string[]): Promise<number> { return (await stat(this.path(...parts))).size; }
  read(...parts: readonly string[]): Promise<Buffer> { return readFile(this.path(...parts)); }
  async remove(...parts: readonly string[]): Promise<void> { await rm(this.path(...parts), { recursive: true, force: true }); }
  /** Names of what is in a folder, in order; none when it is not there. */
  async list(...parts: readonly string[]): Promise<readonly string[]> {
    return readdir(this.path(...parts)).then((names) => names.sort(), (error: unknown) => { if (isMissing(error)) return []; throw error; });
  }
}

function isMissing(error: unknown): boolean {
  return (error as { code?: string }).code === 'ENOENT';
}
