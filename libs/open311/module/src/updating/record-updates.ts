import { Injectable } from '@nestjs/common';
import { extensionsOf, sql } from '@guildhall/kernel';
import { CASE_TYPE, findCaseType, reportStatusOf, type CaseMovedData, type CaseUpdatedPubliclyData } from '@guildhall/cases-contract';
import type { Event, EventHandler, TransactionContext } from '@guildhall/kernel-contract';
import { standardStatusOf } from '@guildhall/open311-contract';

const RECORD = `insert into open311.update (council_id, entry_id, case_id, status, at) select council_id, $3, case_id, coalesce($4, status), $5 from open311.request where council_id = $1 and case_id = $2 on conflict do nothing`;

/** Writes down that a report has moved, for those who ask what happened since. */
@Injectable()
export class RecordMoves implements EventHandler<CaseMovedData> {
  async handle(tx: TransactionContext, { at, data }: Event<CaseMovedData>): Promise<void> {
    const type = findCaseType(extensionsOf(tx, CASE_TYPE), data.caseType, data.caseTypeVersion);
    const status = type ? reportStatusOf(type, data.to) : null;
    await sql(tx, RECORD, [tx.council.id, data.caseId, data.entryId, status, at]);
    // Events may come in another order than they happened: the latest move counts.
    if (status) await sql(tx, 'update open311.request set status = $3, status_at = $5, is_closed = $4, updated_at = greatest(updated_at, $5) where council_id = $1 and case_id = $2 and status_at <= $5', [tx.council.id, data.caseId, status, standardStatusOf(status) === 'closed', at]);
  }
}

/** Writes down that the council has written about a report. */
@Injectable()
export class RecordWords implements EventHandler<CaseUpdatedPubliclyData> {
  async handle(tx: TransactionContext, { at, data }: Event<CaseUpdatedPubliclyData>): Promise<void> {
    await sql(tx, RECORD, [tx.council.id, data.caseId, data.entryId, null, at]);
    await sql(tx, 'update open311.request set updated_at = greatest(updated_at, $3) where council_id = $1 and case_id = $2', [tx.council.id, data.caseId, at]);
  }
}
