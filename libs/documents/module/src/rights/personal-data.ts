import { DocumentRemoved, type DocumentId } from '@guildhall/documents-contract';
import { ERASE_PERSONAL_DATA, READ_PERSONAL_DATA, type PersonalData, type PersonalRecord } from '@guildhall/information-rights-contract';
import { Database, audit, publish, sql } from '@guildhall/kernel';
import { CLOCK, demand, isUuid, type Clock, type PersonId, type RequestContext, type Text } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { DOCUMENT_COLUMNS, removedName, toView, type DocumentRow } from '../keeping/document-row';
import { DeletesBytes } from '../removing/delete-bytes';

const AT_ONCE = 50;
const GOES_WITH: Text = { en: 'it goes with what you sent it with: it is erased with that', cy: 'mae’n mynd gyda’r hyn yr anfonoch ef gydag ef: caiff ei ddileu gyda hynny' };

/** The photos and documents that somebody has sent. What belongs to something is kept and erased with it. */
@Injectable()
export class DocumentsOfPerson implements PersonalData {
  readonly id = 'documents.documents';
  readonly order = 600;
  readonly title = { en: 'Photos and documents that you have sent', cy: 'Lluniau a dogfennau rydych wedi’u hanfon' };
  constructor(@Inject(Database) private readonly db: Database, @Inject(DeletesBytes) private readonly bytes: DeletesBytes, @Inject(CLOCK) private readonly clock: Clock) {}

  async *read(ctx: RequestContext, personId: PersonId): AsyncGenerator<PersonalRecord> {
    demand(ctx, READ_PERSONAL_DATA);
    for (let last: DocumentRow | undefined; ; ) {
      const rows: readonly DocumentRow[] = await this.db.query<DocumentRow>(ctx, `select ${DOCUMENT_COLUMNS} from documents.document where council_id = $1 and owner = $2 and state <> 'removed' ${last ? 'and (stored_at, document_id) > ($3, $4)' : ''} order by stored_at, document_id limit ${AT_ONCE}`,
        [ctx.council.id, `person:${personId}`, ...(last ? [last.stored_at, last.document_id] : [])]);
      for (const row of rows) {
        const view = toView(row);
        yield {
          id: view.id, title: view.kind === 'photo' ? { en: 'A photo', cy: 'Llun' } : { en: 'A document', cy: 'Dogfen' }, source: { en: 'You', cy: 'Chi' }, since: view.storedAt,
          facts: [{ label: { en: 'File', cy: 'Ffeil' }, value: view.filename }, { label: { en: 'See it at', cy: 'Gweler yn' }, value: `${ctx.council.origin}/documents/${view.id}` }], data: { ...view, url: `${ctx.council.origin}/documents/${view.id}` },
          onErasure: view.subject ? { does: 'keep', because: GOES_WITH, mustKeep: true } : { does: 'erase' },
        };
      }
      last = rows[AT_ONCE - 1];
      if (!last) return;
    }
  }

  async erase(ctx: RequestContext, personId: PersonId, recordId: string): Promise<boolean> {
    demand(ctx, ERASE_PERSONAL_DATA);
    if (!isUuid(recordId)) return true;
    const was = await this.db.run(ctx, async (tx) => {
      const [row] = await sql<DocumentRow>(tx, `select ${DOCUMENT_COLUMNS} from documents.document where council_id = $1 and document_id = $2 and owner = $3 for update`, [tx.council.id, recordId, `person:${personId}`]);
      if (!row) return 'not-theirs';
      if (row.state === 'removed') return 'erased';
      if (row.subject_id !== null) return 'kept';
      await sql(tx, `update documents.document set state = 'removed', filename = $3, changed_at = $4 where council_id = $1 and document_id = $2`, [tx.council.id, recordId, removedName(row.content_type), this.clock.now()]);
      publish(tx, DocumentRemoved, { documentId: recordId as DocumentId });
      audit(tx, { action: 'documents.erase', subject: { type: 'document', id: recordId } });
      return 'erased';
    });
    // Again is no harm; what is out of reach now the sweeper sees to.
    if (was === 'erased') await this.bytes.of(ctx, recordId);
    return was !== 'kept';
  }
}
