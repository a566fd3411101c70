import { DownloadResult, download } from '@guildhall/kernel';
import type { GuildhallRequest } from '@guildhall/kernel';
import { parseRange } from '@guildhall/documents-contract';
import type { ByteRange, OpenedDocument } from '@guildhall/documents-contract';

/**
 * Sends a document to a browser or a program: whole, or the part that it asks for (RFC 9110, 14).
 * @param open opens it, again when only a part of it is to be sent
 */
export async function sendDocument(request: GuildhallRequest, open: (range?: ByteRange) => Promise<OpenedDocument>): Promise<DownloadResult | string> {
  const { reply } = request.guildhall;
  const whole = await open();
  const asked = parseRange(typeof request.headers.range === 'string' ? request.headers.range : undefined, whole.sizeInBytes);
  if (asked === undefined) return sent(whole);
  whole.stream.destroy();
  if (asked === 'unsatisfiable') {
    void reply.status(416).headers({ 'content-range': `bytes */${whole.sizeInBytes}`, 'cache-control': 'private, no-store' });
    return '';
  }
  const part = await open(asked);
  void reply.status(206);
  return sent(part);
}

function sent({ stream, headers, document }: OpenedDocument): DownloadResult {
  return download(stream, { filename: document.filename, type: headers['content-type'] ?? 'application/octet-stream', headers });
}
