import { REGISTER_PEOPLE, normaliseEmail, normalisePhone } from '@guildhall/identity-contract';
import type { FindOrCreatePerson, Person } from '@guildhall/identity-contract';
import { Database } from '@guildhall/kernel';
import { CLOCK, Conflict, InvalidInput, demand } from '@guildhall/kernel-contract';
import type { Clock, RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { insertPerson } from './insert-person';
import { personOf } from './person-record';
import { oneAtATime, verifiedOwner } from './verified-owner';

/** Finds the person with a contact that somebody verified, or makes one. */
@Injectable()
export class RegisterPerson {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async findOrCreate(ctx: RequestContext, { personId, contact, name, preferredLanguage }: FindOrCreatePerson): Promise<{ person: Person; isNew: boolean }> {
    demand(ctx, REGISTER_PEOPLE);
    const isEmail = contact.channel === 'email';
    const address = isEmail ? normaliseEmail(contact.address) : normalisePhone(contact.address);
    if (!address) throw new InvalidInput('The contact is neither an email address nor a telephone number.', [{ field: 'contact.address', message: 'Give an email address or a telephone number.' }]);
    return this.database.run(ctx, async (tx) => {
      await oneAtATime(tx, address);
      const known = await verifiedOwner(tx, { channel: contact.channel, address });
      if (known) return { person: personOf(known), isNew: false };
      const given = contact.address.trim();
      const details = { name: name?.trim() || undefined, preferredLanguage, ...(isEmail ? { email: given, emailNormalised: address } : { phone: given, phoneNormalised: address }) };
      const made = await insertPerson(tx, { personId, details, isEmailVerified: isEmail, isPhoneVerified: !isEmail, how: 'registered' }, this.clock.now());
      if (!made) throw new Conflict(`The person ${personId} exists, with another contact. Use a new id.`);
      return { person: personOf(made), isNew: true };
    });
  }
}
