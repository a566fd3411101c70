import type { Language, PersonId } from '@guildhall/kernel-contract';

/** How sure somebody else is of who a person is: the levels of the government's identity proofing guidance (GPG 45), lowest first. @public */
export const CONFIDENCES = ['none', 'low', 'medium'] as const;
/** `none`: the person holds the mailbox or the telephone, no more is known. @public */
export type IdentityConfidence = (typeof CONFIDENCES)[number];

/** Whether one level is at least another. @public */
export function isAtLeast(given: IdentityConfidence, wanted: IdentityConfidence): boolean {
  return CONFIDENCES.indexOf(given) >= CONFIDENCES.indexOf(wanted);
}

/** What a council knows of a resident. Absent means never told. @public */
export interface Person {
  readonly personId: PersonId;
  readonly name?: string;
  readonly email?: string;
  /** Whether the person proved to hold the mailbox. */
  readonly isEmailVerified: boolean;
  /** As the person gave it: `07700 900123`. */
  readonly phone?: string;
  readonly isPhoneVerified: boolean;
  readonly preferredLanguage?: Language;
  /** Unique property reference number: up to 12 digits, as text. */
  readonly uprn?: string;
  /** Lines of a postal address, the last one the postcode, where the person gave one. */
  readonly address?: readonly string[];
  /** Whether an adviser made this record for somebody, who has not yet signed in to it. */
  readonly isAssisted: boolean;
}

/** How to reach a person. @public */
export interface PersonContact {
  readonly personId: PersonId;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly address?: readonly string[];
  /** The language that letters, emails and texts to this person are written in. */
  readonly language: Language;
}
