import { CLOCK, type Clock, type RequestContext } from '@guildhall/kernel-contract';
import { keysAt, partiesOf, readChoice, signAnswer, verifyRequest, type SignedAnswer, type SignedRequest } from '@guildhall/sharing-contract';
import { Inject, Injectable } from '@nestjs/common';
import { bodyNamedIn, jsonIn, nonceOf, problem } from '../asking/messages';
import { Agreements } from '../knowing/agreements';
import { Peers } from '../knowing/peers';
import { Links } from '../linking/links';
import { OwnNode } from '../node/own-node';
import { Choices } from './choices';

const TAG = 'guildhall-choice';
/** By how much clocks may differ. A choice from the future would outlive every later one. */
const SKEW_IN_MS = 30_000;

/** What somebody has chosen at another body: it counts here from now on. */
@Injectable()
export class TakesChoice {
  constructor(private readonly node: OwnNode, private readonly peers: Peers, private readonly agreements: Agreements, private readonly links: Links, private readonly choices: Choices, @Inject(CLOCK) private readonly clock: Clock) {}

  async take(ctx: RequestContext, message: SignedRequest): Promise<SignedAnswer> {
    const now = this.clock.now();
    const say = (status: number, body: string): SignedAnswer => signAnswer({ status, body, contentType: status === 200 ? 'application/json' : 'application/problem+json' }, message, this.node.signer(ctx), { tag: TAG, created: now });
    const refuse = (status: number, detail: string): SignedAnswer => say(status, problem(status, 'The choice was not taken', detail));
    const read = readChoice(jsonIn(message.body));
    if (!read.ok) return refuse(400, read.refusal.message);
    const { agreement: agreementId, subject, state, at, noticeDigest, language } = read.value;
    const peer = await this.peers.find(ctx, bodyNamedIn(message));
    const verified = verifyRequest(message, { tag: TAG, now, keyFor: (keyid) => (peer ? keysAt(peer.body, now).find((key) => key.keyid === keyid)?.key : undefined) });
    if (!verified.ok || !peer) return refuse(401, verified.ok ? 'This body is not known here.' : verified.refusal.message);
    if (new Date(at).getTime() > now.getTime() + SKEW_IN_MS) return refuse(400, 'The choice is from the future.');
    const [kept, link] = await Promise.all([this.agreements.find(ctx, agreementId), this.links.byName(ctx, peer.body.id, subject)]);
    if (!kept || !partiesOf(kept.document).includes(peer.body.id)) return refuse(404, `There is no agreement ${agreementId} with this body.`);
    if (!link) return refuse(404, 'Nobody here is known by that name between the two bodies.');
    const chosen = await this.choices.choose(ctx, { localId: link.localId, subjectKey: link.subjectKey, agreementId, state, at: new Date(at), noticeDigest, language, by: { peer: peer.body.id, nonce: nonceOf(verified.value) } });
    return chosen.kind === 'replayed' ? refuse(409, 'This message has come before.') : say(200, JSON.stringify({ taken: true }));
  }
}
