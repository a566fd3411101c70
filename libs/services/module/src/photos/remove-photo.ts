import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@guildhall/kernel';
import { DOCUMENTS, type DocumentId, type DocumentsApi } from '@guildhall/documents-contract';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import type { PhotosQuestion } from '@guildhall/services-contract';
import type { Draft } from '../drafts/draft';
import { photosOf } from './photo-list';

/** Takes a photo out again: out of the answers first, then its bytes. */
@Injectable()
export class RemovePhoto {
  constructor(@Inject(Database) private readonly db: Database, @Inject(DOCUMENTS.token) private readonly documents: DocumentsApi, @Inject(CLOCK) private readonly clock: Clock) {}

  async remove(ctx: RequestContext, draft: Draft, question: PhotosQuestion, documentId: string): Promise<void> {
    if (!photosOf(question, draft).some((photo) => photo.documentId === documentId)) return;
    await this.db.query(ctx, `update services.draft set answers = jsonb_set(answers, array[$3::text], coalesce((select jsonb_agg(photo) from jsonb_array_elements(answers -> $3::text) as photo where photo ->> 'documentId' <> $4), '[]'::jsonb)), version = version + 1, updated_at = $5
      where council_id = $1 and draft_id = $2 and state = 'open' and jsonb_typeof(answers -> $3::text) = 'array'`, [ctx.council.id, draft.draftId, question.id, documentId, this.clock.now()]);
    await this.documents.remove(ctx, documentId as DocumentId, { vouchedFor: { type: 'draft', id: draft.draftId } });
  }
}
