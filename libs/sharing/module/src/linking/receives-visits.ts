import type { RequestContext, Text } from '@guildhall/kernel-contract';
import { NotFound } from '@guildhall/kernel-contract';
import { Injectable } from '@nestjs/common';
import { Peers } from '../knowing/peers';
import { OwnNode } from '../node/own-node';
import { SignInVisits, codeOf } from './sign-in-visits';

/** What somebody reads whom another body has sent. */
export interface ShownVisit {
  readonly peer: Text;
  readonly own: Text;
  readonly ticket: string;
  /** Where they go on, once they have pressed. */
  readonly backTo: string | undefined;
}

/** Lets those in whom another body has sent: they read what is linked, press, and go back to where that body is known to be. */
@Injectable()
export class ReceivesVisits {
  constructor(private readonly visits: SignInVisits, private readonly peers: Peers, private readonly node: OwnNode) {}

  /** @throws NotFound when it cannot be used any more, or is somebody else's */
  async show(ctx: RequestContext, personId: string, ticket: string): Promise<ShownVisit> {
    const { peerId, state, localId } = await this.visits.find(ctx, ticket, personId);
    const peer = await this.peers.find(ctx, peerId);
    if (!peer) throw new NotFound('The body that has sent you is not known here any more.');
    return { peer: peer.body.name, own: this.node.body(ctx).name, ticket, backTo: localId === undefined ? undefined : `${peer.body.endpoint}/links/back?code=${codeOf(ctx, ticket)}&state=${state}` };
  }

  /** @throws NotFound as `show` */
  press(ctx: RequestContext, personId: string, ticket: string): Promise<void> { return this.visits.press(ctx, ticket, personId); }
}
