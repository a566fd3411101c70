import { Inject, Injectable } from '@nestjs/common';
import { Database, audit, hasContract } from '@guildhall/kernel';
import { IDENTITY, READ_PEOPLE, type IdentityApi } from '@guildhall/identity-contract';
import { NotFound, isUuid, may, type PersonId, type RequestContext } from '@guildhall/kernel-contract';

/** Whose request an officer looks at. */
@Injectable()
export class PersonOnDesk {
  constructor(private readonly db: Database, @Inject(IDENTITY.token) private readonly identity: IdentityApi) {}

  /** Their name, where it is known and the officer may see it. That they looked is on record. */
  async look(ctx: RequestContext, personId: PersonId): Promise<string | undefined> {
    await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'information-rights.look', subject: { type: 'person', id: personId }, personId })));
    return hasContract(ctx, IDENTITY) && may(ctx, READ_PEOPLE) ? (await this.identity.person(ctx, personId))?.name : undefined;
  }

  /** @throws NotFound when there is no such person, as far as the officer may see */
  async find(ctx: RequestContext, personId: string): Promise<{ readonly personId: PersonId; readonly name?: string }> {
    if (!isUuid(personId)) throw new NotFound('There is no such person here.');
    if (hasContract(ctx, IDENTITY) && may(ctx, READ_PEOPLE) && !(await this.identity.person(ctx, personId as PersonId))) throw new NotFound('There is no such person here.');
    return { personId: personId as PersonId, name: await this.look(ctx, personId as PersonId) };
  }
}
