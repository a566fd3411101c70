import type { Publisher } from '@guildhall/catalogue-contract';
import { sql } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';

/** Somebody who was let in here and whom somebody of the catalogue has put out: as it was last, and why, in a sentence. */
export interface PutOut { readonly publisher: Publisher; readonly because: string; readonly at: Date }
interface Row { readonly state: Publisher; readonly because: string; readonly put_out_at: Date }

export const PUT_OUT = 'select state, because, put_out_at from catalogue.put_out where council_id = $1 and publisher_id = $2';
export function putOutOf({ state: publisher, because, put_out_at: at }: Row): PutOut { return { publisher, because, at }; }

/** Whether somebody was put out, and has not been let in again. */
export async function putOut(tx: TransactionContext, id: string): Promise<PutOut | undefined> {
  const [row] = await sql<Row>(tx, PUT_OUT, [tx.council.id, id]);
  return row && putOutOf(row);
}

/** Why nothing of somebody’s stands here, or is taken. */
export function putOutWords(id: string, { because }: Pick<PutOut, 'because'>): string { return `${id} was put out of this catalogue: ${because}`; }
