import { Inject, Injectable } from '@nestjs/common';
import { OUTBOUND, hasContract } from '@guildhall/kernel';
import { DOCUMENTS, type DocumentsApi } from '@guildhall/documents-contract';
import { keepPhotos, lostPhotosInWords, type KeptPhotos, type OfferedPhoto } from '@guildhall/documents-contract/from-elsewhere';
import { CLOCK, type Clock, type Outbound, type RequestContext } from '@guildhall/kernel-contract';

/** Keeps the photos of a report or an update with their case, where the council keeps photos. */
@Injectable()
export class KeepPhotos {
  constructor(@Inject(OUTBOUND) private readonly outbound: Outbound, @Inject(DOCUMENTS.token) private readonly documents: DocumentsApi, @Inject(CLOCK) private readonly clock: Clock) {}

  async keep(ctx: RequestContext, caseId: string, photos: readonly OfferedPhoto[]): Promise<KeptPhotos> {
    if (photos.length === 0) return { documentIds: [], lost: [] };
    if (!hasContract(ctx, DOCUMENTS)) return { documentIds: [], lost: photos.map(() => 'photos-are-not-kept-here') };
    return keepPhotos({ outbound: this.outbound, documents: this.documents, clock: this.clock }, ctx, caseId, photos);
  }
}

/** What officers read of photos that did not come along. */
export function lostWords(lost: readonly string[]): string {
  return lostPhotosInWords(lost, 'The system through which it was reported');
}
