import { write } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';

/**
 * Which of what was told (`kept`: the evidence, the changes of other bodies) was told by an agreement that says so to whoever stops it: that what was shared before is deleted. What they let be told again later stays, whichever of the two is heard of first.
 * A version that had not begun on the day of the press promised nobody anything.
 * The council is the first value.
 */
const stoppedAndPromised = (kept: string, at: string): string => `
  ${kept}.council_id = $1 and ${kept}.agreement_id in (select agreement_id from sharing.agreement where council_id = $1 and document -> 'choice' ->> 'onWithdrawal' = 'delete')
  and exists (select from sharing.choice w where w.council_id = $1 and w.local_id = ${kept}.local_id and w.agreement_id = ${kept}.agreement_id and w.state = 'withdrawn'
    and 'delete' = (select a.document -> 'choice' ->> 'onWithdrawal' from sharing.agreement a where a.council_id = $1 and a.agreement_id = w.agreement_id order by a.document ->> 'from' <= to_char(w.at at time zone 'Europe/London', 'YYYY-MM-DD') desc, a.version desc limit 1)
    and not exists (select from sharing.choice g where g.council_id = $1 and g.local_id = ${kept}.local_id and g.agreement_id = ${kept}.agreement_id and g.state = 'given' and g.at > w.at and g.at <= ${at}))`;

/** Of evidence (`e`). */
export const EVIDENCE_STOPPED_AND_PROMISED = stoppedAndPromised('e', 'e.kept_at');
/** Of changes (`c`). */
export const CHANGE_STOPPED_AND_PROMISED = stoppedAndPromised('c', 'c.created_at');

/** Which changes (`c`) another body told by an agreement that their person has stopped since: not used while it is so. */
export const CHANGE_STOPPED = `(c.agreement_id is not null and (
  select h.state from sharing.choice h where h.council_id = c.council_id and h.local_id = c.local_id and h.agreement_id = c.agreement_id order by h.at desc, h.state desc limit 1) is not distinct from 'withdrawn')`;

/** Leaves to this transaction, after the choice, that what was told of somebody by an agreement goes, where it promised that: also what no record here has yet. */
export function deleteStopped(tx: TransactionContext, { localId, agreementId }: { readonly localId: string; readonly agreementId: string }): void {
  for (const told of [`sharing.evidence e where ${EVIDENCE_STOPPED_AND_PROMISED} and e`, `sharing.change c where ${CHANGE_STOPPED_AND_PROMISED} and c`]) {
    write(tx, `delete from ${told}.local_id = $2 and agreement_id = $3`, [tx.council.id, localId, agreementId]);
  }
}
