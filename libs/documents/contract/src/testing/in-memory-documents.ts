import { createHash, timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Clock, Outcome, Permission, RequestContext } from '@guildhall/kernel-contract';
import { Conflict, NotAllowed, NotFound, atRest, demand, done, may, provenBytes, refused } from '@guildhall/kernel-contract';
import { FixedClock } from '@guildhall/kernel-contract/testing';
import { isSameSubject, mayReach, ownerAfterAttaching, ownerIn } from '../access';
import { DOCUMENT_LIMITS, cleanFilename } from '../document';
import type { DocumentId, DocumentSubject, StoredDocument } from '../document';
import { documentTypeOf } from '../document-type';
import type { ByteRange, DocumentVariant, DocumentsApi, OpenedDocument, StoreDocument, StoreRefusal, Vouched } from '../documents-api';
import { ADD_DOCUMENTS, READ_DOCUMENTS, REMOVE_DOCUMENTS } from '../permissions';
import { headersFor, rangeWithin } from '../serving';

interface Kept { document: StoredDocument; readonly bytes: Buffer; owner?: string }

/** Documents for other modules' tests: checks and guards them by the module's rules, but keeps photos as they came. @public */
export class InMemoryDocuments implements DocumentsApi {
  readonly #kept = new Map<string, Kept>();
  readonly #links = new Map<string, { readonly until: number; readonly place: string }>();
  #made = 0;
  /** Every event, the oldest first. */
  readonly published: { readonly type: string; readonly data: { readonly documentId: string; readonly subject?: DocumentSubject } }[] = [];

  constructor(private readonly clock: Clock = new FixedClock()) {}

  async store(ctx: RequestContext, order: StoreDocument): Promise<Outcome<StoredDocument, StoreRefusal>> {
    if (ctx.actor.kind !== 'nobody' && ctx.actor.kind !== 'resident') demand(ctx, ADD_DOCUMENTS);
    const content = atRest(order.bytes);
    const bytes = Buffer.concat((await provenBytes(content.read(), content).toArray()) as Uint8Array[]);
    const before = this.#kept.get(placeOf(ctx, order.documentId));
    if (before) {
      if (before.document.state === 'removed' || !timingSafeEqual(hash(before.bytes), hash(bytes)) || !(before.owner === ownerIn(ctx) || isSameSubject(before.document.subject, order.subject))) throw new Conflict(`The document ${order.documentId} is another one.`);
      return done(before.document);
    }
    const contentType = await documentTypeOf(bytes);
    if (bytes.byteLength === 0) return refused('empty', 'The file is empty.');
    if (bytes.byteLength > (order.kind === 'photo' ? DOCUMENT_LIMITS.photoInBytes : DOCUMENT_LIMITS.fileInBytes)) return refused('too-large', 'The file is too large.');
    if (!contentType || (order.kind === 'photo' && !contentType.startsWith('image/'))) return refused('type-not-allowed', 'The file is of a type that is not accepted.');
    if (order.subject && this.#of(ctx, order.subject).length >= DOCUMENT_LIMITS.perSubject) return refused('too-many', 'There are too many documents.');
    const document: StoredDocument = {
      id: order.documentId, kind: order.kind, state: order.subject ? 'attached' : 'loose', contentType, sizeInBytes: bytes.byteLength, sha256: hash(bytes).toString('hex'), filename: cleanFilename(order.filename, contentType),
      hasThumbnail: order.kind === 'photo', storedAt: this.clock.now(), ...(order.subject ? { subject: order.subject } : {}),
    };
    this.#kept.set(placeOf(ctx, order.documentId), { document, bytes, owner: ownerIn(ctx) });
    this.published.push({ type: 'documents.document-stored', data: { documentId: order.documentId } });
    if (order.subject) this.published.push({ type: 'documents.document-attached', data: { documentId: order.documentId, subject: order.subject } });
    return done(document);
  }

  async attach(ctx: RequestContext, documentId: DocumentId, subject: DocumentSubject, access: Vouched = {}): Promise<StoredDocument> {
    const known = this.#kept.get(placeOf(ctx, documentId));
    if (known && isSameSubject(known.document.subject, subject) && mayReach(ctx, guarded(known), ADD_DOCUMENTS) && known.document.state === 'attached') return known.document;
    const kept = this.#reach(ctx, documentId, ADD_DOCUMENTS, access);
    if (kept.document.state === 'removed') throw new NotFound();
    if (kept.document.subject && !isSameSubject(kept.document.subject, subject) && !isSameSubject(kept.document.subject, access.vouchedFor)) throw new Conflict(`The document ${documentId} belongs to something else.`);
    if (!isSameSubject(kept.document.subject, subject)) this.published.push({ type: 'documents.document-attached', data: { documentId, subject } });
    kept.owner = ownerAfterAttaching(ctx, kept.owner);
    kept.document = { ...kept.document, state: 'attached', subject };
    return kept.document;
  }

  async find(ctx: RequestContext, documentId: DocumentId, access: Vouched = {}): Promise<StoredDocument | undefined> {
    const kept = this.#kept.get(placeOf(ctx, documentId));
    return kept && mayReach(ctx, guarded(kept), READ_DOCUMENTS, access) ? kept.document : undefined;
  }

  async forSubject(ctx: RequestContext, subject: DocumentSubject, { vouchedFor }: Vouched = {}): Promise<readonly StoredDocument[]> {
    if (!isSameSubject(vouchedFor, subject) && !may(ctx, READ_DOCUMENTS)) throw new NotAllowed();
    return this.#of(ctx, subject);
  }

  async open(ctx: RequestContext, documentId: DocumentId, options: Vouched & { readonly variant?: DocumentVariant; readonly range?: ByteRange } = {}): Promise<OpenedDocument> {
    const { document, bytes } = this.#reach(ctx, documentId, READ_DOCUMENTS, options);
    const { variant = 'whole' } = options;
    if (document.state === 'removed' || (variant === 'thumbnail' && !document.hasThumbnail)) throw new NotFound();
    const range = options.range && rangeWithin(options.range, bytes.byteLength);
    return { document, variant, sizeInBytes: bytes.byteLength, range, headers: headersFor(document, variant, bytes.byteLength, range), stream: Readable.from([range ? bytes.subarray(range.start, range.end + 1) : bytes]) };
  }

  async link(ctx: RequestContext, documentId: DocumentId, options: Vouched & { readonly variant?: DocumentVariant; readonly forSeconds?: number } = {}): Promise<string> {
    this.#reach(ctx, documentId, READ_DOCUMENTS, options);
    const until = Math.floor(this.clock.now().getTime() / 1_000) + Math.min(DOCUMENT_LIMITS.linkInSeconds, options.forSeconds ?? 900);
    const path = `/documents/${documentId}/shown?until=${until}&key=${hash(Buffer.from(`${documentId} ${until} ${++this.#made}`)).toString('base64url')}`;
    this.#links.set(path, { until, place: placeOf(ctx, documentId) });
    return path;
  }

  /** What a browser without a session gets from a link. */
  follow(path: string): { readonly status: number; readonly bytes: Buffer } {
    const link = this.#links.get(path);
    const kept = link && this.#kept.get(link.place);
    if (!link || !kept || kept.document.state === 'removed' || link.until * 1_000 < this.clock.now().getTime()) return { status: 404, bytes: Buffer.alloc(0) };
    return { status: 200, bytes: kept.bytes };
  }

  async endLinks(ctx: RequestContext, documentId: DocumentId, access: Vouched = {}): Promise<void> {
    const kept = this.#reach(ctx, documentId, READ_DOCUMENTS, access);
    if (!mayReach(ctx, guarded(kept), REMOVE_DOCUMENTS, access)) throw new NotAllowed('This document belongs to something that has been sent. Ask the council to end its links.');
    for (const [path, { place }] of this.#links) if (place === placeOf(ctx, documentId)) this.#links.delete(path);
  }

  async remove(ctx: RequestContext, documentId: DocumentId, access: Vouched = {}): Promise<void> {
    const kept = this.#reach(ctx, documentId, READ_DOCUMENTS, access);
    if (kept.document.state === 'removed') return;
    if (!mayReach(ctx, guarded(kept), REMOVE_DOCUMENTS, access)) throw new NotAllowed('This document belongs to something that has been sent. Ask the council to remove it.');
    kept.document = { ...kept.document, state: 'removed', filename: cleanFilename('removed', kept.document.contentType) };
    this.published.push({ type: 'documents.document-removed', data: { documentId, ...(kept.document.subject ? { subject: kept.document.subject } : {}) } });
  }

  #reach(ctx: RequestContext, documentId: DocumentId, permission: Permission, access: Vouched): Kept {
    const kept = this.#kept.get(placeOf(ctx, documentId));
    if (!kept || !mayReach(ctx, guarded(kept), permission, access)) throw new NotFound(`There is no document ${documentId} here.`);
    return kept;
  }
  #of(ctx: RequestContext, subject: DocumentSubject): StoredDocument[] {
    return [...this.#kept].filter(([place, { document }]) => place.startsWith(ctx.council.id) && document.state === 'attached' && isSameSubject(document.subject, subject)).map(([, { document }]) => document);
  }
}

function guarded(kept: Kept): { owner?: string; subject?: DocumentSubject; state: StoredDocument['state'] } { return { owner: kept.owner, subject: kept.document.subject, state: kept.document.state }; }
function placeOf(ctx: RequestContext, documentId: string): string { return `${ctx.council.id} ${documentId}`; }
function hash(bytes: Buffer): Buffer { return createHash('sha256').update(bytes).digest(); }
