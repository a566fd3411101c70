import { normaliseEmail, normalisePhone } from '@guildhall/identity-contract';
import type { ContactRefusal } from '@guildhall/identity-contract';
import { InvalidInput, refused } from '@guildhall/kernel-contract';
import type { Language } from '@guildhall/kernel-contract';

/** What can be said of a person. */
export interface Details {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly preferredLanguage?: Language;
  readonly uprn?: string;
  readonly address?: readonly string[];
}
/** The same, in the forms in which it is kept. */
export interface CheckedDetails extends Details {
  readonly emailNormalised?: string;
  readonly phoneNormalised?: string;
}

/**
 * Checks what is said of a person: expected mistakes are refused, anything that no form of ours lets through is thrown.
 * @throws InvalidInput
 */
export function checkDetails(given: Details, isNameNeeded: boolean): { ok: true; value: CheckedDetails } | { ok: false; refusal: ContactRefusal } {
  const name = given.name?.trim();
  if (name === '' || (isNameNeeded && !name)) return refused('name-missing', 'A person needs a name.');
  const email = given.email?.trim();
  const emailNormalised = email === undefined ? undefined : normaliseEmail(email);
  if (email !== undefined && !emailNormalised) return refused('email-not-valid', 'That is not an email address.');
  const phone = given.phone?.trim();
  const phoneNormalised = phone === undefined ? undefined : normalisePhone(phone);
  if (phone !== undefined && !phoneNormalised) return refused('phone-not-valid', 'That is not a telephone number.');
  const address = given.address?.map((line) => line.trim()).filter(Boolean);
  if (!email && !phone && !address?.length) return refused('no-way-to-reach', 'Give an email address, a telephone number or a postal address.');
  refuseOddities(name, given.uprn, address);
  return { ok: true, value: { name, email, emailNormalised, phone, phoneNormalised, preferredLanguage: given.preferredLanguage, uprn: given.uprn, address: address?.length ? address : undefined } };
}

function refuseOddities(name: string | undefined, uprn: string | undefined, address: readonly string[] | undefined): void {
  if ((name?.length ?? 0) > 200) throw new InvalidInput('The name is too long.', [{ field: 'name', message: 'Use at most 200 characters.' }]);
  if (uprn !== undefined && !/^\d{1,12}$/.test(uprn)) throw new InvalidInput('The UPRN is not one.', [{ field: 'uprn', message: 'Give up to 12 digits.' }]);
  if (address && (address.length > 7 || address.some((line) => line.length > 100))) throw new InvalidInput('The address is too long.', [{ field: 'address', message: 'Use at most seven lines of 100 characters.' }]);
}
