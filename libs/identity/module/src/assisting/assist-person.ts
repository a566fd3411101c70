import { ASSISTED_AUTHORITIES, ASSISTED_CHECKS, ASSIST_PEOPLE } from '@guildhall/identity-contract';
import type { ContactRefusal, CreateForAssisted, Person } from '@guildhall/identity-contract';
import { Database } from '@guildhall/kernel';
import { CLOCK, InvalidInput, demand, done } from '@guildhall/kernel-contract';
import type { Clock, Outcome, RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { checkDetails } from '../people/contact-rules';
import { insertPerson } from '../people/insert-person';
import { personOf, readPerson } from '../people/person-record';

/** Makes a record for somebody for whom an adviser acts, with what authority and after which checks. */
@Injectable()
export class AssistPerson {
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  async create(ctx: RequestContext, { personId, basis, ...given }: CreateForAssisted): Promise<Outcome<Person, ContactRefusal>> {
    demand(ctx, ASSIST_PEOPLE);
    if (!ASSISTED_AUTHORITIES.includes(basis.authority) || !basis.checks.every((check) => ASSISTED_CHECKS.includes(check))) throw new InvalidInput('Say on what authority the adviser acts, and which checks were made.', [{ field: 'basis', message: 'Use the values of the standard.' }]);
    return this.database.run(ctx, async (tx) => {
      const known = await readPerson(tx, personId);
      if (known) return done(personOf(known));
      const checked = checkDetails(given, true);
      if (!checked.ok) return checked;
      const by = ctx.actor.kind === 'officer' ? ctx.actor.officerId : undefined;
      const row = (await insertPerson(tx, { personId, details: checked.value, how: 'assisted', assisted: { by, basis } }, this.clock.now())) ?? (await readPerson(tx, personId));
      if (!row) throw new Error('A person that could be neither made nor read.');
      return done(personOf(row));
    });
  }
}
