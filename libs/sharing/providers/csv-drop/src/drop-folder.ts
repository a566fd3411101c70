import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { CsvRegisterOptions } from './csv-register.options';

const STILL_FOR_SECONDS = 60;

/** A file as it is at one moment: when any of this changes, it is another. */
export interface DroppedFile { readonly name: string; readonly path: string; readonly sizeInBytes: number; readonly changedAtMs: number; readonly isComplete: boolean }

/** The folder into which files are put; nothing in it is ever changed. */
export class DropFolder {
  readonly #name: RegExp;
  constructor(private readonly options: Pick<CsvRegisterOptions, 'folder' | 'file' | 'completeWhen'>) {
    this.#name = new RegExp(`^${options.file.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^/]*')}$`, 'u');
  }

  /**
   * The newest file of the name; nothing when there is none.
   * @throws the system's error when the folder cannot be read
   */
  async newest(now: Date): Promise<DroppedFile | undefined> {
    const names = (await readdir(this.options.folder)).filter((name) => this.#name.test(name));
    const files = (await Promise.all(names.map((name) => this.#look(name, now)))).filter((file) => file !== undefined);
    return files.sort((a, b) => b.changedAtMs - a.changedAtMs || (a.name < b.name ? 1 : -1))[0];
  }

  async #look(name: string, now: Date): Promise<DroppedFile | undefined> {
    const file = path.join(this.options.folder, name);
    const found = await statOf(file);
    if (!found?.isFile()) return undefined;
    return { name, path: file, sizeInBytes: found.size, changedAtMs: found.mtimeMs, isComplete: await this.#isComplete(file, found.mtimeMs, now) };
  }

  async #isComplete(file: string, changedAtMs: number, now: Date): Promise<boolean> {
    const { completeWhen = { stillForInSeconds: STILL_FOR_SECONDS } } = this.options;
    if ('stillForInSeconds' in completeWhen) return changedAtMs <= now.getTime() - completeWhen.stillForInSeconds * 1000;
    const marker = await statOf(`${file}${completeWhen.marker}`);
    // One that is older belongs to the file that stood here yesterday.
    return marker !== undefined && marker.mtimeMs >= changedAtMs;
  }
}

/** A file may go while it is looked at. */
async function statOf(file: string): Promise<Stats | undefined> {
  return stat(file).catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw error;
  });
}

/** Whether two looks saw the same file, unchanged. */
export function isSameFile(one: Pick<DroppedFile, 'name' | 'sizeInBytes' | 'changedAtMs'>, other: Pick<DroppedFile, 'name' | 'sizeInBytes' | 'changedAtMs'>): boolean {
  return one.name === other.name && one.sizeInBytes === other.sizeInBytes && one.changedAtMs === other.changedAtMs;
}
