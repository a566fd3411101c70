import { Readable } from 'node:stream';
import type { BytesAtRest, Outcome, RemoteApiOptions, RequestContext } from '@guildhall/kernel-contract';
import { NotFound, RemoteApi, Unavailable, atRest, isGuildhallError, provenBytes } from '@guildhall/kernel-contract';
import type { DocumentId, DocumentSubject, StoredDocument } from '../document';
import type { ByteRange, DocumentVariant, DocumentsApi, OpenedDocument, StoreDocument, StoreRefusal, Vouched } from '../documents-api';
import { headersFor } from '../serving';
import { parseDocumentId, storedDocument } from './documents-json';

const BASE = '/api/documents/v1';
/** Ten megabytes over a slow line. */
const UPLOAD_SECONDS = 60;

/**
 * The documents of another deployment, over its REST API. There the caller is this machine: whoever calls here must have checked the person,
 * and say so by `vouchedFor`.
 * @public
 */
export class HttpDocuments implements DocumentsApi {
  readonly #remote: RemoteApi;
  readonly #uploads: RemoteApi;
  constructor(private readonly options: RemoteApiOptions) {
    this.#remote = new RemoteApi(options);
    this.#uploads = new RemoteApi({ ...options, timeoutInSeconds: options.timeoutInSeconds ?? UPLOAD_SECONDS });
  }

  store(_ctx: RequestContext, document: StoreDocument): Promise<Outcome<StoredDocument, StoreRefusal>> {
    const { body, contentType } = multipart(document);
    return this.#uploads.outcome<StoredDocument, StoreRefusal>(storedDocument, `${BASE}/documents`, { method: 'POST', body, headers: { 'content-type': contentType } });
  }
  async attach(_ctx: RequestContext, documentId: DocumentId, subject: DocumentSubject, access: Vouched = {}): Promise<StoredDocument> {
    return storedDocument(await this.#remote.call(`${this.#path(documentId)}/subject`, { method: 'PUT', body: { subject, ...access } }));
  }
  async find(_ctx: RequestContext, documentId: DocumentId, access: Vouched = {}): Promise<StoredDocument | undefined> {
    if (!parseDocumentId(documentId)) return undefined;
    try {
      return storedDocument(await this.#remote.call(this.#path(documentId), { query: vouching(access) }));
    } catch (error) {
      if (isGuildhallError(error) && error.code === 'not-found') return undefined;
      throw error;
    }
  }
  async forSubject(_ctx: RequestContext, subject: DocumentSubject, access: Vouched = {}): Promise<readonly StoredDocument[]> {
    const answer = (await this.#remote.call(`${BASE}/documents`, { query: { subjectType: subject.type, subjectId: subject.id, ...vouching(access) } })) as { documents?: unknown } | undefined;
    if (!Array.isArray(answer?.documents)) throw new Unavailable('The documents service answered in a form that is not known here.');
    return answer.documents.map(storedDocument);
  }
  async open(ctx: RequestContext, documentId: DocumentId, options: Vouched & { readonly variant?: DocumentVariant; readonly range?: ByteRange } = {}): Promise<OpenedDocument> {
    const { variant = 'whole', range } = options;
    const document = await this.find(ctx, documentId, options);
    if (!document) throw new NotFound();
    const response = await this.#uploads.content(`${this.#path(documentId)}/content`, { query: { variant, ...vouching(options) }, headers: range ? { range: `bytes=${range.start}-${range.end}` } : {} });
    const bytes = Buffer.from(response.bytes());
    const [, start, end, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(response.headers['content-range'] ?? '') ?? [];
    const given = start === undefined ? undefined : { start: Number(start), end: Number(end) };
    const sizeInBytes = size === undefined ? bytes.byteLength : Number(size);
    return { document, variant, sizeInBytes, range: given, headers: headersFor(document, variant, sizeInBytes, given), stream: Readable.from([bytes]) };
  }
  /** The whole address, on the other deployment's origin. */
  async link(_ctx: RequestContext, documentId: DocumentId, options: Vouched & { readonly variant?: DocumentVariant; readonly forSeconds?: number } = {}): Promise<string> {
    const { variant, forSeconds, ...access } = options;
    const answer = (await this.#remote.call(`${this.#path(documentId)}/links`, { method: 'POST', body: { ...(variant ? { variant } : {}), ...(forSeconds ? { forSeconds } : {}), ...access } })) as { path?: unknown } | undefined;
    if (typeof answer?.path !== 'string') throw new Unavailable('The documents service answered in a form that is not known here.');
    return this.options.origin + answer.path;
  }
  async endLinks(_ctx: RequestContext, documentId: DocumentId, access: Vouched = {}): Promise<void> {
    await this.#remote.call(`${this.#path(documentId)}/links`, { method: 'DELETE', query: vouching(access) });
  }
  async remove(_ctx: RequestContext, documentId: DocumentId, access: Vouched = {}): Promise<void> {
    await this.#remote.call(this.#path(documentId), { method: 'DELETE', query: vouching(access) });
  }

  #path(documentId: DocumentId): string { return `${BASE}/documents/${encodeURIComponent(documentId)}`; }
}

function vouching({ vouchedFor }: Vouched): { vouchedForType?: string; vouchedForId?: string } {
  return vouchedFor ? { vouchedForType: vouchedFor.type, vouchedForId: vouchedFor.id } : {};
}

/** multipart/form-data (RFC 7578); a file name travels percent-encoded in a field of its own, because headers cannot hold every name. */
function multipart(document: StoreDocument): { readonly body: Pick<BytesAtRest, 'sizeInBytes' | 'read'>; readonly contentType: string } {
  const content = atRest(document.bytes);
  const boundary = `guildhall-${document.documentId}`;
  const fields: Record<string, string> = { documentId: document.documentId, kind: document.kind, filename: document.filename, ...(document.subject ? { subjectType: document.subject.type, subjectId: document.subject.id } : {}) };
  const parts = Object.entries(fields).map(([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  const head = Buffer.from(`${parts.join('')}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="upload"\r\ncontent-type: application/octet-stream\r\n\r\n`, 'utf8');
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield head;
    yield* provenBytes(content.read(), content) as AsyncIterable<Uint8Array>;
    yield tail;
  }
  const sizeInBytes = head.byteLength + content.sizeInBytes + tail.byteLength;
  return { body: { sizeInBytes, read: () => Readable.from(whole(), { objectMode: false }) }, contentType: `multipart/form-data; boundary=${boundary}` };
}
