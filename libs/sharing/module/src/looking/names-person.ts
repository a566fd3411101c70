import { Inject, Injectable } from '@nestjs/common';
import { hasContract } from '@guildhall/kernel';
import { IDENTITY, READ_PEOPLE, type IdentityApi } from '@guildhall/identity-contract';
import { NotFound, isUuid, may, type PersonId, type RequestContext } from '@guildhall/kernel-contract';

/** Whose record an officer is about to look at. */
@Injectable()
export class NamesPerson {
  constructor(@Inject(IDENTITY.token) private readonly identity: IdentityApi) {}

  /** Their name, where it is known and the officer may see it. @throws NotFound when there is no such person */
  async name(ctx: RequestContext, personId: string): Promise<string | undefined> {
    if (!isUuid(personId)) throw new NotFound('There is no such person here.');
    if (!hasContract(ctx, IDENTITY) || !may(ctx, READ_PEOPLE)) return undefined;
    const person = await this.identity.person(ctx, personId as PersonId);
    if (!person) throw new NotFound('There is no such person here.');
    return person.name;
  }
}
