import type { AddressValue } from '../agreeing/vocabulary';
import type { Evidence } from '../asking/exchange';

/** By what one person is found at another body: all of it must fit. Only what they have proved is a key. @public */
export interface PersonKeys {
  readonly name: string;
  /** `1951-02-28`. */
  readonly dateOfBirth: string;
  /** Where they live: the UPRN, where both know it; otherwise the postcode. */
  readonly postcode: string;
  /** Up to 12 digits, as text, without leading noughts. */
  readonly uprn?: string;
}

/** Whom the keys fit: `one` when one record has this name and this date of birth, and lives there. `several` when more than one has the name and the date of birth, wherever they live: then nobody can be sure. @public */
export type PersonFound = { readonly match: 'one'; readonly localId: string } | { readonly match: 'none' } | { readonly match: 'several' };

/** The attributes that are keys. @public */
export const KEY_ATTRIBUTES = ['person.name', 'person.date-of-birth', 'address.current'] as const;

/**
 * A name as it is compared, and no further: small letters, one space between words, one kind of apostrophe and of hyphen, letters composed (Unicode NFKC).
 * An accent, an order of words, a title or a short form that differs is another name.
 * @public
 * @example comparableName('  Siân  O’Brien') // "siân o'brien"
 */
export function comparableName(name: string): string { return name.normalize('NFKC').toLowerCase().replace(/[\u2018\u2019\u02bc`´]/g, '\'').replace(/[\u2010-\u2015\u2212]/g, '-').replace(/\s+/g, ' ').trim(); }

/** A postcode as it is compared: in capitals, without spaces. @public */
export function comparablePostcode(postcode: string): string { return postcode.toUpperCase().replace(/\s+/g, ''); }

/** Whether an address is where the keys say. @public */
export function livesThere({ postcode, uprn }: Pick<PersonKeys, 'postcode' | 'uprn'>, address: AddressValue): boolean {
  if (uprn !== undefined && address.uprn !== undefined) return uprn === address.uprn;
  return address.postcode !== '' && comparablePostcode(postcode) === comparablePostcode(address.postcode);
}

/** Whether somebody has the name and the date of birth of the keys. @public */
export function isNamedSo(keys: Pick<PersonKeys, 'name' | 'dateOfBirth'>, known: Pick<PersonKeys, 'name' | 'dateOfBirth'> | undefined): boolean {
  return known !== undefined && comparableName(known.name) === comparableName(keys.name) && known.dateOfBirth === keys.dateOfBirth;
}

/** The name and the date of birth in what is known of somebody; nothing where either is not. @public */
export function namesIn(evidence: readonly Evidence[]): Pick<PersonKeys, 'name' | 'dateOfBirth'> | undefined {
  const [name, dateOfBirth] = ['person.name', 'person.date-of-birth'].map((id) => evidence.find(({ attribute }) => attribute === id)?.value);
  return typeof name === 'string' && typeof dateOfBirth === 'string' ? { name, dateOfBirth } : undefined;
}

/** The address in what is known of somebody, where there is one. @public */
export function addressIn(evidence: readonly Evidence[]): AddressValue | undefined {
  const value = evidence.find(({ attribute }) => attribute === 'address.current')?.value;
  return typeof value === 'object' ? value : undefined;
}
