/**
 * On what authority an adviser acts for somebody: said by the caller, or shown in writing.
 * @public
 */
export const ASSISTED_AUTHORITIES = ['caller-for-themselves', 'caller-with-consent', 'power-of-attorney', 'appointee-or-deputy', 'parent-or-guardian'] as const;
/** @public */
export type AssistedAuthority = (typeof ASSISTED_AUTHORITIES)[number];

/** What an adviser did to be sure of who calls. @public */
export const ASSISTED_CHECKS = ['name-and-address', 'date-of-birth', 'case-reference', 'called-back', 'document-seen', 'known-to-adviser'] as const;
/** @public */
export type AssistedCheck = (typeof ASSISTED_CHECKS)[number];

/** What is recorded whenever an adviser acts for somebody. @public */
export interface AssistedBasis {
  readonly authority: AssistedAuthority;
  readonly checks: readonly AssistedCheck[];
}
