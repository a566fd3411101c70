import { Inject, Injectable } from '@nestjs/common';
import { enqueue, sql } from '@guildhall/kernel';
import type { CaseOpenedData } from '@guildhall/cases-contract';
import { CLOCK, type Clock, type Event, type EventHandler, type TransactionContext } from '@guildhall/kernel-contract';
import { BackOfficeSettings } from '../back-office.settings';
import { HandOver } from '../jobs';

/** Puts a case of a kind that is handed over on its way. */
@Injectable()
export class TakeOpened implements EventHandler<CaseOpenedData> {
  constructor(@Inject(BackOfficeSettings) private readonly settings: BackOfficeSettings, @Inject(CLOCK) private readonly clock: Clock) {}

  async handle(tx: TransactionContext, { at, data: { caseId, caseType } }: Event<CaseOpenedData>): Promise<void> {
    const line = this.settings.lineFor(tx, caseType);
    if (!line) return;
    await sql(tx, `insert into back_office.hand_over (council_id, case_id, case_type, provider_id, state, next_try_at, opened_at) values ($1, $2, $3, $4, 'waiting', $5, $6) on conflict do nothing`, [tx.council.id, caseId, caseType, line.provider.id, this.clock.now(), at]);
    enqueue(tx, HandOver, { caseId }, { key: `new:${caseId}` });
  }
}
