import type { IdentityClaims } from '@guildhall/identity-contract';
import { sql } from '@guildhall/kernel';
import type { OfficerId, TransactionContext } from '@guildhall/kernel-contract';

/** Who vouched for an officer, and what it takes to ask again. */
export interface Vouch { readonly officerId: OfficerId; readonly provider: string; readonly recheck: IdentityClaims['recheck'] }

/** Keeps what the last sign-in of an officer brought, in the transaction that lets them in; a sign-in that brought nothing leaves nothing to ask with. */
export async function keepVouch(tx: TransactionContext, { officerId, provider, recheck }: Vouch, now: Date): Promise<void> {
  if (recheck === undefined) {
    await forgetVouch(tx, officerId);
    return;
  }
  await sql(tx, `insert into identity.officer_vouch (council_id, officer_id, provider, keep, checked_at) values ($1, $2, $3, $4, $5)
    on conflict (council_id, officer_id) do update set provider = excluded.provider, keep = excluded.keep, checked_at = excluded.checked_at, silent_since = null`, [tx.council.id, officerId, provider, recheck, now]);
}

export async function forgetVouch(tx: TransactionContext, officerId: OfficerId): Promise<void> {
  await sql(tx, 'delete from identity.officer_vouch where council_id = $1 and officer_id = $2', [tx.council.id, officerId]);
}
