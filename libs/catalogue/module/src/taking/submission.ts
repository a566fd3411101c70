import type { Submission, SubmitRefusal } from '@guildhall/catalogue-contract';
import { sql, write } from '@guildhall/kernel';
import { done, refused, type Outcome, type TransactionContext } from '@guildhall/kernel-contract';
import { documentDigest, type Envelope } from '@guildhall/sharing-contract';
import { submissionOf, type SubmissionRow } from '../reading/reads-submissions';

/** So many publishers who are new wait to be let in at once. */
const MOST_NEWCOMERS = 200;

/** What is handed in. */
export interface Given {
  readonly kind: 'publisher' | 'release' | 'notice' | 'assessment';
  readonly envelope: Envelope;
  readonly publisher: string;
  readonly about: string;
  readonly version?: string;
  readonly components?: string;
  /** By which a person finds it among those that wait; kept no longer than it waits. */
  readonly words?: string;
}

/** What came before, and is the same as what is handed in now. Of what was refused for nothing but that it could not be fetched, another try is wanted. */
export async function givenBefore(tx: TransactionContext, { envelope }: Given): Promise<SubmissionRow & { readonly may_try_again: boolean } | undefined> {
  const [row] = await sql<SubmissionRow & { may_try_again: boolean }>(tx, `select submission_id, state, reasons, state = 'refused' and envelope is not null as may_try_again from catalogue.submission where council_id = $1 and digest = $2 for update`, [tx.council.id, documentDigest(envelope)]);
  return row;
}

/**
 * Keeps what was handed in, once. Where nothing of it is to be waited for, `reasons` say why it is refused, or that it is listed where there are none.
 * Two who hand in the same at the same moment: the second one's transaction fails, and is run again.
 */
export function keepSubmission(tx: TransactionContext, id: string, { kind, envelope, publisher, about, version = undefined, components = undefined, words }: Given, now: Date, { state, reasons = [], nextTryAt = null }: { readonly state: Submission['state']; readonly reasons?: readonly string[]; readonly nextTryAt?: Date | null }): Submission {
  const isWaiting = state === 'waiting';
  write(tx, `insert into catalogue.submission (council_id, submission_id, kind, digest, publisher_id, about, version, state, reasons, envelope, components, next_try_at, submitted_at, decided_at, words)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text[], $10::jsonb, $11, $12::timestamptz, $13::timestamptz, $14::timestamptz, $15)`, [
    tx.council.id, id, kind, documentDigest(envelope), publisher, about, version ?? null, state, reasons, isWaiting ? JSON.stringify(envelope) : null, isWaiting ? (components ?? null) : null, nextTryAt?.toISOString() ?? null, now.toISOString(), isWaiting ? null : now.toISOString(), isWaiting ? (words?.replaceAll('\0', '\uFFFD') ?? null) : null,
  ]);
  return { id, state, reasons };
}

/** Decides what waited. What could not be fetched keeps what is needed for another try. */
export function decideSubmission(tx: TransactionContext, id: string, now: Date, { reasons = [], by = null, keeps = false }: { readonly reasons?: readonly string[]; readonly by?: string | null; readonly keeps?: boolean } = {}): Submission {
  const state = reasons.length > 0 ? 'refused' : 'listed';
  write(tx, `update catalogue.submission set state = $3, reasons = $4::text[], decided_at = $5::timestamptz, decided_by = $6, next_try_at = null, envelope = case when $7 then envelope end, components = case when $7 then components end, words = case when $7 then words end where council_id = $1 and submission_id = $2`, [tx.council.id, id, state, reasons, now.toISOString(), by, keeps]);
  return { id, state, reasons };
}

/** Whether a publisher has so much waiting that nothing more is taken. */
export async function tooMuchWaits(tx: TransactionContext, { publisher, kind }: Given, most: number): Promise<Outcome<never, SubmitRefusal> | undefined> {
  const [row] = await sql<{ waiting: number }>(tx, `select count(*)::int as waiting from catalogue.submission where council_id = $1 and publisher_id = $2 and kind = $3 and state = 'waiting'`, [tx.council.id, publisher, kind]);
  return (row?.waiting ?? 0) >= most ? refused('too-many', `${most} of ${publisher} are waiting here already. Hand it in when they have been looked at.`) : undefined;
}

/** Whether so many of whom nobody has made sure wait that no more are taken: a key and a name of one's own cost nothing. */
export async function tooManyNewcomers(tx: TransactionContext): Promise<Outcome<never, SubmitRefusal> | undefined> {
  const [row] = await sql<{ waiting: number }>(tx, `select count(*)::int as waiting from catalogue.submission s where s.council_id = $1 and s.kind = 'publisher' and s.state = 'waiting' and ${OF_A_NEWCOMER}`, [tx.council.id]);
  return (row?.waiting ?? 0) >= MOST_NEWCOMERS ? refused('too-many', `${MOST_NEWCOMERS} who are new wait to be let in here already. Hand it in when they have been looked at, or write to whoever runs this catalogue.`) : undefined;
}
/** Of submissions `s`: those of publishers who have not been let in. */
export const OF_A_NEWCOMER = 'not exists (select from catalogue.publisher p where p.council_id = s.council_id and p.publisher_id = s.publisher_id)';

/** @internal for what is the same as before */
export function same(row: SubmissionRow): Outcome<Submission, SubmitRefusal> { return done(submissionOf(row)); }
