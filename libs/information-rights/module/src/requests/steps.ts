import { write } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';
import type { StepKind } from './request';

/** Writes down what happened to a request, with the change itself. @param words an officer's, to its owner */
export function addStep(tx: TransactionContext, requestId: string, kind: StepKind, at: Date, words?: string): void {
  write(tx, `insert into information_rights.step (council_id, request_id, number, kind, at, words)
    select $1::uuid, $2::uuid, coalesce(max(number), 0) + 1, $3::text, $4::timestamptz, $5::text from information_rights.step where council_id = $1::uuid and request_id = $2::uuid`, [tx.council.id, requestId, kind, at, words ?? null]);
}
