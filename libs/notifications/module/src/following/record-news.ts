import { publish, sql } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';
import { MESSAGE_TRANSITIONS, MessageDelivered, MessageFailed, MessageSent, type AcceptedMessage, type DeliveryFailure, type DeliveryReport, type MessageState } from '@guildhall/notifications-contract';
import type { MessageRow } from '../data/message-row';

/** The states from which a message may come to this one. */
function statesBefore(to: MessageState): readonly string[] {
  return (Object.keys(MESSAGE_TRANSITIONS) as MessageState[]).filter((from) => MESSAGE_TRANSITIONS[from].includes(to));
}

/** Words and address of a secret message go as soon as it has left, whether or not it arrives. */
const WIPE_SECRET = 'content = case when is_secret then null else content end, address = case when is_secret then null else address end';

/** A provider took it. News of it may have come before we heard that: then only what is missing is filled in. */
export async function recordTaken(tx: TransactionContext, row: MessageRow, taken: AcceptedMessage, now: Date): Promise<void> {
  await sql(tx, 'update notifications.message set provider_reference = $3, sent_at = coalesce(sent_at, $4), claimed_until = null where council_id = $1 and message_id = $2', [tx.council.id, row.message_id, taken.providerReference, now]);
  const moved = await sql(tx, `
    update notifications.message set state = $3, failure_code = null, last_failure = null, settled_at = case when $3 = 'delivered' then $4::timestamptz end, ${WIPE_SECRET}
    where council_id = $1 and message_id = $2 and state = 'created' returning 1 as moved`, [tx.council.id, row.message_id, taken.state, now]);
  publish(tx, MessageSent, factsOf(row));
  if (moved.length && taken.state === 'delivered') publish(tx, MessageDelivered, factsOf(row));
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
