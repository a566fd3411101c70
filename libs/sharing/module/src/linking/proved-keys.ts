import { extensionsOf, providersOf } from '@guildhall/kernel';
import type { PersonId, RequestContext } from '@guildhall/kernel-contract';
import { isAtLeast } from '@guildhall/identity-contract';
import { EVIDENCE_SOURCE, KEY_ATTRIBUTES, PROVED_PERSON, addressIn, namesIn, type Evidence, type PersonKeys } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';

/** By what somebody may be looked for elsewhere: what they have proved here, and nothing that they have only told. */
@Injectable()
export class ProvedKeys {
  /**
   * By what they proved when they signed in, where that is all of it; otherwise by what the records say was made sure. Nothing when one of the keys is not known as made sure, when two are known that differ, or when it is only known that they hold a mailbox or a telephone.
   * @throws Unavailable when a record does not answer
   */
  async of(ctx: RequestContext, personId: string): Promise<PersonKeys | undefined> {
    if (ctx.actor.kind === 'resident' && !isAtLeast(ctx.actor.confidence, 'low')) return undefined;
    const here = (await Promise.all(extensionsOf(ctx, PROVED_PERSON).map((one) => one.proved(ctx, personId as PersonId)))).flat();
    return keysIn(here) ?? keysIn(await this.#inRecords(ctx, personId));
  }

  async #inRecords(ctx: RequestContext, personId: string): Promise<readonly Evidence[]> {
    const sources = providersOf(ctx, EVIDENCE_SOURCE).map((source) => ({ source, of: KEY_ATTRIBUTES.filter((id) => source.attributes.includes(id)) })).filter(({ of }) => of.length > 0);
    return (await Promise.all(sources.map(({ source, of }) => source.read(ctx, personId, of)))).flat();
  }
}

function keysIn(known: readonly Evidence[]): PersonKeys | undefined {
  const proved = known.filter(({ attribute, verified }) => verified !== null && KEY_ATTRIBUTES.some((key) => key === attribute));
  if (proved.length !== KEY_ATTRIBUTES.length) return undefined;
  const [names, address] = [namesIn(proved), addressIn(proved)];
  return names && address && { ...names, postcode: address.postcode, ...(address.uprn !== undefined && { uprn: address.uprn }) };
}
