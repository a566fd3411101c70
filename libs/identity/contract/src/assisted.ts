/**
 * On what authority an adviser acts for somebody: said by the caller, or shown in writing.
 * @public
 */
export const ASSISTED_AUTHORITIES = ['caller-for-themselves', 'caller-with-consent', 'power-of-attorney', 'appointee-or-deputy', 'parent-or-guardian'] as const;
/** @public */
export type AssistedAuthority = (typeof ASSISTED_AUTHORITIES)[number];
/** What each authority is called on the officer's desk, which is in English. @public */
export const AUTHORITY_TITLES: Readonly<Record<AssistedAuthority, string>> = {
  'caller-for-themselves': 'The caller, for themselves', 'caller-with-consent': 'Somebody else, with the person’s consent', 'power-of-attorney': 'Power of attorney', 'appointee-or-deputy': 'Appointee or deputy', 'parent-or-guardian': 'Parent or guardian',
};

/** What an adviser did to be sure of who calls. @public */
export const ASSISTED_CHECKS = ['name-and-address', 'date-of-birth', 'case-reference', 'called-back', 'document-seen', 'known-to-adviser'] as const;
/** @public */
export type AssistedCheck = (typeof ASSISTED_CHECKS)[number];
/** What each check is called on the officer's desk. @public */
export const CHECK_TITLES: Readonly<Record<AssistedCheck, string>> = {
  'name-and-address': 'Name and address', 'date-of-birth': 'Date of birth', 'case-reference': 'A case reference', 'called-back': 'We called back', 'document-seen': 'A document was seen', 'known-to-adviser': 'Known to me',
};

/** What is recorded whenever an adviser acts for somebody. @public */
export interface AssistedBasis {
  readonly authority: AssistedAuthority;
  readonly checks: readonly AssistedCheck[];
}
