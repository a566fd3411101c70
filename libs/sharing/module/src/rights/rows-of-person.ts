import type { Database } from '@guildhall/kernel';
import type { RequestContext } from '@guildhall/kernel-contract';

const AT_ONCE = 1000;

/**
 * Every row of a person's, however many there are: a thousand at a time, in the order of their key.
 * @param text takes the council as `$1`, the person as `$2`, the key after which it goes on as `$3` and more values after that, and ends in the order by that key
 */
export async function* rowsOfPerson<Row extends object>(db: Database, ctx: RequestContext, text: string, personId: string, keyOf: (row: Row) => string, more: readonly unknown[] = []): AsyncGenerator<Row> {
  for (let after = ''; ; ) {
    const rows = await db.query<Row>(ctx, `${text} limit ${AT_ONCE}`, [ctx.council.id, personId, after, ...more]);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    after = keyOf(last);
  }
}
