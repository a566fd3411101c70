import { Inject, Injectable } from '@nestjs/common';
import type { HandedPhoto } from '@guildhall/back-office-contract';
import { DOCUMENTS, DOCUMENT_LIMITS, type DocumentId, type DocumentsApi, type StoredDocument } from '@guildhall/documents-contract';
import { hasContract } from '@guildhall/kernel';
import { CLOCK, Unavailable, isGuildhallError, type Clock, type RequestContext } from '@guildhall/kernel-contract';

/** A case whose photos are still on their way, to us or through the virus scanner, waits for them so long. An upload that has not arrived by then never will. */
const WAITS_FOR_MS = 3_600_000;

/** The photos of a case, for a system that gets them: such as are kept, which the scanner has passed. */
@Injectable()
export class PhotosOfCase {
  constructor(@Inject(DOCUMENTS.token) private readonly documents: DocumentsApi, @Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * With links that are new each time.
   * @param since when the photos were named: one that is not kept yet is waited for
   * @returns `to-come` when one of them is
   */
  async of(ctx: RequestContext, caseId: string, ids: readonly string[], since: Date): Promise<readonly HandedPhoto[] | 'to-come'> {
    if (!ids.length || !hasContract(ctx, DOCUMENTS)) return [];
    const vouchedFor = { type: 'case', id: caseId };
    const found = await Promise.all([...new Set(ids)].map((id) => this.documents.find(ctx, id as DocumentId, { vouchedFor })));
    if (found.includes(undefined) && this.clock.now().getTime() - since.getTime() < WAITS_FOR_MS) return 'to-come';
    const photos = await Promise.all(found.filter((one) => one?.kind === 'photo' && one.state === 'attached').map((one) => this.photo(ctx, one as StoredDocument, vouchedFor)));
    return photos.filter((one) => one !== undefined);
  }

  /** Ends every link to photos of a case. */
  async endLinks(ctx: RequestContext, caseId: string, ids: readonly string[]): Promise<void> {
    if (!hasContract(ctx, DOCUMENTS)) return;
    for (const id of new Set(ids)) await unlessGone(this.documents.endLinks(ctx, id as DocumentId, { vouchedFor: { type: 'case', id: caseId } }));
  }

  /** Undefined when it was removed meanwhile. */
  private async photo(ctx: RequestContext, { id, contentType, sizeInBytes, sha256 }: StoredDocument, vouchedFor: { readonly type: string; readonly id: string }): Promise<HandedPhoto | undefined> {
    const until = new Date(this.clock.now().getTime() + DOCUMENT_LIMITS.linkInSeconds * 1000);
    const path = await unlessGone(this.documents.link(ctx, id, { vouchedFor, forSeconds: DOCUMENT_LIMITS.linkInSeconds }));
    if (path === undefined) return undefined;
    return { photoId: id, contentType, sizeInBytes, sha256, url: new URL(path, ctx.council.origin).href, until, bytes: () => this.bytes(ctx, id, vouchedFor) };
  }

  private async bytes(ctx: RequestContext, id: DocumentId, vouchedFor: { readonly type: string; readonly id: string }): Promise<Uint8Array> {
    const { stream } = await this.documents.open(ctx, id, { vouchedFor });
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of stream as AsyncIterable<Uint8Array>) chunks.push(Buffer.from(chunk));
    } catch (error) {
      throw isGuildhallError(error) ? error : new Unavailable('A photo cannot be had at the moment.');
    }
    return Buffer.concat(chunks);
  }
}

async function unlessGone<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isGuildhallError(error) && error.code === 'not-found') return undefined;
    throw error;
  }
}
