import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { MOST_PICTURE_BYTES, isPicturePath, type PackageFilesRead } from '@guildhall/catalogue-contract';
import { done, type Outcome, type Refusal } from '@guildhall/kernel-contract';
import { Parser, type ReadEntry } from 'tar';
import { MOST_FILES, MOST_FILE_BYTES, MOST_FOLDERS_DEEP, MOST_PATH_CHARACTERS, MOST_READ_BYTES, MOST_READ_FILE_BYTES, MOST_READ_PICTURE_BYTES, MOST_UNPACKED_BYTES } from './limits';

/** A package that is not even unpacked. */
export type Unsafe = Refusal<'unsafe'>;

/** What facts may be worked out from; of other files their length is enough. */
const IS_READ = /^(README\.md|publiccode\.yml|.+\.json)$/;
const FOLDER = 'package/';

/**
 * Reads a package as npm packs it (tar in gzip, everything below `package/`), without writing or running any of it: one file after another passes, and little of it is kept.
 * By the library with which npm unpacks it, so that nothing is in it for one and not for the other.
 */
export async function unpackPackage(packed: Uint8Array): Promise<Outcome<PackageFilesRead, Unsafe>> {
  const files = new Map<string, Uint8Array | { readonly byteLength: number }>();
  /** As a file system sees paths that takes capitals and small letters for the same. */
  const seen = new Set<string>();
  let [unpacked, read, pictured] = [0, 0, 0];
  let fault: Fault | undefined;
  const refuse = (refusal: Unsafe): void => {
    fault ??= new Fault(refusal);
    parser.abort(fault);
  };
  const parser: Parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      const wrong = faultIn(entry, seen);
      if (wrong) return refuse(wrong);
      if (entry.type === 'Directory') return void entry.resume();
      const path = entry.path.slice(FOLDER.length);
      const isRead = IS_READ.test(path) && entry.size <= MOST_READ_FILE_BYTES && (read += entry.size) <= MOST_READ_BYTES;
      // They are counted by themselves, so that no package is misread because it brings many.
      const isPictured = isPicturePath(path) && entry.size <= MOST_PICTURE_BYTES && (pictured += entry.size) <= MOST_READ_PICTURE_BYTES;
      const chunks: Buffer[] = [];
      files.set(path, { byteLength: entry.size });
      if (!isRead && !isPictured) return void entry.resume();
      entry.on('data', (chunk: Buffer) => void chunks.push(chunk));
      entry.on('end', () => files.set(path, new Uint8Array(Buffer.concat(chunks))));
    },
  });
  parser.on('ignoredEntry', (entry: ReadEntry) => refuse(faultIn(entry, seen) ?? unsafe('It cannot be unpacked: it says more of a file than npm reads.')));
  let isOver = false;
  parser.on('eof', () => void (isOver = true));
  const whole = new Promise<void>((resolve, reject) => parser.on('end', resolve).on('error', reject));
  // Heard when it is waited for.
  whole.catch(() => undefined);
  try {
    for await (const chunk of Readable.from([Buffer.from(packed)]).pipe(createGunzip()) as AsyncIterable<Buffer>) {
      if (unpacked === 0 && isPackedTwice(chunk)) throw new Fault(unsafe('It cannot be unpacked: it is packed twice.'));
      // What counts is what comes out, the spaces between files included: a small file can hold much.
      if ((unpacked += chunk.byteLength) > MOST_UNPACKED_BYTES) throw new Fault(unsafe(`Unpacked it is larger than ${MOST_UNPACKED_BYTES / 1024 / 1024} MB. Leave out what is not needed to run it ("files" in package.json).`));
      // Each file passes at once: nothing has to be waited for between two pieces.
      parser.write(chunk);
      if (fault) throw fault;
      // Nobody reads on: neither does npm.
      if (isOver) break;
    }
    parser.end();
    await whole;
    return done(files);
  } catch (error) {
    return { ok: false, refusal: error instanceof Fault ? error.refusal : unsafe('It cannot be unpacked: it is not a package as "npm pack" writes one.') };
  }
}

class Fault extends Error {
  constructor(readonly refusal: Unsafe) { super(refusal.message); }
}

/** What the library would unpack once more by itself (gzip, zstd), where nothing is counted. */
function isPackedTwice(chunk: Buffer): boolean { return [[0x1f, 0x8b], [0x28, 0xb5, 0x2f, 0xfd]].some((magic) => magic.every((byte, at) => chunk[at] === byte)); }

function unsafe(message: string): Unsafe { return { reason: 'unsafe', message }; }

function faultIn({ path: name, type, size }: ReadEntry, seen: Set<string>): Unsafe | undefined {
  const shown = JSON.stringify(name.slice(0, MOST_PATH_CHARACTERS));
  const isFolder = type === 'Directory';
  if (type !== 'File' && type !== 'OldFile' && !isFolder) return unsafe(`${shown} is no file (${type}). Pack files only: no links and no devices.`);
  const path = (isFolder ? name.replace(/\/$/, '') : name).slice(FOLDER.length);
  if (isFolder && (name === FOLDER || `${name}/` === FOLDER)) return undefined;
  if (!name.startsWith(FOLDER) || path.split('/').some((part) => part === '' || part === '.' || part === '..')) return unsafe(`${shown} would be written outside the package. Pack it with "npm pack".`);
  // eslint-disable-next-line no-control-regex -- which characters a path may not have is what this says
  if (/[\u0000-\u001f\u007f\\:*?"<>|\ufffd]/.test(path) || /[. ](\/|$)/.test(path)) return unsafe(`${shown} has characters that not every system can write. Rename it.`);
  if (path.length > MOST_PATH_CHARACTERS || path.split('/').length > MOST_FOLDERS_DEEP) return unsafe(`${shown} is too long or too deep: at most ${MOST_PATH_CHARACTERS} characters and ${MOST_FOLDERS_DEEP} folders.`);
  if (isFolder) return undefined;
  if (/(^|\/)node_modules\//.test(path)) return unsafe(`${shown} brings another package along. Name it among "dependencies": what comes hidden is in no bill of materials.`);
  const spelt = path.normalize('NFC').toLowerCase();
  if (seen.has(spelt)) return unsafe(`${shown} is in it twice, or once more in other capitals. Which one counts would be chance.`);
  seen.add(spelt);
  if (seen.size > MOST_FILES) return unsafe(`It has more than ${MOST_FILES} files. Leave out what is not needed to run it ("files" in package.json).`);
  return size > MOST_FILE_BYTES ? unsafe(`${shown} is larger than ${MOST_FILE_BYTES / 1024 / 1024} MB. Leave it out, or make it smaller.`) : undefined;
}
