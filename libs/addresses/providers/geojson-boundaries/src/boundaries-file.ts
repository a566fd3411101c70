import { readFile } from 'node:fs/promises';
import { Unavailable } from '@guildhall/kernel-contract';
import type { ConnectionCheck } from '@guildhall/kernel-contract';
import type { Point } from '@guildhall/addresses-contract';
import { Boundaries } from './boundaries';
import type { Boundary } from './boundaries';
import type { GeojsonBoundariesOptions } from './options';

/** A file of boundaries, which is read when it is first asked. One that could not be read is looked for again at the next question. */
export class BoundariesFile {
  #boundaries: Promise<Boundaries> | undefined;

  constructor(private readonly options: GeojsonBoundariesOptions, private readonly of: 'ward' | 'zone') {}

  /** The areas in which the point lies. @throws Unavailable when the file cannot be read */
  async at(point: Point): Promise<readonly Boundary[]> {
    try {
      return (await this.#read()).at(point);
    } catch (error) {
      throw Object.assign(new Unavailable(`The boundaries of the ${this.of}s cannot be read. "doctor" says why.`), { cause: error });
    }
  }

  async check(): Promise<ConnectionCheck> {
    try {
      const { size } = await this.#read();
      return size > 0 ? { ok: true, message: `${this.options.file} has the boundaries of ${size} ${this.of}${size === 1 ? '' : 's'}.` } : { ok: false, message: `${this.options.file} has no boundaries.` };
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
  }

  #read(): Promise<Boundaries> {
    this.#boundaries ??= readFile(this.options.file, 'utf8').then((text) => Boundaries.read(parsed(text, this.options.file), this.options, this.of)).catch((error: unknown) => {
      this.#boundaries = undefined;
      throw error;
    });
    return this.#boundaries;
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new Error(`${file} is no JSON: it was cut off, or is something else than GeoJSON.`, { cause: error });
  }
}
