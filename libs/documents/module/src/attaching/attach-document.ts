import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, publish, sql } from '@guildhall/kernel';
import type { Clock, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, Conflict, NotFound } from '@guildhall/kernel-contract';
import { ADD_DOCUMENTS, DocumentAttached, isSameSubject, mayReach, ownerAfterAttaching, parseDocumentId } from '@guildhall/documents-contract';
import type { DocumentId, DocumentSubject, StoredDocument, Vouched } from '@guildhall/documents-contract';
import { DOCUMENT_COLUMNS, toGuarded, toView } from '../keeping/document-row';
import type { DocumentRow } from '../keeping/document-row';
import { checkedSubject } from '../keeping/subject';

/** Makes a document belong to something: a draft, then the case that comes of it. */
@Injectable()
export class AttachesDocuments {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async attach(ctx: RequestContext, documentId: DocumentId, wanted: DocumentSubject, access: Vouched = {}): Promise<StoredDocument> {
    const subject = checkedSubject(wanted);
    if (!parseDocumentId(documentId)) throw new NotFound('There is no such document.');
    return this.db.run(ctx, async (tx) => {
      const [row] = await sql<DocumentRow>(tx, `select ${DOCUMENT_COLUMNS} from documents.document where council_id = $1 and document_id = $2 and state in ('loose', 'attached') for update`, [tx.council.id, documentId]);
      if (!row || !mayReach(tx, toGuarded(row), ADD_DOCUMENTS, access)) throw new NotFound(`There is no document ${documentId} here.`);
      const before = toView(row);
      const isThere = isSameSubject(before.subject, subject);
      if (before.subject && !isThere && !isSameSubject(before.subject, access.vouchedFor)) throw new Conflict(`The document ${documentId} belongs to something else.`);
      const owner = ownerAfterAttaching(tx, row.owner ?? undefined) ?? null;
      if (isThere && owner === row.owner) return before;
      const [after] = await sql<DocumentRow>(tx, `update documents.document set state = 'attached', subject_type = $3, subject_id = $4, owner = $5, changed_at = $6 where council_id = $1 and document_id = $2 returning ${DOCUMENT_COLUMNS}`, [tx.council.id, documentId, subject.type, subject.id, owner, this.clock.now()]);
      if (!isThere) publish(tx, DocumentAttached, { documentId, subject });
      audit(tx, { action: 'documents.attach', subject: { type: 'document', id: documentId }, detail: { subject } });
      return toView(after as DocumentRow);
    });
  }
}
