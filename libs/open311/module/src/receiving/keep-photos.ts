import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { hasContract } from '@guildhall/kernel';
import { DOCUMENTS, type DocumentId, type DocumentsApi } from '@guildhall/documents-contract';
import { atRest, type RequestContext } from '@guildhall/kernel-contract';
import { FetchPhoto } from './fetch-photo';
import type { Media } from './media';

/** Photos that are kept, and why the others are not: the report matters more than its pictures, and an officer should know that there were some. */
export interface KeptPhotos { readonly documentIds: readonly string[]; readonly lost: readonly string[] }

/** Fetches photos, has them looked at, and keeps them with their case. Doing it again with the same photos keeps the same ones. */
@Injectable()
export class KeepPhotos {
  constructor(@Inject(FetchPhoto) private readonly photos: FetchPhoto, @Inject(DOCUMENTS.token) private readonly documents: DocumentsApi) {}

  async keep(ctx: RequestContext, caseId: string, media: readonly Media[]): Promise<KeptPhotos> {
    if (media.length === 0) return { documentIds: [], lost: [] };
    if (!hasContract(ctx, DOCUMENTS)) return { documentIds: [], lost: media.map(() => 'photos-are-not-kept-here') };
    const documentIds: string[] = [];
    const lost: string[] = [];
    // One after the other, so that a report holds no more than one of them in memory.
    for (const [index, one] of media.entries()) {
      const found = one.kind === 'bytes' ? one.bytes : await this.photos.fetch(one.url);
      if (typeof found === 'string') {
        lost.push(found);
        continue;
      }
      const bytes = atRest(found);
      const documentId = idOf(caseId, bytes.sha256);
      const stored = await this.documents.store(ctx, { documentId, kind: 'photo', bytes, filename: one.kind === 'bytes' ? one.filename : `photo${index + 1}`, subject: { type: 'case', id: caseId } });
      if (!stored.ok) lost.push(stored.refusal.reason);
      else if (!documentIds.includes(documentId)) documentIds.push(documentId);
    }
    return { documentIds, lost };
  }
}

/** The same photo of the same case has the same id, so that a report that comes again brings none twice. */
function idOf(caseId: string, sha256: string): DocumentId {
  const hex = createHash('sha256').update(caseId).update(sha256).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}` as DocumentId;
}
