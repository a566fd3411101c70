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

/**
 * What the bytes are, by the bytes alone: neither the name nor what the browser said is believed. SVG and HTML are not among the types, because
 * they run scripts; nor are office files with macros, nor archives.
 * @public
 * @returns undefined when it is none of the types that are accepted
 */
export function documentTypeOf(bytes: Uint8Array): DocumentType | undefined {
  const holds = (at: number, expected: string): boolean => latin(bytes, at, expected.length) === expected;
  const signature = SIGNATURES.find(({ at, bytes: expected, also }) => holds(at, expected) && (!also || holds(also.at, also.bytes)));
  if (signature) return signature.type;
  if (holds(0, 'PK\x03\x04')) return officeType(bytes);
  return isPlainText(bytes) ? 'text/plain' : undefined;
}

function latin(bytes: Uint8Array, at: number, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', Math.max(0, at), Math.max(0, at) + length);
}

/** A word processor's file is a ZIP archive (APPNOTE 6.3): its list of entries, at the end, says what it is. */
function officeType(bytes: Uint8Array): DocumentType | undefined {
  const names = entriesOf(bytes);
  if (!names || names.some((name) => /(^|\/)(vbaProject\.bin|Basic\/.*\.xml)$/i.test(name))) return undefined;
  if (names.includes('[Content_Types].xml') && names.includes('word/document.xml')) return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  // ODF 1.3, part 2, 3.3: the first entry is called mimetype and is not compressed.
  const type = 'application/vnd.oasis.opendocument.text';
  return latin(bytes, 30, 8) === 'mimetype' && latin(bytes, 38, type.length + 2) === `${type}PK` && names.includes('content.xml') ? type : undefined;
}

const MOST_ENTRIES = 2_000;

function entriesOf(bytes: Uint8Array): string[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.byteLength - 22;
  const least = Math.max(0, end - 65_535);
  while (end >= least && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < least) return undefined;
  const count = view.getUint16(end + 10, true);
  if (count === 0 || count > MOST_ENTRIES) return undefined;
  const names: string[] = [];
  let at = view.getUint32(end + 16, true);
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > bytes.byteLength || view.getUint32(at, true) !== 0x02014b50) return undefined;
    const length = view.getUint16(at + 28, true);
    names.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8', at + 46, at + 46 + length));
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return names;
}

/** UTF-8 without control characters, in which no browser could find a page: nothing that begins like a tag, a script or a program. */
function isPlainText(bytes: Uint8Array): boolean {
  if (bytes.byteLength === 0) return false;
  let text: string;
  try { text = new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { return false; }
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text)) return false;
  return !/^\s*(?:#!|<|%!)/.test(text) && !/<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|img|a\s|\?xml|\?php)/i.test(text);
}
