import type { EventType, JobType, TransactionContext } from '@guildhall/kernel-contract';
import { openTransaction } from './transaction';

/**
 * Says that something happened. Written, with one job per subscriber, in the same transaction as the change: no event without its change, nor the change without it.
 * @public
 */
export function publish<Data extends object>(tx: TransactionContext, event: EventType<Data>, data: Data): void {
  const open = openTransaction(tx);
  const id = open.newId();
  const at = open.now();
  open.pending.events.push({ id, type: event.type, version: event.version, data, at });
  for (const subscriber of open.subscribersOf(event)) {
    open.pending.jobs.push({ id: open.newId(), kind: `on:${subscriber}`, key: null, data: { event: { id, type: event.type, at: at.toISOString(), data }, correlationId: tx.correlationId, language: tx.language }, runAt: at });
  }
}

/**
 * Puts work for a worker into this transaction.
 * @public
 * @param options.key with it, at most one job of this kind and key waits
 */
export function enqueue<Data extends object>(tx: TransactionContext, job: JobType<Data>, data: Data, options: { readonly runAt?: Date; readonly key?: string } = {}): void {
  const open = openTransaction(tx);
  open.pending.jobs.push({ id: open.newId(), kind: `do:${job.id}`, key: options.key ?? null, data: { data, correlationId: tx.correlationId, language: tx.language }, runAt: options.runAt ?? open.now() });
}

/**
 * Puts an entry into the audit trail in this transaction. Ids and facts only.
 * @public
 */
export function audit(tx: TransactionContext, entry: { readonly action: string; readonly subject: { readonly type: string; readonly id: string }; readonly personId?: string; readonly detail?: object }): void {
  const open = openTransaction(tx);
  open.pending.audits.push({ id: open.newId(), correlationId: tx.correlationId, action: entry.action, subjectType: entry.subject.type, subjectId: entry.subject.id, personId: entry.personId ?? null, detail: entry.detail ?? null });
}
