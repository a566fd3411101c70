import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { secretOf } from '@guildhall/kernel';
import type { Clock, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, NotFound } from '@guildhall/kernel-contract';
import { READ_DOCUMENTS, mayReach } from '@guildhall/documents-contract';
import type { DocumentId, DocumentVariant, Vouched } from '@guildhall/documents-contract';
import { toGuarded } from '../keeping/document-row';
import { FindsDocuments } from './find-documents';

const USUAL_SECONDS = 900;
const MOST_SECONDS = 86_400;

/** Makes and checks links that show one document for a short time, whoever holds them. */
@Injectable()
export class DocumentLinks {
  constructor(@Inject(FindsDocuments) private readonly finding: FindsDocuments, @Inject(CLOCK) private readonly clock: Clock) {}

  async make(ctx: RequestContext, documentId: DocumentId, options: Vouched & { readonly variant?: DocumentVariant; readonly forSeconds?: number } = {}): Promise<string> {
    const row = await this.finding.row(ctx, documentId);
    const { variant = 'whole' } = options;
    if (!row || row.state === 'removed' || (variant === 'thumbnail' && !row.has_thumbnail) || !mayReach(ctx, toGuarded(row), READ_DOCUMENTS, options)) throw new NotFound('There is no such document here.');
    const seconds = Math.max(1, Math.min(MOST_SECONDS, Math.trunc(options.forSeconds ?? USUAL_SECONDS)));
    const until = Math.floor(this.clock.now().getTime() / 1_000) + seconds;
    return `/documents/${documentId}/shown?as=${variant}&until=${until}&key=${this.#key(ctx, documentId, variant, until)}`;
  }

  /** The variant that the link was made for. @throws NotFound when it was not made here, was changed, or its time is over */
  check(ctx: RequestContext, documentId: string, link: { readonly as?: string; readonly until?: string; readonly key?: string }): DocumentVariant {
    const { as, until = '', key = '' } = link;
    const variant = as === 'whole' || as === 'thumbnail' ? as : undefined;
    if (!variant || !/^\d{1,12}$/.test(until)) throw new NotFound('This link does not lead anywhere.');
    const expected = Buffer.from(this.#key(ctx, documentId, variant, Number(until)));
    const given = Buffer.from(key);
    if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected)) throw new NotFound('This link does not lead anywhere.');
    if (Number(until) * 1_000 < this.clock.now().getTime()) throw new NotFound('The time of this link is over.');
    return variant;
  }

  #key(ctx: RequestContext, documentId: string, variant: DocumentVariant, until: number): string {
    return createHmac('sha256', secretOf(ctx, 'documents.link-key')).update(JSON.stringify([ctx.council.id, documentId, variant, until])).digest('base64url');
  }
}
