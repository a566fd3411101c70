import { Database, audit } from '@guildhall/kernel';
import { CLOCK, assertNever, isGuildhallError, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { keysAt, readLinkMessage, signAnswer, verifyRequest, type LinkAnswer, type LinkMessage, type SignedAnswer, type SignedRequest } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { bodyNamedIn, jsonIn, nonceOf, problem } from '../asking/messages';
import { Peers } from '../knowing/peers';
import { OwnNode } from '../node/own-node';
import { LinksHere, type LinkNo } from './links-here';

const TAG = 'guildhall-link';

/** What other bodies say of links: believed when it is signed, made just now, and came once. */
@Injectable()
export class AnswersLink {
  constructor(private readonly db: Database, private readonly node: OwnNode, private readonly peers: Peers, private readonly here: LinksHere, @Inject(CLOCK) private readonly clock: Clock) {}

  async answer(ctx: RequestContext, message: SignedRequest): Promise<SignedAnswer> {
    const now = this.clock.now();
    const say = (status: number, body: string): SignedAnswer => signAnswer({ status, body, contentType: status === 200 ? 'application/json' : 'application/problem+json' }, message, this.node.signer(ctx), { tag: TAG, created: now });
    const refuse = ({ status, detail }: LinkNo): SignedAnswer => say(status, problem(status, 'Nothing was linked', detail));
    // What is wrong with it names places in it, and nothing that stands there.
    const read = readLinkMessage(jsonIn(message.body));
    if (!read.ok) return refuse({ status: 400, detail: read.refusal.message });
    const peer = await this.peers.find(ctx, bodyNamedIn(message));
    const verified = verifyRequest(message, { tag: TAG, now, keyFor: (keyid) => (peer ? keysAt(peer.body, now).find((key) => key.keyid === keyid)?.key : undefined) });
    if (!verified.ok || !peer) return refuse({ status: 401, detail: verified.ok ? 'This body is not known here.' : verified.refusal.message });
    const { keyid, nonce, until } = nonceOf(verified.value);
    const [fresh] = await this.db.query(ctx, 'insert into sharing.nonce (council_id, keyid, nonce, until) values ($1, $2, $3, $4) on conflict do nothing returning keyid', [ctx.council.id, keyid, nonce, until]);
    if (!fresh) return refuse({ status: 409, detail: 'This message has come before.' });
    try {
      const answer = await this.#answer(ctx, peer.body.id, read.value);
      if (!('status' in answer)) return say(200, JSON.stringify(answer));
      await this.db.run(ctx, (tx) => Promise.resolve(audit(tx, { action: 'sharing.link-refused', subject: { type: 'sharing.link', id: peer.body.id }, detail: { kind: read.value.kind, status: answer.status } })));
      return refuse(answer);
    } catch (error) {
      if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
      return refuse({ status: 503, detail: 'It cannot be looked at the moment.' });
    }
  }

  #answer(ctx: RequestContext, peerId: string, message: LinkMessage): Promise<LinkAnswer | LinkNo> {
    switch (message.kind) {
      case 'match': return this.here.match(ctx, peerId, message.keys);
      case 'begin': return this.here.expect(ctx, peerId, message.state);
      case 'redeem': return this.here.redeem(ctx, peerId, message.code, message.state);
      case 'end': return this.here.end(ctx, peerId, message.subject);
      default: return assertNever(message);
    }
  }
}
