import { readFile, stat } from 'node:fs/promises';
import { Unavailable } from '@guildhall/kernel-contract';
import type { ConnectionCheck } from '@guildhall/kernel-contract';
import type { Point } from '@guildhall/addresses-contract';
import { Boundaries } from './boundaries';
import type { Boundary } from './boundaries';
import type { GeojsonBoundariesOptions } from './options';

interface Version { readonly mtimeMs: number; readonly size: number }

/**
 * A file of boundaries, which is read when it is first asked, and anew when another is in its place. While that one cannot be read, or has no boundaries, because it is still being copied,
 * those of the one before stand; `check` says what is wrong. One that could never be read is looked for again at the next question.
 */
export class BoundariesFile {
  /** What was read last and has boundaries. */
  #usable: Boundaries | undefined;
  #read: { readonly version: Version; readonly boundaries: Promise<Boundaries> } | undefined;

  constructor(private readonly options: GeojsonBoundariesOptions, private readonly of: 'ward' | 'zone') {}

  /** The areas in which the point lies. @throws Unavailable when the file cannot be read */
  async at(point: Point): Promise<readonly Boundary[]> {
    try {
      const newest = await this.#newest().catch((error: unknown) => { if (this.#usable) return this.#usable; throw error; });
      return (this.#usable ?? newest).at(point);
    } catch (error) {
      throw Object.assign(new Unavailable(`The boundaries of the ${this.of}s cannot be read. "doctor" says why.`), { cause: error });
    }
  }

  async check(): Promise<ConnectionCheck> {
    const wrong = (message: string): ConnectionCheck => ({ ok: false, message: `${message}${this.#usable ? ' Until it is mended, what was read from it before stands.' : ''}` });
    try {
      const { size } = await this.#newest();
      return size > 0 ? { ok: true, message: `${this.options.file} has the boundaries of ${size} ${this.of}${size === 1 ? '' : 's'}.` } : wrong(`${this.options.file} has no boundaries.`);
    } catch (error) {
      // Whoever looks may have mended what the file does not show, such as who may read it.
      this.#read = undefined;
      return wrong(error instanceof Error ? error.message : String(error));
    }
  }

  /** The boundaries of the file that is there now, which is read once. @throws Error that says what is wrong with it */
  async #newest(): Promise<Boundaries> {
    const { mtimeMs, size } = await stat(this.options.file);
    if (this.#read?.version.mtimeMs !== mtimeMs || this.#read.version.size !== size) {
      const boundaries = readFile(this.options.file, 'utf8').then((text) => Boundaries.read(parsed(text, this.options.file), this.options, this.of));
      this.#read = { version: { mtimeMs, size }, boundaries };
      boundaries.then((read) => { if (read.size > 0) this.#usable = read; }, () => { if (!this.#usable) this.#read = undefined; });
    }
    return this.#read.boundaries;
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new Error(`${file} is no JSON: it was cut off, or is something else than GeoJSON.`, { cause: error });
  }
}
