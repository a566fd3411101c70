import { write } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';

/**
 * Which evidence (`e`) was told by an agreement that says so to whoever stops it: that what was shared before is deleted. What they let be told again later stays, whichever of the two is heard of first.
 * A version that had not begun on the day of the press promised nobody anything.
 * The council is the first value.
 */
export const STOPPED_AND_PROMISED = `
  e.council_id = $1 and e.agreement_id in (select agreement_id from sharing.agreement where council_id = $1 and document -> 'choice' ->> 'onWithdrawal' = 'delete')
  and exists (select from sharing.choice w where w.council_id = $1 and w.local_id = e.local_id and w.agreement_id = e.agreement_id and w.state = 'withdrawn'
    and 'delete' = (select a.document -> 'choice' ->> 'onWithdrawal' from sharing.agreement a where a.council_id = $1 and a.agreement_id = w.agreement_id order by a.document ->> 'from' <= to_char(w.at at time zone 'Europe/London', 'YYYY-MM-DD') desc, a.version desc limit 1)
    and not exists (select from sharing.choice g where g.council_id = $1 and g.local_id = e.local_id and g.agreement_id = e.agreement_id and g.state = 'given' and g.at > w.at and g.at <= e.kept_at))`;

/** Leaves to this transaction, after the choice, that what was told of somebody by an agreement goes, where it promised that. */
export function deleteStopped(tx: TransactionContext, { localId, agreementId }: { readonly localId: string; readonly agreementId: string }): void {
  write(tx, `delete from sharing.evidence e where ${STOPPED_AND_PROMISED} and e.local_id = $2 and e.agreement_id = $3`, [tx.council.id, localId, agreementId]);
}
