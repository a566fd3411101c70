import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Database, type UploadedFile } from '@guildhall/kernel';
import { DOCUMENTS, type DocumentId, type DocumentsApi, type StoreRefusal } from '@guildhall/documents-contract';
import { CLOCK, isGuildhallError, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { mostPhotos, type PhotoAnswer, type PhotosQuestion } from '@guildhall/services-contract';
import type { Draft } from '../drafts/draft';
import { DRAFT_COLUMNS, draftOf, type DraftRow } from '../drafts/draft-row';

/** Why a photo was not taken; the others were. */
export interface PhotoRefused { readonly filename: string; readonly reason: StoreRefusal['reason'] | 'cut-off' | 'unavailable' }

/** Takes in photos, one by one: what goes wrong with one loses only that one. */
@Injectable()
export class AddPhotos {
  constructor(@Inject(Database) private readonly db: Database, @Inject(DOCUMENTS.token) private readonly documents: DocumentsApi, @Inject(CLOCK) private readonly clock: Clock) {}

  /** @param formVersion the draft's version when the form was made: the same form sent twice brings each photo once */
  async add(ctx: RequestContext, draft: Draft, question: PhotosQuestion, files: readonly UploadedFile[], formVersion: string): Promise<{ readonly draft: Draft; readonly refused: readonly PhotoRefused[] }> {
    const refused: PhotoRefused[] = [];
    let latest = draft;
    for (const file of files) {
      const outcome = await this.addOne(ctx, latest, question, file, formVersion);
      if ('refused' in outcome) refused.push({ filename: file.filename, reason: outcome.refused });
      else latest = outcome.draft;
    }
    return { draft: latest, refused };
  }

  private async addOne(ctx: RequestContext, draft: Draft, question: PhotosQuestion, file: UploadedFile, formVersion: string): Promise<{ readonly draft: Draft } | { readonly refused: PhotoRefused['reason'] }> {
    if (file.isTruncated) return { refused: 'too-large' };
    const documentId = photoId([draft.draftId, question.id, formVersion, file.sha256]);
    try {
      const stored = await this.documents.store(ctx, { documentId, kind: 'photo', bytes: file, filename: file.filename, subject: { type: 'draft', id: draft.draftId } });
      if (!stored.ok) return { refused: stored.refusal.reason };
      const kept = await this.keep(ctx, draft, question, { documentId, filename: stored.value.filename });
      if (kept) return { draft: kept };
      await this.documents.remove(ctx, documentId, { vouchedFor: { type: 'draft', id: draft.draftId } });
      return { refused: 'too-many' };
    } catch (error) {
      if (isGuildhallError(error) && error.code === 'unavailable') return { refused: 'unavailable' };
      throw error;
    }
  }

  /** Puts it among the answers, whatever another window puts there meanwhile; never one too many, and never the same one twice. */
  private async keep(ctx: RequestContext, draft: Draft, question: PhotosQuestion, photo: PhotoAnswer): Promise<Draft | undefined> {
    const [row] = await this.db.query<DraftRow>(ctx, `update services.draft set answers = jsonb_set(answers, array[$3::text], list.photos || case when list.photos @> $4::jsonb then '[]'::jsonb else $4::jsonb end), version = version + 1, updated_at = $6
      from (select case when jsonb_typeof(answers -> $3::text) = 'array' then answers -> $3::text else '[]'::jsonb end as photos from services.draft where council_id = $1 and draft_id = $2 for update) as list
      where council_id = $1 and draft_id = $2 and state = 'open' and (jsonb_array_length(list.photos) < $5 or list.photos @> $4::jsonb) returning ${DRAFT_COLUMNS}`,
    [ctx.council.id, draft.draftId, question.id, JSON.stringify([photo]), mostPhotos(question), this.clock.now()]);
    return row && draftOf(row);
  }
}

/** The same photo of the same form is the same document, however often the form is sent. Shaped as a UUID (RFC 9562, version 8). */
function photoId(photo: readonly string[]): DocumentId {
  const hex = createHash('sha256').update(JSON.stringify(photo)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}` as DocumentId;
}
