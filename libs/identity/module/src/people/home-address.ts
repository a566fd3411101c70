import { PersonContactChanged } from '@guildhall/identity-contract';
import { Database, audit, publish, sql } from '@guildhall/kernel';
import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import type { AddressValue, ChangeTaker, ChangeToTake } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';

/** Takes a change of address of which somebody has told once into their account. */
@Injectable()
export class HomeAddress implements ChangeTaker {
  readonly id = 'identity.home-address';
  readonly titleKey = 'identity.details.account-taker';
  readonly attributes = ['address.current'] as const;
  constructor(@Inject(Database) private readonly database: Database, @Inject(CLOCK) private readonly clock: Clock) {}

  /** Somebody who has no account here has no address in it. */
  async take(ctx: RequestContext, { personId, evidence }: ChangeToTake): Promise<void> {
    const { lines, postcode, uprn = null } = evidence.value as AddressValue;
    const address = [...lines, postcode];
    await this.database.run(ctx, async (tx) => {
      const changed = await sql(tx, `
        update identity.person set address = $3::text[], uprn = $4, updated_at = $5 where council_id = $1 and person_id = $2 and (address is distinct from $3::text[] or uprn is distinct from $4) returning person_id`, [ctx.council.id, personId, address, uprn, this.clock.now()]);
      if (changed.length === 0) return;
      publish(tx, PersonContactChanged, { personId });
      audit(tx, { action: 'identity.contact-changed', subject: { type: 'person', id: personId }, personId, detail: { fields: ['address', 'uprn'] } });
    });
  }
}
