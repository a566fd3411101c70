import type { Readable } from 'node:stream';
import type { BytesAtRest, Outcome, Refusal, RequestContext } from '@guildhall/kernel-contract';
import { defineContract } from '@guildhall/kernel-contract';
import type { DocumentId, DocumentKind, DocumentSubject, StoredDocument } from './document';

/** Why a document is not taken. The words for the person are the caller's, or `documents.refusal.<reason>` from the module's messages. @public */
export type StoreRefusal = Refusal<'empty' | 'too-large' | 'type-not-allowed' | 'unreadable' | 'too-many-pixels' | 'infected' | 'too-many'>;

/** @public */
export interface StoreDocument {
  /** Made by the caller (UUIDv7), and the idempotency key: the same id with the same bytes is the same document, with other bytes a Conflict. */
  readonly documentId: DocumentId;
  readonly kind: DocumentKind;
  /** In hand, or at rest somewhere, as the files of a form are: then hardly any of them are in memory at a time. */
  readonly bytes: Uint8Array | BytesAtRest;
  /** As the sender named it: used for showing only. */
  readonly filename: string;
  /** Attaches it at once. */
  readonly subject?: DocumentSubject;
}

/**
 * Says that the calling module has checked that this actor may see (or change) the subject: a draft's owner, the holder of a status link.
 * The document must be attached to that subject. Without it only the document's owner and officers with the permission get through.
 * @public
 */
export interface Vouched { readonly vouchedFor?: DocumentSubject }

/** The whole document or its small picture. @public */
export type DocumentVariant = 'whole' | 'thumbnail';

/** Bytes from `start` up to and including `end`, counted from nought. @public */
export interface ByteRange { readonly start: number; readonly end: number }

/** @public */
export interface OpenedDocument {
  readonly document: StoredDocument;
  readonly variant: DocumentVariant;
  /** Of the variant as a whole. */
  readonly sizeInBytes: number;
  /** The part that the stream gives; absent when it gives everything. */
  readonly range?: ByteRange;
  /** What must be sent with it to a browser: type, disposition, nosniff, sandbox, no caching by others. */
  readonly headers: Readonly<Record<string, string>>;
  readonly stream: Readable;
}

/**
 * Keeps documents: checks what they are by their content, encodes photos afresh without metadata, gives them back only to those who may.
 * A document that the actor may not see is NotFound.
 * @public
 */
export interface DocumentsApi {
  /** Checks and keeps a document. The actor becomes its owner. */
  store(ctx: RequestContext, document: StoreDocument): Promise<Outcome<StoredDocument, StoreRefusal>>;
  /**
   * Makes it belong to a subject; a resident, or somebody with a session, becomes its owner. Doing it again changes nothing.
   * @throws NotFound, Conflict when it belongs to another subject that is not vouched for
   */
  attach(ctx: RequestContext, documentId: DocumentId, subject: DocumentSubject, access?: Vouched): Promise<StoredDocument>;
  find(ctx: RequestContext, documentId: DocumentId, access?: Vouched): Promise<StoredDocument | undefined>;
  /** The documents of a subject that are not removed, oldest first. For officers with the permission, and modules that vouch. */
  forSubject(ctx: RequestContext, subject: DocumentSubject, access?: Vouched): Promise<readonly StoredDocument[]>;
  /** @throws NotFound */
  open(ctx: RequestContext, documentId: DocumentId, options?: Vouched & { readonly variant?: DocumentVariant; readonly range?: ByteRange }): Promise<OpenedDocument>;
  /**
   * A path on the council's origin that shows this one document to whoever holds it, for a short time: for pages whose reader has no session
   * (a status page), and for systems that fetch it. It dies with the document, and by `endLinks`.
   * @param options `forSeconds` is 900 unless told, at most 604,800 (seven days)
   */
  link(ctx: RequestContext, documentId: DocumentId, options?: Vouched & { readonly variant?: DocumentVariant; readonly forSeconds?: number }): Promise<string>;
  /**
   * Every link that was made to the document until now shows nothing from now on; new ones can be made. For who may remove it.
   * @throws NotFound, NotAllowed
   */
  endLinks(ctx: RequestContext, documentId: DocumentId, access?: Vouched): Promise<void>;
  /**
   * Deletes the bytes; the record stays and says so. Doing it again changes nothing. What belongs to a subject is removed by who vouches for the
   * subject, and by officers with the permission: no longer by its owner alone.
   * @throws NotFound, NotAllowed
   */
  remove(ctx: RequestContext, documentId: DocumentId, access?: Vouched): Promise<void>;
}

/** The contract that other modules inject: `@Inject(DOCUMENTS.token) documents: DocumentsApi`. @public */
export const DOCUMENTS = defineContract<DocumentsApi>({
  id: 'documents',
  version: '0.1.0',
  dispatch: (pick) => ({
    store: (ctx, document) => pick(ctx).store(ctx, document),
    attach: (ctx, documentId, subject, access) => pick(ctx).attach(ctx, documentId, subject, access),
    find: (ctx, documentId, access) => pick(ctx).find(ctx, documentId, access),
    forSubject: (ctx, subject, access) => pick(ctx).forSubject(ctx, subject, access),
    open: (ctx, documentId, options) => pick(ctx).open(ctx, documentId, options),
    link: (ctx, documentId, options) => pick(ctx).link(ctx, documentId, options),
    endLinks: (ctx, documentId, access) => pick(ctx).endLinks(ctx, documentId, access),
    remove: (ctx, documentId, access) => pick(ctx).remove(ctx, documentId, access),
  }),
});
