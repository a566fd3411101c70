import type { FeedItem } from '@guildhall/catalogue-contract';
import { migration, sql } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';

/** What a conflict is judged again by, whether or not the catalogue that it came from is still there. */
export const judgedAgainMigration = migration('045-conflicts-judged-again', `
  -- The whole entry, what its files say, and when its log had it; null of what was found before these were kept. Settled: they differ in it no more.
  alter table catalogue.feed_conflict add column entry jsonb, add column facts jsonb, add column logged_at timestamptz, add column judged_at timestamptz, add column is_settled boolean not null default false;
  grant update (reason, message, judged_at, is_settled) on catalogue.feed_conflict to guildhall_app;
  create index feed_conflict_open on catalogue.feed_conflict (council_id, feed, index) where not is_settled;
`);

const MOST_MESSAGE = 2000;

/** Keeps that an entry of another's feed is not listed here, and why. */
export async function keepConflict(tx: TransactionContext, feed: string, { index, entry, envelope, facts }: FeedItem, { reason, message }: { readonly reason: string; readonly message: string }, at: Date, loggedAt: Date): Promise<void> {
  await sql(tx, `insert into catalogue.feed_conflict (council_id, feed, index, kind, about, version, digest, reason, message, envelope, found_at, entry, facts, logged_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $12::jsonb, $13::jsonb, $14)`, [
    tx.council.id, feed, index, entry.kind, entry.about, entry.version, entry.digest, reason, message.slice(0, MOST_MESSAGE), envelope === null ? null : JSON.stringify(envelope), at, JSON.stringify(entry), facts === undefined || envelope === null ? null : JSON.stringify(facts), loggedAt,
  ]);
}

/** What a feed lists no more, and was never listed here, is no difference any more. */
export async function settleRemoved(tx: TransactionContext, feed: string, digest: string): Promise<void> {
  await sql(tx, `update catalogue.feed_conflict set is_settled = true where council_id = $1 and feed = $2 and digest = $3 and not is_settled and reason <> 'removed-there'`, [tx.council.id, feed, digest]);
}

/** Of a conflict `c`: that what was taken off there has since been taken off here. */
export const REMOVED_HERE = `(reason = 'removed-there' and exists (select from catalogue.signed s where s.council_id = c.council_id and s.digest = c.digest and s.is_removed))`;

/** Of a conflict: that it can be judged again. */
export const JUDGEABLE = `not is_settled and entry is not null and envelope is not null`;
