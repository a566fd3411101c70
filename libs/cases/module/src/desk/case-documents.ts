import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@guildhall/kernel-contract';
import { hasContract } from '@guildhall/kernel';
import { DOCUMENTS, type DocumentId, type DocumentsApi } from '@guildhall/documents-contract';

/** A photo or file of a case, with addresses that live for a quarter of an hour. */
export interface ShownDocument { readonly isPhoto: boolean; readonly href: string; readonly thumbnail?: string; readonly filename: string; readonly sizeInBytes: number }

const MOST_SHOWN = 20;

/** Fetches the documents of a case for a page; one that cannot be had leaves a gap, not an error. */
@Injectable()
export class CaseDocuments {
  constructor(@Inject(DOCUMENTS.token) private readonly documents: DocumentsApi) {}

  /** @param caseId whoever calls has checked that the actor may see this case */
  async of(ctx: RequestContext, caseId: string, ids: readonly string[]): Promise<readonly (ShownDocument | undefined)[]> {
    if (!ids.length || !hasContract(ctx, DOCUMENTS)) return [];
    const vouchedFor = { type: 'case', id: caseId };
    return Promise.all(ids.slice(0, MOST_SHOWN).map(async (id) => {
      try {
        const documentId = id as DocumentId;
        const found = await this.documents.find(ctx, documentId, { vouchedFor });
        if (!found || found.state === 'removed') return undefined;
        const [href, thumbnail] = await Promise.all([this.documents.link(ctx, documentId, { vouchedFor }), found.hasThumbnail ? this.documents.link(ctx, documentId, { vouchedFor, variant: 'thumbnail' }) : undefined]);
        return { isPhoto: found.kind === 'photo', href, ...(thumbnail && { thumbnail }), filename: found.filename, sizeInBytes: found.sizeInBytes };
      } catch {
        return undefined;
      }
    }));
  }
}
