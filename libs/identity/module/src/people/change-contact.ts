import { ASSIST_PEOPLE, PersonContactChanged } from '@guildhall/identity-contract';
import type { ContactChanges, ContactRefusal, Person } from '@guildhall/identity-contract';
import { Database, audit, publish, sql } from '@guildhall/kernel';
import { CLOCK, NotAuthenticated, NotFound, demand, done, isUuid } from '@guildhall/kernel-contract';
import type { Clock, Outcome, PersonId, RequestContext, TransactionContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { checkDetails } from './contact-rules';
import type { CheckedDetails } from './contact-rules';
import { PERSON_COLUMNS, personOf, readPerson } from './person-record';
import type { PersonRow } from './person-record';

/** Changes what is known of a person: by themselves, or by whoever may assist. */
@Injectable()
export class ChangeContact {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async change(ctx: RequestContext, personId: PersonId, changes: ContactChanges): Promise<Outcome<Person, ContactRefusal>> {
    if (ctx.actor.kind === 'nobody') throw new NotAuthenticated();
    if (ctx.actor.kind === 'resident' ? ctx.actor.personId !== personId : !isUuid(personId)) throw new NotFound('There is no such person.');
    if (ctx.actor.kind !== 'resident') demand(ctx, ASSIST_PEOPLE);
    return this.database.run(ctx, async (tx) => {
      const before = await readPerson(tx, personId, 'for update');
      if (!before) throw new NotFound('There is no such person.');
      const checked = checkDetails({
        name: changed(before.name, changes.name), email: changed(before.email, changes.email), phone: changed(before.phone, changes.phone),
        preferredLanguage: changed(before.preferred_language, changes.preferredLanguage), uprn: changed(before.uprn, changes.uprn), address: changed(before.address, changes.address),
      }, before.is_assisted);
      if (!checked.ok) return checked;
      return done(personOf(await this.write(tx, before, checked.value, Object.keys(changes))));
    });
  }

  private async write(tx: TransactionContext, before: PersonRow, to: CheckedDetails, fields: readonly string[]): Promise<PersonRow> {
    const [row] = await sql<PersonRow>(tx, `
      update identity.person set name = $3, email = $4, email_normalised = $5, email_verified_at = $6, phone = $7, phone_normalised = $8, phone_verified_at = $9,
        preferred_language = $10, uprn = $11, address = $12, updated_at = $13
      where council_id = $1 and person_id = $2 returning ${PERSON_COLUMNS}`, [
      tx.council.id, before.person_id, to.name ?? null, to.email ?? null, to.emailNormalised ?? null, to.emailNormalised === before.email_normalised ? before.email_verified_at : null,
      to.phone ?? null, to.phoneNormalised ?? null, to.phoneNormalised === before.phone_normalised ? before.phone_verified_at : null, to.preferredLanguage ?? null, to.uprn ?? null, to.address ?? null, this.clock.now(),
    ]);
    if (!row) throw new NotFound('There is no such person.');
    publish(tx, PersonContactChanged, { personId: before.person_id });
    audit(tx, { action: 'identity.contact-changed', subject: { type: 'person', id: before.person_id }, personId: before.person_id, detail: { fields } });
    return row;
  }
}

function changed<Value>(before: Value | null, change: Value | null | undefined): Value | undefined {
  return (change === undefined ? before : change) ?? undefined;
}
