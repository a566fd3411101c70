import { Injectable } from '@nestjs/common';
import type { Event, EventHandler, PersonId, TransactionContext } from '@guildhall/kernel-contract';
import { audit, sql } from '@guildhall/kernel';

interface Claimed { readonly personId: PersonId; readonly assistedPersonId: PersonId; readonly subject?: { readonly type: string; readonly id: string } }

/** Gives what an adviser opened for somebody to the account in which they claimed it. */
@Injectable()
export class HandsOverClaimedCases implements EventHandler<Claimed> {
  async handle(tx: TransactionContext, { data: { personId, assistedPersonId, subject } }: Event<Claimed>): Promise<void> {
    if (subject && subject.type !== 'case') return;
    const given = await sql<{ case_id: string }>(tx, `update cases."case" set person_id = $3 where council_id = $1 and person_id = $2 and ($4::uuid is null or case_id = $4) returning case_id`, [tx.council.id, assistedPersonId, personId, subject?.id ?? null]);
    for (const { case_id: id } of given) audit(tx, { action: 'cases.claimed', subject: { type: 'case', id }, personId });
  }
}
