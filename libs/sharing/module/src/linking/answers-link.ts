import { Database } from '@guildhall/kernel';
import { assertNever, isGuildhallError, type RequestContext } from '@guildhall/kernel-contract';
import { readLinkMessage, type LinkAnswer, type LinkMessage, type SignedAnswer } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { SignedPost, type Came } from '../node/signed-post';
import { LinksHere, type LinkNo } from './links-here';

/** What other bodies say of links: believed when it is signed, made just now, and came once. */
@Injectable()
export class AnswersLink {
  constructor(private readonly db: Database, private readonly post: SignedPost, private readonly here: LinksHere) {}

  /** What is wrong with it names places in it, and nothing that stands there. */
  answer(ctx: RequestContext, signed: Came): Promise<SignedAnswer> {
    return this.post.receive(ctx, signed, { tag: 'guildhall-link', title: 'Nothing was linked', read: readLinkMessage }, async ({ message, peer, nonce: { keyid, nonce, until } }) => {
      const [fresh] = await this.db.query(ctx, 'insert into sharing.nonce (council_id, keyid, nonce, until) values ($1, $2, $3, $4) on conflict do nothing returning keyid', [ctx.council.id, keyid, nonce, until]);
      if (!fresh) return { status: 409, detail: 'This message has come before.' };
      try {
        const answer = await this.#answer(ctx, peer.body.id, message);
        return 'status' in answer ? answer : { status: 200, content: answer };
      } catch (error) {
        if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
        return { status: 503, detail: 'It cannot be looked at the moment.' };
      }
    });
  }

  #answer(ctx: RequestContext, peerId: string, message: LinkMessage): Promise<LinkAnswer | LinkNo> {
    switch (message.kind) {
      case 'match': return this.here.match(ctx, peerId, message.keys);
      case 'begin': return this.here.expect(ctx, peerId, message.state);
      case 'redeem': return this.here.redeem(ctx, peerId, message.code, message.state);
      case 'end': return this.here.end(ctx, peerId, message);
      default: return assertNever(message);
    }
  }
}
