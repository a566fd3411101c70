import { READ_PEOPLE } from '@guildhall/identity-contract';
import type { Person, PersonContact } from '@guildhall/identity-contract';
import { Database } from '@guildhall/kernel';
import { demand, isUuid } from '@guildhall/kernel-contract';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { Inject, Injectable } from '@nestjs/common';
import { PERSON_COLUMNS, contactOf, personOf } from './person-record';
import type { PersonRow } from './person-record';

/** Reads one person, for themselves or for whoever may. */
@Injectable()
export class ReadPeople {
  constructor(@Inject(Database) private readonly database: Database) {}

  async person(ctx: RequestContext, personId: PersonId): Promise<Person | undefined> {
    const row = mayRead(ctx, personId) ? await this.read(ctx, personId) : undefined;
    return row && personOf(row);
  }

  async contactOf(ctx: RequestContext, personId: PersonId): Promise<PersonContact | undefined> {
    const row = ctx.actor.kind === 'system' || mayRead(ctx, personId) ? await this.read(ctx, personId) : undefined;
    return row && contactOf(ctx, row);
  }

  private async read(ctx: RequestContext, personId: PersonId): Promise<PersonRow | undefined> {
    if (!isUuid(personId)) return undefined;
    const [row] = await this.database.query<PersonRow>(ctx, `select ${PERSON_COLUMNS} from identity.person where council_id = $1 and person_id = $2`, [ctx.council.id, personId]);
    return row;
  }
}

/** Residents learn nothing of others, not even that they exist. @throws NotAuthenticated, NotAllowed */
function mayRead(ctx: RequestContext, personId: PersonId): boolean {
  if (ctx.actor.kind === 'resident') return ctx.actor.personId === personId;
  demand(ctx, READ_PEOPLE);
  return true;
}
