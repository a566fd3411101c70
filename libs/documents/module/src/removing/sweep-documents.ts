import { Inject, Injectable } from '@nestjs/common';
import { Database, LOG, audit, publish, sql } from '@guildhall/kernel';
import type { Clock, JobHandler, Log, RequestContext } from '@guildhall/kernel-contract';
import { CLOCK, defineJob, isGuildhallError } from '@guildhall/kernel-contract';
import { DocumentRemoved, extensionOf } from '@guildhall/documents-contract';
import type { DocumentId, DocumentType } from '@guildhall/documents-contract';
import { DeletesBytes } from './delete-bytes';

/** Clears away what nobody called again for. */
export const SweepDocuments = defineJob<Record<never, never>>('documents.sweep');

/** An upload that has not arrived after this long never will. */
const RECEIVING_SECONDS = 3_600;
/** What belongs to nothing after a day belongs to nobody. */
const LOOSE_SECONDS = 86_400;
const AT_ONCE = 100;
const MOST_ROUNDS = 50;

/** Removes documents that never arrived or were never attached, and the bytes of all that are removed. May be run again at any time. */
@Injectable()
export class SweepsDocuments implements JobHandler<Record<never, never>> {
  constructor(@Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(DeletesBytes) private readonly bytes: DeletesBytes, @Inject(LOG) private readonly log: Log) {}

  async run(ctx: RequestContext): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round++) if ((await this.#markForgotten(ctx)) < AT_ONCE) break;
    const tried = new Set<string>();
    for (let round = 0; round < MOST_ROUNDS; round++) if ((await this.#deleteBytes(ctx, tried)) < AT_ONCE) break;
  }

  async #markForgotten(ctx: RequestContext): Promise<number> {
    const now = this.clock.now().getTime();
    return this.db.run(ctx, async (tx) => {
      const rows = await sql<{ document_id: string; state: string; content_type: DocumentType }>(tx, `select document_id, state, content_type from documents.document where council_id = $1 and ((state = 'receiving' and changed_at < $2) or (state = 'loose' and changed_at < $3)) order by changed_at, document_id limit ${AT_ONCE} for update skip locked`,
        [tx.council.id, new Date(now - RECEIVING_SECONDS * 1_000), new Date(now - LOOSE_SECONDS * 1_000)]);
      if (rows.length === 0) return 0;
      await sql(tx, `update documents.document as d set state = 'removed', filename = 'removed.' || given.extension, changed_at = $4 from unnest($2::uuid[], $3::text[]) as given (document_id, extension) where d.council_id = $1 and d.document_id = given.document_id`,
        [tx.council.id, rows.map((row) => row.document_id), rows.map((row) => extensionOf(row.content_type)), new Date(now)]);
      for (const row of rows) {
        // What never arrived was never announced.
        if (row.state === 'loose') publish(tx, DocumentRemoved, { documentId: row.document_id as DocumentId });
        audit(tx, { action: 'documents.sweep', subject: { type: 'document', id: row.document_id } });
      }
      return rows.length;
    });
  }

  async #deleteBytes(ctx: RequestContext, tried: Set<string>): Promise<number> {
    const rows = await this.db.query<{ document_id: string }>(ctx, `select document_id from documents.document where council_id = $1 and state = 'removed' and has_bytes and not (document_id = any($2::uuid[])) order by changed_at, document_id limit ${AT_ONCE}`, [ctx.council.id, [...tried]]);
    for (const { document_id: documentId } of rows) {
      tried.add(documentId);
      try { await this.bytes.of(ctx, documentId); } catch (error) {
        if (!isGuildhallError(error)) throw error;
        this.log.warn('documents.bytes-left-to-sweep', { council: ctx.council.slug, documentId, correlationId: ctx.correlationId });
        // The store is out of reach: the next run tries again.
        return 0;
      }
    }
    return rows.length;
  }
}
