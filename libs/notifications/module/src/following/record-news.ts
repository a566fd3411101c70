import { onBehalfOf, publish, sql } from '@guildhall/kernel';
import type { RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { MESSAGE_TRANSITIONS, MessageDelivered, MessageFailed, MessageSent, type AcceptedMessage, type DeliveryFailure, type DeliveryReport, type MessageState } from '@guildhall/notifications-contract';
import type { MessageRow } from '../data/message-row';

/** The states from which a message may come to this one. */
function statesBefore(to: MessageState): readonly string[] {
  return (Object.keys(MESSAGE_TRANSITIONS) as MessageState[]).filter((from) => MESSAGE_TRANSITIONS[from].includes(to));
}

/** Words and address of a secret message go as soon as it has left, whether or not it arrives. */
const WIPE_SECRET = 'content = case when is_secret then null else content end, address = case when is_secret then null else address end';

/** Providers took them. News of one may have come before we heard that: then only what is missing is filled in. */
export async function recordTaken(tx: TransactionContext, all: readonly { readonly ctx: RequestContext; readonly row: MessageRow; readonly taken: AcceptedMessage }[], now: Date): Promise<void> {
  if (all.length === 0) return;
  // One new version of each row, whatever came before this: its indexes cost more than the rest.
  const moved = await sql<{ message_id: string }>(tx, `
    with given as (select * from unnest($2::uuid[], $3::text[], $4::text[]) as given (message_id, reference, state)),
    before as materialized (select message_id, m.state = 'created' as is_new from notifications.message m where council_id = $1 and message_id = any($2) order by message_id for update),
    taken as (
      update notifications.message m set provider_reference = given.reference, sent_at = case when is_new then $5 else coalesce(m.sent_at, $5) end, ask_at = null, claimed_until = null, state = case when is_new then given.state else m.state end,
        failure_code = case when is_new then null else m.failure_code end, last_failure = case when is_new then null else m.last_failure end, settled_at = case when not is_new then m.settled_at when given.state = 'delivered' then $5::timestamptz end,
        content = case when is_new and m.is_secret then null else m.content end, address = case when is_new and m.is_secret then null else m.address end
      from given join before using (message_id) where m.council_id = $1 and m.message_id = given.message_id returning m.message_id, is_new)
    select message_id from taken where is_new`, [tx.council.id, all.map(({ row }) => row.message_id), all.map(({ taken }) => taken.providerReference), all.map(({ taken }) => taken.state), now]);
  const movedIds = new Set(moved.map(({ message_id: id }) => id));
  for (const { ctx, row, taken } of all) {
    const own = onBehalfOf(tx, ctx);
    publish(own, MessageSent, factsOf(row));
    if (movedIds.has(row.message_id) && taken.state === 'delivered') publish(own, MessageDelivered, factsOf(row));
  }
}

/** It will not be tried again by itself. */
export async function recordFailure(tx: TransactionContext, row: MessageRow, failed: { readonly failure: DeliveryFailure; readonly code: string }, now: Date): Promise<void> {
  const moved = await sql(tx, `
    update notifications.message set state = 'failed', failure = $4, failure_code = $5, settled_at = $6, claimed_until = null, dealt_with_at = null, dealt_with_by = null, ${WIPE_SECRET}
    where council_id = $1 and message_id = $2 and state = any($3) returning 1 as moved`, [tx.council.id, row.message_id, statesBefore('failed'), failed.failure, failed.code.slice(0, 60), now]);
  if (moved.length) publish(tx, MessageFailed, { ...factsOf(row), failure: failed.failure });
}

/** News from the provider of a message that it took. What is late, repeated or impossible changes nothing. */
export async function recordReport(tx: TransactionContext, row: MessageRow, report: DeliveryReport, now: Date): Promise<void> {
  const at = report.at ?? now;
  switch (report.state) {
    case 'failed': return recordFailure(tx, row, { failure: report.failure ?? 'technical', code: report.code ?? 'reported' }, at);
    case 'delivered': {
      const moved = await sql(tx, `
        update notifications.message set state = 'delivered', failure = null, failure_code = null, settled_at = $4, sent_at = coalesce(sent_at, $4), ${WIPE_SECRET}
        where council_id = $1 and message_id = $2 and state = any($3) returning 1 as moved`, [tx.council.id, row.message_id, statesBefore('delivered'), at]);
      if (moved.length) publish(tx, MessageDelivered, factsOf(row));
      return;
    }
    case 'sent': case 'sending':
      await sql(tx, `update notifications.message set state = $4, sent_at = coalesce(sent_at, $5), ${WIPE_SECRET} where council_id = $1 and message_id = $2 and state = any($3) and state <> 'failed'`, [tx.council.id, row.message_id, statesBefore(report.state), report.state, at]);
  }
}

function factsOf(row: MessageRow): { messageId: string; templateId: string; channel: MessageRow['channel']; about?: { type: string; id: string } } {
  return { messageId: row.message_id, templateId: row.template_id, channel: row.channel, ...(row.about_type !== null && row.about_id !== null ? { about: { type: row.about_type, id: row.about_id } } : {}) };
}
