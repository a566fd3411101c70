import type { Progress } from '@guildhall/back-office-contract';
import { MOST_OFFERED_PHOTOS } from '@guildhall/documents-contract/from-elsewhere';
import { enqueue, sql } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';
import type { HandOverRow } from '../data/hand-over-row';
import { recordHandedOver } from '../handing/record-outcome';
import { Apply } from '../jobs';

const MOST_ID = 200;
const MOST_STATUS = 100;
const MOST_WORDS = 4000;
const MOST_ADDRESS = 2000;

/**
 * Keeps what a far end told, each thing once for each case that it is about. What is about no case that is known here waits: perhaps we hear of the reference later.
 * @param after how many things of the same answer were kept before these
 */
export async function keepProgress(tx: TransactionContext, providerId: string, told: readonly Progress[], { now, newId, after = 0 }: { readonly now: Date; readonly newId: () => string; readonly after?: number }): Promise<void> {
  // In the order in which it happened, which dates that lie ahead keep among themselves: nothing has happened later than now.
  const inOrder = told.map(tidied).sort((one, other) => one.at.getTime() - other.at.getTime());
  for (const [place, one] of inOrder.entries()) {
    const [at, receivedAt] = [one.at > now ? now : one.at, new Date(now.getTime() + after + place)];
    if (one.progressId === '' || (one.farReference === undefined && one.caseReference === undefined)) continue;
    const rows = await sql<Pick<HandOverRow, 'case_id' | 'provider_id' | 'state'>>(tx, 'select case_id, provider_id, state from back_office.hand_over where council_id = $1 and provider_id = $2 and (far_reference = $3 or case_reference = $4) order by case_id limit 100',
      [tx.council.id, providerId, one.farReference ?? null, one.caseReference ?? null]);
    for (const row of rows) {
      // Whoever tells of a case has it, even when its answer was lost.
      if (row.state !== 'handed-over') await recordHandedOver(tx, row, one.farReference, { now, newId });
      await sql(tx, 'insert into back_office.progress (council_id, case_id, progress_id, status, code, at, words, received_at, photos) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing', [tx.council.id, row.case_id, one.progressId, one.status, one.code ?? null, at, one.text ?? null, receivedAt, one.photos ?? null]);
      enqueue(tx, Apply, { caseId: row.case_id }, { key: `apply:${row.case_id}` });
    }
    if (rows.length) continue;
    await sql(tx, 'insert into back_office.unmatched (council_id, provider_id, progress_id, far_reference, case_reference, status, code, at, words, received_at, photos) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing',
      [tx.council.id, providerId, one.progressId, one.farReference ?? '', one.caseReference ?? '', one.status, one.code ?? null, at, one.text ?? null, receivedAt, one.photos ?? null]);
  }
}

/** Gives a case what was told of it before its references were known here. */
export async function matchWaiting(tx: TransactionContext, caseId: string): Promise<void> {
  const matched = await sql(tx, `
    with found as (
      delete from back_office.unmatched u using back_office.hand_over h
      where h.council_id = $1 and h.case_id = $2 and u.council_id = $1 and u.provider_id = h.provider_id and ((u.far_reference <> '' and u.far_reference = h.far_reference) or (u.case_reference <> '' and u.case_reference = h.case_reference))
      returning u.progress_id, u.status, u.code, u.at, u.words, u.received_at, u.photos)
    insert into back_office.progress (council_id, case_id, progress_id, status, code, at, words, received_at, photos) select $1, $2, progress_id, status, code, at, words, received_at, photos from found on conflict do nothing returning 1 as matched`, [tx.council.id, caseId]);
  if (matched.length) enqueue(tx, Apply, { caseId }, { key: `apply:${caseId}` });
}

/** As much as is kept, without what no page can show. */
function tidied({ progressId, farReference, caseReference, status, code, at, text, photos = [] }: Progress): Progress {
  const plain = (written: string, most: number): string => [...written.replace(/\r\n?/g, '\n').replace(/(?!\n|\t)\p{Cc}/gu, '')].slice(0, most).join('').trim();
  // No address that can be called is longer, and a NUL is none of anything.
  const usable = photos.filter((one) => !one.includes('\u0000') && (one.startsWith('data:') || one.length <= MOST_ADDRESS)).slice(0, MOST_OFFERED_PHOTOS);
  const words = text === undefined ? '' : plain(text, MOST_WORDS);
  return {
    progressId: plain(progressId, MOST_ID), status: plain(status, MOST_STATUS), at, ...(words && { text: words }), ...(usable.length > 0 && { photos: usable }), ...(code !== undefined && { code: plain(code, MOST_STATUS) }),
    ...(farReference && { farReference: plain(farReference, MOST_ID) }), ...(caseReference && { caseReference: plain(caseReference, MOST_ID) }),
  };
}
