import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, hasContract } from '@guildhall/kernel';
import { IDENTITY, READ_PEOPLE, type IdentityApi } from '@guildhall/identity-contract';
import { NotFound, may, type PersonId, type RequestContext } from '@guildhall/kernel-contract';
import { demandInformationOf } from './whose-information';

/** Whose information an adviser looks at. */
@Injectable()
export class PersonOnDesk {
  constructor(private readonly db: Database, @Inject(IDENTITY.token) private readonly identity: IdentityApi) {}

  /** Their name, where it is known and the adviser may see it. That they looked is on record. @throws NotFound when there is no such person */
  async look(ctx: RequestContext, personId: string): Promise<string | undefined> {
    demandInformationOf(ctx, personId);
    const person = hasContract(ctx, IDENTITY) && may(ctx, READ_PEOPLE) ? await this.identity.person(ctx, personId as PersonId) : null;
    if (person === undefined) throw new NotFound('There is no such person here.');
    await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'sharing.look', subject: { type: 'person', id: personId }, personId })));
    return person?.name;
  }
}
