import type { IdentityClaims } from '@guildhall/identity-contract';
import { PersonContactChanged } from '@guildhall/identity-contract';
import { audit, publish, sql } from '@guildhall/kernel';
import type { PersonId, TransactionContext } from '@guildhall/kernel-contract';
import type { Subject } from '../signing-in/ways-in';

const LONGEST_NAME = 200;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A name as it is kept. */
export function nameOf({ name }: Pick<IdentityClaims, 'name'>): string | undefined {
  return name?.trim().slice(0, LONGEST_NAME) || undefined;
}

/** The date of birth, where it is one. */
export function dateOfBirthOf({ dateOfBirth }: Pick<IdentityClaims, 'dateOfBirth'>): string | undefined {
  return dateOfBirth !== undefined && DATE.test(dateOfBirth) ? dateOfBirth : undefined;
}

/** Whether the account was proved before to be somebody's who was born on another day: on a shared computer it may have been left open by them. */
export async function isSomebodyElse(tx: TransactionContext, personId: PersonId, claims: Pick<IdentityClaims, 'dateOfBirth'>): Promise<boolean> {
  const born = dateOfBirthOf(claims);
  if (born === undefined) return false;
  const [proved] = await sql<{ date_of_birth: string | null }>(tx, 'select date_of_birth from identity.proved where council_id = $1 and person_id = $2', [tx.council.id, personId]);
  return (proved?.date_of_birth ?? born) !== born;
}

/** What another far end proved, or the same one of somebody else, is another identity check: only the same one of the same person adds to what it proved before. */
const IS_SAME = 'proved.issuer = excluded.issuer and proved.subject_hash = excluded.subject_hash';
const added = (column: string): string => `${column} = case when ${IS_SAME} then coalesce(excluded.${column}, proved.${column}) else excluded.${column} end`;

/** Writes down what a far end proved of somebody: apart, as proved; and in their details where they have not told it, so that nobody is asked for it again. What was proved more surely stays. What they told themselves stays, since it is what they want to be called and where they want to be written to. */
export async function learnProved(tx: TransactionContext, personId: PersonId, { issuer, subjectHash }: Subject, claims: IdentityClaims, now: Date): Promise<void> {
  const name = nameOf(claims);
  const { address, confidence } = claims;
  const dateOfBirth = dateOfBirthOf(claims);
  if (confidence === 'none' || (!name && !address && !dateOfBirth)) return;
  await sql(tx, `insert into identity.proved (council_id, person_id, name, date_of_birth, address, uprn, confidence, proved_at, issuer, subject_hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    on conflict (council_id, person_id) do update set ${added('name')}, ${added('date_of_birth')}, ${added('address')},
      uprn = case when ${IS_SAME} and excluded.address is null then proved.uprn else excluded.uprn end, confidence = excluded.confidence, proved_at = excluded.proved_at, issuer = excluded.issuer, subject_hash = excluded.subject_hash
      where array_position(array['low', 'medium'], excluded.confidence) >= array_position(array['low', 'medium'], proved.confidence)`,
  [tx.council.id, personId, name ?? null, dateOfBirth ?? null, address ? [...address.lines] : null, address?.uprn ?? null, confidence, now, issuer, subjectHash]);
  const rows = await sql(tx, `update identity.person set name = coalesce(name, $3), uprn = case when address is null and uprn is null then $4 else uprn end, address = case when address is null and uprn is null then $5 else address end, updated_at = $6
    where council_id = $1 and person_id = $2 and ((name is null and $3::text is not null) or (address is null and uprn is null and $5::text[] is not null)) returning 1 as learned`,
  [tx.council.id, personId, name ?? null, address?.uprn ?? null, address ? [...address.lines] : null, now]);
  if (rows.length === 0) return;
  publish(tx, PersonContactChanged, { personId });
  audit(tx, { action: 'identity.proved-details-learned', subject: { type: 'person', id: personId }, personId, detail: { confidence } });
}
