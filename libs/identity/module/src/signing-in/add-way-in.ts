import { PersonContactChanged } from '@guildhall/identity-contract';
import type { SignInContact } from '@guildhall/identity-contract';
import { Database, audit, publish, sql } from '@guildhall/kernel';
import { CLOCK, IDS, NotAuthenticated, done, refused } from '@guildhall/kernel-contract';
import type { Clock, Ids, Outcome, PersonId, Refusal, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { isSomebodyElse, learnProved } from '../people/learn-proved';
import { readPerson } from '../people/person-record';
import { oneAtATime, verifiedOwner } from '../people/verified-owner';
import type { SignedIn } from './admit-resident';
import { addWayIn, provedContacts, residentBy, subjectOf } from './ways-in';

/** A way in that is proved, and whose it is to be. */
interface AddedWay extends Pick<SignedIn, 'claims' | 'provider' | 'use'> { readonly personId: PersonId }

/** Adds another way in to the account of somebody who is signed in to it, and proves a contact on the way. */
@Injectable()
export class AddWayIn {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock, @Inject(IDS) private readonly ids: Ids) {}

  async add(ctx: RequestContext, way: AddedWay): Promise<Outcome<void, Refusal<'belongs-to-another'>>> {
    return this.database.run(ctx, (tx) => this.addIn(tx, way));
  }

  /** The same for whoever keeps something with it. @throws NotAuthenticated when it is not the account of whoever asks */
  async addIn(tx: TransactionContext, { personId, claims, provider, use }: AddedWay): Promise<Outcome<void, Refusal<'belongs-to-another'>>> {
    if (tx.actor.kind !== 'resident' || tx.actor.personId !== personId) throw new NotAuthenticated();
    const subject = subjectOf(tx, claims);
    const contacts = provedContacts(claims);
    await Promise.all([oneAtATime(tx, subject.subjectHash, ...contacts.map(({ address }) => address)), use?.(tx)]);
    const owner = await residentBy(tx, subject, this.clock.now());
    if (owner && owner !== personId) return refused('belongs-to-another', 'This way to sign in is another account’s.');
    if (!owner && (await isSomebodyElse(tx, personId, claims))) return refused('belongs-to-another', 'Whoever this account is proved to be was born on another day.');
    const theirs: SignInContact[] = [];
    for (const contact of contacts) {
      const other = await verifiedOwner(tx, contact);
      if (!other || other.person_id === personId) theirs.push(contact);
      // By a way in that is theirs already they come as before, though its mailbox is another account's: they chose once to be apart from it.
      else if (!owner) return refused('belongs-to-another', 'This contact is another account’s.');
    }
    if (!owner) await addWayIn(tx, { signInId: this.ids.uuid(), provider, subject, owner: { personId } }, this.clock.now());
    for (const { channel, address } of theirs) await this.prove(tx, personId, channel, address);
    await learnProved(tx, personId, subject, claims, this.clock.now());
    return done(undefined);
  }

  /** A contact that the account lacks, or has unproved, is proved now; one that it proved before stays as it is. */
  private async prove(tx: TransactionContext, personId: PersonId, channel: 'email' | 'text', address: string): Promise<void> {
    const person = await readPerson(tx, personId, 'for update');
    const [current, verified] = channel === 'email' ? [person?.email_normalised, person?.email_verified_at] : [person?.phone_normalised, person?.phone_verified_at];
    if (verified || (current && current !== address)) return;
    const now = this.clock.now();
    if (channel === 'email') await sql(tx, 'update identity.person set email = coalesce(email, $3), email_normalised = $3, email_verified_at = $4, updated_at = $4 where council_id = $1 and person_id = $2', [tx.council.id, personId, address, now]);
    else await sql(tx, 'update identity.person set phone = coalesce(phone, $3), phone_normalised = $3, phone_verified_at = $4, updated_at = $4 where council_id = $1 and person_id = $2', [tx.council.id, personId, address, now]);
    publish(tx, PersonContactChanged, { personId });
    audit(tx, { action: 'identity.contact-proved', subject: { type: 'person', id: personId }, personId, detail: { channel } });
  }
}
