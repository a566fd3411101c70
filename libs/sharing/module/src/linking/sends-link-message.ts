import { randomBytes } from 'node:crypto';
import { OUTBOUND } from '@guildhall/kernel';
import { CLOCK, done, isGuildhallError, refused, type Clock, type Outbound, type Outcome, type Refusal, type RequestContext } from '@guildhall/kernel-contract';
import { keysAt, readLinkAnswer, signRequest, verifyAnswer, type Body, type LinkAnswer, type LinkMessage } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { jsonIn } from '../asking/messages';
import { OwnNode } from '../node/own-node';

const TAG = 'guildhall-link';
const ANSWERED_WITHIN_SECONDS = 5;

/** `unreachable`: it does not answer, or what answers is not it. `refused`: it says no. */
export type LinkMessageRefusal = Refusal<'unreachable' | 'refused'> & { readonly status?: number };

/** Says something of a link to another body, and believes its answer when it is signed. What is said stands in the body alone: nothing of it is in an address, in a log or kept. */
@Injectable()
export class SendsLinkMessage {
  constructor(private readonly node: OwnNode, @Inject(OUTBOUND) private readonly outbound: Outbound, @Inject(CLOCK) private readonly clock: Clock) {}

  async send(ctx: RequestContext, body: Body, message: LinkMessage): Promise<Outcome<LinkAnswer, LinkMessageRefusal>> {
    const request = signRequest({ method: 'POST', targetUri: `${body.endpoint}/links`, body: JSON.stringify(message) }, this.node.signer(ctx), { tag: TAG, created: this.clock.now(), nonce: randomBytes(16).toString('base64url') });
    let answered;
    try {
      answered = await this.outbound.fetch(request.targetUri, { method: 'POST', headers: request.fields as Readonly<Record<string, string>>, body: request.body, timeoutInSeconds: ANSWERED_WITHIN_SECONDS });
    } catch (error) {
      if (!isGuildhallError(error) || error.code !== 'unavailable') throw error;
      return refused('unreachable', `${body.id} does not answer at the moment.`);
    }
    const now = this.clock.now();
    const verified = verifyAnswer({ status: answered.status, fields: answered.headers, body: answered.text() }, request, { tag: TAG, now, keyFor: (keyid) => keysAt(body, now).find((key) => key.keyid === keyid)?.key });
    if (!verified.ok || answered.status >= 500) return refused('unreachable', `${body.id} does not answer at the moment.`);
    const read = answered.status === 200 ? readLinkAnswer(jsonIn(answered.text())) : undefined;
    return read?.ok ? done(read.value) : { ok: false, refusal: { reason: 'refused', message: `${body.id} does not link them: it answered ${answered.status}.`, status: answered.status } };
  }
}
