import { PersonRegistered } from '@guildhall/identity-contract';
import type { AssistedBasis } from '@guildhall/identity-contract';
import { audit, publish, sql } from '@guildhall/kernel';
import type { OfficerId, PersonId, TransactionContext } from '@guildhall/kernel-contract';
import type { CheckedDetails } from './contact-rules';
import { PERSON_COLUMNS } from './person-record';
import type { PersonRow } from './person-record';

/** A person to be written down. */
export interface NewPerson {
  readonly personId: PersonId;
  readonly details: CheckedDetails;
  readonly isEmailVerified?: boolean;
  readonly isPhoneVerified?: boolean;
  readonly how: 'signed-in' | 'assisted' | 'registered';
  readonly assisted?: { readonly by?: OfficerId; readonly basis: AssistedBasis };
}

/** Writes a person down and says so; undefined when that id exists. */
export async function insertPerson(tx: TransactionContext, { personId, details, isEmailVerified, isPhoneVerified, how, assisted }: NewPerson, now: Date): Promise<PersonRow | undefined> {
  const [row] = await sql<PersonRow>(tx, `
    insert into identity.person (council_id, person_id, name, email, email_normalised, email_verified_at, phone, phone_normalised, phone_verified_at, preferred_language, uprn, address,
      is_assisted, assisted_by, assisted_authority, assisted_checks, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)
    on conflict (council_id, person_id) do nothing returning ${PERSON_COLUMNS}`, [
    tx.council.id, personId, details.name ?? null, details.email ?? null, details.emailNormalised ?? null, isEmailVerified ? now : null,
    details.phone ?? null, details.phoneNormalised ?? null, isPhoneVerified ? now : null, details.preferredLanguage ?? null, details.uprn ?? null, details.address ?? null,
    how === 'assisted', assisted?.by ?? null, assisted?.basis.authority ?? null, assisted?.basis.checks ?? [], now,
  ]);
  if (!row) return undefined;
  publish(tx, PersonRegistered, { personId, how });
  audit(tx, { action: 'identity.person-registered', subject: { type: 'person', id: personId }, personId, detail: { how, ...(assisted ? { authority: assisted.basis.authority, checks: assisted.basis.checks } : {}) } });
  return row;
}
