import type { Person, PersonContact } from '@guildhall/identity-contract';
import { sql } from '@guildhall/kernel';
import type { Language, PersonId, RequestContext, TransactionContext } from '@guildhall/kernel-contract';

/** A row of identity.person, as far as others read it. */
export interface PersonRow {
  readonly person_id: PersonId;
  readonly name: string | null;
  readonly email: string | null;
  readonly email_normalised: string | null;
  readonly email_verified_at: Date | null;
  readonly phone: string | null;
  readonly phone_normalised: string | null;
  readonly phone_verified_at: Date | null;
  readonly preferred_language: Language | null;
  readonly uprn: string | null;
  readonly address: readonly string[] | null;
  readonly is_assisted: boolean;
}

export const PERSON_COLUMNS = 'person_id, name, email, email_normalised, email_verified_at, phone, phone_normalised, phone_verified_at, preferred_language, uprn, address, is_assisted';

/** The person with this id, locked for as long as the transaction lasts when it is to be changed. */
export async function readPerson(tx: TransactionContext, personId: PersonId, lock?: 'for update'): Promise<PersonRow | undefined> {
  const [row] = await sql<PersonRow>(tx, `select ${PERSON_COLUMNS} from identity.person where council_id = $1 and person_id = $2 ${lock ?? ''}`, [tx.council.id, personId]);
  return row;
}

/** What others see of the row. */
export function personOf(row: PersonRow): Person {
  return {
    personId: row.person_id, name: row.name ?? undefined,
    email: row.email ?? undefined, isEmailVerified: row.email_verified_at !== null,
    phone: row.phone ?? undefined, isPhoneVerified: row.phone_verified_at !== null,
    preferredLanguage: row.preferred_language ?? undefined, uprn: row.uprn ?? undefined, address: row.address ?? undefined, isAssisted: row.is_assisted,
  };
}

/** How to reach them: in their own language, or else the council's first. */
export function contactOf(ctx: RequestContext, row: PersonRow): PersonContact {
  return { personId: row.person_id, name: row.name ?? undefined, email: row.email ?? undefined, phone: row.phone ?? undefined, address: row.address ?? undefined, language: row.preferred_language ?? ctx.council.languages[0] };
}
