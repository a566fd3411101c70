import { Inject, Injectable } from '@nestjs/common';
import { Database, SilentFarEnds } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import { thumbnailKey, wholeKey } from '../keeping/document-row';
import { DocumentsSettings } from '../keeping/documents-settings';

/** Deletes the bytes of a document that is removed, and notes that they are gone. */
@Injectable()
export class DeletesBytes {
  constructor(@Inject(Database) private readonly db: Database, @Inject(DocumentsSettings) private readonly settings: DocumentsSettings, @Inject(SilentFarEnds) private readonly silent: SilentFarEnds) {}

  async of(ctx: RequestContext, documentId: string): Promise<void> {
    const store = this.settings.store(ctx);
    for (const key of [wholeKey(documentId), thumbnailKey(documentId)]) await this.silent.ask(store, () => store.delete(key));
    await this.db.query(ctx, `update documents.document set has_bytes = false where council_id = $1 and document_id = $2 and state = 'removed' returning 1 as done`, [ctx.council.id, documentId]);
  }
}
