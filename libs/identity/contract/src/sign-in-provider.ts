import { definePort } from '@guildhall/kernel-contract';
import type { Language, OfficerRole, Outcome, Refusal, Text } from '@guildhall/kernel-contract';
import type { IdentityConfidence } from './person';
import type { Team } from './staff';

/**
 * What a provider vouches for when somebody has signed in. Only what it verified itself: an address that the far end merely
 * has on file is left out.
 * @public
 */
export interface IdentityClaims {
  /** Who vouches: an OpenID Connect issuer, or `code:email` / `code:text`. Subjects are compared only under the same issuer. */
  readonly issuer: string;
  /** Who it is, to that issuer; never reused for somebody else. */
  readonly subject: string;
  readonly confidence: IdentityConfidence;
  readonly name?: string;
  readonly verifiedEmail?: string;
  readonly verifiedPhone?: string;
  readonly preferredLanguage?: Language;
  /** Where the person lives, as far as the far end proved it. */
  readonly address?: ProvedAddress;
  /** `1970-01-31`, as far as the far end proved it. It is kept apart from what somebody tells of themselves, as proved. */
  readonly dateOfBirth?: string;
  /** Of a member of staff: what the council's directory says in the sign-in itself. Without a role nobody gets in, whatever was said before. */
  readonly staff?: { readonly roles: readonly OfficerRole[]; readonly teams: readonly string[] };
  /** Handed back at sign-out (`id_token_hint`), where the far end wants one. Never logged; a token in it is encrypted, since it is kept with the session. */
  readonly signOutHint?: string;
  /** Of a member of staff: handed back to `recheck` while the session lasts. Encrypted by the provider, since it is kept; never logged. */
  readonly recheck?: string;
}

/** An address that somebody was proved to live at. @public */
export interface ProvedAddress {
  /** As on an envelope, at most seven, the last one the postcode. */
  readonly lines: readonly string[];
  /** Unique property reference number: up to 12 digits, as text. */
  readonly uprn?: string;
}

/** What a redirecting provider is asked for. @public */
export interface RedirectRequest {
  /** Where the far end sends the browser back to: a page below the council's own origin, the same for every sign-in. */
  readonly redirectUri: string;
  readonly language: Language;
  /** The least confidence that will do. Without it: none. */
  readonly confidence?: IdentityConfidence;
}
/** A sign-in that has begun somewhere else. @public */
export interface RedirectBegun {
  /** Where to send the browser. */
  readonly url: string;
  /** What the far end will bring back in `state`: the module finds what it kept by it. */
  readonly state: string;
  /** What the provider needs again in `complete`; opaque, secret, kept on the server for this browser's session only. */
  readonly keep: string;
}
/** Why a redirecting sign-in came to nothing. @public */
export type RedirectRefusal = Refusal<
  /** The person, or the far end, said no. */
  | 'declined'
  /** The answer does not belong to what was begun: another state, another issuer. */
  | 'not-what-was-begun'
  /** The code in the answer was used before, or is too old. */
  | 'used-or-expired'
  /** Something in the answer does not verify. */
  | 'not-valid'
  /** Signed in, but less surely than was asked. */
  | 'not-confident-enough'
  /** The far end tried to prove who the person is, and could not: trying again will hardly help, another way may. */
  | 'not-proven'
  /** The far end itself says that it cannot just now. */
  | 'not-available'
  /** The far end has switched off the council's access to it. */
  | 'switched-off'
  /** A member of staff signed in with a password alone. */
  | 'no-second-factor'
  /** A member of staff is in so many groups that the far end does not list them, and their roles are not known. */
  | 'too-many-groups'
>;

/** The public keys of a council at a far end (RFC 7517). @public */
export interface PublicKeySet { readonly keys: readonly Readonly<Record<string, string>>[] }

/** Somebody signed out at the far end, or was signed out there. @public */
export interface SignedOutElsewhere {
  /** As in `IdentityClaims`. */
  readonly issuer: string;
  readonly subject: string;
  /** Names this notice: the module acts on it once. */
  readonly noticeId: string;
  /** For how long the notice would still verify, and its id must therefore be remembered. */
  readonly goodForInSeconds: number;
}

/** One member of staff as a directory lists them. @public */
export interface DirectoryOfficer {
  readonly name: string;
  /** The work address, which the directory itself gave out. */
  readonly email: string;
  readonly roles: readonly OfficerRole[];
  readonly teams: readonly string[];
}
/** Everybody who may sign in as an officer. @public */
export interface Directory { readonly teams: readonly Team[]; readonly officers: readonly DirectoryOfficer[] }

/**
 * A provider that sends the browser somewhere else and gets it back: OpenID Connect, and whatever works like it.
 * @public
 */
export interface RedirectSignIn {
  readonly method: 'redirect';
  /** What the button says: `Sign in with …`. */
  readonly title: Text;
  readonly hint?: Text;
  /**
   * Begins a sign-in. Two begun by one browser at once are independent.
   * @throws InvalidInput when `redirectUri` is not below the council's origin; Unavailable when the far end does not answer
   */
  begin(request: RedirectRequest): Promise<RedirectBegun>;
  /**
   * Ends it with the parameters that the browser brought back and what was kept.
   * @throws Unavailable when the far end does not answer
   */
  complete(callback: Readonly<Record<string, string>>, keep: string): Promise<Outcome<IdentityClaims, RedirectRefusal>>;
  /** Where to send the browser so that the far end forgets the person too; then back to `returnUri`. */
  signOut?(request: { readonly returnUri: string; readonly hint?: string }): Promise<string>;
  /** The most that this provider can say of who somebody is: it is not offered to whoever must be surer. Absent: whatever is asked for. */
  readonly highestConfidence?: IdentityConfidence;
  /** The public halves of the keys with which the provider proves itself to the far end, which fetches them at `keysPath`. */
  publicKeys?(): Promise<PublicKeySet>;
  /**
   * Reads what the far end sent to `loggedOutPath` (OpenID Connect Back-Channel Logout 1.0, 2.5), proving that it is the far end's.
   * Whether it came before is for the module to know, which keeps that where every server sees it.
   * @param body as it came: a form
   * @throws Unavailable when it cannot be checked just now: the far end sends it again
   */
  signedOutElsewhere?(body: string): Promise<Outcome<SignedOutElsewhere, Refusal<'not-valid'>>>;
  /** The far end's list of staff, for a provider of officers' sign-in that can read it. */
  directory?(): Promise<Directory>;
  /** The teams that a sign-in may name, for a provider of officers' sign-in that has no list of staff. */
  readonly teams?: readonly Team[];
  /**
   * Whether the far end still vouches for a member of staff who is signed in: with what it says of them now, and a `recheck` for the next time.
   * Refused: their account was closed, or their session there has ended.
   * @throws Unavailable when it is not known
   */
  recheck?(kept: string): Promise<Outcome<IdentityClaims, Refusal<'no-longer-vouched'>>>;
}

/** A mailbox or a telephone to send a code to. @public */
export interface SignInContact {
  readonly channel: 'email' | 'text';
  /** Normalised: `normaliseEmail`, `normalisePhone`. */
  readonly address: string;
}
/** One code that was sent, as the module keeps it. @public */
export interface CodeChallenge {
  readonly contact: SignInContact;
  /** Opaque. Does not reveal the code: whoever reads the database cannot sign in. */
  readonly keep: string;
  readonly expiresAt: Date;
  readonly triesLeft: number;
  readonly isUsed: boolean;
}
/** A challenge that has begun. @public */
export interface CodeBegun {
  readonly challenge: CodeChallenge;
  /** What the module must send to the contact. Absent when the far end has sent it. */
  readonly send?: { readonly code: string; readonly minutes: number };
}
/** Why a code did not do. @public */
export type CodeRefusal = Refusal<'wrong-code' | 'expired' | 'too-many-tries' | 'used'>;
/** The answer to one try, and the challenge as it is to be kept from now on. @public */
export interface CodeAnswer {
  readonly outcome: Outcome<IdentityClaims, CodeRefusal>;
  readonly challenge: CodeChallenge;
}

/**
 * A provider by which a person shows that a mailbox or a telephone is theirs. It keeps nothing: the module keeps the challenge
 * and lets no two tries act on the same state of it. It is never told whether there is an account, so its answer cannot tell.
 * @public
 */
export interface CodeSignIn {
  readonly method: 'code';
  readonly channels: readonly SignInContact['channel'][];
  /** How many digits a code has: what the page asks for. */
  readonly digits: number;
  begin(contact: SignInContact): Promise<CodeBegun>;
  /** Tries a code. Spaces and dashes in it do not matter. */
  complete(challenge: CodeChallenge, code: string): Promise<CodeAnswer>;
}

/** A way to sign in. @public */
export type SignInProvider = RedirectSignIn | CodeSignIn;

/** How residents sign in. @public */
export const RESIDENT_SIGN_IN = definePort<SignInProvider>('identity.resident-sign-in', '0.1.0');
/** How members of staff sign in: by the council's own single sign-on, which asks for a second factor. @public */
export const OFFICER_SIGN_IN = definePort<RedirectSignIn>('identity.officer-sign-in', '0.1.0');
