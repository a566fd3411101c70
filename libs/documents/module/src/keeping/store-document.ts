import { Inject, Injectable } from '@nestjs/common';
import { Database, SilentFarEnds, audit, publish, sql } from '@guildhall/kernel';
import type { Clock, Outcome, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { CLOCK, Conflict, InvalidInput, NotAuthenticated, atRest, demand, done, refused } from '@guildhall/kernel-contract';
import { ADD_DOCUMENTS, DocumentAttached, DocumentStored, cleanFilename, isSameSubject, ownerIn, parseDocumentId } from '@guildhall/documents-contract';
import type { StoreDocument, StoreRefusal, StoredDocument } from '@guildhall/documents-contract';
import { DOCUMENT_COLUMNS, thumbnailKey, toView, wholeKey } from './document-row';
import type { DocumentRow } from './document-row';
import { DocumentsSettings } from './documents-settings';
import { ExamineDocument } from './examine-document';
import type { Examined } from './examine-document';
import { checkedSubject } from './subject';

/**
 * Keeps a document: examined first, then a row that says it is coming, then its bytes, then a row that says it is there. Whatever breaks in between,
 * the same call can be made again, and the sweeper clears away what nobody called again for.
 */
@Injectable()
export class StoresDocuments {
  constructor(
    @Inject(Database) private readonly db: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(DocumentsSettings) private readonly settings: DocumentsSettings, @Inject(ExamineDocument) private readonly examining: ExamineDocument,
    @Inject(SilentFarEnds) private readonly silent: SilentFarEnds,
  ) {}

  async store(ctx: RequestContext, order: StoreDocument): Promise<Outcome<StoredDocument, StoreRefusal>> {
    this.#demandRight(ctx, order);
    const content = atRest(order.bytes);
    const received = content.sha256;
    const [known] = await this.db.query<DocumentRow>(ctx, `select ${DOCUMENT_COLUMNS} from documents.document where council_id = $1 and document_id = $2`, [ctx.council.id, order.documentId]);
    if (known) refuseAnother(ctx, known, order, received);
    if (known && known.state !== 'receiving') return done(toView(known));
    const examined = await this.examining.examine(ctx, order, content);
    if (!examined.ok) return examined;
    const { whole, photo, contentType } = examined.value;
    try {
      const isExpected = await this.db.run(ctx, (tx) => this.#expect(tx, order, examined.value, received));
      if (!isExpected) return refused('too-many', 'There are as many documents here as there may be.');
      const store = this.settings.store(ctx);
      await this.silent.ask(store, () => store.put(wholeKey(order.documentId), whole, { contentType }));
      if (photo) await this.silent.ask(store, () => store.put(thumbnailKey(order.documentId), photo.thumbnail, { contentType: 'image/jpeg' }));
      return done(toView(await this.db.run(ctx, (tx) => this.#arrive(tx, order))));
    } finally {
      await photo?.whole.discard();
      await photo?.thumbnail.discard();
    }
  }

  #demandRight(ctx: RequestContext, order: StoreDocument): void {
    if (!parseDocumentId(order.documentId)) throw new InvalidInput('A document needs a UUID in lower case.', [{ field: 'documentId', message: 'must be a UUID in lower case' }]);
    if (order.subject) checkedSubject(order.subject);
    if (ctx.actor.kind !== 'nobody' && ctx.actor.kind !== 'resident') demand(ctx, ADD_DOCUMENTS);
    if (ownerIn(ctx) === undefined && !order.subject) throw new NotAuthenticated('Without a session a document can only be kept for a subject.');
  }

  /** The intent. False when the subject has as many documents as it may. */
  async #expect(tx: TransactionContext, order: StoreDocument, { contentType, whole, photo }: Examined, received: string): Promise<boolean> {
    const { subject } = order;
    if (subject) {
      // One after the other for one subject, or two that come together would both be the last that is allowed.
      await sql(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0)) is null as waited', [`${tx.council.id} documents ${subject.type} ${subject.id}`]);
      const [count] = await sql<{ others: string }>(tx, `select count(*) as others from documents.document where council_id = $1 and subject_type = $2 and subject_id = $3 and state in ('receiving', 'attached') and document_id <> $4`, [tx.council.id, subject.type, subject.id, order.documentId]);
      if (Number(count?.others) >= this.settings.limits(tx).perSubject) return false;
    }
    const now = this.clock.now();
    const made = await sql(tx, `insert into documents.document (council_id, document_id, kind, state, owner, subject_type, subject_id, content_type, size_in_bytes, sha256, received_sha256, filename, width, height, has_thumbnail, stored_at, changed_at)
      values ($1, $2, $3, 'receiving', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15) on conflict (council_id, document_id) do nothing returning 1 as made`,
    [tx.council.id, order.documentId, order.kind, ownerIn(tx) ?? null, subject?.type ?? null, subject?.id ?? null, contentType, whole.sizeInBytes, whole.sha256, received,
      cleanFilename(order.filename, contentType), photo?.width ?? null, photo?.height ?? null, photo !== undefined, now]);
    if (made.length === 0) {
      const [other] = await sql<DocumentRow>(tx, `select ${DOCUMENT_COLUMNS} from documents.document where council_id = $1 and document_id = $2`, [tx.council.id, order.documentId]);
      if (other) refuseAnother(tx, other, order, received);
      // The sweeper looks at this time: what is called again for is not yet forgotten.
      await sql(tx, `update documents.document set changed_at = $3 where council_id = $1 and document_id = $2 and state = 'receiving'`, [tx.council.id, order.documentId, now]);
    }
    return true;
  }

  /** The outcome. Of several that bring the same document one says so. */
  async #arrive(tx: TransactionContext, order: StoreDocument): Promise<DocumentRow> {
    const [arrived] = await sql<DocumentRow>(tx, `update documents.document set state = case when subject_id is null then 'loose' else 'attached' end, changed_at = $3 where council_id = $1 and document_id = $2 and state = 'receiving' returning ${DOCUMENT_COLUMNS}`, [tx.council.id, order.documentId, this.clock.now()]);
    if (arrived) {
      publish(tx, DocumentStored, { documentId: order.documentId });
      if (order.subject) publish(tx, DocumentAttached, { documentId: order.documentId, subject: order.subject });
      audit(tx, { action: 'documents.store', subject: { type: 'document', id: order.documentId }, ...(order.subject ? { detail: { subject: order.subject } } : {}) });
      return arrived;
    }
    const [other] = await sql<DocumentRow>(tx, `select ${DOCUMENT_COLUMNS} from documents.document where council_id = $1 and document_id = $2`, [tx.council.id, order.documentId]);
    if (!other || other.state === 'removed') throw new Conflict(`The document ${order.documentId} was removed meanwhile.`);
    return other;
  }
}

/** The same upload, from the same hands: then it is the same document. @throws Conflict otherwise */
function refuseAnother(ctx: RequestContext, known: DocumentRow, order: StoreDocument, received: string): void {
  const isTheirs = (known.owner !== null && known.owner === ownerIn(ctx)) || isSameSubject(toView(known).subject, order.subject);
  if (known.state === 'removed' || known.received_sha256 !== received || known.kind !== order.kind || !isTheirs) throw new Conflict(`There is another document under the id ${order.documentId} already. Give a new document a new id.`);
}
