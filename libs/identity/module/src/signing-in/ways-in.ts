import type { IdentityClaims, SignInContact } from '@guildhall/identity-contract';
import { normaliseEmail, normalisePhone } from '@guildhall/identity-contract';
import { audit, sql } from '@guildhall/kernel';
import type { OfficerId, PersonId, TransactionContext } from '@guildhall/kernel-contract';
import { keyedHash } from '../keyed-hash';

/** Whoever vouched, and the keyed hash of whom. */
export interface Subject { readonly issuer: string; readonly subjectHash: string }
/** One way into an account, or to the desk. */
export interface WayIn { readonly signInId: string; readonly provider: string; readonly subject: Subject; readonly owner: { readonly personId: PersonId } | { readonly officerId: OfficerId } }

/** A subject's hash: whoever reads the table learns no address and no identifier of the far end's. */
export function subjectOf(tx: TransactionContext, { issuer, subject }: Pick<IdentityClaims, 'issuer' | 'subject'>): Subject {
  return { issuer, subjectHash: keyedHash(tx, 'subject', issuer, subject) };
}

/** The resident whose way in this is, noting that it was used. */
export async function residentBy(tx: TransactionContext, { issuer, subjectHash }: Subject, now: Date): Promise<PersonId | undefined> {
  const [row] = await sql<{ person_id: PersonId }>(tx, 'update identity.sign_in set last_used_at = $4 where council_id = $1 and issuer = $2 and subject_hash = $3 and person_id is not null returning person_id', [tx.council.id, issuer, subjectHash, now]);
  return row?.person_id;
}

/** The officer whose way in this is, noting that it was used. */
export async function officerBy(tx: TransactionContext, { issuer, subjectHash }: Subject, now: Date): Promise<OfficerId | undefined> {
  const [row] = await sql<{ officer_id: OfficerId }>(tx, 'update identity.sign_in set last_used_at = $4 where council_id = $1 and issuer = $2 and subject_hash = $3 and officer_id is not null returning officer_id', [tx.council.id, issuer, subjectHash, now]);
  return row?.officer_id;
}

/** The officer who has this work address and signs in by the same issuer as somebody else: two subjects of one issuer are never one person. */
export async function predecessorOf(tx: TransactionContext, { issuer, subjectHash }: Subject, emailNormalised: string): Promise<OfficerId | undefined> {
  const [row] = await sql<{ officer_id: OfficerId }>(tx, `select o.officer_id from identity.officer o where o.council_id = $1 and o.email_normalised = $2
    and exists (select from identity.sign_in s where s.council_id = o.council_id and s.officer_id = o.officer_id and s.issuer = $3 and s.subject_hash <> $4)`, [tx.council.id, emailNormalised, issuer, subjectHash]);
  return row?.officer_id;
}

/** Opens a way in. */
export async function addWayIn(tx: TransactionContext, { signInId, provider, subject, owner }: WayIn, now: Date): Promise<void> {
  const personId = 'personId' in owner ? owner.personId : undefined;
  const officerId = 'officerId' in owner ? owner.officerId : undefined;
  await sql(tx, 'insert into identity.sign_in (council_id, sign_in_id, provider, issuer, subject_hash, person_id, officer_id, created_at, last_used_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $8)',
    [tx.council.id, signInId, provider, subject.issuer, subject.subjectHash, personId ?? null, officerId ?? null, now]);
  audit(tx, { action: 'identity.way-in-added', subject: { type: personId ? 'person' : 'officer', id: personId ?? officerId ?? '' }, ...(personId ? { personId } : {}), detail: { provider, signInId } });
}

/** How many ways in an account has. */
export async function countWaysIn(tx: TransactionContext, personId: PersonId): Promise<number> {
  const rows = await sql<{ sign_in_id: string }>(tx, 'select sign_in_id from identity.sign_in where council_id = $1 and person_id = $2 limit 100', [tx.council.id, personId]);
  return rows.length;
}

/** The contacts that the provider vouches for, normalised. */
export function provedContacts({ verifiedEmail, verifiedPhone }: IdentityClaims): readonly SignInContact[] {
  const email = verifiedEmail && normaliseEmail(verifiedEmail);
  const phone = verifiedPhone && normalisePhone(verifiedPhone);
  return [...(email ? [{ channel: 'email' as const, address: email }] : []), ...(phone ? [{ channel: 'text' as const, address: phone }] : [])];
}
