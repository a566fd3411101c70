import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { BadFile } from './bad-file';
import type { CsvEncoding } from './csv-register.options';

/** What a first reading of a file finds. */
export interface FirstLook { readonly encoding: CsvEncoding; readonly sha256: string }

/**
 * Reads a file once, to find out what letters it is written in, and what it is.
 * @throws BadFile when it is not plain, since letters that are taken for others are other people's names
 */
export async function findEncoding(file: string, told: CsvEncoding | undefined): Promise<FirstLook> {
  const hash = createHash('sha256');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let first: Buffer = Buffer.alloc(0);
  let size = 0;
  let isUtf8 = true;
  let hasNul = false;
  let looksLikeUtf8 = false;
  let before = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
    if (first.length < 4) first = Buffer.concat([first, chunk.subarray(0, 4)]);
    hasNul ||= chunk.includes(0);
    if (isUtf8) { try { utf8.decode(chunk, { stream: true }); } catch { isUtf8 = false; } }
    looksLikeUtf8 ||= hasPairs(before, chunk);
    before = chunk[chunk.length - 1] ?? 0;
  }
  if (size === 0) throw new BadFile('empty', 'It is empty.');
  const sha256 = hash.digest('hex');
  if (told === 'utf-16le' || (first[0] === 0xff && first[1] === 0xfe)) return { encoding: 'utf-16le', sha256 };
  if (hasNul || (first[0] === 0xfe && first[1] === 0xff)) throw new BadFile('encoding', 'It is no text in UTF-8, Windows-1252 or UTF-16 (little-endian). Have it exported as "CSV UTF-8".');
  if (isUtf8 && told !== 'windows-1252') {
    try { utf8.decode(); } catch { throw new BadFile('cut-off', 'It ends in the middle of a letter.'); }
    return { encoding: 'utf-8', sha256 };
  }
  if (told === 'utf-8') throw new BadFile('encoding', 'It is not UTF-8 all through. Have it exported as "CSV UTF-8", or set its encoding.');
  if (told === undefined && looksLikeUtf8) throw new BadFile('encoding', 'Some of it is UTF-8 and some is not. Have it exported as "CSV UTF-8", or set its encoding.');
  return { encoding: 'windows-1252', sha256 };
}

/** Whether letters with accents are in it as UTF-8 writes them. In Windows-1252 the same bytes would be signs that stand in no name, such as "Ã¢". */
function hasPairs(before: number, chunk: Buffer): boolean {
  const isSecond = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x80 && byte <= 0xbf;
  if ((before === 0xc2 || before === 0xc3) && isSecond(chunk[0])) return true;
  for (const lead of [0xc2, 0xc3]) for (let at = chunk.indexOf(lead); at !== -1; at = chunk.indexOf(lead, at + 1)) if (isSecond(chunk[at + 1])) return true;
  return false;
}
