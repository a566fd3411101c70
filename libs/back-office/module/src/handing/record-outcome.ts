import { audit, enqueue, nextTryAt, sql } from '@guildhall/kernel';
import type { TransactionContext } from '@guildhall/kernel-contract';
import { recordAnswer, recordTrouble } from '../data/far-end';
import { CLOSED_BEFORE, type HandOverRow } from '../data/hand-over-row';
import { matchWaiting } from '../hearing/keep-progress';
import { FindReference, HandOver, Say } from '../jobs';
import { nextQuestionAt } from './next-question';

/** What came of one try. The reference is ours. */
export type TryOutcome =
  | { readonly kind: 'taken'; readonly reference: string; readonly farReference?: string; readonly ticket?: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly reference?: string }
  /** `isOurs`: it never got as far as the far end. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly reference?: string; readonly retryAfterInSeconds?: number; readonly isOurs?: boolean };

/** When it is recorded. `chance` from 0 to 1. */
export interface Recording { readonly now: Date; readonly chance: number; readonly newId: () => string }

const MOST_MESSAGE = 1000;

/** Writes down what came of a try. */
export async function recordOutcome(tx: TransactionContext, row: HandOverRow, outcome: TryOutcome, recording: Recording): Promise<void> {
  const key = [tx.council.id, row.case_id];
  if (outcome.reference !== undefined) await sql(tx, 'update back_office.hand_over set case_reference = $3 where council_id = $1 and case_id = $2', [...key, outcome.reference]);
  switch (outcome.kind) {
    case 'taken':
      await recordAnswer(tx, row.provider_id);
      if (outcome.ticket !== undefined) await recordTicket(tx, row, outcome.ticket, recording);
      else await recordHandedOver(tx, row, outcome.farReference, recording);
      return matchWaiting(tx, row.case_id);
    case 'refused':
      await recordAnswer(tx, row.provider_id);
      return recordRefused(tx, row, outcome, recording);
    case 'failed': {
      if (!outcome.isOurs) await recordTrouble(tx, row.provider_id, recording.now, recording.chance, outcome.retryAfterInSeconds);
      const next = nextTryAt(recording.now, row.tries, recording.chance, outcome.retryAfterInSeconds);
      if (!next) return recordRefused(tx, row, { code: outcome.code, message: `It was tried ${row.tries} times. The last time: ${outcome.message}` }, recording);
      // Only when nobody else has tried since: their try counts now.
      const later = await sql(tx, `update back_office.hand_over set next_try_at = $4, claimed_until = null, last_code = $5, last_message = $6 where council_id = $1 and case_id = $2 and state = 'waiting' and tries = $3 returning 1 as kept`, [...key, row.tries, next, outcome.code, outcome.message.slice(0, MOST_MESSAGE)]);
      if (later.length) enqueue(tx, HandOver, { caseId: row.case_id }, { runAt: next });
    }
  }
}

/** The far end has it, and said by what reference; or gives none. What it says counts whoever asked, and whatever was thought of it before. */
export async function recordHandedOver(tx: TransactionContext, { case_id: caseId, provider_id: provider }: Pick<HandOverRow, 'case_id' | 'provider_id'>, farReference: string | undefined, { now, newId }: Pick<Recording, 'now' | 'newId'>): Promise<void> {
  const moved = await sql(tx, `update back_office.hand_over set state = 'handed-over', far_reference = coalesce($3, far_reference), handed_over_at = coalesce(handed_over_at, $4), claimed_until = null, last_code = null, last_message = null, refused_at = null
    where council_id = $1 and case_id = $2 and state <> 'handed-over' returning 1 as moved`, [tx.council.id, caseId, farReference ?? null, now]);
  if (!moved.length) return;
  audit(tx, { action: 'back-office.handed-over', subject: { type: 'case', id: caseId }, detail: { provider } });
  enqueue(tx, Say, { caseId, what: 'handed-over', said: newId() }, { key: `handed-over:${caseId}` });
}

async function recordTicket(tx: TransactionContext, { case_id: caseId, provider_id: provider }: HandOverRow, ticket: string, { now, chance }: Recording): Promise<void> {
  const next = nextQuestionAt(now, 0, chance);
  const moved = await sql(tx, `update back_office.hand_over set state = 'taken', ticket = $3, handed_over_at = $4, tries = 0, next_try_at = $5, claimed_until = null, last_code = null, last_message = null
    where council_id = $1 and case_id = $2 and state = 'waiting' returning 1 as moved`, [tx.council.id, caseId, ticket, now, next]);
  if (!moved.length) return;
  audit(tx, { action: 'back-office.taken', subject: { type: 'case', id: caseId }, detail: { provider } });
  enqueue(tx, FindReference, { caseId }, { runAt: next });
}

/** It will not be tried again by itself: an officer has to look. */
export async function recordRefused(tx: TransactionContext, { case_id: caseId, tries, provider_id: provider }: HandOverRow, { code, message }: { readonly code: string; readonly message: string }, { now, newId }: Pick<Recording, 'now' | 'newId'>): Promise<void> {
  const moved = await sql(tx, `update back_office.hand_over set state = 'refused', refused_at = $4, claimed_until = null, last_code = $5, last_message = $6 where council_id = $1 and case_id = $2 and state = 'waiting' and tries = $3 returning 1 as moved`,
    [tx.council.id, caseId, tries, now, code, message.slice(0, MOST_MESSAGE)]);
  if (!moved.length) return;
  audit(tx, { action: 'back-office.refused', subject: { type: 'case', id: caseId }, detail: { provider, code } });
  if (code !== CLOSED_BEFORE) enqueue(tx, Say, { caseId, what: 'refused', said: newId() });
}
