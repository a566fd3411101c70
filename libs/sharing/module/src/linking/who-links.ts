import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { ukDay, type Body } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { Agreements } from '../knowing/agreements';
import { Peers } from '../knowing/peers';
import { OwnNode } from '../node/own-node';
import { isAgreed } from './agreed';

/** With which bodies people can be linked: those with which there is an agreement in force, since a link is for nothing else. */
@Injectable()
export class WhoLinks {
  constructor(private readonly node: OwnNode, private readonly peers: Peers, private readonly agreements: Agreements, @Inject(CLOCK) private readonly clock: Clock) {}

  /** A body that may be asked about people. */
  async find(ctx: RequestContext, peerId: string): Promise<Body | undefined> {
    const [peer, kept] = await Promise.all([this.peers.find(ctx, peerId), this.agreements.newest(ctx)]);
    return peer?.isLogWhole && isAgreed(kept, { asker: this.node.id(ctx), holder: peerId, day: ukDay(this.clock.now()) }) ? peer.body : undefined;
  }

  /** Whether that body may ask this one about people: not while its log tells two stories. */
  async mayAsk(ctx: RequestContext, peerId: string): Promise<boolean> {
    const [peer, kept] = await Promise.all([this.peers.find(ctx, peerId), this.agreements.newest(ctx)]);
    return peer?.isLogWhole === true && isAgreed(kept, { asker: peerId, holder: this.node.id(ctx), day: ukDay(this.clock.now()) });
  }
}
