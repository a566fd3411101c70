import { defineContract } from '@guildhall/kernel-contract';
import type { Language, OfficerId, Outcome, PersonId, Refusal, RequestContext } from '@guildhall/kernel-contract';
import type { AssistedBasis } from './assisted';
import type { MachinePage } from './machine';
import type { Person, PersonContact } from './person';
import type { SignInContact } from './sign-in-provider';
import type { OfficerView, Team } from './staff';

/** What a caller may say of a person. `undefined` leaves it as it is, `null` forgets it. @public */
export interface ContactChanges {
  readonly name?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly preferredLanguage?: Language | null;
  readonly uprn?: string | null;
  readonly address?: readonly string[] | null;
}

/** @public */
export interface FindOrCreatePerson {
  /** The id that the person gets when there is none yet with this contact. UUIDv7. */
  readonly personId: PersonId;
  /** What somebody verified. */
  readonly contact: SignInContact;
  readonly name?: string;
  readonly preferredLanguage?: Language;
}

/** @public */
export interface CreateForAssisted {
  /** Made by the caller, so that asking twice makes one. UUIDv7. */
  readonly personId: PersonId;
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly address?: readonly string[];
  readonly uprn?: string;
  readonly preferredLanguage?: Language;
  readonly basis: AssistedBasis;
}

/** @public */
export interface IssueClaimCode {
  /** Made by the caller: asking again with the same id replaces the code, so that a lost letter can be sent again. UUIDv7. */
  readonly claimId: string;
  /** The person whom an adviser made. */
  readonly personId: PersonId;
  /** What the code gives: one case; without it everything of the assisted person. */
  readonly subject?: { readonly type: string; readonly id: string };
}
/** A claim code. It cannot be read again: the council keeps a keyed hash. @public */
export interface IssuedClaimCode {
  readonly claimId: string;
  /** Eight characters without the ambiguous ones, in two groups: `7K3F-92QD`. */
  readonly code: string;
  readonly expiresAt: Date;
}
/** @public */
export type ClaimRefusal = Refusal<'not-known' | 'expired' | 'used' | 'too-many-tries'>;
/** @public */
export interface Claimed { readonly personId: PersonId; readonly assistedPersonId: PersonId; readonly subject?: { readonly type: string; readonly id: string } }
/** @public */
export type ContactRefusal = Refusal<'email-not-valid' | 'phone-not-valid' | 'no-way-to-reach' | 'name-missing'>;

/** @public */
export interface RegisterMachine {
  /** Names the other system in the audit trail: `parking-permits`. Lower-case letters, digits and hyphens, 3 to 60. */
  readonly clientId: string;
  readonly title: string;
  /** Ids of permissions. Nobody can give what they do not hold. */
  readonly permissions: readonly string[];
  /** At most 366 days ahead. */
  readonly expiresAt: Date;
}
/** A credential of another system: `Authorization: Bearer <client id>.<secret>`, or Basic. @public */
export interface MachineCredential {
  readonly clientId: string;
  /** Cannot be read again: the council keeps a hash. */
  readonly secret: string;
  readonly expiresAt: Date;
}

/** Who residents and officers are, and how to reach them. @public */
export interface IdentityApi {
  /**
   * A person: themselves, or to whoever may read people; undefined when there is none.
   * @throws NotAuthenticated, NotAllowed (a resident who asks for another is told that there is none)
   */
  person(ctx: RequestContext, personId: PersonId): Promise<Person | undefined>;
  /** How to reach a person. As `person`; a job of the council's own may ask too, since it must be able to write to people. */
  contactOf(ctx: RequestContext, personId: PersonId): Promise<PersonContact | undefined>;
  /**
   * The person with this verified contact, or a new one. Needs `identity.register-people`.
   * @throws InvalidInput when the contact is not one
   */
  findOrCreate(ctx: RequestContext, input: FindOrCreatePerson): Promise<{ readonly person: Person; readonly isNew: boolean }>;
  /**
   * A record for somebody for whom an adviser acts, with what authority and after which checks. It has no way in until it is claimed.
   * Needs `identity.assist-people`. The same `personId` again returns what there is.
   */
  createForAssisted(ctx: RequestContext, input: CreateForAssisted): Promise<Outcome<Person, ContactRefusal>>;
  /** A code to send by letter or text, with which the person makes it theirs. Needs `identity.assist-people`, or a job of the council's own. @throws NotFound when the person was not made by an adviser, or the code was used */
  issueClaimCode(ctx: RequestContext, input: IssueClaimCode): Promise<IssuedClaimCode>;
  /** Uses a code for the resident who is signed in. Using it twice is refused as used to everybody else, and answered alike to the same resident. */
  claim(ctx: RequestContext, code: string): Promise<Outcome<Claimed, ClaimRefusal>>;
  /** Changes a person's details: their own, or by whoever may assist. A changed email or phone is unverified until it is proved. */
  updateContact(ctx: RequestContext, personId: PersonId, changes: ContactChanges): Promise<Outcome<Person, ContactRefusal>>;
  /** Officers by name; those who have left only when asked for. At most 1,000. */
  officers(ctx: RequestContext, which?: { readonly team?: string; readonly includeInactive?: boolean }): Promise<readonly OfficerView[]>;
  /** One officer, also one who has left. */
  officer(ctx: RequestContext, officerId: OfficerId): Promise<OfficerView | undefined>;
  /** Teams by title. */
  teams(ctx: RequestContext): Promise<readonly Team[]>;
  /**
   * A credential for another system. With a client id that exists: a new secret, permissions and end; the secret before it works for
   * one more day, so that the other side can change over. Needs `identity.manage-machines`.
   * @throws InvalidInput, NotAllowed
   */
  registerMachine(ctx: RequestContext, input: RegisterMachine): Promise<MachineCredential>;
  /** Which other systems have credentials, a page at a time, those that are over among them; no secrets. Needs `identity.manage-machines`. @param after the `next` of the page before */
  machines(ctx: RequestContext, after?: string): Promise<MachinePage>;
  /** Ends a credential within seconds, every secret of it. Ending it again does nothing. Needs `identity.manage-machines`. @throws NotFound */
  endMachine(ctx: RequestContext, clientId: string): Promise<void>;
}

class IdentityDispatcher implements IdentityApi {
  constructor(private readonly pick: (ctx: RequestContext) => IdentityApi) {}
  person(ctx: RequestContext, personId: PersonId) { return this.pick(ctx).person(ctx, personId); }
  contactOf(ctx: RequestContext, personId: PersonId) { return this.pick(ctx).contactOf(ctx, personId); }
  findOrCreate(ctx: RequestContext, input: FindOrCreatePerson) { return this.pick(ctx).findOrCreate(ctx, input); }
  createForAssisted(ctx: RequestContext, input: CreateForAssisted) { return this.pick(ctx).createForAssisted(ctx, input); }
  issueClaimCode(ctx: RequestContext, input: IssueClaimCode) { return this.pick(ctx).issueClaimCode(ctx, input); }
  claim(ctx: RequestContext, code: string) { return this.pick(ctx).claim(ctx, code); }
  updateContact(ctx: RequestContext, personId: PersonId, changes: ContactChanges) { return this.pick(ctx).updateContact(ctx, personId, changes); }
  officers(ctx: RequestContext, which?: { readonly team?: string; readonly includeInactive?: boolean }) { return this.pick(ctx).officers(ctx, which); }
  officer(ctx: RequestContext, officerId: OfficerId) { return this.pick(ctx).officer(ctx, officerId); }
  teams(ctx: RequestContext) { return this.pick(ctx).teams(ctx); }
  registerMachine(ctx: RequestContext, input: RegisterMachine) { return this.pick(ctx).registerMachine(ctx, input); }
  machines(ctx: RequestContext, after?: string) { return this.pick(ctx).machines(ctx, after); }
  endMachine(ctx: RequestContext, clientId: string) { return this.pick(ctx).endMachine(ctx, clientId); }
}

/** What other modules inject: `@Inject(IDENTITY.token) identity: IdentityApi`. @public */
export const IDENTITY = defineContract<IdentityApi>({ id: 'identity', version: '0.1.0', dispatch: (pick) => new IdentityDispatcher(pick) });
