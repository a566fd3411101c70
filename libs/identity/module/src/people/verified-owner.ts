import type { SignInContact } from '@guildhall/identity-contract';
import { sql } from '@guildhall/kernel';
import type { Statement } from '@guildhall/kernel';
import type { RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { keyedHash } from '../keyed-hash';
import { PERSON_COLUMNS } from './person-record';
import type { PersonRow } from './person-record';

/** The account whose proved contact this is. */
export async function verifiedOwner(tx: TransactionContext, { channel, address }: SignInContact): Promise<PersonRow | undefined> {
  const where = channel === 'email' ? 'email_normalised = $2 and email_verified_at is not null' : 'phone_normalised = $2 and phone_verified_at is not null';
  const [row] = await sql<PersonRow>(tx, `select ${PERSON_COLUMNS} from identity.person where council_id = $1 and ${where}`, [tx.council.id, address]);
  return row;
}

/** Lets one transaction at a time decide for these: two first sign-ins at once would otherwise make two accounts, or fail on the unique index. */
export async function oneAtATime(tx: TransactionContext, ...names: readonly string[]): Promise<void> {
  const { text, values } = lockOf(tx, names);
  await sql(tx, text, values);
}

/** The statement that waits until it is this transaction's turn. */
function lockOf(ctx: RequestContext, names: readonly string[]): Statement {
  return lockOn(names.map((name) => keyedHash(ctx, 'throttle', 'lock', name)));
}

/** The same for hashes that say already what is waited for. */
export function lockOn(hashes: readonly string[]): Statement {
  // In an order that is everybody's: two that want the same ones must not wait for each other.
  return { text: 'select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest($1::text[]) as key', values: [[...hashes].sort()] };
}
