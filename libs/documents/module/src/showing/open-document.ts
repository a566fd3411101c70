import { Inject, Injectable } from '@nestjs/common';
import { Database, LOG, SilentFarEnds, audit } from '@guildhall/kernel';
import type { Log, RequestContext } from '@guildhall/kernel-contract';
import { NotFound, Unavailable, provenBytes } from '@guildhall/kernel-contract';
import { READ_DOCUMENTS, headersFor, mayReach, rangeWithin } from '@guildhall/documents-contract';
import type { ByteRange, DocumentId, DocumentVariant, OpenedDocument, Vouched } from '@guildhall/documents-contract';
import { thumbnailKey, toGuarded, toView, wholeKey } from '../keeping/document-row';
import type { DocumentRow } from '../keeping/document-row';
import { DocumentsSettings } from '../keeping/documents-settings';
import { FindsDocuments } from './find-documents';

/** What is to be opened of a document. */
export interface Opening { readonly variant?: DocumentVariant; readonly range?: ByteRange }

/** Gives the bytes of documents to those who may see them. */
@Injectable()
export class OpensDocuments {
  constructor(
    @Inject(Database) private readonly db: Database, @Inject(FindsDocuments) private readonly finding: FindsDocuments, @Inject(DocumentsSettings) private readonly settings: DocumentsSettings, @Inject(LOG) private readonly log: Log,
    @Inject(SilentFarEnds) private readonly silent: SilentFarEnds,
  ) {}

  async open(ctx: RequestContext, documentId: DocumentId, options: Vouched & Opening = {}): Promise<OpenedDocument> {
    const row = await this.finding.row(ctx, documentId);
    if (!row || !mayReach(ctx, toGuarded(row), READ_DOCUMENTS, options)) throw new NotFound('There is no such document here.');
    // Reads of what people sent are on the record like changes, when it is staff or another system that reads; a small picture on a page is not.
    const { kind } = ctx.actor;
    if ((kind === 'officer' || kind === 'machine') && options.variant !== 'thumbnail' && row.state !== 'removed') await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'documents.read', subject: { type: 'document', id: row.document_id } })));
    return this.bytesOf(ctx, row, options);
  }

  /** For who has shown a link that was signed for this document. */
  openByLink(ctx: RequestContext, row: DocumentRow, options: Opening): Promise<OpenedDocument> {
    return this.bytesOf(ctx, row, options);
  }

  private async bytesOf(ctx: RequestContext, row: DocumentRow, { variant = 'whole', range }: Opening): Promise<OpenedDocument> {
    if (row.state === 'removed' || (variant === 'thumbnail' && !row.has_thumbnail)) throw new NotFound('There is no such document here.');
    const store = this.settings.store(ctx);
    const found = await this.silent.ask(store, () => store.get(variant === 'thumbnail' ? thumbnailKey(row.document_id) : wholeKey(row.document_id), range));
    if (!found) {
      // The record says that it is there: the store has lost it, or is not the one it was.
      this.log.error('documents.bytes-missing', { council: ctx.council.slug, documentId: row.document_id, correlationId: ctx.correlationId });
      throw new Unavailable('The document cannot be had at the moment.');
    }
    const part = range && rangeWithin(range, found.sizeInBytes);
    const document = toView(row);
    // A part cannot be checked by itself, and of a small picture no more is known than that it was made here.
    const stream = variant === 'whole' && !range ? provenBytes(found.stream, document, () => this.log.error('documents.damaged', { council: ctx.council.slug, documentId: row.document_id, correlationId: ctx.correlationId })) : found.stream;
    return { document, variant, sizeInBytes: found.sizeInBytes, range: part, headers: headersFor(document, variant, found.sizeInBytes, part), stream };
  }
}
