import type { IdentityClaims, IdentityConfidence, RedirectRefusal, Team } from '@guildhall/identity-contract';
import type { Outcome, Text } from '@guildhall/kernel-contract';
import type { Claims } from './claims';

/** What a sign-in says of somebody, besides who vouches and for whom. */
export type Said = Omit<IdentityClaims, 'issuer' | 'subject' | 'signOutHint' | 'recheck'>;

/** What makes a sign-in one of residents or of officers: what is asked for, and how the answer is read. */
export interface Reading {
  readonly title: Text;
  readonly hint?: Text;
  readonly scopes: readonly string[];
  readonly highestConfidence: IdentityConfidence;
  readonly teams?: readonly Team[];
  /** Whether the user information is asked for beside the ID token. */
  readonly asksUserInfo: boolean;
  /** Whether the session is looked at again while it lasts. */
  readonly rechecks: boolean;
  /** By which claim the issuer names somebody for good: `sub`, unless it has a better one. */
  readonly subjectIn: string;
  /** What is asked for so that the person is as sure as is needed. */
  parameters(confidence: IdentityConfidence): Readonly<Record<string, string>>;
  /** @param isNew false when somebody who is signed in is looked at again */
  read(claims: Claims, asked: IdentityConfidence, isNew: boolean): Outcome<Said, RedirectRefusal>;
}
