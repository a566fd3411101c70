import { Inject, Injectable } from '@nestjs/common';
import { IDS, isGuildhallError } from '@guildhall/kernel-contract';
import type { Ids, RequestContext } from '@guildhall/kernel-contract';
import { hasContract, type UploadedFile } from '@guildhall/kernel';
import { DOCUMENTS, type DocumentId, type DocumentsApi } from '@guildhall/documents-contract';

const MOST_AT_ONCE = 3;

/** Keeps the photos that a resident sends later. One that cannot be used is left out and counted, and the words that came with it are not lost. */
@Injectable()
export class TakesPhotos {
  constructor(@Inject(DOCUMENTS.token) private readonly documents: DocumentsApi, @Inject(IDS) private readonly ids: Ids) {}

  async take(ctx: RequestContext, caseId: string, files: readonly UploadedFile[]): Promise<{ readonly kept: readonly string[]; readonly refused: number }> {
    const sent = files.filter((file) => file.sizeInBytes > 0);
    if (!sent.length || !hasContract(ctx, DOCUMENTS)) return { kept: [], refused: sent.length };
    const kept: string[] = [];
    for (const file of sent.slice(0, MOST_AT_ONCE)) {
      if (file.isTruncated) continue;
      const documentId = this.ids.uuid() as DocumentId;
      try {
        const outcome = await this.documents.store(ctx, { documentId, kind: 'photo', bytes: file, filename: file.filename, subject: { type: 'case', id: caseId } });
        if (outcome.ok) kept.push(documentId);
      } catch (error) {
        // The store or the virus scanner is away for a while: that loses this photo, and not what the resident wrote.
        if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
      }
    }
    return { kept, refused: sent.length - kept.length };
  }
}
