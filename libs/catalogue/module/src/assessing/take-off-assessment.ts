import { readAssessment } from '@guildhall/assurance-contract';
import { sql } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';
import type { Envelope } from '@guildhall/sharing-contract';
import type { HeldFeed } from '../logging/writes-feed';

/** By what an assessment goes into the feed: the first thing that it is about. */
export function assessedIn(envelope: Envelope): string {
  const read = readAssessment(envelope);
  return ((read.ok ? read.value.subject[0]?.name : undefined) ?? '').slice(0, 300);
}

/** Takes an assessment off the list, and says why in the feed. */
export async function takeOffAssessment(tx: TransactionContext, feed: HeldFeed, { digest, envelope, because }: { readonly digest: string; readonly envelope: Envelope; readonly because: string }): Promise<void> {
  feed.remove({ about: assessedIn(envelope), version: null, digest, because });
  await sql(tx, 'update catalogue.assessment set removed_because = $3, removed_at = $4 where council_id = $1 and digest = $2', [tx.council.id, digest, because, feed.at]);
}
