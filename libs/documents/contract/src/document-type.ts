import type { BytesAtRest } from '@guildhall/kernel-contract';
import { atRest } from '@guildhall/kernel-contract';
import type { DocumentType } from './document';

/** What is looked for where: bytes in Latin-1, at an offset. */
const SIGNATURES: readonly { readonly type: DocumentType; readonly at: number; readonly bytes: string; readonly also?: { readonly at: number; readonly bytes: string } }[] = [
  { type: 'image/jpeg', at: 0, bytes: '\xff\xd8\xff' },
  { type: 'image/png', at: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { type: 'image/gif', at: 0, bytes: 'GIF87a' },
  { type: 'image/gif', at: 0, bytes: 'GIF89a' },
  { type: 'image/webp', at: 0, bytes: 'RIFF', also: { at: 8, bytes: 'WEBP' } },
  { type: 'image/tiff', at: 0, bytes: 'II*\0' },
  { type: 'image/tiff', at: 0, bytes: 'MM\0*' },
  { type: 'image/avif', at: 4, bytes: 'ftypavif' },
  { type: 'application/pdf', at: 0, bytes: '%PDF-' },
];

/** As far as any signature reaches. */
const BEGINNING_IN_BYTES = 128;

/**
 * What the bytes are, by the bytes alone: neither the name nor what the browser said is believed. SVG and HTML are not among the types, because
 * they run scripts; nor are office files with macros, nor archives. Only what must be looked at is read, and little of it is held at a time.
 * @public
 * @returns undefined when it is none of the types that are accepted
 */
export async function documentTypeOf(bytes: Uint8Array | BytesAtRest): Promise<DocumentType | undefined> {
  const content = atRest(bytes);
  if (content.sizeInBytes === 0) return undefined;
  const beginning = await part(content, 0, BEGINNING_IN_BYTES);
  const holds = (at: number, expected: string): boolean => latin(beginning, at, expected.length) === expected;
  const signature = SIGNATURES.find(({ at, bytes: expected, also }) => holds(at, expected) && (!also || holds(also.at, also.bytes)));
  if (signature) return signature.type;
  if (holds(0, 'PK\x03\x04')) return officeType(content, beginning);
  return (await isPlainText(content)) ? 'text/plain' : undefined;
}

async function part(content: BytesAtRest, start: number, length: number): Promise<Buffer> {
  return Buffer.concat((await content.read({ start, end: start + length - 1 }).toArray()) as Uint8Array[]);
}

function latin(bytes: Buffer, at: number, length: number): string { return bytes.toString('latin1', at, at + length); }

/** A word processor's file is a ZIP archive (APPNOTE 6.3): its list of entries, at the end, says what it is. */
async function officeType(content: BytesAtRest, beginning: Buffer): Promise<DocumentType | undefined> {
  const names = await entriesOf(content);
  if (!names || names.some((name) => /(^|\/)(vbaProject\.bin|Basic\/.*\.xml)$/i.test(name))) return undefined;
  if (names.includes('[Content_Types].xml') && names.includes('word/document.xml')) return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  // ODF 1.3, part 2, 3.3: the first entry is called mimetype and is not compressed.
  const type = 'application/vnd.oasis.opendocument.text';
  return latin(beginning, 30, 8) === 'mimetype' && latin(beginning, 38, type.length + 2) === `${type}PK` && names.includes('content.xml') ? type : undefined;
}

const MOST_ENTRIES = 2_000;
/** Of all entries' names and what stands beside them: a letter with 2,000 pictures has less. */
const LONGEST_LIST_IN_BYTES = 512 * 1024;
/** The end of an archive, with the longest comment that it may have. */
const LONGEST_END_IN_BYTES = 22 + 65_535;

async function entriesOf(content: BytesAtRest): Promise<string[] | undefined> {
  const last = await part(content, Math.max(0, content.sizeInBytes - LONGEST_END_IN_BYTES), LONGEST_END_IN_BYTES);
  let end = last.byteLength - 22;
  while (end >= 0 && last.readUInt32LE(end) !== 0x06054b50) end--;
  if (end < 0) return undefined;
  const count = last.readUInt16LE(end + 10);
  if (count === 0 || count > MOST_ENTRIES) return undefined;
  const list = await part(content, last.readUInt32LE(end + 16), Math.min(last.readUInt32LE(end + 12), LONGEST_LIST_IN_BYTES));
  const names: string[] = [];
  let at = 0;
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > list.byteLength || list.readUInt32LE(at) !== 0x02014b50) return undefined;
    const length = list.readUInt16LE(at + 28);
    names.push(list.toString('utf8', at + 46, at + 46 + length));
    at += 46 + length + list.readUInt16LE(at + 30) + list.readUInt16LE(at + 32);
  }
  return names;
}

/** The longest of what is looked for in a text: a part of it may stand at the end of a chunk. */
const LONGEST_TAG = 12;

/** UTF-8 without control characters, in which no browser could find a page: nothing that begins like a tag, a script or a program. */
async function isPlainText(content: BytesAtRest): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isBegun = false;
  let before = '';
  try {
    for await (const chunk of content.read() as AsyncIterable<Uint8Array>) {
      // What stands between a bracket and its word is left out, however long it is.
      const text: string = (before + decoder.decode(chunk, { stream: true })).replace(/<\s+/g, '<');
      // eslint-disable-next-line no-control-regex -- control characters are what is looked for
      if (/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text) || isMarkup(text)) return false;
      const first: string = isBegun ? '' : text.trimStart();
      if (/^(?:#!|<|%!)/.test(first)) return false;
      isBegun ||= first.length >= 2;
      before = isBegun ? text.slice(-LONGEST_TAG) : first;
    }
    decoder.decode();
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  }
  return true;
}

function isMarkup(text: string): boolean { return /<(?:!doctype|html|head|body|script|svg|iframe|object|embed|img|a\s|\?xml|\?php)/i.test(text); }
