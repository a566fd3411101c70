import { restUntil, sql } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';

/** Until when a far end is left alone, because nothing has come through for a while; undefined when it may be called. */
export async function restOf(tx: TransactionContext, providerId: string, now: Date): Promise<Date | undefined> {
  const [row] = await sql<{ wait_until: Date | null }>(tx, 'select wait_until from back_office.far_end where council_id = $1 and provider_id = $2', [tx.council.id, providerId]);
  return row?.wait_until && row.wait_until > now ? row.wait_until : undefined;
}

/** It answered. */
export async function recordAnswer(tx: TransactionContext, providerId: string): Promise<void> {
  await sql(tx, 'update back_office.far_end set failures_in_row = 0, failing_since = null, wait_until = null where council_id = $1 and provider_id = $2 and failures_in_row > 0', [tx.council.id, providerId]);
}

/** It did not, or said that it cannot just now. @param chance from 0 to 1 */
export async function recordTrouble(tx: TransactionContext, providerId: string, now: Date, chance: number, askedForSeconds?: number): Promise<void> {
  const [row] = await sql<{ failures_in_row: number }>(tx, `
    insert into back_office.far_end as f (council_id, provider_id, failures_in_row, failing_since) values ($1, $2, 1, $3)
    on conflict (council_id, provider_id) do update set failures_in_row = f.failures_in_row + 1, failing_since = coalesce(f.failing_since, $3) returning failures_in_row`, [tx.council.id, providerId, now]);
  await sql(tx, 'update back_office.far_end set wait_until = $3 where council_id = $1 and provider_id = $2', [tx.council.id, providerId, restUntil(now, row?.failures_in_row ?? 1, chance, askedForSeconds) ?? null]);
}
