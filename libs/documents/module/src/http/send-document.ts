import { DownloadResult, download } from '@guildhall/kernel';
import type { GuildhallRequest } from '@guildhall/kernel';
import { parseRange } from '@guildhall/documents-contract';
import type { ByteRange, OpenedDocument } from '@guildhall/documents-contract';

/**
 * Sends a document to a browser or a program: whole, or the part that it asks for (RFC 9110, 14).
 * @param open opens it: once, but when the end of it is asked for, whose place is only known with its size
 */
export async function sendDocument(request: GuildhallRequest, open: (range?: ByteRange) => Promise<OpenedDocument>): Promise<DownloadResult | string> {
  const header = typeof request.headers.range === 'string' ? request.headers.range : undefined;
  const opened = await open(rangeBeginningIn(header));
  const asked = parseRange(header, opened.sizeInBytes);
  if (asked === undefined) return sent(opened);
  const { reply } = request.guildhall;
  if (asked === 'unsatisfiable') {
    opened.stream.destroy();
    void reply.status(416).headers({ 'content-range': `bytes */${opened.sizeInBytes}`, 'cache-control': 'private, no-store' });
    return '';
  }
  void reply.status(206);
  if (opened.range) return sent(opened);
  opened.stream.destroy();
  return sent(await open(asked));
}

/** More bytes than any document has, and still as many digits as every Range header may have here. */
const BEYOND_ANY_IN_BYTES = 999_999_999_999_999;

/** A range that can be asked of a store before the size is known; a part beyond the end is cut off by the store. */
function rangeBeginningIn(header: string | undefined): ByteRange | undefined {
  const asked = parseRange(/^bytes=\d/.test(header?.trim() ?? '') ? header : undefined, BEYOND_ANY_IN_BYTES);
  return asked === 'unsatisfiable' ? undefined : asked;
}

function sent({ stream, headers, document }: OpenedDocument): DownloadResult {
  return download(stream, { filename: document.filename, type: headers['content-type'] ?? 'application/octet-stream', headers });
}
