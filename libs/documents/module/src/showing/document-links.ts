import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, secretOf, sql } from '@guildhall/kernel';
import type { Clock, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, NotAllowed, NotFound } from '@guildhall/kernel-contract';
import { READ_DOCUMENTS, REMOVE_DOCUMENTS, mayReach, parseDocumentId } from '@guildhall/documents-contract';
import type { DocumentId, DocumentVariant, Vouched } from '@guildhall/documents-contract';
import { DOCUMENT_COLUMNS, toGuarded } from '../keeping/document-row';
import type { DocumentRow } from '../keeping/document-row';
import { DocumentsSettings } from '../keeping/documents-settings';
import { FindsDocuments } from './find-documents';

const USUAL_SECONDS = 900;

/** What a link that was made here leads to; `over` when its time is, or somebody ended it. */
export type LinkedTo = { readonly row: DocumentRow; readonly variant: DocumentVariant } | 'over';

/** Makes, checks and ends links that show one document for a short time, whoever holds them. */
@Injectable()
export class DocumentLinks {
  constructor(
    @Inject(Database) private readonly db: Database, @Inject(FindsDocuments) private readonly finding: FindsDocuments, @Inject(DocumentsSettings) private readonly settings: DocumentsSettings, @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async make(ctx: RequestContext, documentId: DocumentId, options: Vouched & { readonly variant?: DocumentVariant; readonly forSeconds?: number } = {}): Promise<string> {
    const row = await this.finding.row(ctx, documentId);
    const { variant = 'whole' } = options;
    if (!row || row.state === 'removed' || (variant === 'thumbnail' && !row.has_thumbnail) || !mayReach(ctx, toGuarded(row), READ_DOCUMENTS, options)) throw new NotFound('There is no such document here.');
    const seconds = Math.max(1, Math.min(this.settings.limits(ctx).linkInSeconds, Math.trunc(options.forSeconds ?? USUAL_SECONDS)));
    const until = Math.floor(this.clock.now().getTime() / 1_000) + seconds;
    return `/documents/${documentId}/shown?as=${variant}&until=${until}${row.links_series ? `&series=${row.links_series}` : ''}&key=${this.#key(ctx, documentId, variant, until, row.links_series)}`;
  }

  /** @throws NotFound when it was not made here, was changed, or the document is gone */
  async check(ctx: RequestContext, documentId: string, { as, until = '', series = '0', key = '' }: Readonly<Partial<Record<'as' | 'until' | 'series' | 'key', string>>>): Promise<LinkedTo> {
    const variant = as === 'whole' || as === 'thumbnail' ? as : undefined;
    if (!variant || !/^\d{1,12}$/.test(until) || !/^\d{1,9}$/.test(series)) throw new NotFound('This link does not lead anywhere.');
    const expected = Buffer.from(this.#key(ctx, documentId, variant, Number(until), Number(series)));
    const given = Buffer.from(key);
    if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected)) throw new NotFound('This link does not lead anywhere.');
    const row = await this.finding.row(ctx, documentId);
    if (!row || row.state === 'removed') throw new NotFound('There is no such document here.');
    return Number(until) * 1_000 < this.clock.now().getTime() || Number(series) !== row.links_series ? 'over' : { row, variant };
  }

  async end(ctx: RequestContext, documentId: DocumentId, access: Vouched = {}): Promise<void> {
    if (!parseDocumentId(documentId)) throw new NotFound('There is no such document.');
    await this.db.run(ctx, async (tx) => {
      const [row] = await sql<DocumentRow>(tx, `select ${DOCUMENT_COLUMNS} from documents.document where council_id = $1 and document_id = $2 and state <> 'receiving' for update`, [tx.council.id, documentId]);
      if (!row || !(mayReach(tx, toGuarded(row), READ_DOCUMENTS, access) || mayReach(tx, toGuarded(row), REMOVE_DOCUMENTS, access))) throw new NotFound('There is no such document here.');
      if (!mayReach(tx, toGuarded(row), REMOVE_DOCUMENTS, access)) throw new NotAllowed('This document belongs to something that has been sent. Ask the council to end its links.');
      await sql(tx, 'update documents.document set links_series = links_series + 1 where council_id = $1 and document_id = $2', [tx.council.id, documentId]);
      audit(tx, { action: 'documents.end-links', subject: { type: 'document', id: documentId } });
    });
  }

  #key(ctx: RequestContext, documentId: string, variant: DocumentVariant, until: number, series: number): string {
    return createHmac('sha256', secretOf(ctx, 'documents.link-key')).update(JSON.stringify([ctx.council.id, documentId, variant, until, ...(series ? [series] : [])])).digest('base64url');
  }
}
