import type { CaseMovedData } from '@guildhall/cases-contract';
import type { Event, EventHandler, TransactionContext } from '@guildhall/kernel-contract';
import { sql } from '@guildhall/kernel';
import { Injectable } from '@nestjs/common';
import { settlementDifference } from './difference-case-type';

/** Whoever closes the case of a difference has explained it: it is open no longer, until it comes to something else or the case is opened again. */
@Injectable()
export class HeedFinance implements EventHandler<CaseMovedData> {
  async handle(tx: TransactionContext, { data: { caseId, caseType, from, to } }: Event<CaseMovedData>): Promise<void> {
    if (caseType !== settlementDifference.id || (from !== 'cleared-up' && to !== 'cleared-up')) return;
    const [before, after] = to === 'cleared-up' ? ['open', 'cleared-up'] : ['cleared-up', 'open'];
    await sql(tx, 'update payments.settlement_difference set state = $3 where council_id = $1 and difference_id = $2 and state = $4', [tx.council.id, caseId, after, before]);
  }
}
