import { Database } from '@guildhall/kernel';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { ukDay, type Evidence, type ProvedPerson } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';

/** A row of identity.proved. */
export interface ProvedRow { readonly name: string | null; readonly date_of_birth: string | null; readonly address: readonly string[] | null; readonly uprn: string | null; readonly confidence: string; readonly proved_at: Date }
export const PROVED_COLUMNS = 'name, date_of_birth, address, uprn, confidence, proved_at';

/** What a far end proved of a resident, for whatever is to be found by it elsewhere. */
@Injectable()
export class ProvedAtSignIn implements ProvedPerson {
  readonly id = 'identity.proved';
  constructor(@Inject(Database) private readonly database: Database) {}

  async proved(ctx: RequestContext, personId: PersonId): Promise<readonly Evidence[]> {
    if (ctx.actor.kind === 'resident' && ctx.actor.personId !== personId) return [];
    const [row] = await this.database.query<ProvedRow>(ctx, `select ${PROVED_COLUMNS} from identity.proved where council_id = $1 and person_id = $2`, [ctx.council.id, personId]);
    if (!row) return [];
    const { name, date_of_birth: born, address, uprn, proved_at: at } = row;
    const told = { asOf: ukDay(at), source: 'sign-in', verified: 'identity-check' };
    return [
      ...(name === null ? [] : [{ attribute: 'person.name', value: name, ...told }]), ...(born === null ? [] : [{ attribute: 'person.date-of-birth', value: born, ...told }]),
      // The last line is the postcode.
      ...(address === null || address.length < 2 ? [] : [{ attribute: 'address.current', value: { lines: address.slice(0, -1), postcode: address.at(-1) ?? '', ...(uprn !== null && { uprn }) }, ...told }]),
    ] as readonly Evidence[];
  }
}
