import { Inject, Injectable } from '@nestjs/common';
import { enqueue, sql } from '@guildhall/kernel';
import type { CaseAnsweredData } from '@guildhall/cases-contract';
import { CLOCK, type Clock, type Event, type EventHandler, type TransactionContext } from '@guildhall/kernel-contract';
import { BackOfficeSettings } from '../back-office.settings';
import { PassOn } from '../jobs';

/** Puts what a resident wrote about a case that was handed over on its way, where the council's line says so. */
@Injectable()
export class TakeAnswered implements EventHandler<CaseAnsweredData> {
  constructor(@Inject(BackOfficeSettings) private readonly settings: BackOfficeSettings, @Inject(CLOCK) private readonly clock: Clock) {}

  async handle(tx: TransactionContext, { data: { caseId, caseType, entryId } }: Event<CaseAnsweredData>): Promise<void> {
    if (!this.settings.lineFor(tx, caseType)?.sends?.laterWords) return;
    const taken = await sql(tx, `insert into back_office.words (council_id, entry_id, case_id, state, next_try_at) select council_id, $3, case_id, 'waiting', $4 from back_office.hand_over where council_id = $1 and case_id = $2 on conflict do nothing returning 1 as taken`, [tx.council.id, caseId, entryId, this.clock.now()]);
    if (taken.length) enqueue(tx, PassOn, { entryId });
  }
}
