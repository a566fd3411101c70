import { done, refused, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { readLinkAnswer, type Body, type LinkAnswer, type LinkMessage } from '@guildhall/sharing-contract';
import { Injectable } from '@nestjs/common';
import { jsonIn } from '../asking/messages';
import { SignedPost } from '../node/signed-post';

const ANSWERED_WITHIN_SECONDS = 5;

/** `unreachable`: it does not answer, or what answers is not it. `refused`: it says no. */
export type LinkMessageRefusal = Refusal<'unreachable' | 'refused'>;

/** Says something of a link to another body, and believes its answer when it is signed. What is said stands in the body alone: nothing of it is in an address, in a log or kept. */
@Injectable()
export class SendsLinkMessage {
  constructor(private readonly post: SignedPost) {}

  /** @param older the same as a body of a version before understands it */
  async send(ctx: RequestContext, body: Body, message: LinkMessage, older?: LinkMessage): Promise<Outcome<LinkAnswer, LinkMessageRefusal>> {
    const answered = await this.post.send(ctx, body, { tag: 'guildhall-link', path: 'links', content: message, ...(older && { older }), timeoutInSeconds: ANSWERED_WITHIN_SECONDS });
    if (!answered || answered.status >= 500) return refused('unreachable', `${body.id} does not answer at the moment.`);
    const read = answered.status === 200 ? readLinkAnswer(jsonIn(answered.text)) : undefined;
    return read?.ok ? done(read.value) : refused('refused', `${body.id} does not link them: it answered ${answered.status}.`);
  }
}
