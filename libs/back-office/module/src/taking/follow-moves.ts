import { Injectable } from '@nestjs/common';
import { extensionsOf, sql } from '@guildhall/kernel';
import { CASE_TYPE, findCaseType, stateOf, type CaseMovedData } from '@guildhall/cases-contract';
import type { Event, EventHandler, TransactionContext } from '@guildhall/kernel-contract';

/** Knows which cases are finished, so that a far end that is asked case by case is asked about the others. */
@Injectable()
export class FollowMoves implements EventHandler<CaseMovedData> {
  async handle(tx: TransactionContext, { data: { caseId, caseType, caseTypeVersion, to } }: Event<CaseMovedData>): Promise<void> {
    const type = findCaseType(extensionsOf(tx, CASE_TYPE), caseType, caseTypeVersion);
    if (!type) return;
    await sql(tx, 'update back_office.hand_over set is_closed = $3 where council_id = $1 and case_id = $2', [tx.council.id, caseId, stateOf(type, to).kind === 'closed']);
  }
}
