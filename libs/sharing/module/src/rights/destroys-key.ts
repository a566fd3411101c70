import { audit, sql } from '@guildhall/kernel';
import { isUuid, type TransactionContext } from '@guildhall/kernel-contract';

/** An id in order of time (RFC 9562, version 7) says the moment in which it was made. */
const timeless = (id: string): string => `case when substr(${id}::text, 15, 1) = '7' then gen_random_uuid() else ${id} end`;
/** A receipt with another name for its person: in one of a version before, that is the mark itself, or an id in order of time. */
const namedAnew = `jsonb_set(case when r.document #>> '{events,0,entity_id}' <> 'adviser' then jsonb_set(r.document, '{events,0,entity_id}', to_jsonb(n.id::text)) else r.document end, '{pii_principal_id}', to_jsonb(n.id::text))`;

/** Of two that hold a person until their commits, one goes first: by this statement, of the values council and person. Whoever keeps what comes of somebody from elsewhere holds them, and so does whoever erases them. */
export const HOLD_PERSON = `select pg_advisory_xact_lock(hashtextextended('sharing.person ' || $1 || ' ' || $2, 0))`;

/**
 * Destroys the key by which marks in the log are somebody's. What is kept of their choices says the day alone from then on, in the order in which they chose:
 * a choice's moment is in its entry as well, and would lead from the person to the mark. The same again changes nothing.
 */
export async function destroyKey(tx: TransactionContext, personId: string): Promise<void> {
  const values = [tx.council.id, personId];
  await sql(tx, HOLD_PERSON, values);
  const gone = await sql(tx, 'delete from sharing.subject_key where council_id = $1 and local_id = $2 returning 1 as gone', values);
  // An answer that was on its way may have come since the rest was erased. Without the key none is kept any more.
  await sql(tx, `delete from sharing.evidence where council_id = $1 and local_id = $2 and how = 'told'`, values);
  // What was asked lately and has had no answer names the entry.
  await sql(tx, 'delete from sharing.question where council_id = $1 and local_id = $2', values);
  // Whoever is on their way to a link would come back with one; and nobody is reminded any more.
  for (const way of ['link_attempt', 'link_visit', 'reminder']) await sql(tx, `delete from sharing.${way} where council_id = $1 and local_id = $2`, values);
  // A register's id may be somebody's number elsewhere, too: it outlives them in no record.
  if (gone.length > 0) audit(tx, { action: 'sharing.destroy-subject-key', subject: { type: 'person', id: isUuid(personId) ? personId : 'of-a-register' } });
  await sql(tx, `
    with by_day as (
      select choice_id, agreement_id, state, at, date_trunc('day', at, 'UTC') + row_number() over (partition by date_trunc('day', at, 'UTC') order by at, state, agreement_id) * interval '1 millisecond' as day from sharing.choice where council_id = $1 and local_id = $2
    ), receipts as (
      update sharing.receipt r set at = d.day, receipt_id = n.id, document = jsonb_set(jsonb_set(${namedAnew}, '{record_id}', to_jsonb(n.id::text)), '{events,0,event_time}', to_jsonb(to_char(d.day at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      from by_day d, sharing.receipt o cross join lateral (select ${timeless('o.receipt_id')} as id) n
      where r.council_id = $1 and r.local_id = $2 and r.agreement_id = d.agreement_id and r.at = d.at and r.state = d.state and o.council_id = r.council_id and o.receipt_id = r.receipt_id
    )
    update sharing.choice c set at = d.day, choice_id = ${timeless('c.choice_id')} from by_day d where c.council_id = $1 and c.choice_id = d.choice_id`, values);
}
