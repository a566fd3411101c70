import type { StoredDocument } from './document';
import type { ByteRange, DocumentVariant } from './documents-api';

/**
 * What must be sent with a document's bytes, so that a browser shows or keeps them and does nothing else with them: only a photo that was encoded
 * here is shown in the page, everything else is a download (OWASP File Upload Cheat Sheet; RFC 6266 for the name).
 * @public
 */
export function headersFor(document: StoredDocument, variant: DocumentVariant, sizeInBytes: number, range?: ByteRange): Record<string, string> {
  const isOurs = document.kind === 'photo' && document.contentType === 'image/jpeg';
  const ascii = document.filename.normalize('NFKD').replace(/[^\x20-\x7e]/g, '').replace(/["\\]/g, '_') || 'document';
  const utf8 = encodeURIComponent(document.filename).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  return {
    'content-type': variant === 'thumbnail' || isOurs ? 'image/jpeg' : document.contentType === 'text/plain' ? 'text/plain; charset=utf-8' : document.contentType,
    'content-disposition': `${isOurs ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${utf8}`,
    'content-length': String(range ? range.end - range.start + 1 : sizeInBytes),
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'accept-ranges': 'bytes',
    ...(range ? { 'content-range': `bytes ${range.start}-${range.end}/${sizeInBytes}` } : {}),
  };
}

/** The range, cut to what there is; undefined when nothing of it is there. @public */
export function rangeWithin(range: ByteRange, sizeInBytes: number): ByteRange | undefined {
  const { start } = range;
  const end = Math.min(range.end, sizeInBytes - 1);
  return Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end ? { start, end } : undefined;
}

/**
 * Reads a Range header (RFC 9110, 14.1.2) of one range. Several ranges, other units and nonsense are no range: the whole is sent, as the RFC allows.
 * @public
 * @returns 'unsatisfiable' when the range lies beyond the end (416)
 */
export function parseRange(header: string | undefined, sizeInBytes: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  if (match[1] === '') {
    const last = Number(match[2]);
    return last === 0 || sizeInBytes === 0 ? 'unsatisfiable' : { start: Math.max(0, sizeInBytes - last), end: sizeInBytes - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? sizeInBytes - 1 : Number(match[2]);
  if (match[2] !== '' && end < start) return undefined;
  return rangeWithin({ start, end }, sizeInBytes) ?? 'unsatisfiable';
}
