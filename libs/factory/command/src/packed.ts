import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { PackageFiles } from '@guildhall/catalogue-contract';
import { Parser, type ReadEntry } from 'tar';
import { CannotDo } from './command';

const MOST_PACKED_BYTES = 50 * 1024 * 1024;
const MOST_BYTES = 200 * 1024 * 1024;
const MOST_ENTRIES = 20_000;

/**
 * The files of a package as npm packs it (.tgz), by their paths in it. Nothing is written anywhere, and links are not followed. It may be anybody's: what comes out is counted piece by piece, before it is looked at.
 * @param named what it is called in a sentence: its file
 * @throws CannotDo when it is none, or too large
 */
export async function packedFiles(packed: Uint8Array, named: string): Promise<PackageFiles> {
  const files = new Map<string, Uint8Array>();
  let [bytes, entries, isOver] = [0, 0, false];
  let fault: Error | undefined;
  const parser: Parser = new Parser({
    strict: true,
    onReadEntry: (entry: ReadEntry) => {
      if ((entries += 1) > MOST_ENTRIES) fault ??= new Error('too many files');
      if (fault || (entry.type !== 'File' && entry.type !== 'OldFile')) return void entry.resume();
      const parts: Buffer[] = [];
      entry.on('data', (part: Buffer) => void parts.push(part));
      // All of it lies below one folder, whose name npm leaves out, too.
      entry.on('end', () => void files.set(entry.path.replace(/^[^/]+\//, ''), Buffer.concat(parts)));
    },
  });
  parser.on('eof', () => void (isOver = true));
  const whole = new Promise<void>((resolve, reject) => parser.on('end', resolve).on('error', (error: Error) => { fault ??= error; reject(error); }));
  // Heard when it is waited for.
  whole.catch(() => undefined);
  try {
    if (packed.byteLength > MOST_PACKED_BYTES) throw new Error('too large');
    for await (const piece of Readable.from([Buffer.from(packed)]).pipe(createGunzip()) as AsyncIterable<Buffer>) {
      if (bytes === 0 && isPackedTwice(piece)) throw new Error('it is packed twice');
      if ((bytes += piece.byteLength) > MOST_BYTES) throw new Error('too large');
      parser.write(piece);
      if (fault) throw fault;
      // Nobody reads on: neither does npm.
      if (isOver) break;
    }
    parser.end();
    await whole;
  } catch (error) {
    throw new CannotDo(`${named} is no package as npm packs it (.tgz): ${(error as Error).message}.`);
  }
  if (files.size === 0) throw new CannotDo(`${named} is no package as npm packs it (.tgz): there is no file in it.`);
  return files;
}

/** What the library would unpack once more by itself (gzip, zstd), where nothing is counted. */
function isPackedTwice(piece: Buffer): boolean { return [[0x1f, 0x8b], [0x28, 0xb5, 0x2f, 0xfd]].some((magic) => magic.every((byte, at) => piece[at] === byte)); }
