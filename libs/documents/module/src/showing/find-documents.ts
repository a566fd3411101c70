import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { NotAllowed, may } from '@guildhall/kernel-contract';
import { READ_DOCUMENTS, isSameSubject, mayReach, parseDocumentId } from '@guildhall/documents-contract';
import type { DocumentId, DocumentSubject, StoredDocument, Vouched } from '@guildhall/documents-contract';
import { DOCUMENT_COLUMNS, toGuarded, toView } from '../keeping/document-row';
import type { DocumentRow } from '../keeping/document-row';

/** More than any subject may have. */
const MOST = 500;

/** Finds what is known of documents, for those who may know. */
@Injectable()
export class FindsDocuments {
  constructor(@Inject(Database) private readonly db: Database) {}

  async find(ctx: RequestContext, documentId: DocumentId, access: Vouched = {}): Promise<StoredDocument | undefined> {
    const row = await this.row(ctx, documentId);
    return row && mayReach(ctx, toGuarded(row), READ_DOCUMENTS, access) ? toView(row) : undefined;
  }

  async forSubject(ctx: RequestContext, subject: DocumentSubject, { vouchedFor }: Vouched = {}): Promise<readonly StoredDocument[]> {
    if (!isSameSubject(vouchedFor, subject) && !may(ctx, READ_DOCUMENTS)) throw new NotAllowed('Whose documents these are must be known before they are listed.');
    const rows = await this.db.query<DocumentRow>(ctx, `select ${DOCUMENT_COLUMNS} from documents.document where council_id = $1 and subject_type = $2 and subject_id = $3 and state = 'attached' order by stored_at, document_id limit ${MOST}`, [ctx.council.id, subject.type, subject.id]);
    return rows.map(toView);
  }

  /** The row, whoever asks. Not of a document that is still on its way. */
  async row(ctx: RequestContext, documentId: string): Promise<DocumentRow | undefined> {
    if (!parseDocumentId(documentId)) return undefined;
    const [row] = await this.db.query<DocumentRow>(ctx, `select ${DOCUMENT_COLUMNS} from documents.document where council_id = $1 and document_id = $2 and state <> 'receiving'`, [ctx.council.id, documentId]);
    return row;
  }
}
