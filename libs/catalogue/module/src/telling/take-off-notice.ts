import { sql } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';
import { showPackageAnew } from '../listing/package-in-list';
import type { HeldFeed } from '../logging/writes-feed';

interface NoticeOff { readonly publisherId: string; readonly id: string; /** The package. */ readonly about: string; readonly digest: string; readonly because: string }

/** Takes a notice off the list, says why in the feed, and shows its package without it. */
export async function takeOffNotice(tx: TransactionContext, feed: HeldFeed, { publisherId, id, about, digest, because }: NoticeOff): Promise<void> {
  feed.remove({ about, version: null, digest, because });
  await sql(tx, 'update catalogue.notice set removed_because = $4, removed_at = $5 where council_id = $1 and publisher_id = $2 and notice_id = $3', [tx.council.id, publisherId, id, because, feed.at]);
  await showPackageAnew(tx, about);
}
