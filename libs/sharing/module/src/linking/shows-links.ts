import type { RequestContext, Text } from '@guildhall/kernel-contract';
import type { AssistedBasis } from '@guildhall/identity-contract';
import { NotFound } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { demandInformationOf } from '../information/whose-information';
import { Peers } from '../knowing/peers';
import { KeepsLinks } from './keeps-links';
import { Links, type LinkInList } from './links';

/** A link in words. */
export interface ShownLink extends LinkInList { readonly name: Text }

/** The bodies with which somebody is linked, for themselves or an adviser whom they have called: to see, and to remove. */
@Injectable()
export class ShowsLinks {
  constructor(private readonly links: Links, private readonly peers: Peers, private readonly keeps: KeepsLinks) {}

  async list(ctx: RequestContext, personId: string): Promise<readonly ShownLink[]> {
    demandInformationOf(ctx, personId);
    return Promise.all((await this.links.list(ctx, personId)).map(async (link) => ({ ...link, name: await this.name(ctx, link.peerId) })));
  }

  /** @throws NotFound when they are not linked with it */
  async find(ctx: RequestContext, personId: string, peerId: string): Promise<ShownLink> {
    const found = (await this.list(ctx, personId)).find((link) => link.peerId === peerId);
    if (!found) throw new NotFound('There is no such link.');
    return found;
  }

  /** Counts from now on: nothing is asked or told of them there any more, until they are linked again. Removed twice it is removed. @param basis on what authority an adviser does it, and after which checks: on record */
  async remove(ctx: RequestContext, personId: string, peerId: string, basis?: AssistedBasis): Promise<void> {
    demandInformationOf(ctx, personId);
    await this.keeps.end(ctx, peerId, await this.links.ofPerson(ctx, peerId, personId), { isTold: false, ...(basis && { basis }) });
  }

  /** What a body is called. */
  async name(ctx: RequestContext, peerId: string): Promise<Text> { return (await this.peers.find(ctx, peerId))?.body.name ?? { en: peerId, cy: peerId }; }
}
