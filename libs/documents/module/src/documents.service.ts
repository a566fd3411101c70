import { Inject, Injectable } from '@nestjs/common';
import type { Outcome, RequestContext } from '@guildhall/kernel-contract';
import type { ByteRange, DocumentId, DocumentSubject, DocumentVariant, DocumentsApi, OpenedDocument, StoreDocument, StoreRefusal, StoredDocument, Vouched } from '@guildhall/documents-contract';
import { AttachesDocuments } from './attaching/attach-document';
import { StoresDocuments } from './keeping/store-document';
import { RemovesDocuments } from './removing/remove-document';
import { DocumentLinks } from './showing/document-links';
import { FindsDocuments } from './showing/find-documents';
import { OpensDocuments } from './showing/open-document';

/** The contract's door: each method is one use case. */
@Injectable()
export class DocumentsService implements DocumentsApi {
  constructor(
    @Inject(StoresDocuments) private readonly storing: StoresDocuments,
    @Inject(AttachesDocuments) private readonly attaching: AttachesDocuments,
    @Inject(FindsDocuments) private readonly finding: FindsDocuments,
    @Inject(OpensDocuments) private readonly opening: OpensDocuments,
    @Inject(DocumentLinks) private readonly links: DocumentLinks,
    @Inject(RemovesDocuments) private readonly removing: RemovesDocuments,
  ) {}

  store(ctx: RequestContext, document: StoreDocument): Promise<Outcome<StoredDocument, StoreRefusal>> { return this.storing.store(ctx, document); }
  attach(ctx: RequestContext, documentId: DocumentId, subject: DocumentSubject, access: Vouched = {}): Promise<StoredDocument> { return this.attaching.attach(ctx, documentId, subject, access); }
  find(ctx: RequestContext, documentId: DocumentId, access: Vouched = {}): Promise<StoredDocument | undefined> { return this.finding.find(ctx, documentId, access); }
  forSubject(ctx: RequestContext, subject: DocumentSubject, access: Vouched = {}): Promise<readonly StoredDocument[]> { return this.finding.forSubject(ctx, subject, access); }
  open(ctx: RequestContext, documentId: DocumentId, options: Vouched & { readonly variant?: DocumentVariant; readonly range?: ByteRange } = {}): Promise<OpenedDocument> { return this.opening.open(ctx, documentId, options); }
  link(ctx: RequestContext, documentId: DocumentId, options: Vouched & { readonly variant?: DocumentVariant; readonly forSeconds?: number } = {}): Promise<string> { return this.links.make(ctx, documentId, options); }
  endLinks(ctx: RequestContext, documentId: DocumentId, access: Vouched = {}): Promise<void> { return this.links.end(ctx, documentId, access); }
  remove(ctx: RequestContext, documentId: DocumentId, access: Vouched = {}): Promise<void> { return this.removing.remove(ctx, documentId, access); }
}
