import { Inject, Injectable } from '@nestjs/common';
import { Database, LOG, audit, publish, sql } from '@guildhall/kernel';
import type { Clock, Log, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, NotAllowed, NotFound, isGuildhallError } from '@guildhall/kernel-contract';
import { DocumentRemoved, READ_DOCUMENTS, REMOVE_DOCUMENTS, mayReach, parseDocumentId } from '@guildhall/documents-contract';
import type { DocumentId, Vouched } from '@guildhall/documents-contract';
import { DOCUMENT_COLUMNS, removedName, toGuarded, toView } from '../keeping/document-row';
import type { DocumentRow } from '../keeping/document-row';
import { DeletesBytes } from './delete-bytes';

/** Removes documents: first it is said, then the bytes go. When they cannot at the moment, the sweeper sees to it. */
@Injectable()
export class RemovesDocuments {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(DeletesBytes) private readonly bytes: DeletesBytes, @Inject(LOG) private readonly log: Log) {}

  async remove(ctx: RequestContext, documentId: DocumentId, access: Vouched = {}): Promise<void> {
    if (!parseDocumentId(documentId)) throw new NotFound('There is no such document.');
    const isNews = await this.db.run(ctx, async (tx) => {
      const [row] = await sql<DocumentRow>(tx, `select ${DOCUMENT_COLUMNS} from documents.document where council_id = $1 and document_id = $2 and state <> 'receiving' for update`, [tx.council.id, documentId]);
      if (!row || !(mayReach(tx, toGuarded(row), READ_DOCUMENTS, access) || mayReach(tx, toGuarded(row), REMOVE_DOCUMENTS, access))) throw new NotFound('There is no such document here.');
      if (row.state === 'removed') return false;
      if (!mayReach(tx, toGuarded(row), REMOVE_DOCUMENTS, access)) throw new NotAllowed('This document belongs to something that has been sent. Ask the council to remove it.');
      await sql(tx, `update documents.document set state = 'removed', filename = $3, changed_at = $4 where council_id = $1 and document_id = $2`, [tx.council.id, documentId, removedName(row.content_type), this.clock.now()]);
      const { subject } = toView(row);
      publish(tx, DocumentRemoved, { documentId, ...(subject ? { subject } : {}) });
      audit(tx, { action: 'documents.remove', subject: { type: 'document', id: documentId } });
      return true;
    });
    if (!isNews) return;
    try { await this.bytes.of(ctx, documentId); } catch (error) {
      if (!isGuildhallError(error)) throw error;
      this.log.warn('documents.bytes-left-to-sweep', { council: ctx.council.slug, documentId, correlationId: ctx.correlationId });
    }
  }
}
