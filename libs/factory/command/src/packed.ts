import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PackageFiles } from '@guildhall/catalogue-contract';
import { Parser, type ReadEntry } from 'tar';
import { CannotDo } from './command';

const MOST_BYTES = 200 * 1024 * 1024;
const MOST_FILES = 20_000;

/**
 * The files of a package as npm packs it (.tgz), by their paths in it. Nothing is written anywhere, and links are not followed.
 * @param named what it is called in a sentence: its file
 * @throws CannotDo when it is none, or too large
 */
export async function packedFiles(packed: Uint8Array, named: string): Promise<PackageFiles> {
  const files = new Map<string, Uint8Array>();
  let bytes = 0;
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry: ReadEntry) => {
      const parts: Buffer[] = [];
      entry.on('data', (part: Buffer) => {
        bytes += part.byteLength;
        if (bytes > MOST_BYTES) parser.abort(new Error('too large'));
        else parts.push(part);
      });
      // All of it lies below one folder, whose name npm leaves out, too.
      entry.on('end', () => { if (entry.type === 'File' || entry.type === 'OldFile') files.set(entry.path.replace(/^[^/]+\//, ''), Buffer.concat(parts)); });
      if (files.size > MOST_FILES) parser.abort(new Error('too many files'));
    },
  });
  try {
    await pipeline(Readable.from([Buffer.from(packed)]), parser as unknown as NodeJS.WritableStream);
  } catch (error) {
    throw new CannotDo(`${named} is no package as npm packs it (.tgz): ${(error as Error).message}.`);
  }
  if (files.size === 0) throw new CannotDo(`${named} is no package as npm packs it (.tgz): there is no file in it.`);
  return files;
}
