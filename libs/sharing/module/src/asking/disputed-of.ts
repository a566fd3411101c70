import type { Database } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';
import type { AttributeId } from '@guildhall/sharing-contract';

/** What somebody says is wrong, of these things, and has had no answer to: it is neither told nor asked for. */
export async function disputedOf(db: Database, ctx: RequestContext, localId: string, attributes: readonly AttributeId[]): Promise<readonly string[]> {
  const rows = await db.query<{ attribute: string }>(ctx, 'select distinct attribute from sharing.dispute where council_id = $1 and local_id = $2 and attribute = any($3) and answered_at is null', [ctx.council.id, localId, attributes]);
  return rows.map(({ attribute }) => attribute);
}
