import { PersonSignedIn } from '@guildhall/identity-contract';
import type { IdentityClaims, IdentityConfidence } from '@guildhall/identity-contract';
import { audit, publish } from '@guildhall/kernel';
import { CLOCK, IDS } from '@guildhall/kernel-contract';
import type { Clock, Ids, PersonId, TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { insertPerson } from '../people/insert-person';
import { learnProved, nameOf } from '../people/learn-proved';
import { oneAtATime, verifiedOwner } from '../people/verified-owner';
import type { PersonRow } from '../people/person-record';
import { PendingWays } from './pending-ways';
import { addWayIn, countWaysIn, provedContacts, residentBy, subjectOf } from './ways-in';
import type { Subject } from './ways-in';

/** Somebody for whom a provider vouched. */
export interface SignedIn {
  readonly claims: IdentityClaims;
  readonly provider: string;
  readonly sessionId: string;
  /** Whether nobody was signed in to that session: what it holds (drafts) becomes theirs. */
  readonly isOwnSession: boolean;
  readonly next: string;
  /** Uses up what vouched for them, in the transaction that admits them. */
  readonly use?: (tx: TransactionContext) => Promise<void>;
}
/** Either an account, or two to choose between. */
export type Admission = Admitted | { readonly kind: 'has-account'; readonly pendingId: string };
/** Whom their account is opened to. */
export interface Admitted { readonly kind: 'admitted'; readonly personId: PersonId; readonly confidence: IdentityConfidence; readonly isFirst: boolean; readonly signOutHint?: string }

/**
 * Finds the account of somebody who signed in, or opens one. A contact that is another account's proved one leads into neither: the person says which,
 * and proves it, since a mailbox may have changed hands.
 */
@Injectable()
export class AdmitResident {
  constructor(
    @Inject(PendingWays) private readonly pending: PendingWays,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async admit(tx: TransactionContext, given: SignedIn): Promise<Admission> {
    const { claims } = given;
    const subject = subjectOf(tx, claims);
    const contacts = provedContacts(claims);
    // Sent together, and done one after the other.
    const [, known, waiting] = await Promise.all([oneAtATime(tx, subject.subjectHash, ...contacts.map(({ address }) => address)), residentBy(tx, subject, this.clock.now()), this.pending.wanted(tx, given.sessionId), given.use?.(tx)]);
    if (known) {
      await this.pending.join(tx, waiting, known);
      await learnProved(tx, known, subject, claims, this.clock.now());
      return this.admitted(tx, given, known, false);
    }
    for (const contact of contacts) {
      const owner = await verifiedOwner(tx, contact);
      if (!owner) continue;
      // Somebody else verified the same contact and registered it here; nobody has signed in yet. This is the first way in.
      if ((await countWaysIn(tx, owner.person_id)) === 0) return this.open(tx, given, owner, subject);
      return { kind: 'has-account', pendingId: await this.pending.keep(tx, given, subject, contact) };
    }
    return this.open(tx, given, await this.register(tx, claims, true), subject);
  }

  /** Opens an account of its own for a way in whose contact is another account's: the contact stays that one's. */
  async admitApart(tx: TransactionContext, pendingId: string, sessionId: string): Promise<(Admitted & { readonly next: string }) | undefined> {
    const way = await this.pending.take(tx, pendingId, sessionId);
    if (!way) return undefined;
    const { subject, signedIn } = way;
    const known = await residentBy(tx, subject, this.clock.now());
    if (known) await learnProved(tx, known, subject, signedIn.claims, this.clock.now());
    const admission = known ? this.admitted(tx, signedIn, known, false) : await this.open(tx, signedIn, await this.register(tx, signedIn.claims, false), subject);
    return { ...admission, next: signedIn.next };
  }

  private async register(tx: TransactionContext, claims: IdentityClaims, isContactFree: boolean): Promise<PersonRow> {
    const email = provedContacts(claims).find(({ channel }) => channel === 'email')?.address;
    const phone = provedContacts(claims).find(({ channel }) => channel === 'text')?.address;
    const personId = this.ids.uuid() as PersonId;
    const made = await insertPerson(tx, {
      personId, how: 'signed-in', isEmailVerified: isContactFree && !!email, isPhoneVerified: isContactFree && !!phone,
      details: { name: nameOf(claims), preferredLanguage: claims.preferredLanguage, uprn: claims.address?.uprn, address: claims.address?.lines, email: email && claims.verifiedEmail, emailNormalised: email, phone: phone && claims.verifiedPhone, phoneNormalised: phone },
    }, this.clock.now());
    if (!made) throw new Error(`The new id ${personId} was taken.`);
    return made;
  }

  private async open(tx: TransactionContext, given: SignedIn, { person_id }: PersonRow, subject: Subject) {
    await addWayIn(tx, { signInId: this.ids.uuid(), provider: given.provider, subject, owner: { personId: person_id } }, this.clock.now());
    await learnProved(tx, person_id, subject, given.claims, this.clock.now());
    return this.admitted(tx, given, person_id, true);
  }

  private admitted(tx: TransactionContext, { claims, provider, sessionId, isOwnSession }: SignedIn, personId: PersonId, isFirst: boolean) {
    publish(tx, PersonSignedIn, { personId, provider, isFirst, ...(isOwnSession ? { previousSessionId: sessionId } : {}) });
    audit(tx, { action: 'identity.signed-in', subject: { type: 'person', id: personId }, personId, detail: { provider, confidence: claims.confidence } });
    return { kind: 'admitted' as const, personId, confidence: claims.confidence, isFirst, signOutHint: claims.signOutHint };
  }
}
