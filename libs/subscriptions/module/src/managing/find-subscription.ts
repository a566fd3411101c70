import { sql } from '@guildhall/kernel';
import { NotFound, isUuid, type TransactionContext } from '@guildhall/kernel-contract';
import { SUBSCRIPTION_COLUMNS, type SubscriptionRow } from '../data/subscription-row';

/** One subscription, kept from others until the transaction ends. @throws NotFound */
export async function lockSubscription(tx: TransactionContext, id: string): Promise<SubscriptionRow> {
  const [row] = isUuid(id) ? await sql<SubscriptionRow>(tx, `select ${SUBSCRIPTION_COLUMNS} from subscriptions.subscription where council_id = $1 and subscription_id = $2 for update`, [tx.council.id, id]) : [];
  if (!row) throw noSubscription();
  return row;
}

export function noSubscription(): NotFound {
  return new NotFound('There is no such subscription. It may have been removed.');
}
